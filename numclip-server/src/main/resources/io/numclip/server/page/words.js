// Numbers and chances as people read them.

/** A number of this model's scale, with as many digits as mean something on it. */
export function number(value, model) {
  const span = model.highest - model.lowest;
  const digits = model.wholeNumbers ? 0 : span >= 15 ? 1 : 2;
  return Number(value).toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
}

/** A place on the scale that somebody chose, such as an edge or a cut: no more digits than it has. */
export function place(value) {
  return String(Number(Number(value).toFixed(4)));
}

export function withUnit(text, model) {
  return model.unit ? `${text} ${unitOf(text, model)}` : text;
}

/** Such as "year" of 1, "years" of 2; a unit that is not a plain plural stays as it is. */
export function unitOf(text, { unit = '' }) {
  return text === '1' ? unit.replace(/^(\p{L}+(?<!i|s|x|z|ch|sh)e|\p{L}+[a-df-hj-rtv-z])s$/u, '$1') : unit;
}

/** Such as "29.1 to 40.0"; where both ends are the same number, that number. */
export function between(lower, upper, model) {
  const [from, to] = [number(lower, model), number(upper, model)];
  return from === to ? from : `${from} to ${to}`;
}

export function percent(share) {
  if (share > 0 && share < 0.005) return '<\u00a01\u00a0%';
  if (share < 1 && share >= 0.995) return '>\u00a099\u00a0%';
  return `${Math.round(100 * share)}\u00a0%`;
}

const LIKELIHOODS = [
  [0.99, 'almost certain'],
  [0.9, 'very likely'],
  [0.66, 'likely'],
  [0.34, 'as likely as not'],
  [0.1, 'unlikely'],
  [0.01, 'very unlikely'],
  [0, 'almost impossible'],
];

export function likelihood(share) {
  return LIKELIHOODS.find(([least]) => share >= least)[1];
}

/** Such as "1 picture", "3 pictures". */
export function count(n, one, many = `${one}s`) {
  return `${n} ${n === 1 ? one : many}`;
}

/** Such as "young adult", "young adult or middle adult", "none, few or many". */
export function either(words) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** With a full stop, if nothing else ends it. */
export function sentence(text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** As a sentence begins. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function megabytes(bytes) {
  const size = bytes / (1024 * 1024);
  return size < 0.1 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${Number(size.toFixed(1))} MB`;
}
