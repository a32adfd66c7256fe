'use strict';
// Keys to mend labels, and the list as a file. An image that is shown twice has one label.
const LABEL = 1; // the place of the number in a row
const { columns, rows } = JSON.parse(document.getElementById('list').textContent);
const given = rows.map((row) => row[LABEL]);
const fine = new Set();
const items = [...document.querySelectorAll('[data-row]')];
const inputs = items.map((item) => item.querySelector('input'));
const isNumber = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

function cell(text) {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv() {
  return [columns, ...rows].map((row) => row.map(cell).join(',') + '\n').join('');
}

function show() {
  items.forEach((item, i) => {
    const row = Number(item.dataset.row);
    const changed = rows[row][LABEL] !== given[row];
    item.classList.toggle('changed', changed);
    item.classList.toggle('fine', fine.has(row));
    if (inputs[i] !== document.activeElement) {
      inputs[i].value = changed ? rows[row][LABEL] : '';
    }
  });
  const count = rows.filter((row, i) => row[LABEL] !== given[i]).length;
  document.getElementById('state').textContent = `${count} changed, ${fine.size} fine`;
}

function go(i) {
  inputs[Math.max(0, Math.min(inputs.length - 1, i))].focus();
}

/** Takes what is written if it is a number; says whether the label is settled. */
function take(i) {
  const text = inputs[i].value.trim().replace(',', '.');
  const row = Number(items[i].dataset.row);
  const wrong = text !== '' && !isNumber(text);
  inputs[i].setAttribute('aria-invalid', wrong);
  if (!wrong && text !== '') {
    rows[row][LABEL] = Number(text) === Number(given[row]) ? given[row] : text;
    fine.delete(row);
  }
  show();
  return !wrong;
}

inputs.forEach((input, i) => {
  const row = Number(items[i].dataset.row);
  input.addEventListener('change', () => take(i));
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1, f: 1, F: 1 }[event.key];
    if (event.key === 'Escape' || event.key.toLowerCase() === 'f') {
      rows[row][LABEL] = given[row];
      input.value = '';
      fine[event.key === 'Escape' ? 'delete' : 'add'](row);
      show();
    }
    if (step) {
      event.preventDefault();
      if (take(i)) {
        go(i + step);
      }
    }
  });
});

document.getElementById('save').addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv()], { type: 'text/csv' }));
  link.download = 'corrected.csv';
  link.click();
});

document.getElementById('show').addEventListener('click', () => {
  const copy = document.getElementById('copy');
  copy.hidden = false;
  copy.value = csv();
  copy.select();
});

show();
go(0);
