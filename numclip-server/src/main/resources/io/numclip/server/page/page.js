// The page: takes pictures, has them scored a few at a time, and shows the numbers under each model.

import { h } from './dom.js';
import { listen, refusal } from './intake.js';
import { choosePart, looks } from './part.js';
import { Section } from './section.js';
import { Refused, Server, TokenNeeded } from './server.js';
import { capital, count, megabytes, sentence } from './words.js';

const AT_ONCE = 3;
const MOST_PICTURES = 200;

const server = new Server();
const get = (id) => document.getElementById(id);

let limits = {};
let sections = [];
let pictures = [];
let arrived = 0;
let atWork = 0;
let locked = true; // until the models are known, and while a token is missing
let knowModels;
const modelsKnown = new Promise((resolve) => (knowModels = resolve));

// ---- the models

async function start() {
  try {
    const described = await server.models();
    limits = described.limits ?? {};
    showModels(described.models);
    showLimits();
    locked = false;
    knowModels();
  } catch (failure) {
    if (failure instanceof TokenNeeded) askForToken();
    else note(failure.message, failure.fix, [['Try again', start]]);
  }
}

function showModels(models) {
  sections = models.map((model) => new Section(model));
  get('sections').replaceChildren(...sections.map(({ element }) => element));
  get('models').hidden = models.length < 2;
  for (const section of sections) {
    const box = h('input', { type: 'checkbox', checked: true });
    box.addEventListener('change', () => choose(section, box));
    get('models').append(h('label', {}, box, ` ${section.name}`));
  }
}

/** At least one model stays chosen. */
function choose(section, box) {
  section.element.hidden = !box.checked;
  if (sections.every(({ element }) => element.hidden)) {
    box.checked = true;
    section.element.hidden = false;
    say('One model stays chosen.');
  }
}

function showLimits() {
  if (limits.imageBytes) {
    get('limits').textContent = `JPEG, PNG, GIF, BMP, WebP or TIFF, up to ${megabytes(limits.imageBytes)} each. They are sent to this server, and nowhere else.`;
  }
}

// ---- the token

function askForToken() {
  locked = true;
  const again = get('token').value !== '';
  get('token').value = '';
  get('token-form').querySelector('label').textContent = again ? 'The server did not accept this token. Another one:' : 'This server asks for a token.';
  get('token-form').hidden = false;
  get('token').focus();
}

get('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  server.token = get('token').value.trim();
  get('token-form').hidden = true;
  get('pick').focus();
  if (sections.length === 0) start();
  else {
    locked = false;
    work();
  }
});

// ---- pictures

async function take(files) {
  await modelsKnown;
  for (const file of files) {
    const why = await refusal(file, limits);
    if (why) note(why);
    else if (!add(file)) break;
  }
  work();
}

/** @param region of the picture that is asked about; left out: all of it @returns null: no room */
function add(file, region = null, url = URL.createObjectURL(file)) {
  if (pictures.length >= MOST_PICTURES) {
    note(`This page shows up to ${MOST_PICTURES} pictures.`, 'Remove some. For a folder, use numclip predict.');
    return null;
  }
  const name = region ? `${file.name} (${region.join(', ')})` : file.name;
  const picture = { file, region, name, order: arrived++, url, state: 'waiting', stop: new AbortController() };
  picture.askForPart = () => choosePart(file, addPart);
  pictures.push(picture);
  showProgress();
  return picture;

  function addPart(part, partUrl) {
    if (add(file, part, partUrl)) work();
  }
}

function remove(picture) {
  picture.stop.abort();
  picture.note?.remove();
  sections.forEach((section) => section.remove(picture));
  pictures = pictures.filter((one) => one !== picture);
  URL.revokeObjectURL(picture.url);
  showProgress();
}

/** Removes a picture whose button has the focus, and keeps the focus near. */
function removeHere(picture) {
  remove(picture);
  (pictures.length > 0 ? get('results') : get('pick')).focus();
}

function work() {
  while (!locked && atWork < AT_ONCE) {
    const next = pictures.find(({ state }) => state === 'waiting');
    if (!next) return;
    next.state = 'sent';
    atWork++;
    score(next).finally(() => {
      atWork--;
      showProgress();
      work();
    });
  }
}

async function score(picture) {
  try {
    const predictions = await server.predict(picture, (seconds) => wait(picture, seconds), picture.stop.signal);
    const parts = picture.region ? [] : found(predictions);
    if (parts.length > 0) await showParts(picture, parts);
    else show(picture, predictions);
  } catch (failure) {
    fail(picture, failure);
  }
}

