// @ts-check
// Files beside the record: the intent names each by its digest, and the bytes follow once it is recorded. Until they
// have arrived they wait on this device. Where the page was closed before anything was signed, they are let go after a day.

import { madeAt, newId, sha256, toBase64 } from './bytes.js';
import { keep } from './keys.js';
import { production } from './page.js';
import { get, post } from './post.js';
import { notKept } from './result.js';

/** @typedef {import('./submit.js').Outcome} Outcome */

/**
 * What an intent says of a file.
 * @typedef {{len: number, sha256: string, type: string}} Attachment
 */

/**
 * A file that waits for its intent to be on record, and then for the network.
 * @typedef {{order?: number, production?: string, intent: string, bytes: Uint8Array<ArrayBuffer>}} Waiting
 */

/** The most bytes of a file, and the most files of one form. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 4;

const KINDS = ['image/jpeg', 'image/png', 'application/pdf'];

/** A file is larger than a note. */
const PATIENCE_MS = 60_000;

const NOT_LOGGED_IN = 401;
const NOT_FOUND = 404;

/** How long a file is kept that nothing names: another window may be about to sign. */
const UNNAMED_MS = 24 * 60 * 60 * 1000;

/** Wires every field for files: what cannot be kept is said before anything is signed. */
export function wireFiles() {
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.dataset['as'] !== 'files') return;
    field.setCustomValidity(whyNot([...(field.files ?? [])]));
    field.reportValidity();
  });
}

/**
 * @param {File[]} files
 * @returns {string} why these are not taken; empty if they are
 */
function whyNot(files) {
  if (files.length > MAX_FILES) return `Choose ${MAX_FILES} files at most.`;
  if (files.some((file) => !KINDS.includes(file.type))) return 'Choose photographs (JPEG or PNG) or a PDF.';
  if (files.some((file) => file.size > MAX_BYTES)) return 'A file has at most 8 MiB. Choose a smaller one.';
  return '';
}

/**
 * The files of a form, kept on this device under the id of the intent that will name them.
 * @param {HTMLFormElement} form
 * @returns {Promise<{id: string, att: Attachment[]} | null>} nothing where none is chosen
 */
export async function attached(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = form.querySelectorAll('input[data-as="files"]');
  const files = [...fields].flatMap((field) => [...(field.files ?? [])]);
  if (files.length === 0) return null;
  const id = newId(Date.now());
  const att = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    att.push({ len: bytes.length, sha256: toBase64(await sha256(bytes)), type: file.type });
    /** @type {Waiting} */
    const waiting = { production, intent: id, bytes };
    await keep('files', 'readwrite', (store) => store.add(waiting));
  }
  return { id, att };
}

/**
 * Sends the files whose intents are on record. What was never recorded names no file, and its file is let go.
 * @returns {Promise<void>}
 */
export async function sendFiles() {
  await navigator.locks.request('showclear-files', async () => {
    for (const key of await keys()) {
      const waiting = await keep('files', 'readonly', (store) => /** @type {IDBRequest<Waiting>} */ (store.get(key)));
      const outcome = await outcomeOf(waiting.intent);
      if (!outcome) continue;
      if (outcome.end === 'recorded' && !(await sent(waiting))) return;
      await keep('files', 'readwrite', (store) => store.delete(key));
    }
  });
}

/**
 * Lets go of the files that nothing names: their page was closed before anything was signed. The record has the last word: a
 * file that it waits for, though this device has forgotten that it was sent, is sent.
 * @returns {Promise<void>}
 */
export async function letGoOfFiles() {
  await navigator.locks.request('showclear-files', async () => {
    for (const key of await keys()) {
      const waiting = await keep('files', 'readonly', (store) => /** @type {IDBRequest<Waiting>} */ (store.get(key)));
      if ((waiting.production ?? production) !== production) continue;
      if (Date.now() - madeAt(waiting.intent) < UNNAMED_MS || (await isNamedHere(waiting.intent))) continue;
      /** @type {import('./post.js').Ended<import('./submit.js').Answer>} */
      const found = await get(`/api/intents/${waiting.intent}`);
      if (found.end === 'answered') {
        /** @type {Outcome} */
        const outcome = { end: 'recorded', answer: found.value };
        await keep('outcomes', 'readwrite', (store) => store.put(outcome, waiting.intent));
      } else if (found.end === 'problem' && found.status === NOT_FOUND) {
        await keep('files', 'readwrite', (store) => store.delete(key));
      }
    }
  });
}

/**
 * Whether this device still has the intent. What is queued is looked at first: an outcome is kept before its intent leaves
 * the queue.
 * @param {string} intent
 * @returns {Promise<boolean>}
 */
async function isNamedHere(intent) {
  /** @type {import('./submit.js').Waiting[]} */
  const queued = await keep('outbox', 'readonly', (store) => store.getAll());
  return queued.some((one) => one.intent.id === intent) || (await outcomeOf(intent)) !== undefined;
}

/** @returns {Promise<IDBValidKey[]>} without the bytes, which may be many */
async function keys() {
  return keep('files', 'readonly', (store) => store.getAllKeys());
}

/**
 * @param {string} intent
 * @returns {Promise<Outcome | undefined>}
 */
async function outcomeOf(intent) {
  return keep('outcomes', 'readonly', (store) => /** @type {IDBRequest<Outcome | undefined>} */ (store.get(intent)));
}

/**
 * @param {Waiting} waiting
 * @returns {Promise<boolean>} whether it need not be sent again
 */
async function sent(waiting) {
  const answered = await post(`/api/attachments/${waiting.intent}`, waiting.bytes, PATIENCE_MS);
  if (answered.end === 'not-sent') return false;
  if (answered.end === 'answered') return true;
  if (answered.status === NOT_LOGGED_IN) return false;
  await notKept(answered.problem);
  return true;
}
