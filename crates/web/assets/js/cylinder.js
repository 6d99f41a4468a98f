// @ts-check
// The cylinder from behind, with the marked chamber at the top and what was said of each chamber so far.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * What was said of one chamber: a word, its first letter, and the word of its style.
 * @typedef {{word: string, letter: string, style: string}} Mark
 */

/**
 * @param {number} chambers
 * @param {Mark[]} marks of the first chambers, in order
 * @param {boolean} begun whether the next chamber is looked at now
 * @returns {HTMLElement}
 */
export function cylinder(chambers, marks, begun) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 300 300');
  svg.setAttribute('class', 'cylinder');
  svg.setAttribute('role', 'img');
  const done = marks.map(({ word }, at) => `chamber ${at + 1} ${word}`).join(', ');
  svg.setAttribute('aria-label', `The cylinder from behind, ${chambers} chambers. You have read: ${done || 'none'}.`);
  svg.append(
    draw('circle', { cx: 150, cy: 158, r: 138, class: 'drum' }),
    draw('path', { d: 'M150 12 138 -4 162 -4Z', class: 'mark', transform: 'translate(0 8)' }),
  );
  for (let chamber = 1; chamber <= chambers; chamber += 1) {
    const isNow = begun && chamber === marks.length + 1;
    svg.append(...drawChamber(chambers, chamber, marks[chamber - 1], isNow));
  }
  return /** @type {HTMLElement} */ (/** @type {unknown} */ (svg));
}

/**
 * @param {number} chambers
 * @param {number} chamber
 * @param {Mark | undefined} mark
 * @param {boolean} isNow
 */
function drawChamber(chambers, chamber, mark, isNow) {
  const angle = ((chamber - 1) / chambers) * 2 * Math.PI - Math.PI / 2;
  const [cx, cy] = [150 + 92 * Math.cos(angle), 158 + 92 * Math.sin(angle)];
  const state = mark ? `read-${mark.style}` : isNow ? 'now' : 'ahead';
  const r = Math.min(38, (92 * Math.PI) / chambers - 6);
  const letter = draw('text', { x: cx, y: cy + 10, class: `letter ${state}` });
  letter.textContent = mark ? mark.letter : isNow ? '?' : String(chamber);
  return [draw('circle', { cx, cy, r, class: `chamber ${state}` }), letter];
}

/**
 * @param {string} tag
 * @param {{[name: string]: string | number}} attributes
 */
function draw(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