/** Regions that the server has found, each with its predictions. */
function found(predictions) {
  const parts = {};
  for (const each of predictions.filter(({ left }) => left >= 0)) {
    const region = [each.left, each.top, each.width, each.height];
    (parts[region] ??= { region, of: [] }).of.push(each);
  }
  return Object.values(parts);
}

async function showParts(picture, parts) {
  const urls = await looks(picture.file, parts);
  if (picture.stop.signal.aborted) return;
  remove(picture);
  parts.forEach(({ region, of }, i) => {
    const part = add(picture.file, region, urls[i]);
    if (part) show(part, of);
  });
}

function show(picture, predictions) {
  picture.note?.remove();
  const errors = predictions.map(({ error }) => error).filter(Boolean);
  if (errors.length === predictions.length) {
    const first = errors[0] ?? 'The server gave no number.';
    throw typeof first === 'string' ? new Refused(first) : new Refused(first.message, { fix: first.fix });
  }
  picture.state = 'done';
  for (const prediction of predictions) {
    sections.find(({ name }) => name === prediction.model)?.add(picture, prediction, () => removeHere(picture));
  }
  picture.said = sections.map((section) => section.sayOf(picture)).join('; ');
}

function fail(picture, failure) {
  picture.note?.remove();
  if (failure.name === 'AbortError') return;
  if (failure instanceof TokenNeeded) {
    picture.state = 'waiting';
    askForToken();
    return;
  }
  picture.state = 'failed';
  const known = failure instanceof Refused;
  const text = known ? failure.message : 'Something went wrong in this page.';
  if (!known) console.error(failure);
  const about = text.includes(picture.name) ? text : `“${picture.name}”: ${text}`;
  const request = failure.requestId ? ` (request ${failure.requestId})` : '';
  const [first, fix] = failure.fix ? [about, `${failure.fix}${request}`] : [`${about.replace(/\.$/, '')}${request}`, ''];
  const again = () => {
    picture.state = 'waiting';
    work();
  };
  picture.note = note(first, fix, failure.passing ? [['Try again', again]] : [], () => remove(picture));
}

function wait(picture, seconds) {
  picture.note?.remove();
  picture.note = note(`The server is busy. “${picture.name}” is sent again in ${count(Math.ceil(seconds), 'second')}.`, '', [], null);
}

// ---- what is said

/**
 * A line above the numbers, which a screen reader reads out: what is wrong, and what to do about it, each as sentences.
 *
 * @param actions pairs of a word and what its button does; each also takes the line away
 * @param onClose what its closing does beside; null: it cannot be closed
 */
function note(text, fix = '', actions = [], onClose = () => {}) {
  const element = h('li', {}, h('p', {}, sentence(text), fix ? h('span', { class: 'fix' }, ` ${sentence(capital(fix))}`) : null));
  const closing = (act) => () => {
    element.remove();
    get('pick').focus();
    act();
  };
  actions.forEach(([word, act]) => element.append(h('button', { type: 'button', onclick: closing(act) }, word)));
  if (onClose) element.append(h('button', { type: 'button', class: 'remove', 'aria-label': 'Close this message', title: 'Close', onclick: closing(onClose) }, '×'));
  get('notes').append(element);
  return element;
}

let announcement = 0;

/** Said a moment later, so that many pictures are one sentence. @param more for a screen reader only */
function say(text, more = '') {
  clearTimeout(announcement);
  announcement = setTimeout(() => get('status').replaceChildren(text, h('span', { class: 'unseen' }, more)), 150);
}

function showProgress() {
  const shown = pictures.filter(({ state }) => state !== 'failed');
  get('results').hidden = shown.length === 0;
  document.body.classList.toggle('filled', pictures.length > 0);
  const done = shown.filter(({ state }) => state === 'done');
  const working = done.length < shown.length;
  get('results').setAttribute('aria-busy', working);
  document.body.classList.toggle('working', working);
  const last = done.at(-1);
  if (working) say(`${done.length} of ${count(shown.length, 'picture')} …`);
  else say(count(done.length, 'picture'), last ? `. ${last.name}: ${last.said}.` : '');
}

// ---- wiring

async function takeExample(name) {
  try {
    const answer = await fetch(`examples/${name}`);
    const blob = await answer.blob();
    take([new File([blob], name, { type: 'image/png' })]);
  } catch {
    note('The example cannot be loaded.', 'See whether the server is still running, then try again.');
  }
}

listen(take, note);
get('examples').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) takeExample(button.dataset.example);
});
get('sort').addEventListener('change', () => sections.forEach((section) => section.sort(get('sort').value)));
get('clear').addEventListener('click', () => {
  [...pictures].forEach(remove);
  get('pick').focus();
});
window.addEventListener('beforeprint', () => document.querySelectorAll('#sections details:not(.data)').forEach((details) => (details.open = true)));

start();
