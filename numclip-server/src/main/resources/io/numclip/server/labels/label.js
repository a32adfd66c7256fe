// The page on which a person labels: shows what is asked, sends the answer, and says what the answers are worth.

import { h } from './dom.js';
import { capital, count, number, sentence, withUnit } from './words.js';

const CONCEPT_KEYS = 'qwertyuiop';
const get = (id) => document.getElementById(id);

let compare = location.hash === '#compare';
let state = null;
let busy = false;

// ---- the server

async function ask(body) {
  const address = compare ? 'questions/pair' : 'questions/number';
  const options = body ? { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {};
  let answer;
  let json;
  try {
    answer = await fetch(address, { ...options, cache: 'no-store' });
    json = await answer.json();
  } catch {
    return { fault: 'The server does not answer.', fix: 'Start it again with the same command, then try again.', again: true };
  }
  return answer.ok ? json : { fault: json.error?.message ?? `The server refused it (status ${answer.status}).`, fix: json.error?.fix ?? '', again: answer.status >= 500, stale: answer.status === 409 };
}

/** Shows what is asked next only when the answer before is kept. */
async function send(body) {
  if (busy) return;
  busy = true;
  document.body.classList.add('working');
  const found = await ask(body);
  busy = false;
  document.body.classList.remove('working');
  get('notes').replaceChildren();
  if (!found.fault) show(found);
  else {
    note(found.fault, found.fix, found.again ? () => send(body) : null);
    if (found.stale) show(await ask());
  }
}

function answer(said, value) {
  const images = state?.asked;
  if (!state || (said !== 'undo' && !images)) return;
  const [first, second] = images ?? [{ name: '' }];
  send({ id: state.next, image: first.name, other: second?.name ?? null, said, value: value ?? null });
}

// ---- numbers

function keep() {
  const text = get('number').value.trim().replace(',', '.');
  const value = Number(text);
  const { minimum: lowest, maximum: highest, wholeNumbers } = state.scale;
  if (text === '' || !Number.isFinite(value) || value < lowest || value > highest || (wholeNumbers && !Number.isInteger(value))) {
    get('notes').replaceChildren();
    note(`A ${wholeNumbers ? 'whole ' : ''}number from ${lowest} to ${highest} is expected`, '', null);
    get('number').focus();
  } else answer('value', value);
}

function set(value) {
  get('number').value = value === null ? '' : String(value);
  if (value !== null) get('slider').value = value;
  for (const button of get('concepts').children) button.classList.toggle('chosen', value !== null && Number(button.dataset.at) === value);
}

function step(direction) {
  const { scale: { minimum: lowest, maximum: highest }, step: by } = state;
  const from = get('number').value === '' ? Number(get('slider').value) - direction * by : Number(get('number').value);
  set(Number(Math.min(highest, Math.max(lowest, from + direction * by)).toFixed(6)));
}

/** A word is its number; pressed twice it is kept. */
function concept(button) {
  if (!button) return;
  const at = Number(button.dataset.at);
  if (get('number').value !== '' && Number(get('number').value) === at) keep();
  else set(at);
}

// ---- what is shown

function show(found) {
  if (found.fault) return;
  const first = state === null;
  state = found;
  const { asked, scale, concepts } = state;
  if (first) prepare(scale);
  get('work').hidden = false;
  get('title').textContent = compare
    ? `Which is closer to “${concepts.at(-1).text}”?`
    : `Which number, in ${scale.unit}?`;
  get('pictures').replaceChildren(...(asked ?? []).map(picture));
  get('pictures').hidden = !asked;
  get('number-form').hidden = compare || !asked;
  get('pair').hidden = !compare || !asked;
  document.querySelectorAll('[data-said=skip], [data-said=unknown]').forEach((button) => (button.hidden = !asked));
  get('undo').disabled = state.undoes === null;
  get('mode-text').textContent = compare ? 'Give numbers' : 'Compare two';
  get('key-hint').textContent = compare ? 'Arrows choose the picture that is more.' : 'Digits type, arrows move, letters choose a word.';
  get('progress').textContent = `${state.person} · ${count(state.verdict.numbers, 'number')}, ${count(state.verdict.pairs, 'comparison')}`;
  get('done').hidden = Boolean(asked);
  get('done').textContent = compare ? 'All pictures are in order. The list is complete.' : 'You have answered all pictures. The list is complete.';
  set(null);
  if (get('keys').checked) get('number').blur(); // so that keys are answers again
  get('slider').value = (scale.minimum + scale.maximum) / 2;
  showVerdict();
}

function picture({ place, name }) {
  const image = h('img', { src: `images/${place}`, alt: `Picture ${name}` });
  image.addEventListener('load', () => image.parentElement.classList.toggle('drawn', image.naturalWidth < 160));
  image.addEventListener('error', () => note(`“${name}” can no longer be read.`, 'Skip it, or put the file back.', null));
  return h('figure', {}, image, h('figcaption', {}, name));
}

function prepare(scale) {
  get('slider').min = scale.minimum;
  get('slider').max = scale.maximum;
  get('slider').step = state.step;
  get('unit').textContent = scale.unit;
  get('lowest').textContent = `${scale.minimum}`;
  get('highest').textContent = `${scale.maximum} ${scale.unit}`;
  get('concepts').replaceChildren(
    ...state.concepts.map(({ text, at }, i) => {
      const key = CONCEPT_KEYS[i]?.toUpperCase();
      return h('button', { type: 'button', 'data-at': at, onclick: (event) => concept(event.currentTarget) }, `${text} (${at})`, key ? h('kbd', {}, key) : null);
    }),
  );
}

function showVerdict() {
  const { verdict, scale, left } = state;
  const form = { lowest: scale.minimum, highest: scale.maximum, wholeNumbers: false };
  const off = (value) => withUnit(number(value, form), scale);
  const halves = `: on pictures drawn by chance a model of half of the answers is off by ${off(verdict.worth.half)}, of all others by ${off(verdict.worth.all)}.`;
  const lines = [`${count(verdict.numbers, 'picture')} of ${state.images} ${verdict.numbers === 1 ? 'has a number' : 'have numbers'}; ${left} are left for you.`];
  if (verdict.drawn > 0) {
    lines.push(
      `While it learned them, a model was off by ${off(verdict.error)} on average, on ${count(verdict.drawn, 'picture')} drawn by chance and predicted before you answered. The same number for every picture would be off by ${off(verdict.constant)}.`,
    );
  }
  if (verdict.worth.state === 'MORE') lines.push(`More answers still help${halves}`);
  if (verdict.worth.state === 'LITTLE_MORE') lines.push(`More answers bring little${halves}`);
  if (verdict.worth.state === 'UNKNOWN' && verdict.numbers > 0) lines.push('Whether more answers help cannot be said yet.');
  if (verdict.agreement.count > 0) lines.push(`Two people are ${off(verdict.agreement.value)} apart, on ${count(verdict.agreement.count, 'picture')}.`);
  if (verdict.pairs > 0) lines.push(`${count(verdict.pairs, 'comparison')} put ${count(verdict.ordered, 'picture')} into order.`);
  if (verdict.again.count > 0) lines.push(`Of ${count(verdict.again.count, 'pair')} that came twice, ${Math.round(100 * verdict.again.value)}\u00a0% were answered the same.`);
  const said = [...get('verdict').children].map((each) => each.textContent).join();
  if (said !== lines.join()) get('verdict').replaceChildren(...lines.map((line) => h('li', {}, line)));
}

function note(text, fix, again) {
  const retry = again ? h('button', { type: 'button', onclick: again }, 'Try again') : null;
  get('notes').append(h('li', {}, h('p', {}, sentence(text), fix ? ` ${sentence(capital(fix))}` : ''), retry));
}

function turn() {
  turnTo(!compare);
  send();
}

function turnTo(pairs) {
  compare = pairs;
  history.replaceState(null, '', compare ? '#compare' : '#');
}

// ---- wiring

function say(said) {
  if (said === 'undo' && compare !== state.undoes) turnTo(state.undoes);
  answer({ left: 'image', right: 'other' }[said] ?? said);
}

function key(event) {
  const typing = event.target.matches('input[type=text]');
  if (!get('keys').checked || event.ctrlKey || event.metaKey || event.altKey || !state) return;
  const pressed = event.key.toLowerCase();
  const does = { s: () => say('skip'), x: () => say('unknown'), z: () => state.undoes !== null && say('undo'), c: turn }[pressed];
  const pairs = { arrowleft: 'left', arrowright: 'right', '=': 'equal', arrowdown: 'equal' }[pressed];
  const letter = CONCEPT_KEYS.indexOf(pressed);
  if (does) does();
  else if (compare && pairs) say(pairs);
  else if (!compare && state.asked && pressed.startsWith('arrow') && !event.target.matches('input')) step(pressed === 'arrowright' || pressed === 'arrowup' ? 1 : -1);
  else if (!compare && state.asked && pressed.length === 1 && letter >= 0) concept(get('concepts').children[letter]);
  else if (!compare && state.asked && /^[-0-9.,]$/.test(pressed) && !typing) {
    get('number').value = '';
    get('number').focus();
    return; // the digit goes into the field
  } else if (!compare && pressed === 'enter' && !event.target.matches('button, a, input')) keep();
  else return;
  event.preventDefault();
}

document.addEventListener('keydown', key);
get('number-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keep();
});
get('number').addEventListener('input', () => {
  const value = Number(get('number').value.replace(',', '.'));
  if (Number.isFinite(value)) get('slider').value = value;
});
get('slider').addEventListener('input', () => set(Number(get('slider').value)));
get('slider').addEventListener('keydown', (event) => {
  if (event.key === 'Enter') keep();
});
document.querySelectorAll('[data-said]').forEach((button) => button.addEventListener('click', () => say(button.dataset.said)));
get('mode').addEventListener('click', turn);
get('keys').addEventListener('change', () => document.body.classList.toggle('no-keys', !get('keys').checked));

send();
