/** What is shown, and the drawing of it. */
const data = JSON.parse(document.getElementById('data').textContent);
const view = {hidden: new Set(), load: null, run: 0};
const drawers = {spectrum, heatmap, connections, throughput, tail, resident, memory, offered, usl, health};
const drawn = new Map();

function draw(name) {
  const place = document.querySelector('[data-chart="' + name + '"]');
  if (place.classList.contains('bars')) place.style.height = 60 + 30 * Math.max(1, groupsOfLoad().length) + 'px';
  const option = drawers[name]();
  const section = place.closest('section');
  section.hidden = option === null && !section.querySelector('select');
  place.hidden = option === null;
  if (option === null) {
    place.dataset.drawn = 'nothing to draw';
    return;
  }
  place.dataset.drawn = '';
  if (!drawn.has(name)) {
    const chart = myriadCharts.init(place);
    chart.on('finished', () => {
      if (drawn.size === 1) performance.mark('first-chart');
      place.dataset.drawn = 'true';
    });
    new ResizeObserver(() => chart.resize()).observe(place);
    drawn.set(name, chart);
  }
  drawn.get(name).setOption(option, {notMerge: true});
}

/** One chart a turn, so that the first is on the screen while the others are still drawn. */
function drawAll(names) {
  if (names.length === 0) return;
  draw(names[0]);
  setTimeout(() => drawAll(names.slice(1)));
}

function redraw() {
  showVariants();
  drawAll(Object.keys(drawers));
}

function showVariants() {
  const list = document.getElementById('variants');
  list.querySelectorAll('label').forEach(label => label.remove());
  for (const variant of data.variants) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = !view.hidden.has(variant);
    box.addEventListener('change', () => {
      if (box.checked) view.hidden.delete(variant); else view.hidden.add(variant);
      drawAll(Object.keys(drawers));
    });
    label.append(box, variantMark(variant), variant);
    list.append(label);
  }
}

function choice(id, options, chosen, onChange) {
  const select = document.getElementById(id);
  for (const [value, text] of options) select.append(new Option(text, value, false, value === chosen));
  select.addEventListener('change', () => onChange(select.value));
}

function start() {
  document.querySelectorAll('table.sortable').forEach(sortable);
  const loads = [...new Set(data.groups.filter(group => group.service).map(group => group.load))];
  if (loads.length === 0) return;
  view.load = loads[loads.length - 1];
  view.run = Math.max(0, data.runs.findIndex(run => run.heat));
  document.getElementById('controls').hidden = false;
  document.getElementById('charts').hidden = false;
  choice('load', loads.map(load => [load, load]), view.load, load => {
    view.load = load;
    drawAll(['spectrum', 'memory', 'health']);
  });
  choice('run', data.runs.map((run, index) => [String(index), run.label]), String(view.run), index => {
    view.run = Number(index);
    drawAll(['heatmap', 'connections']);
  });
  redraw();
  darkScheme.addEventListener('change', redraw);
  window.addEventListener('beforeprint', () => forPaper(true));
  window.addEventListener('afterprint', () => forPaper(false));
}

/** Paper is white, and as wide as a page, whatever the screen is. */
function forPaper(yes) {
  printing = yes;
  document.documentElement.toggleAttribute('data-printing', yes);
  for (const chart of drawn.values()) {
    if (!chart.getDom().hidden) chart.resize();
  }
  Object.keys(drawers).forEach(draw);
}

start();
