// Charts in SVG, drawn as wide as the place they have, so that their text keeps its size.

import { h, s } from './dom.js';
import { between, number, place } from './words.js';

const SIDE = 10; // room left and right of a scale
const LETTER = 6.4; // mean width of a letter in a chart

const widths = new ResizeObserver((entries) => entries.forEach((entry) => entry.target.redraw()));

/** An element that draws itself again when its width changes, and when its redraw() is called. */
export function chart(draw) {
  const place = h('div', { class: 'chart' });
  place.redraw = () => {
    const width = Math.floor(place.clientWidth);
    if (width > 0) place.replaceChildren(draw(width));
  };
  widths.observe(place);
  return place;
}

export function forget(element) {
  element.querySelectorAll('.chart').forEach((place) => widths.unobserve(place));
}

function picture(width, height, label, ...children) {
  return s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label }, children);
}

function position(model, width) {
  const span = model.highest - model.lowest || 1;
  return (value) => SIDE + ((clamp(value, model) - model.lowest) / span) * (width - 2 * SIDE);
}

function clamp(value, { lowest, highest }) {
  return Math.min(highest, Math.max(lowest, value));
}

/** The bands of the concepts, with their words where they are named and fit, and the numbers at their edges. */
function axis(model, width, y, named = false) {
  const x = position(model, width);
  const bands = model.concepts.map(({ name, lower, upper }, i) => {
    const [from, to] = [x(lower), x(upper)];
    const fits = named && name.length * LETTER < to - from;
    return [
      s('rect', { class: i % 2 ? 'band odd' : 'band', x: from, y: y - 4, width: Math.max(0, to - from), height: 8 }),
      fits && s('text', { class: 'concept', x: (from + to) / 2, y: y + 34, 'text-anchor': 'middle' }, name),
    ];
  });
  return [...bands, ...ticks(model, width, y)];
}

function ticks(model, width, y) {
  const x = position(model, width);
  const end = place(model.highest);
  const last = x(model.highest) - end.length * LETTER;
  let free = -Infinity; // where the text before ends
  const edges = [model.lowest, ...model.concepts.map(({ lower }) => lower)].filter((v) => v >= model.lowest);
  const shown = [...new Set(edges)].filter((edge) => {
    const text = place(edge);
    const from = edge === model.lowest ? x(edge) - SIDE : x(edge) - (text.length * LETTER) / 2;
    const to = from + text.length * LETTER;
    if (from < free + 6 || to > last - 6) return false;
    free = to;
    return true;
  });
  const tick = (edge, anchor, at) =>
    s('text', { class: 'tick', x: at, y: y + 19, 'text-anchor': anchor }, place(edge));
  return [
    ...shown.map((edge) => (edge === model.lowest ? tick(edge, 'start', x(edge) - SIDE + 1) : tick(edge, 'middle', x(edge)))),
    tick(model.highest, 'end', x(model.highest) + SIDE - 1),
  ];
}

function cutLine(model, width, cut, top, bottom) {
  const at = position(model, width)(cut);
  return s('line', { class: 'cut', x1: at, x2: at, y1: top, y2: bottom });
}

/** One number on the scale, with its interval. */
export function scale(width, model, { value, lower, upper }, cut) {
  const x = position(model, width);
  const y = 22;
  const sure = Number.isFinite(lower) && Number.isFinite(upper);
  const range = sure ? `, interval ${between(lower, upper, model)}` : '';
  return picture(
    width,
    46,
    `${number(value, model)} on the scale from ${place(model.lowest)} to ${place(model.highest)}${range}`,
    axis(model, width, y),
    sure && s('rect', { class: 'interval', x: x(lower), y: y - 7, width: Math.max(2, x(upper) - x(lower)), height: 14, rx: 3 }),
    cutLine(model, width, cut, 4, y + 9),
    s('circle', { class: 'value', cx: x(value), cy: y, r: 6.5 }),
  );
}

