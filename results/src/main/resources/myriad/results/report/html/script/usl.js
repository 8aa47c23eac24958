/** The Universal Scalability Law fitted to each variant: runs as points, the fit as a line, its band dotted. */
function usl() {
  const series = [];
  for (const fit of data.fits.filter(fit => !view.hidden.has(fit.variant))) {
    const colour = variantColour(fit.variant);
    const line = (end, style) => ({
      type: 'line', name: fit.variant, color: colour, symbol: 'none', silent: true, lineStyle: {color: colour, ...style},
      data: fit.curve.map(point => [point[0], point[end]])
    });
    series.push(variantLine(fit.variant, fit.points, {lineStyle: {width: 0}}));
    series.push(line(1, {width: 2}), line(2, {width: 1, type: 'dotted'}), line(3, {width: 1, type: 'dotted'}));
  }
  return series.length === 0 ? null : plot(
    axis('log', 'connections', countText),
    upright('value', 'messages/s', countText),
    series,
    {tooltip: tooltip('item', item => tip(
      item.seriesName, [countText(item.value[0]) + ' connections', countText(item.value[1]) + '/s']))});
}
