/** One look for each variant, the same in every chart: a colour that colour-blind readers can tell, and a shape besides. */

const COLOURS = {
  light: ['#0072b2', '#d55e00', '#00795a', '#b8578f', '#a66b00', '#3a8fc0', '#6b6b6b', '#882255', '#4b3fae', '#7d7d1f', '#2f8f80'],
  dark: ['#5aaee6', '#ff9248', '#2fc79a', '#e29bc3', '#f0b43c', '#9ad4f5', '#b5b5b5', '#e8709f', '#a79cf5', '#c9c95c', '#6fd3c4']
};
const HEAT = {
  light: ['#e3eef9', '#a6cce6', '#5a9fd4', '#1f63ab', '#0a2f66'],
  dark: ['#22304a', '#2f5f8f', '#27948c', '#78c95f', '#fbe55a']
};
/** Parts of a whole, dark to light, so that their order is seen without colour too. */
const PARTS = {
  light: ['#0a4f86', '#4f9bd0', '#bcbcbc'],
  dark: ['#2f7fc0', '#8cc4ee', '#7a7a7a']
};
const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle'];

const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');
let printing = false;

function scheme() {
  return darkScheme.matches && !printing ? 'dark' : 'light';
}

function variantColour(variant) {
  const colours = COLOURS[scheme()];
  return colours[data.variants.indexOf(variant) % colours.length];
}

function variantShape(variant) {
  return SHAPES[data.variants.indexOf(variant) % SHAPES.length];
}

function ink() {
  const style = getComputedStyle(document.documentElement);
  const read = name => style.getPropertyValue(name).trim();
  return {text: read('--ink'), muted: read('--muted'), line: read('--line'), surface: read('--surface'), bad: read('--bad')};
}

const SVG = 'http://www.w3.org/2000/svg';

function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The line and shape of a variant, for the list of variants. */
function variantMark(variant) {
  const colour = variantColour(variant);
  const shape = variantShape(variant);
  const fill = shape.startsWith('empty') ? ink().surface : colour;
  const mark = svg('svg', {viewBox: '0 0 26 12', 'aria-hidden': 'true'});
  mark.append(svg('line', {x1: 0, y1: 6, x2: 26, y2: 6, stroke: colour, 'stroke-width': 2}));
  const outline = {fill: fill, stroke: colour, 'stroke-width': 1.5};
  const kind = shape.replace('empty', '').toLowerCase();
  if (kind === 'circle') mark.append(svg('circle', {cx: 13, cy: 6, r: 4, ...outline}));
  if (kind === 'rect') mark.append(svg('rect', {x: 9, y: 2, width: 8, height: 8, ...outline}));
  if (kind === 'triangle') mark.append(svg('path', {d: 'M13 1.5 L17.5 10 L8.5 10 Z', ...outline}));
  if (kind === 'diamond') mark.append(svg('path', {d: 'M13 1 L17.5 6 L13 11 L8.5 6 Z', ...outline}));
  return mark;
}
