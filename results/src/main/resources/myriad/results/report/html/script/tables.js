/** Tables that are sorted by a press on a heading. Without a figure a row stays last. */
function sortable(table) {
  const body = table.tBodies[0];
  table.querySelectorAll('thead th').forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      const direction = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      table.querySelectorAll('th[aria-sort]').forEach(other => other.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      body.append(...[...body.rows].sort((a, b) => compareCells(a.cells[column], b.cells[column], direction)));
    });
  });
}

function compareCells(a, b, direction) {
  const [left, right] = [a.dataset.value, b.dataset.value];
  if (left === undefined && right === undefined) return direction * a.textContent.localeCompare(b.textContent);
  if (left === '' || right === '') return (left === '') - (right === '');
  return direction * (Number(left) - Number(right));
}
