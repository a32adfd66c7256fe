// One picture under one model: its number, where it lies, and what speaks for it.

import { bar, chart, curve, scale } from './charts.js';
import { h } from './dom.js';
import { between, either, likelihood, number, percent, place, unitOf, withUnit } from './words.js';

const MOST_CONCEPTS = 8;

export class Card {
  #model;
  #cutWords = h('p', { class: 'cut-words' });
  #charts;

  /** @param {{name: string, url: string, order: number}} picture @param {object} prediction of this model */
  constructor(picture, model, prediction, cut, onRemove) {
    this.#model = model;
    this.picture = picture;
    this.prediction = prediction;
    this.cut = cut;
    this.points = pointsOf(prediction, model);
    const failed = prediction.error !== undefined && prediction.error !== null;
    this.failed = failed;
    this.#charts = failed ? [] : [chart((width) => scale(width, model, prediction, this.cut))];
    this.element = h('li', { class: 'card' }, this.#head(onRemove), failed ? this.#why() : this.#body());
    this.moveCut(cut);
  }

  get width() {
    const { lower, upper } = this.prediction;
    return isNumber(lower) && isNumber(upper) ? upper - lower : Infinity;
  }

  /** Whether the interval has the cut inside it. */
  get isCrossed() {
    const { lower, upper } = this.prediction;
    return isNumber(lower) && isNumber(upper) && lower < this.cut && upper >= this.cut;
  }

  moveCut(cut) {
    this.cut = cut;
    if (this.failed) return;
    this.#charts.forEach((drawn) => drawn.redraw());
    const most = withUnit(place(cut), this.#model);
    this.#cutWords.replaceChildren(`At least ${most}: `, h('strong', {}, chanceWords(this.points, cut, this.#model)));
  }

  openDetails(open) {
    const details = this.element.querySelector('details');
    if (details) details.open = open;
  }

  #head(onRemove) {
    const { name, url, askForPart } = this.picture;
    const image = h('img', { src: url, alt: '', width: 96, height: 96 });
    image.addEventListener('error', () => image.replaceWith(h('span', { class: 'no-image' }, 'no preview')));
    const value = this.failed ? '' : number(this.prediction.value, this.#model);
    const shown = this.failed
      ? h('p', { class: 'value-text none' }, 'no number')
      : h('p', { class: 'value-text' }, h('strong', {}, value), ` ${unitOf(value, this.#model)}`);
    const part = h('button', { type: 'button', class: 'part', onclick: askForPart }, 'Part of it …', h('span', { class: 'unseen' }, ` ${name}`));
    return h(
      'div',
      { class: 'card-head' },
      image,
      h('div', { class: 'card-title' }, h('h5', { title: name }, name), shown, this.failed ? null : this.#interval(), part),
      h('button', { type: 'button', class: 'remove', 'aria-label': `Remove ${name}`, title: 'Remove', onclick: onRemove }, '×'),
    );
  }

  #interval() {
    const { lower, upper, coverage } = this.prediction;
    if (!isNumber(lower) || !isNumber(upper)) {
      return h('p', { class: 'interval-text' }, 'no interval: the model is not calibrated');
    }
    const share = isNumber(coverage) ? ` (${percent(coverage)})` : '';
    return h('p', { class: 'interval-text' }, `${between(lower, upper, this.#model)}${share}`);
  }

  #why() {
    const { error } = this.prediction;
    return h('p', { class: 'warning' }, typeof error === 'string' ? error : error.message);
  }

  #body() {
    const { concept, set, coverage, probabilities, note } = this.prediction;
    const top = probabilities?.[concept];
    const unsure = set?.length > 1 && isNumber(coverage) && !note;
    return [
      this.#charts[0],
      h('p', { class: 'winner' }, h('strong', {}, concept), isNumber(top) ? ` ${percent(top)}` : ''),
      unsure ? h('p', { class: 'hint' }, `In ${percent(coverage)} of cases: ${either(set)}`) : null,
      note ? h('p', { class: 'hint' }, note) : null,
      warnings(this.prediction).map((text) => h('p', { class: 'warning' }, text)),
      this.#cutWords,
      this.#details(),
    ];
  }

