/** p99 of response time against the offered rate, where a sweep over rates ran. */
function offered() {
  const series = [];
  for (const [variant, groups] of byVariant(shown(data.groups))) {
    const points = groups.filter(group => group.offered && group.responseP99).sort((a, b) => a.offered - b.offered);
    if (new Set(points.map(group => group.offered)).size < 2) continue;
    const knee = points.find(group => group.behind);
    series.push(variantLine(variant, points.map(group => [group.offered, group.responseP99.mid]), {
      markLine: knee ? {
        symbol: ['none', 'none'], silent: true, label: {formatter: '▼', position: 'end', color: variantColour(variant)},
        lineStyle: {color: variantColour(variant), type: 'dotted'}, data: [{xAxis: knee.offered}]
      } : undefined
    }));
  }
  return series.length === 0 ? null : plot(
    axis('value', 'offered messages/s', countText),
    upright('log', 'p99', microsText),
    series,
    {tooltip: tooltip('item', item => tip(item.seriesName, [countText(item.value[0]) + '/s offered', microsText(item.value[1])]))});
}
