// @ts-check
// The outbox: one note at a time for each device. A note is signed when its turn comes and kept until the server has
// recorded it; while the network fails, the same signed note is sent again, and the record knows it by its id.

import { newId } from './bytes.js';
import { keep, loadDevice, saveDevice } from './keys.js';
import { noteHash, signNote } from './note.js';
import { origin, person, production, seen } from './page.js';
import { get, post } from './post.js';

/** @typedef {import('./canonical.js').Json} Json */
/** @typedef {import('./keys.js').Device} Device */
/** @typedef {import('./note.js').Intent} Intent */
/** @typedef {import('./post.js').Problem} Problem */

/**
 * One rule that is not met, in words.
 * @typedef {{code: string, rule: string, strength: string, source: string, sentence: string, remedy: string,
 *   way?: {address: string, words: string}}} Reason
 */

/**
 * The recorded verdict.
 * @typedef {object} Answer
 * @property {string} intent
 * @property {number} index
 * @property {boolean} accepted
 * @property {boolean} repeated
 * @property {string} at when it was decided, by the production's clock
 * @property {Reason[]} reasons
 * @property {string} receipt
 */

/**
 * What somebody asks or reports, before it is signed.
 * @typedef {object} Draft
 * @property {string} kind
 * @property {string | null} item
 * @property {{[key: string]: Json}} body
 * @property {string} [names]
 * @property {{[path: string]: string}} [_sd]
 * @property {import('./attach.js').Attachment[]} [att]
 */

/**
 * How it ended.
 * @typedef {{end: 'recorded', answer: Answer} | {end: 'problem', problem: Problem} | {end: 'not-sent', waiting: number}} Outcome
 */

/**
 * @typedef {object} Waiting
 * @property {number} [order]
 * @property {string} production
 * @property {Intent} intent
 * @property {Uint8Array<ArrayBuffer> | null} note
 * @property {string | null} hash
 * @property {string} [origin] the log that the note is for
 */

/** The session is over; the note itself is still good. */
const NOT_LOGGED_IN = 401;

const NOT_FOUND = 404;

/** The log that is meant where none is named: a device that was enrolled before epochs were kept has none. */
const FIRST_EPOCH = origin.replace(/\/e\d+$/, '/e0');

/** What this window waits for. How anything else ended is told by an event, for nobody waits for it any more. */
const expected = new Set();

/**
 * @param {Draft} draft
 * @param {string} [id] the intent's id, where the caller has to know it
 * @returns {Promise<Outcome>}
 */
export async function submit(draft, id) {
  const device = await loadDevice(production);
  if (!device) return { end: 'problem', problem: NOT_ENROLLED };
  const now = Date.now();
  /** @type {Intent} */
  const intent = { ...draft, id: id ?? newId(now), by: person, claimed_at: now, seen: seen() };
  /** @type {Waiting} */
  const waiting = { production, intent, note: null, hash: null, origin };
  expected.add(intent.id);
  try {
    await keep('outbox', 'readwrite', (store) => store.add(waiting));
    await drain();
    // Another window of this browser, or this one a moment ago, may have sent it.
    return (await ended(intent.id)) ?? { end: 'not-sent', waiting: await count() };
  } finally {
    expected.delete(intent.id);
  }
}

/**
 * @param {string} id an intent's
 * @returns {Promise<Outcome | undefined>} how it ended, in whichever window of this browser
 */
async function ended(id) {
  return keep('outcomes', 'readonly', (store) => /** @type {IDBRequest<Outcome | undefined>} */ (store.get(id)));
}

/** @type {Problem} */
const NOT_ENROLLED = {
  code: 'DEVICE-NOT-ENROLLED',
  sentence: 'This browser is not enrolled for this production. Nothing was recorded in your name.',
  remedy: 'Enrol it with a code from the armorer or the production office. To stop everything you need no enrolment.',
};

/** @returns {Promise<number>} how many records wait on this device */
export async function count() {
  return (await all()).length;
}

/** @returns {Promise<Waiting[]>} */
async function all() {
  const every = await keep('outbox', 'readonly', (store) => /** @type {IDBRequest<Waiting[]>} */ (store.getAll()));
  return every.filter((one) => one.production === production);
}

/**
 * Sends what waits, first things first, until the outbox is empty or the network fails. Two windows of one browser
 * share the key, so only one of them sends at a time.
 * @returns {Promise<void>}
 */
