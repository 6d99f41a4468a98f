// @ts-check
// Makes an intent note (https://c2sp.org/signed-note) and signs it with the device's key.

import { concat, random, sha256, toBase64, toId, utf8 } from './bytes.js';
import { canonical } from './canonical.js';

/** @typedef {import('./canonical.js').Json} Json */

/**
 * The last checkpoint that the signer had: it proves "not before".
 * @typedef {{root: string, size: number}} Seen
 */

/**
 * What an intent says. `dseq` and `prev` chain the device's notes; a stop without log-in has neither.
 * @typedef {object} Intent
 * @property {string} id
 * @property {string} kind
 * @property {string | null} item
 * @property {string | null} by
 * @property {{[key: string]: Json}} body
 * @property {number} claimed_at
 * @property {number} [dseq]
 * @property {string | null} [prev]
 * @property {Seen} [seen]
 * @property {string} [names]
 * @property {string} [key]
 * @property {{[path: string]: string}} [_sd]
 * @property {import('./attach.js').Attachment[]} [att]
 */

/**
 * A key that signs, and what it is called.
 * @typedef {object} Signer
 * @property {CryptoKey} privateKey
 * @property {Uint8Array<ArrayBuffer>} publicKey 32 raw bytes
 * @property {string} deviceId
 */

/** Names the first line's meaning, so that no other signed text can be taken for an intent. */
const DOMAIN = 'showclear.dev/intent/v1';

/** Type byte of Ed25519 in a key id. */
const ED25519 = Uint8Array.of(0x01);

/**
 * The text that is signed.
 * @param {string} origin
 * @param {Intent} intent
 * @returns {string}
 */
export function noteText(origin, intent) {
  const json = canonical(/** @type {Json} */ (/** @type {unknown} */ (intent)));
  return `${DOMAIN} ${origin}\n${json}\n`;
}

/**
 * @param {string} production
 * @param {string} deviceId
 * @returns {string} the opaque name under which the record knows the device's key
 */
export function keyName(production, deviceId) {
  return `${production}/k/${deviceId.replaceAll('-', '').slice(0, 8)}`;
}

/**
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} publicKey
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the four bytes that find the key
 */
export async function keyId(name, publicKey) {
  return (await sha256(concat(utf8(name), Uint8Array.of(0x0a), ED25519, publicKey))).slice(0, 4);
}

/**
 * The whole note: text, blank line, one signature line.
 * @param {string} origin
 * @param {string} production
 * @param {Intent} intent
 * @param {Signer} signer
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function signNote(origin, production, intent, signer) {
  const text = noteText(origin, intent);
  const name = keyName(production, signer.deviceId);
  const id = await keyId(name, signer.publicKey);
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', signer.privateKey, utf8(text)));
  return utf8(`${text}\n\u2014 ${name} ${toBase64(concat(id, signature))}\n`);
}

/**
 * What the device's next note says of this one. Only the text counts: the same text signed twice
 * may carry two signatures.
 * @param {Uint8Array} note
 * @returns {Promise<string>} base64 of SHA-256 of the note's text
 */
export async function noteHash(note) {
  const whole = new TextDecoder().decode(note);
  const text = whole.slice(0, whole.lastIndexOf('\n\n') + 1);
  return toBase64(await sha256(utf8(text)));
}

/**
 * A commitment to a text that must not stand in the record itself, such as a name.
 * @param {string} path
 * @param {string} value
 * @param {Uint8Array<ArrayBuffer>} [salt]
 * @returns {Promise<{digest: string, salt: string, path: string, value: string}>}
 */
export async function commit(path, value, salt = random(16)) {
  const zero = Uint8Array.of(0);
  const digest = await sha256(concat(salt, zero, utf8(path), zero, utf8(value)));
  return { digest: toBase64(digest), salt: toBase64(salt), path, value };
}

/**
 * The device's id: the first 16 bytes of SHA-256 of its public key.
 * @param {Uint8Array<ArrayBuffer>} publicKey
 * @returns {Promise<string>}
 */
export async function deviceIdOf(publicKey) {
  return toId(await sha256(publicKey));
}
