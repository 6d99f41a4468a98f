// @ts-check
// One request, one answer, three ends: answered, refused by the door, not sent.

import { missed, reached } from './reach.js';

/**
 * What went wrong, as the server says it.
 * @typedef {{code: string, sentence: string, remedy: string}} Problem
 */

/**
 * @template T
 * @typedef {{end: 'answered', value: T} | {end: 'problem', status: number, problem: Problem} | {end: 'not-sent'}} Ended
 */

/** How long an answer may take. After that the same bytes are sent again. */
const PATIENCE_MS = 8000;

/** Answers that say nothing of the intent: whatever was in the way may be gone in a moment. */
const AGAIN = new Set([408, 429, 502, 503, 504]);

/**
 * @template T
 * @param {string} address
 * @param {Uint8Array<ArrayBuffer> | object} body bytes as they are, or something for JSON
 * @param {number} [patienceMs]
 * @returns {Promise<Ended<T>>}
 */
export async function post(address, body, patienceMs = PATIENCE_MS) {
  const bytes = body instanceof Uint8Array;
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: bytes ? body : JSON.stringify(body),
      headers: { 'content-type': bytes ? 'text/plain;charset=utf-8' : 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
    });
    return await read(response);
  } catch {
    missed();
    return { end: 'not-sent' };
  }
}

/**
 * @template T
 * @param {string} address
 * @returns {Promise<Ended<T>>}
 */
export async function get(address) {
  try {
    return await read(await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }));
  } catch {
    missed();
    return { end: 'not-sent' };
  }
}

/**
 * @template T
 * @param {Response} response
 * @returns {Promise<Ended<T>>}
 */
async function read(response) {
  reached();
  if (AGAIN.has(response.status)) return { end: 'not-sent' };
  const value = response.status === 204 ? {} : await response.json();
  if (response.ok) return { end: 'answered', value: /** @type {T} */ (value) };
  return { end: 'problem', status: response.status, problem: /** @type {Problem} */ (value) };
}