/** All pictures of a model above its scale, higher where they would hide one another. */
export function line(width, model, items, cut) {
  const x = position(model, width);
  const size = items.length > 40 ? 9 : items.length > 16 ? 24 : 36;
  const spots = stack(items.map((item) => ({ ...item, at: x(item.value) })), size + 3);
  const levels = Math.max(1, ...spots.map(({ level }) => level + 1));
  const y = levels * (size + 3) + 18;
  const drawn = spots.map(({ at, level, url, name, value }) => {
    const left = Math.min(width - size, Math.max(0, at - size / 2));
    const top = y - 14 - (level + 1) * (size + 3) + 3;
    return s(
      'g',
      {},
      s('title', {}, `${name}: ${number(value, model)}`),
      level === 0 && s('path', { class: 'stem', d: `M${at} ${y - 14}V${y - 4}` }),
      size > 9 && url
        ? [
            s('image', { href: url, x: left, y: top, width: size, height: size, preserveAspectRatio: 'xMidYMid slice' }),
            s('rect', { class: 'frame', x: left, y: top, width: size, height: size, rx: 2 }),
          ]
        : s('circle', { class: 'value', cx: left + size / 2, cy: top + size / 2, r: size / 2 - 0.5 }),
    );
  });
  const values = items.map(({ value }) => value);
  const range = items.length > 1 ? ` from ${number(Math.min(...values), model)} to ${number(Math.max(...values), model)}` : '';
  return picture(
    width,
    y + 42,
    `${items.length} on the scale from ${place(model.lowest)} to ${place(model.highest)}${range}; the table below has the numbers`,
    axis(model, width, y, true),
    drawn,
    cutLine(model, width, cut, 2, y + 9),
  );
}

/** Gives each spot the lowest level that is free at its place. */
function stack(spots, size) {
  const ends = [];
  return [...spots]
    .sort((a, b) => a.at - b.at)
    .map((spot) => {
      const found = ends.findIndex((end) => end <= spot.at - size);
      const level = found < 0 ? ends.length : found;
      ends[level] = spot.at;
      return { ...spot, level };
    });
}

/** P(y ≥ k) at the edges of the concepts; between two edges it lies somewhere in the pale step. */
export function curve(width, model, points, cut) {
  const left = 40;
  const height = 150;
  const bottom = height - 26;
  const span = model.highest - model.lowest || 1;
  const x = (k) => left + ((clamp(k, model) - model.lowest) / span) * (width - left - SIDE);
  const y = (p) => 10 + (1 - p) * (bottom - 10);
  const all = [{ k: model.lowest, p: 1 }, ...points, { k: model.highest, p: 0 }];
  const steps = all.slice(1).map(({ k, p }, i) =>
    s('rect', { class: 'step', x: x(all[i].k), y: y(all[i].p), width: x(k) - x(all[i].k), height: y(p) - y(all[i].p) }),
  );
  const grid = [0, 0.5, 1].map((p) => [
    s('line', { class: 'grid', x1: left, x2: width - SIDE, y1: y(p), y2: y(p) }),
    s('text', { class: 'tick', x: left - 6, y: y(p) + 4, 'text-anchor': 'end' }, `${100 * p} %`),
  ]);
  const path = all.map(({ k, p }) => `${x(k)} ${y(p)}`).join('L');
  const dots = points.map(({ k, p }) => s('circle', { class: 'dot', cx: x(k), cy: y(p), r: 3.5 }));
  return picture(
    width,
    height,
    `Probability of at least k, falling from 100 % at ${place(model.lowest)} to the right; the table below has the numbers`,
    grid,
    steps,
    s('path', { class: 'curve', d: `M${path}` }),
    dots,
    s('line', { class: 'cut', x1: x(cut), x2: x(cut), y1: 6, y2: bottom + 4 }),
    curveTicks(model, points, x, height - 8),
  );
}

function curveTicks(model, points, x, y) {
  let free = -Infinity;
  const ends = [model.lowest, model.highest];
  const last = x(model.highest) - place(model.highest).length * LETTER - 6;
  return [model.lowest, ...points.map(({ k }) => k), model.highest].map((k) => {
    const half = (place(k).length * LETTER) / 2;
    const inside = x(k) - half > free + 6 && x(k) + half < last;
    if (!ends.includes(k) && !inside) return null;
    free = x(k) + half;
    const anchor = k === model.highest ? 'end' : 'middle';
    return s('text', { class: 'tick', x: k === model.highest ? x(k) + SIDE - 1 : x(k), y, 'text-anchor': anchor }, place(k));
  });
}

/** A bar for a share, to stand beside its number. */
export function bar(share, won) {
  return s(
    'svg',
    { class: 'bar-of', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'track', width: 100, height: 10 }),
    s('rect', { class: won ? 'won' : 'share', width: Math.max(0.5, 100 * share), height: 10 }),
  );
}

