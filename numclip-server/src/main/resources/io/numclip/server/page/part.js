// Asks where in a picture the image is: a box that is dragged on it, or four numbers.

import { h } from './dom.js';

const NAMES = ['left', 'top', 'width', 'height'];
const SIDE = 192; // of the small picture of a part

/** @param {(region: number[], url: string) => void} ask with the pixels of the upright picture, and what they look like */
export function choosePart(file, ask) {
  const image = h('img', { src: URL.createObjectURL(file), alt: '', draggable: 'false' });
  const box = h('div', { class: 'part-box' });
  const stage = h('div', { class: 'part-stage' }, image, box);
  const fields = NAMES.map((each, i) => h('input', { id: `part-${each}`, type: 'number', min: i < 2 ? 0 : 1, step: 1, required: true, oninput: draw }));
  const labels = fields.map((field, i) => h('label', { for: field.id }, NAMES[i], field));
  const close = h('button', { type: 'button', onclick: () => dialog.close() }, 'Close');
  const form = h('form', { method: 'dialog', onsubmit: done }, h('div', { class: 'part-fields' }, labels), h('p', {}, h('button', { class: 'button main' }, 'Ask about this part'), ' ', close));
  const title = h('h2', { id: 'part-title' }, `Part of ${file.name}`);
  const hint = h('p', { class: 'hint' }, 'Drag a box on the picture, or write pixels.');
  const dialog = h('dialog', { class: 'part-dialog', 'aria-labelledby': 'part-title' }, title, hint, stage, form);
  dialog.addEventListener('close', () => {
    dialog.remove();
    URL.revokeObjectURL(image.src);
  });
  image.addEventListener('error', () => stage.replaceChildren(h('p', { class: 'no-image' }, 'no preview')));
  listen(stage, image, (region) => {
    fields.forEach((field, i) => (field.value = region[i]));
    draw();
  });
  document.body.append(dialog);
  dialog.showModal();

  function draw() {
    const [left, top, width, height] = fields.map(({ value }) => Number(value));
    const { naturalWidth: wide, naturalHeight: high } = image;
    Object.assign(box.style, { left: share(left, wide), top: share(top, high), width: share(width, wide), height: share(height, high) });
  }

  async function done() {
    const region = fields.map(({ value }) => Number(value));
    ask(region, await small(image, region));
  }
}

function share(pixels, all) {
  return all > 0 ? `${(100 * pixels) / all}%` : '0';
}

/** A box from where the pointer is pressed to where it is. */
function listen(stage, image, tell) {
  let start = null;
  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    const pixel = (share, most) => Math.round(Math.min(1, Math.max(0, share)) * most);
    return [pixel((clientX - left) / width, image.naturalWidth), pixel((clientY - top) / height, image.naturalHeight)];
  };
  stage.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    start = at(event);
  });
  stage.addEventListener('pointermove', (event) => {
    if (!start) return;
    const [x, y] = at(event);
    const [width, height] = [Math.abs(x - start[0]), Math.abs(y - start[1])];
    if (width > 0 && height > 0) tell([Math.min(x, start[0]), Math.min(y, start[1]), width, height]);
  });
  for (const end of ['pointerup', 'pointercancel']) stage.addEventListener(end, () => (start = null));
}

/** Addresses of small pictures of parts. */
export async function looks(file, parts) {
  const image = h('img', { src: URL.createObjectURL(file) });
  await image.decode().catch(() => {});
  const urls = await Promise.all(parts.map(({ region }) => small(image, region)));
  URL.revokeObjectURL(image.src);
  return urls;
}

/** The address of a small picture of the part; where there is none, nothing is shown. */
async function small(image, [left, top, width, height]) {
  if (!image.naturalWidth) return '';
  const scale = SIDE / Math.max(width, height);
  const canvas = h('canvas', { width: Math.max(1, Math.round(scale * width)), height: Math.max(1, Math.round(scale * height)) });
  canvas.getContext('2d').drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  return blob ? URL.createObjectURL(blob) : '';
}
