/** A figure against the number of connections, one line a variant, the spread of the repeats as whiskers. */
function againstConnections(key, yType, name, format) {
  const series = [];
  for (const [variant, groups] of byVariant(shown(data.groups))) {
    const points = groups.filter(group => group[key]).sort((a, b) => a.connections - b.connections);
    if (points.length === 0) continue;
    series.push(variantLine(variant, points.map(group => [group.connections, group[key].mid])));
    if (points.some(group => group[key].min !== group[key].max)) {
      series.push(whiskers(variant, points.map(group => [group.connections, group[key].min, group[key].max])));
    }
  }
  return series.length === 0 ? null : plot(
    axis('log', 'connections asked for', countText),
    upright(yType, name, format),
    series,
    {tooltip: tooltip('item', item => tip(
      item.seriesName, [countText(item.value[0]) + ' connections', format(item.value[1])]))});
}

function throughput() {
  return againstConnections('rate', 'value', 'messages/s', countText);
}

function tail() {
  return againstConnections('responseP99', 'log', 'p99', microsText);
}
