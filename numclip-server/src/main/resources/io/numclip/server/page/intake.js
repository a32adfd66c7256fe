// Ways in for pictures: dropped, pasted, chosen, taken. Files that are no pictures are refused here, with kind words.

import { megabytes } from './words.js';

const PICTURE_NAME = /\.(jpe?g|png|gif|webp|bmp|tiff?|avif|heic|heif)$/i;

const KINDS = [
  [/^text\/|json|xml|javascript/, 'a text file'],
  [/^video\//, 'a film'],
  [/^audio\//, 'a sound'],
  [/pdf/, 'a PDF document'],
  [/zip|tar|compressed/, 'an archive'],
  [/document|word|sheet|excel|presentation|powerpoint/, 'a document'],
];

/** @param {(files: File[]) => void} take @param {(message: string) => void} say for what holds no file */
export function listen(take, say) {
  for (const input of document.querySelectorAll('#pick, #take')) {
    input.addEventListener('change', () => {
      take([...input.files]);
      input.value = ''; // so that the same file can be chosen again
    });
  }
  listenForDrops(take, say);
  document.addEventListener('paste', (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const files = [...event.clipboardData.files];
    if (files.length > 0) take(files);
    else say('The clipboard holds no picture. Copy a picture, or a file with one, then paste it here.');
  });
}

function listenForDrops(take, say) {
  let depth = 0; // elements that the pointer is over, one inside the other
  const over = (change) => {
    depth = change === 0 ? 0 : Math.max(0, depth + change);
    document.body.classList.toggle('dropping', depth > 0);
  };
  document.addEventListener('dragenter', () => over(1));
  document.addEventListener('dragleave', () => over(-1));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(0);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) take(files);
    else say('What you dropped holds no file. Save the picture first, then drop it here.');
  });
}

/** Why a file is not sent, or an empty text. What may be a picture is left to the server. */
export async function refusal(file, limits) {
  const name = `“${file.name}”`;
  let start;
  try {
    start = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  } catch {
    return `${name} cannot be read. If it is a folder, open it and drop the pictures inside.`;
  }
  const kind = kindOf(file, start);
  if (kind) return `${name} is ${kind}, not a picture. Pictures end in .jpg or .png, for example.`;
  if (file.size === 0) return `${name} is empty. Copy it again from where it came from.`;
  if (limits.imageBytes && file.size > limits.imageBytes) {
    return `${name} has ${megabytes(file.size)}, and this server takes up to ${megabytes(limits.imageBytes)}. Save it smaller, then try again.`;
  }
  return '';
}

function kindOf({ type, name }, start) {
  if (type.startsWith('image/') || PICTURE_NAME.test(name)) return '';
  const known = KINDS.find(([pattern]) => pattern.test(type));
  if (known) return known[1];
  if (type) return 'a file of another kind';
  return start.length > 0 && start.every((byte) => byte > 31 || (byte > 8 && byte < 14)) ? 'a text file' : '';
}
