/** What the charts have in common. */

function axis(type, name, format, more) {
  const colours = ink();
  return {
    type: type,
    name: name,
    nameLocation: 'middle',
    nameGap: 34,
    nameTextStyle: {color: colours.muted},
    axisLabel: {color: colours.muted, fontSize: 12, formatter: format, hideOverlap: true},
    axisLine: {show: true, lineStyle: {color: colours.line}},
    axisTick: {lineStyle: {color: colours.line}},
    splitLine: {lineStyle: {color: colours.line, opacity: 0.6}},
    minorSplitLine: {show: false},
    ...more
  };
}

/** A vertical axis: its name lies above it, where it costs no width. */
function upright(type, name, format, more) {
  return axis(type, name, format, {
    nameLocation: 'end',
    nameGap: 12,
    nameTextStyle: {color: ink().muted, align: 'left'},
    ...more
  });
}

function plot(x, y, series, more) {
  return {
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
    grid: {left: 8, right: 22, top: 38, bottom: 34, containLabel: true},
    xAxis: x,
    yAxis: y,
    series: series,
    ...more
  };
}

/** A tooltip as nodes: text from the data is never read as markup. */
function tip(title, lines) {
  const box = document.createElement('div');
  box.className = 'tip';
  const head = document.createElement('b');
  head.textContent = title;
  box.append(head);
  for (const line of lines) {
    const row = document.createElement('span');
    row.textContent = line;
    box.append(row);
  }
  return box;
}

function tooltip(trigger, formatter) {
  const colours = ink();
  return {
    trigger: trigger,
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: {color: colours.text},
    formatter: formatter
  };
}

function variantLine(variant, points, more) {
  return {
    type: 'line',
    name: variant,
    data: points,
    symbol: variantShape(variant),
    symbolSize: 8,
    color: variantColour(variant),
    lineStyle: {width: 2},
    emphasis: {focus: 'series'},
    ...more
  };
}

/** Lowest and highest of the repeats as a thin bar through each point: points are [x, low, high]. */
function whiskers(variant, points) {
  return {
    type: 'custom',
    name: variant,
    data: points,
    silent: true,
    z: 1,
    encode: {x: 0, y: [1, 2]},
    renderItem(params, api) {
      const low = api.coord([api.value(0), api.value(1)]);
      const high = api.coord([api.value(0), api.value(2)]);
      return {
        type: 'line',
        shape: {x1: low[0], y1: low[1], x2: high[0], y2: high[1]},
        style: {stroke: variantColour(variant), lineWidth: 1.2, opacity: 0.8}
      };
    }
  };
}

function shown(groups) {
  return groups.filter(group => !view.hidden.has(group.variant));
}

function groupsOfLoad() {
  return shown(data.groups.filter(group => group.load === view.load));
}

function byVariant(groups) {
  return data.variants
    .map(variant => [variant, groups.filter(group => group.variant === variant)])
    .filter(([, found]) => found.length > 0);
}
