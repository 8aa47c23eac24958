/** Connections attempted, open and failed over the seconds of one run. */
function connections() {
  const run = data.runs[view.run];
  document.getElementById('connections-run').textContent = run ? run.label : '';
  if (!run || run.seconds.length === 0) return null;
  const colours = COLOURS[scheme()];
  const line = (name, key, colour, type, shape) => ({
    type: 'line', name: name, symbol: shape, symbolSize: 7, showSymbol: run.seconds.length < 60, color: colour,
    lineStyle: {width: 2, type: type}, data: run.seconds.map(second => [second.t + second.length, second[key]])
  });
  return plot(
    axis('value', 'seconds since the run began', String),
    upright('value', 'connections', countText),
    [line('attempted', 'attempted', colours[6], 'dashed', 'rect'), line('open', 'open', colours[0], 'solid', 'circle'),
     line('failed', 'failed', colours[1], 'dotted', 'triangle')],
    {
      tooltip: tooltip('axis', items => tip(
        significant(items[0].value[0]) + ' s', items.map(item => item.seriesName + ': ' + countText(item.value[1]))))
    });
}
