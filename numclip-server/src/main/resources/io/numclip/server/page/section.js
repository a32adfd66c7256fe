// All pictures under one model: the line with every picture on it, the cut, and the cards above and below the cut.

import { Card } from './card.js';
import { chart, forget, line } from './charts.js';
import { h } from './dom.js';
import { between, count, number, percent, place, withUnit } from './words.js';

const OPEN_UP_TO = 2; // so many cards show their probabilities at once

const ORDERS = {
  order: (a, b) => a.picture.order - b.picture.order,
  low: (a, b) => a.prediction.value - b.prediction.value,
  high: (a, b) => b.prediction.value - a.prediction.value,
  sure: (a, b) => a.width - b.width,
  unsure: (a, b) => b.width - a.width,
};

export class Section {
  #model;
  #cards = [];
  #sort = 'order';
  #cut;
  #line;
  #slider;
  #table = h('tbody', {});
  #sentence = h('p', { class: 'cut-sentence' });
  #groups;

  constructor(model) {
    this.#model = model;
    this.#cut = firstCut(model);
    this.#line = chart((width) => line(width, model, this.#items(), this.#cut));
    this.#slider = this.#makeSlider();
    this.#groups = [group(), group(), group()];
    this.element = this.#build();
  }

  get name() {
    return this.#model.name;
  }

  add(picture, prediction, onRemove) {
    this.#cards.push(new Card(picture, this.#model, prediction, this.#cut, onRemove));
    this.#openDetails();
    this.#arrange();
  }

  remove(picture) {
    const gone = this.#cards.filter((card) => card.picture === picture);
    gone.forEach((card) => {
      forget(card.element);
      card.element.remove();
    });
    this.#cards = this.#cards.filter((card) => card.picture !== picture);
    this.#arrange();
  }

  sort(order) {
    this.#sort = order;
    this.#arrange();
  }

  /** Such as "age 34.2 years, 29.1 to 40.0". */
  sayOf(picture) {
    const card = this.#cards.find((one) => one.picture === picture);
    if (!card || card.failed) return `${this.name} no number`;
    const { value, lower, upper } = card.prediction;
    const range = Number.isFinite(lower) ? `, ${between(lower, upper, this.#model)}` : '';
    return `${this.name} ${withUnit(number(value, this.#model), this.#model)}${range}`;
  }

