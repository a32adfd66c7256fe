// Makes elements. Text is always text: nothing that comes from outside is read as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Such as h('p', {class: 'hint'}, 'text', anotherElement). A function named on… listens. */
export function h(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

export function s(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
