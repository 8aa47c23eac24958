document.querySelectorAll('table.sortable').forEach(sortable);
