/** A figure against the number of connections, one line a variant, the spread of the repeats as whiskers. */
function againstConnections(key, yType, name, format, more) {
  if (new Set(data.groups.map(group => group.connections)).size < 2) return null;
  const series = [];
  for (const [variant, groups] of byVariant(shown(data.groups))) {
    const points = hardest(groups.filter(group => group[key]));
    if (points.length === 0) continue;
    series.push(variantLine(variant, points.map(group => [group.connections, group[key].mid])));
    if (points.some(group => group[key].min !== group[key].max)) {
      series.push(whiskers(variant, points.map(group => [group.connections, group[key].min, group[key].max])));
    }
  }
  return series.length === 0 ? null : plot(
    axis('log', 'connections asked for', countText),
    upright(yType, name, format, more),
    series,
    {tooltip: tooltip('item', item => tip(
      item.seriesName, [countText(item.value[0]) + ' connections', format(item.value[1])]))});
}

/** One group a number of connections: where several rates were offered, the highest. */
function hardest(groups) {
  const chosen = new Map();
  for (const group of groups) {
    const other = chosen.get(group.connections);
    if (!other || (group.offered || 0) > (other.offered || 0)) chosen.set(group.connections, group);
  }
  return [...chosen.values()].sort((a, b) => a.connections - b.connections);
}

function throughput() {
  return againstConnections('rate', 'value', 'messages/s', countText);
}

function resident() {
  return againstConnections('resident', 'log', 'resident memory', bytesText, {logBase: 2});
}

function tail() {
  return againstConnections('responseP99', 'log', 'p99', microsText);
}