  #details() {
    const drawn = chart((width) => curve(width, this.#model, this.points, this.cut));
    this.#charts.push(drawn);
    return h(
      'details',
      {},
      h('summary', {}, 'Probabilities', h('span', { class: 'unseen' }, ` of ${this.picture.name}`)),
      this.#concepts(),
      h('h6', {}, 'At least k', this.#model.unit ? ` ${this.#model.unit}` : ''),
      drawn,
      h('details', { class: 'data' }, h('summary', {}, 'As a table'), this.#atLeastTable()),
    );
  }

  /** The table is the chart: each row has its bar. */
  #concepts() {
    const rows = likeliest(this.prediction.probabilities ?? {}, this.#model);
    const body = rows.map(({ name, share }) =>
      h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'bar-cell' }, bar(share, name === this.prediction.concept)), h('td', {}, percent(share))),
    );
    const head = h('tr', {}, h('th', { scope: 'col' }, 'Concept'), h('td', {}), h('th', { scope: 'col' }, 'Probability'));
    return h('table', { class: 'concepts' }, h('caption', { class: 'unseen' }, `Concepts of ${this.picture.name}`), h('thead', { class: 'unseen' }, head), h('tbody', {}, body));
  }

  #atLeastTable() {
    const body = this.points.map(({ k, p }) =>
      h('tr', {}, h('th', { scope: 'row' }, `≥ ${place(k)}`), h('td', {}, percent(p)), h('td', { class: 'words' }, likelihood(p))),
    );
    const head = ['k', 'P(y ≥ k)', 'in words'].map((text) => h('th', { scope: 'col' }, text));
    return h('table', {}, h('caption', { class: 'unseen' }, `Probability of at least k, ${this.picture.name}`), h('thead', {}, h('tr', {}, head)), h('tbody', {}, body));
  }
}

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

function warnings({ strange, abstained, outOfRange, decisions }) {
  return [
    ...Object.entries(decisions ?? {}).map(([cut, called]) => called && `Treat as ${cut}: whoever trained this model limits how many of these are missed.`),
    strange && 'Strange: the picture looks unlike those the model was trained on. Its number may mean nothing.',
    abstained && 'Too unsure: the interval is wider than whoever runs this model accepts. Do not rely on the number.',
    outOfRange && 'Out of range: the number lies outside those the model was trained on.',
  ].filter(Boolean);
}

/** P(y ≥ k) at each edge, lowest first; summed from the concepts where the model is not calibrated. */
function pointsOf({ atLeast, probabilities }, model) {
  if (atLeast) {
    return Object.entries(atLeast)
      .map(([k, p]) => ({ k: Number(k), p }))
      .sort((a, b) => a.k - b.k);
  }
  if (!probabilities) return [];
  let above = 0;
  const points = [...model.concepts].reverse().map(({ name, lower }) => ({ k: lower, p: (above += probabilities[name] ?? 0) }));
  return points.reverse().slice(1).map(({ k, p }) => ({ k, p: Math.min(1, p) }));
}

/** The probability is known at the edges; between two it lies between theirs. */
function chanceWords(points, cut, model) {
  const exact = points.find(({ k }) => Math.abs(k - cut) < 1e-9);
  if (exact) return `${likelihood(exact.p)}, ${percent(exact.p)}`;
  if (cut <= model.lowest) return 'certain';
  const most = points.filter(({ k }) => k < cut).at(-1)?.p ?? 1;
  const least = points.find(({ k }) => k > cut)?.p ?? 0;
  const [low, high] = [percent(least), percent(most)];
  const words = likelihood(least) === likelihood(most) ? `${likelihood(most)}, ` : '';
  return low === high ? `${words}${low}` : `${words}between ${low} and ${high}`;
}

/** In the order of the scale; only the likeliest, where there are many. */
function likeliest(probabilities, model) {
  const all = model.concepts.map(({ name }) => ({ name, share: probabilities[name] ?? 0 }));
  if (all.length <= MOST_CONCEPTS) return all;
  const least = all.map(({ share }) => share).sort((a, b) => b - a)[MOST_CONCEPTS - 1];
  return all.filter(({ share }) => share >= least).slice(0, MOST_CONCEPTS);
}
