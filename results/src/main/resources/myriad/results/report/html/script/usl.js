/** The Universal Scalability Law fitted to each variant: runs as points, the fit as a line, its band dotted. */
function usl() {
  const series = [];
  let most = 0;
  for (const fit of data.fits.filter(fit => !view.hidden.has(fit.variant))) {
    const colour = variantColour(fit.variant);
    most = Math.max(most, ...fit.points.map(point => point[1]), ...fit.curve.map(point => point[1]));
    const line = (end, style) => ({
      type: 'line', name: fit.variant, color: colour, symbol: 'none', silent: true, lineStyle: {color: colour, ...style},
      data: fit.curve.map(point => [point[0], point[end]])
    });
    series.push(variantLine(fit.variant, fit.points, {lineStyle: {width: 0}}));
    series.push(line(1, {width: 2}), line(2, {width: 1, type: 'dotted'}), line(3, {width: 1, type: 'dotted'}));
  }
  return series.length === 0 ? null : plot(
    axis('log', 'connections', countText),
    // A band of few runs is many times as high as what it is about.
    upright('value', 'messages/s', countText, {max: extent => extent.max > 1.5 * most ? roundUp(1.5 * most) : null}),
    series,
    {tooltip: tooltip('item', item => tip(
      item.seriesName, [countText(item.value[0]) + ' connections', countText(item.value[1]) + '/s']))});
}
