// @ts-check
// What the server wrote into the page, and small helpers for the document.

/** @typedef {import('./note.js').Seen} Seen */

const data = document.body.dataset;

/** The log's name, the production's id, and who is logged in (nobody: null). */
export const origin = data['origin'] ?? '';
export const production = data['production'] ?? '';
export const person = data['person'] || null;

/** @type {Seen} */
let head = { root: data['root'] ?? '', size: Number(data['size'] ?? 0) };

/** @returns {Seen} the last checkpoint that this page has */
export function seen() {
  return head;
}

/** @param {Seen} newer */
export function saw(newer) {
  if (newer.size >= head.size && newer.root !== '') head = newer;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * One of the shapes that the page carries.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function shape(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'shape');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Tells a screen reader, without moving anything.
 * @param {string} words
 */
export function say(words) {
  const place = document.getElementById('say');
  if (place) place.textContent = words;
}

/**
 * @param {number} ms
 * @returns {string} HH:MM:SS of this device's clock
 */
export function clock(ms) {
  return new Date(ms).toTimeString().slice(0, 8);
}
