// @ts-check
// Enrols this browser: a code that somebody else asked for, a key that is made here, a PIN that only its owner knows.

import { newId, toBase64 } from './bytes.js';
import { forgetDevice, loadDevice, makeKey, saveDevice, whyNot } from './keys.js';
import { noteHash, signNote } from './note.js';
import { origin, production, seen } from './page.js';
import { post } from './post.js';
import { fail, notSent, refuse, succeed } from './result.js';

/** @typedef {{invitation: string, person: string, name: string}} Invited */
/** @typedef {import('./submit.js').Answer} Answer */

const TITLE = 'enrol this device';

export async function enrolPage() {
  const form = document.querySelector('form#enrol');
  if (!(form instanceof HTMLFormElement)) return;
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem('code'));
  // The code stands behind the # of the address, which no browser sends to the server.
  if (location.hash.length > 1) code.value = decodeURIComponent(location.hash.slice(1));
  const reason = await whyNot();
  if (reason !== null) {
    await fail(TITLE, { code: 'DEVICE-NO-KEY', sentence: reason, remedy: 'Use another device. STOP works on any that can sign.' });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void enrol(form, code.value.trim());
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} code
 */
async function enrol(form, code) {
  const pin = value(form, 'pin');
  if (pin !== value(form, 'again')) {
    await fail(TITLE, {
      code: 'PIN-DIFFERS',
      sentence: 'The two PINs differ. Nothing was recorded.',
      remedy: 'Enter the same PIN twice.',
    });
    return;
  }
  /** @type {import('./post.js').Ended<Invited>} */
  const found = await post('/api/enrolments', { code });
  if (found.end === 'not-sent') return notSent(TITLE, 0);
  if (found.end === 'problem') return fail(TITLE, found.problem);
  await withKey(found.value, code, pin);
}

/**
 * @param {Invited} invited
 * @param {string} code
 * @param {string} pin
 */
async function withKey(invited, code, pin) {
  const signer = await makeKey();
  const now = Date.now();
  const note = await signNote(
    origin,
    production,
    {
      id: newId(now),
      kind: 'enrol_device',
      item: signer.deviceId,
      by: invited.person,
      body: { invitation: invited.invitation },
      claimed_at: now,
      dseq: 1,
      prev: null,
      key: toBase64(signer.publicKey),
      seen: seen(),
    },
    signer,
  );
  const before = await loadDevice(production);
  // Kept before it is sent: an answer that is lost on its way must not cost the key.
  await saveDevice({ ...signer, production, person: invited.person, dseq: 1, prev: await noteHash(note), origin });
  /** @type {import('./post.js').Ended<Answer>} */
  const ended = await post('/api/devices', { note: new TextDecoder().decode(note), code, pin });
  if (ended.end === 'not-sent') return notSent(TITLE, 0);
  if (ended.end === 'problem' || !ended.value.accepted) {
    // Nothing was enrolled: the key that this browser had, if it had one, is still its key.
    await (before ? saveDevice(before) : forgetDevice(production));
    return ended.end === 'problem' ? fail(TITLE, ended.problem) : refuse(TITLE, ended.value);
  }
  await post('/api/log-in', { device: signer.deviceId, person: invited.person, pin });
  await succeed(`This device is enrolled for ${invited.name}.`);
  location.assign('/');
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function value(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value;
}
