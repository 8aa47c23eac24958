/** One bar a variant, at the load that is chosen, longest last. */
function bars(key, format, more) {
  const groups = groupsOfLoad().filter(group => group[key]).sort((a, b) => b[key].mid - a[key].mid);
  if (groups.length === 0) return null;
  const colours = ink();
  return plot(
    axis('value', '', format, {axisLabel: {show: false}, axisTick: {show: false}, ...more}),
    {type: 'category', data: groups.map(group => group.variant), axisLabel: {color: colours.text}, axisTick: {show: false},
     axisLine: {lineStyle: {color: colours.line}}},
    [{
      type: 'bar',
      barMaxWidth: 20,
      data: groups.map(group => ({value: group[key].mid, itemStyle: {color: variantColour(group.variant)}})),
      label: {show: true, position: 'right', color: colours.text, formatter: item => format(item.value)}
    }],
    {
      grid: {left: 8, right: 84, top: 8, bottom: 8, containLabel: true},
      tooltip: tooltip('item', item => tip(item.name, [
        format(item.value), 'repeats from ' + format(groups[item.dataIndex][key].min) + ' to ' + format(groups[item.dataIndex][key].max)]))
    });
}

function memory() {
  return bars('bytes', bytesText);
}

function health() {
  return bars('utilisation', shareText, {min: 0, max: 1});
}
