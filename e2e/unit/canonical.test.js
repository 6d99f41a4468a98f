// The canonical form: what the device signs is what the server reads, to the byte.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../crates/web/assets/js/canonical.js';

test('keys are sorted and nothing is spaced', () => {
  const text = canonical({ kind: 'offer', _sd: {}, body: { to: 'b', at: 1 }, by: null, chambers: [3, 1], locks: true });
  assert.equal(text, '{"_sd":{},"body":{"at":1,"to":"b"},"by":null,"chambers":[3,1],"kind":"offer","locks":true}');
});

test('what has no canonical form is refused', () => {
  for (const value of [1.5, NaN, Infinity, 2 ** 53, -0, 'e\u0301', '\ud800', { 'k\u00e9y': 1 }, undefined, { a: undefined }]) {
    assert.throws(() => canonical(/** @type {any} */ (value)), TypeError, String(value));
  }
});

test('the largest whole numbers and composed text pass', () => {
  assert.equal(canonical([2 ** 53 - 1, -(2 ** 53) + 1, '\u00e9"\\\n']), '[9007199254740991,-9007199254740991,"\u00e9\\"\\\\\\n"]');
});
