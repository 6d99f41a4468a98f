// @ts-check
// STOP needs no log-in, no enrolment and no empty outbox. What cannot be sent says so across the whole screen.

import { newId, toBase64 } from './bytes.js';
import { makeKey } from './keys.js';
import { signNote } from './note.js';
import { element, origin, person, production, seen, shape } from './page.js';
import { post } from './post.js';
import { submit } from './submit.js';

/** How long the device's own chain may take before the stop goes out without it. */
const CHAIN_MS = 2000;
const RETRY_MS = 2000;

export function wireStop() {
  document.addEventListener('held', (event) => {
    const button = event.target;
    if (!(button instanceof HTMLButtonElement) || button.dataset['stop'] === undefined) return;
    void pull(button.dataset['stop'] || 'called');
  });
}

/** @param {string} cause */
async function pull(cause) {
  const screen = cover();
  if (!navigator.onLine) shout(screen);
  const id = newId(Date.now());
  // By the person's own hand where that works at once; the same id without a name where it does not.
  if (person !== null && (await byChain(id, cause))) return stopped();
  while (!(await byAnybody(id, cause, screen))) {
    shout(screen);
    await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
  }
  stopped();
}

function stopped() {
  location.assign('/stop');
}

/**
 * @param {string} id
 * @param {string} cause
 * @returns {Promise<boolean>}
 */
async function byChain(id, cause) {
  /** @type {Promise<boolean>} */
  const late = new Promise((resolve) => window.setTimeout(() => resolve(false), CHAIN_MS));
  const sent = submit({ kind: 'stop', item: null, body: { cause } }, id).then(
    (outcome) => outcome.end === 'recorded',
    () => false,
  );
  return Promise.race([sent, late]);
}

/**
 * @param {string} id
 * @param {string} cause
 * @param {HTMLElement} screen
 * @param {import('./page.js').Seen} known the last checkpoint that it names; without a root it names none
 * @returns {Promise<boolean>} is everything stopped?
 */
async function byAnybody(id, cause, screen, known = seen()) {
  try {
    const signer = await makeKey();
    const note = await signNote(
      origin,
      production,
      {
        id,
        kind: 'stop',
        item: null,
        by: null,
        body: { cause },
        claimed_at: Date.now(),
        key: toBase64(signer.publicKey),
        ...(known.root === '' ? {} : { seen: known }),
      },
      signer,
    );
    /** @type {import('./post.js').Ended<import('./submit.js').Answer>} */
    const ended = await post('/api/intents', note);
    if (ended.end === 'answered') return true;
    if (ended.end === 'not-sent') return false;
    // The record has this stop already, by the person's own hand or from an earlier attempt.
    if (ended.problem.code === 'INTENT-ID-TAKEN' || ended.problem.code === 'STOPPED-ALREADY') return true;
    // An old copy of the record may have been put back: what this page has seen is then refused for good, and a stop
    // never is. It goes out once more and says nothing of what was seen.
    if (ended.problem.code === 'SEEN-ANOTHER-RECORD' && known.root !== '') {
      return byAnybody(id, cause, screen, { root: '', size: 0 });
    }
    screen.dataset['why'] = `${ended.problem.sentence} ${ended.problem.code}`;
    return false;
  } catch {
    screen.dataset['why'] = 'This browser cannot sign.';
    return false;
  }
}

/** A dialog over everything; nothing in it can be pressed away. */
function cover() {
  const heading = element('h2', 'huge', shape('held'), 'Stopping');
  heading.id = 'stop-title';
  const dialog = element('dialog', 'stopping', heading, element('p', 'big', 'Not recorded yet. Say it aloud: STOP.'));
  dialog.setAttribute('aria-labelledby', 'stop-title');
  dialog.setAttribute('role', 'alertdialog');
  document.body.append(dialog);
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  navigator.vibrate?.([400, 100, 400]);
  return dialog;
}

/** @param {HTMLElement} screen */
function shout(screen) {
  if (screen.classList.contains('shout')) return;
  screen.classList.add('shout');
  const why = screen.dataset['why'] ?? 'There is no signal.';
  const lines = [
    `${why} Nobody else knows yet.`,
    'This device goes on trying. Leave it open, and shout until everybody has stopped.',
  ];
  screen.replaceChildren(
    element('h2', 'huge', 'NOT SENT: SHOUT'),
    ...lines.map((line) => element('p', 'big', line)),
  );
  screen.setAttribute('aria-label', 'NOT SENT: SHOUT');
  screen.removeAttribute('aria-labelledby');
}
