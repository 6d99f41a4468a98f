// The intent note, made by the client's module and verified by Node's own cryptography: another implementation.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { fromBase64, newId, toBase64 } from '../../crates/web/assets/js/bytes.js';
import { makeKey } from '../../crates/web/assets/js/keys.js';
import { commit, keyName, noteHash, noteText, signNote } from '../../crates/web/assets/js/note.js';

const PRODUCTION = '0192f0c1-2222-7000-8000-000000000001';
const ORIGIN = `showclear.example.org/p/${PRODUCTION}/e0`;

/** @type {import('../../crates/web/assets/js/note.js').Intent} */
const INTENT = {
  id: '0192f0c1-0000-7000-8000-000000000001',
  kind: 'take_out',
  item: '0192f0c1-1111-7000-8000-000000000001',
  by: '0192f0c1-3333-7000-8000-000000000001',
  body: {},
  claimed_at: 1_766_000_000_000,
  dseq: 1,
  prev: null,
  seen: { root: toBase64(new Uint8Array(32)), size: 7 },
};

const sha256 = (/** @type {Uint8Array | string} */ bytes) => createHash('sha256').update(bytes).digest();

/** The raw key as Node takes it: SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
function nodeKey(/** @type {Uint8Array} */ raw) {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

async function signedNote() {
  const signer = await makeKey();
  const note = Buffer.from(await signNote(ORIGIN, PRODUCTION, INTENT, signer));
  return { signer, note: note.toString('utf8') };
}

test('another implementation verifies the note', async () => {
  const { signer, note } = await signedNote();
  const [domain, json, blank, line, end] = note.split('\n');
  assert.equal(domain, `showclear.dev/intent/v1 ${ORIGIN}`);
  assert.deepEqual(JSON.parse(json ?? ''), INTENT);
  assert.equal(blank, '');
  assert.equal(end, '');
  const [dash, name, blob] = (line ?? '').split(' ');
  assert.equal(dash, '\u2014');
  assert.equal(name, `${PRODUCTION}/k/${signer.deviceId.replaceAll('-', '').slice(0, 8)}`);
  const bytes = Buffer.from(blob ?? '', 'base64');
  assert.equal(bytes.length, 4 + 64);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n\x01`), signer.publicKey])).subarray(0, 4);
  assert.deepEqual(bytes.subarray(0, 4), id);
  const text = Buffer.from(`${domain}\n${json}\n`);
  assert.ok(verify(null, text, nodeKey(signer.publicKey), bytes.subarray(4)));
  text[text.length - 3] = (text[text.length - 3] ?? 0) ^ 1;
  assert.ok(!verify(null, text, nodeKey(signer.publicKey), bytes.subarray(4)));
});

test('the device id is the beginning of the digest of its key, and the key stays', async () => {
  const signer = await makeKey();
  assert.equal(signer.deviceId.replaceAll('-', ''), sha256(signer.publicKey).subarray(0, 16).toString('hex'));
  assert.equal(signer.privateKey.extractable, false);
  await assert.rejects(crypto.subtle.exportKey('pkcs8', signer.privateKey));
});

test('the chain hangs on the text, not on the signature', async () => {
  const { note } = await signedNote();
  const expected = sha256(noteText(ORIGIN, INTENT)).toString('base64');
  assert.equal(await noteHash(Buffer.from(note)), expected);
  const forged = note.replace(/ \S+\n$/, ' AAAA\n');
  assert.notEqual(forged, note);
  assert.equal(await noteHash(Buffer.from(forged)), expected);
});

test('a commitment hides its value behind a salt', async () => {
  const salt = new Uint8Array(16).fill(7);
  const made = await commit('name', 'GUN 1', salt);
  const expected = sha256(Buffer.concat([salt, Buffer.from('\0name\0GUN 1')])).toString('base64');
  assert.equal(made.digest, expected);
  assert.notEqual((await commit('name', 'GUN 1')).digest, expected);
});

test('ids carry their time and their version', () => {
  const id = newId(0x0192f0c11234);
  assert.match(id, /^0192f0c1-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(1), newId(1));
});

test('base64 goes both ways', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  assert.equal(keyName('p', '01234567-89ab-7000-8000-000000000000'), 'p/k/01234567');
});
