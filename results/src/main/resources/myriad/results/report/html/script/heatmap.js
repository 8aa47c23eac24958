/** How many answers took how long in each second of one run. Errors, losses, and pauses of the generator are marked. */
function heatmap() {
  const run = data.runs[view.run];
  if (!run || !run.heat) return null;
  document.getElementById('heatmap-kind').textContent =
    'Of ' + run.heat.kind + '; the stronger the colour, the more answers. Full lines mark errors and losses; dotted ones, where the generator paused for garbage collection (GC), stalled or was late.';
  const cells = heatCells(run.heat);
  const most = Math.max(1, ...cells.map(cell => cell[5]));
  const colours = ink();
  return plot(
    axis('value', 'seconds since the run began', String, {min: 'dataMin', max: 'dataMax', splitLine: {show: false}}),
    upright('log', 'latency', microsText, {min: Math.min(...cells.map(cell => cell[2])), max: Math.max(...cells.map(cell => cell[3]))}),
    [{
      type: 'custom',
      data: cells,
      encode: {x: [0, 1], y: [2, 3]},
      clip: true,
      renderItem: heatCell,
      markLine: {symbol: 'none', silent: true, data: troubles(run.seconds, roomForLabels()), lineStyle: {color: colours.bad, width: 1.5},
                 label: {color: colours.bad, fontSize: 11, position: 'insideEndTop'}}
    }],
    {
      grid: {left: 8, right: 22, top: 38, bottom: 74, containLabel: true},
      tooltip: tooltip('item', item => tip(
        microsText(item.value[2]) + ' to ' + microsText(item.value[3]),
        [countText(item.value[5]) + ' answers', 'second ' + significant(item.value[0]) + ' to ' + significant(item.value[1])])),
      visualMap: {
        type: 'continuous', dimension: 4, min: 0, max: Math.max(1, Math.log10(most)), orient: 'horizontal', left: 'center', bottom: 0,
        itemWidth: 12, itemHeight: 120, inRange: {color: HEAT[scheme()]}, text: [countText(most) + ' answers', '1'],
        textStyle: {color: colours.muted}, calculable: false, hoverLink: false
      }
    });
}

/** Cells are [from second, to second, from µs, to µs, log10 of the count, count]. */
function heatCells(heat) {
  const cells = [];
  for (const [start, length, first, ...counts] of heat.columns) {
    counts.forEach((count, index) => {
      if (count > 0) {
        const low = 10 ** ((first + index) / heat.bucketsADecade);
        const high = 10 ** ((first + index + 1) / heat.bucketsADecade);
        cells.push([start, start + length, low, high, Math.log10(count), count]);
      }
    });
  }
  return cells;
}

function heatCell(params, api) {
  const [left, bottom] = api.coord([api.value(0), api.value(2)]);
  const [right, top] = api.coord([api.value(1), api.value(3)]);
  return {
    type: 'rect',
    shape: {x: left, y: top, width: Math.max(1, right - left - 0.5), height: Math.max(1, bottom - top - 0.5)},
    style: {fill: api.visual('color')}
  };
}

function roomForLabels() {
  const section = document.querySelector('[data-chart="heatmap"]').closest('section');
  return Math.min(20, Math.floor(section.clientWidth / 40));
}

/** A line at every second with trouble. Not all can be labelled: errors and losses go before pauses. */
function troubles(seconds, mostLabels) {
  const troubled = seconds.filter(second => second.errors || second.pauses);
  const apart = seconds.length === 0 ? 0 : (seconds[seconds.length - 1].t - seconds[0].t) / mostLabels;
  const labelled = new Set();
  for (const second of [...troubled.filter(each => each.errors), ...troubled.filter(each => !each.errors)]) {
    const free = [...labelled].every(other => Math.abs(other.t - second.t) >= apart);
    if (free && labelled.size < mostLabels) labelled.add(second);
  }
  return troubled.map(second => ({
    xAxis: second.t,
    lineStyle: {type: second.errors ? 'solid' : 'dotted'},
    label: {show: labelled.has(second), formatter: [...(second.errors || []), ...(second.pauses || [])].join('\n')}
  }));
}
