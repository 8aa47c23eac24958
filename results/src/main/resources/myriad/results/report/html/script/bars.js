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

/** Memory a connection, stacked by what it is where that is known: heap, other memory of the process, kernel. */
function memory() {
  const option = bars('bytes', bytesText);
  const groups = groupsOfLoad().filter(group => group.bytes).sort((a, b) => b.bytes.mid - a.bytes.mid);
  const known = groups.some(group => group.heap || group.kernel);
  document.getElementById('memory-parts').textContent = known
    ? 'From the left: Java heap in use, other memory of the process, buffers of the kernel for both ends.' : '';
  if (option === null || !known) return option;
  const parts = group => {
    const heap = group.heap ? group.heap.mid : 0;
    return [heap, Math.max(0, group.bytes.mid - heap), group.kernel ? group.kernel.mid : 0];
  };
  const names = ['Java heap in use', 'other memory of the process', 'buffers of the kernel'];
  const total = group => parts(group).reduce((sum, part) => sum + part, 0);
  option.series = names.map((name, part) => ({
    type: 'bar',
    stack: 'memory',
    name: name,
    barMaxWidth: 20,
    itemStyle: {color: PARTS[scheme()][part], borderColor: ink().surface, borderWidth: 1},
    data: groups.map(group => parts(group)[part]),
    label: {show: part === names.length - 1, position: 'right', color: ink().text,
            formatter: item => bytesText(total(groups[item.dataIndex]))}
  }));
  option.tooltip = tooltip('item', item => tip(item.name, names.map(
    (name, part) => name + ': ' + (part === 0 && !groups[item.dataIndex].heap || part === 2 && !groups[item.dataIndex].kernel
      ? 'not known' : bytesText(parts(groups[item.dataIndex])[part])))));
  return option;
}

function health() {
  return bars('utilisation', shareText, {min: 0, max: 1});
}