export async function drain() {
  await navigator.locks.request('showclear-outbox', async () => {
    for (const waiting of await all()) {
      const device = await loadDevice(production);
      if (!device) return;
      const here = inThisEpoch(waiting);
      const own = inThisLog(device);
      const next = waiting.intent.by === person ? await sendOne(here, own) : await stepOver(here, own);
      if (next === 'stays') return;
    }
  });
}

/**
 * A log that went on in a new epoch knows no note of the one before: each device begins its chain there anew.
 * @param {Device} device
 * @returns {Device}
 */
function inThisLog(device) {
  return (device.origin ?? FIRST_EPOCH) === origin ? device : { ...device, dseq: 0, prev: null, origin };
}

/**
 * A note that was signed for the epoch before and never recorded is signed anew: what was asked is late by then, and what
 * was reported stays true.
 * @param {Waiting} waiting
 * @returns {Waiting}
 */
function inThisEpoch(waiting) {
  if ((waiting.origin ?? FIRST_EPOCH) === origin) return waiting;
  return { ...waiting, note: null, hash: null, origin, intent: { ...waiting.intent, seen: seen() } };
}

/**
 * What another person made on this device waits until he logs in again, and holds up nobody. If its note went out
 * before, the record is asked whether it has it: the chain of notes goes on behind it, or without it.
 * @param {Waiting} waiting
 * @param {Device} device
 * @returns {Promise<'done' | 'stays'>}
 */
async function stepOver(waiting, device) {
  if (waiting.note === null) return 'done';
  /** @type {import('./post.js').Ended<Answer>} */
  const found = await get(`/api/intents/${waiting.intent.id}`);
  if (found.end === 'answered') {
    await chain(device, waiting.intent, waiting.hash);
    await forget(waiting);
    return 'done';
  }
  if (found.end === 'not-sent' || found.status !== NOT_FOUND) return 'stays';
  await keep('outbox', 'readwrite', (store) => store.put({ ...waiting, note: null, hash: null }));
  return 'done';
}

/**
 * The record has this note: the next one of this device follows it.
 * @param {Device} device
 * @param {Intent} intent
 * @param {string | null} hash
 */
async function chain(device, intent, hash) {
  await saveDevice({ ...device, dseq: intent.dseq ?? device.dseq, prev: hash, origin });
}

/**
 * @param {Waiting} waiting
 * @param {Device} device
 * @returns {Promise<'done' | 'stays'>} it stays where the network fails, and everything behind it waits
 */
async function sendOne(waiting, device) {
  const { note, hash, intent } = await signed(waiting, device);
  /** @type {import('./post.js').Ended<Answer>} */
  const answered = await post('/api/intents', note);
  if (answered.end === 'not-sent') return 'stays';
  if (answered.end === 'problem') {
    // What has happened stays true while nobody is logged in; what was asked is asked again by whoever still wants it.
    const isReport = intent.kind.startsWith('report_');
    if (answered.status === NOT_LOGGED_IN && isReport) return 'stays';
    return settled(waiting, { end: 'problem', problem: answered.problem });
  }
  await chain(device, intent, hash);
  return settled(waiting, { end: 'recorded', answer: answered.value });
}

/**
 * It waits no more. How it ended is kept, with the receipt that proves it.
 * @param {Waiting} waiting
 * @param {Outcome} outcome
 * @returns {Promise<'done'>}
 */
async function settled(waiting, outcome) {
  await keep('outcomes', 'readwrite', (store) => store.put(outcome, waiting.intent.id));
  await forget(waiting);
  const { id } = waiting.intent;
  if (!expected.has(id)) document.dispatchEvent(new CustomEvent('outcome', { detail: outcome }));
  return 'done';
}

/**
 * Signs when its turn has come, once; a note that was signed before is sent as it is.
 * @param {Waiting} waiting
 * @param {Device} device
 */
async function signed(waiting, device) {
  if (waiting.note !== null && waiting.hash !== null) {
    return { note: waiting.note, hash: waiting.hash, intent: waiting.intent };
  }
  /** @type {Intent} */
  const intent = { ...waiting.intent, dseq: device.dseq + 1, prev: device.prev };
  const note = await signNote(origin, production, intent, device);
  const hash = await noteHash(note);
  await keep('outbox', 'readwrite', (store) => store.put({ ...waiting, intent, note, hash, origin }));
  return { note, hash, intent };
}

/** @param {Waiting} waiting */
async function forget(waiting) {
  const { order } = waiting;
  if (order !== undefined) await keep('outbox', 'readwrite', (store) => store.delete(order));
}