  #build() {
    const id = `model-${this.#model.name.replace(/[^\w-]/g, '-')}`;
    const columns = ['Picture', this.#model.unit || 'Number', 'From', 'To'];
    const head = h('tr', {}, columns.map((text) => h('th', { scope: 'col' }, text)), h('th', { scope: 'col', class: 'words' }, 'Concept'));
    const caption = h('caption', { class: 'unseen' }, `Numbers of ${this.#model.name}`);
    return h(
      'section',
      { class: 'model', 'aria-labelledby': id },
      h('div', { class: 'model-head' }, h('h3', { id }, this.#model.name), h('p', { class: 'hint' }, about(this.#model))),
      h('div', { class: 'overview' }, this.#line, this.#cutControls()),
      h('details', { class: 'data' }, h('summary', {}, 'All numbers as a table'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Numbers of ${this.#model.name}` }, h('table', {}, caption, h('thead', {}, head), this.#table))),
      this.#groups.map(({ element }) => element),
    );
  }

  #makeSlider() {
    const { lowest, highest, name } = this.#model;
    const slider = h('input', { type: 'range', id: `cut-${name}`, min: lowest, max: highest, step: stepOf(this.#model), value: this.#cut });
    slider.addEventListener('input', () => {
      this.#cut = Number(slider.value);
      this.#cards.forEach((card) => card.moveCut(this.#cut));
      this.#arrange();
    });
    return slider;
  }

  #cutControls() {
    const label = h('label', { class: 'unseen', for: this.#slider.id }, `Cut for ${this.#model.name}${this.#model.unit ? `, in ${this.#model.unit}` : ''}`);
    return h('div', { class: 'cut-controls' }, label, this.#slider, this.#sentence);
  }

  #items() {
    return this.#numbered().map(({ picture, prediction }) => ({ ...picture, value: prediction.value }));
  }

  #numbered() {
    return this.#cards.filter((card) => !card.failed);
  }

  #openDetails() {
    const open = this.#cards.length <= OPEN_UP_TO;
    if (open || this.#cards.length === OPEN_UP_TO + 1) this.#cards.forEach((card) => card.openDetails(open));
  }

  #arrange() {
    this.element.classList.toggle('single', this.#cards.length === 1);
    const sorted = this.#numbered().sort((a, b) => ORDERS[this.#sort](a, b) || ORDERS.order(a, b));
    const above = sorted.filter(({ prediction }) => prediction.value >= this.#cut);
    const below = sorted.filter(({ prediction }) => prediction.value < this.#cut);
    const cut = withUnit(place(this.#cut), this.#model);
    const focused = document.activeElement;
    this.#groups[0].show(`At least ${cut}`, above);
    this.#groups[1].show(`Below ${cut}`, below);
    this.#groups[2].show('No number', this.#cards.filter((card) => card.failed));
    if (this.element.contains(focused)) focused.focus({ preventScroll: true }); // moving an element takes its focus
    this.#say(cut, above, below);
    this.#table.replaceChildren(...sorted.map((card) => this.#row(card)));
    this.#line.redraw();
  }

  #say(cut, above, below) {
    const crossed = [...above, ...below].filter((card) => card.isCrossed).length;
    const unsure = crossed > 0 ? ` The interval of ${count(crossed, 'picture')} reaches across.` : '';
    this.#sentence.replaceChildren('Cut at ', h('strong', {}, cut), `: ${above.length} at or above, ${below.length} below.${unsure}`);
    this.#slider.setAttribute('aria-valuetext', `${cut}: ${above.length} at or above, ${below.length} below`);
  }

  #row({ picture, prediction }) {
    const cell = (value) => h('td', {}, Number.isFinite(value) ? number(value, this.#model) : '–');
    const { value, lower, upper, concept } = prediction;
    return h('tr', {}, h('th', { scope: 'row' }, picture.name), cell(value), cell(lower), cell(upper), h('td', { class: 'words' }, concept));
  }
}

/** A titled list of cards that is there while it has cards. */
function group() {
  const title = h('h4', { class: 'group-title' });
  const list = h('ol', { class: 'cards' });
  const element = h('div', { class: 'group', hidden: true }, title, list);
  const show = (text, cards) => {
    element.hidden = cards.length === 0;
    title.replaceChildren(text, h('span', { class: 'count' }, ` ${count(cards.length, 'picture')}`));
    const elements = cards.map((card) => card.element);
    if (elements.some((one, i) => list.children[i] !== one)) list.append(...elements);
  };
  return { element, show };
}

function about(model) {
  const unit = model.unit ? `${model.unit}, ` : '';
  const sure = model.calibrated && model.coverage
    ? `The interval holds the true number in ${percent(model.coverage)} of cases.`
    : 'Not calibrated: it gives no intervals.';
  return `${unit}${place(model.lowest)} to ${place(model.highest)}. ${sure}`;
}

/** The edge nearest the middle of the scale. */
function firstCut({ lowest, highest, thresholds, concepts }) {
  const middle = (lowest + highest) / 2;
  const edges = thresholds?.length ? thresholds : concepts.slice(1).map(({ lower }) => lower);
  return edges.length ? edges.reduce((best, edge) => (Math.abs(edge - middle) < Math.abs(best - middle) ? edge : best)) : middle;
}

/** About a hundred steps or more, in ones where the edges are whole numbers. */
function stepOf({ lowest, highest, thresholds }) {
  const span = highest - lowest;
  const whole = [lowest, ...(thresholds ?? [])].every(Number.isInteger);
  if (whole && span >= 15) return 1;
  return Math.min(1, 10 ** Math.floor(Math.log10(span / 50)));
}
