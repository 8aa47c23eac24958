/** Latency by percentile, x = 1 / (1 - p). Service time is a full line, response time a dashed one. */
function spectrum() {
  const groups = groupsOfLoad();
  const series = [];
  let differs = false;
  for (const group of groups) {
    const style = {symbol: 'none', z: 3};
    if (group.service) series.push(variantLine(group.variant, group.service, style));
    if (group.response) {
      differs = true;
      series.push(variantLine(group.variant, group.response, {...style, lineStyle: {width: 2, type: 'dashed'}}));
    }
    const marked = (group.service || []).filter((_, index) => index % 12 === 6);
    series.push(variantLine(group.variant, marked, {type: 'line', lineStyle: {width: 0}, silent: true, tooltip: {show: false}}));
  }
  document.getElementById('spectrum-kinds').textContent = differs
    ? 'Full line: service time; dashed: response time, from the scheduled send.'
    : 'Closed loop: service and response time are the same.';
  return series.length === 0 ? null : plot(
    axis('log', 'percentile', percentileText, {min: 1}),
    upright('log', 'latency', microsText),
    series,
    {tooltip: tooltip('item', item => tip(item.seriesName, [percentileText(item.value[0]) + ': ' + microsText(item.value[1])])),
     ...nearest(series)});
}

/** Lines without symbols still answer the pointer. */
function nearest(series) {
  for (const line of series) line.triggerLineEvent = true;
  return {};
}
