// @ts-check
// Canonical JSON: one value, one text. Sorted ASCII keys, no spaces, whole numbers, composed Unicode.
// The server reads the same subset and refuses everything else.

/** @typedef {null | boolean | number | string | Json[] | {[key: string]: Json}} Json */

/**
 * @param {Json} value
 * @returns {string}
 * @throws {TypeError} for what has no canonical form
 */
export function canonical(value) {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return whole(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`no canonical form for ${typeof value}`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${name(key)}:${canonical(/** @type {Json} */ (value[key]))}`);
  return `{${members.join(',')}}`;
}

/** @param {number} value */
function whole(value) {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`${value} is not a whole number`);
  return String(value);
}

/** @param {string} value */
function text(value) {
  if (/\p{Surrogate}/u.test(value) || value !== value.normalize('NFC')) throw new TypeError('text is not composed Unicode');
  return JSON.stringify(value);
}

/** @param {string} key */
function name(key) {
  if (!/^[\x20-\x7e]*$/.test(key)) throw new TypeError(`key ${JSON.stringify(key)} is not ASCII`);
  return JSON.stringify(key);
}
