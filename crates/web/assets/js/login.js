// @ts-check
// Log-in: the PIN of this device's owner, or a badge and its owner's own PIN on another's device.

import { goOn } from './go.js';
import { loadDevice } from './keys.js';
import { production } from './page.js';
import { post } from './post.js';
import { fail, notSent, succeed } from './result.js';

const TITLE = 'log in';

export async function loginPage() {
  const form = document.querySelector('form#log-in');
  if (!(form instanceof HTMLFormElement)) return;
  const device = await loadDevice(production).catch(() => undefined);
  if (!device) {
    for (const id of ['no-device', 'enrol-link']) document.getElementById(id)?.removeAttribute('hidden');
    form.hidden = true;
    return;
  }
  const pin = /** @type {HTMLInputElement} */ (form.elements.namedItem('pin'));
  const badge = /** @type {HTMLInputElement} */ (form.elements.namedItem('badge'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const who = badge.value.trim() === '' ? { person: device.person } : { badge: badge.value.trim() };
    /** @type {import('./post.js').Ended<{person: string}>} */
    const ended = await post('/api/log-in', { device: device.deviceId, pin: pin.value, ...who });
    pin.value = '';
    if (ended.end === 'not-sent') return notSent(TITLE, 0);
    if (ended.end === 'problem') return fail(TITLE, ended.problem);
    const then = new URLSearchParams(location.search).get('then') ?? '/';
    // Only a place on this server: an address that somebody sent must not lead elsewhere.
    await goOn(/^\/(?![/\\])/.test(then) ? then : '/');
  });
}

/** Another PIN: it ends every session, so one logs in again. */
export function pinForm() {
  const form = document.querySelector('form#new-pin');
  if (!(form instanceof HTMLFormElement)) return;
  const [was, next] = ['old', 'new'].map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const title = 'change your PIN';
    const ended = await post('/api/pin', { old: was?.value ?? '', new: next?.value ?? '' });
    if (ended.end === 'not-sent') return notSent(title, 0);
    if (ended.end === 'problem') return fail(title, ended.problem);
    await succeed('Changed. Log in with the new PIN.');
    await goOn('/log-in');
  });
}

/** The keys of the PIN pads, for gloves; the field itself takes a keyboard. */
export function pads() {
  document.addEventListener('click', (event) => {
    const key = event.target instanceof Element ? event.target.closest('button[data-digit]') : null;
    if (!(key instanceof HTMLButtonElement)) return;
    const field = document.getElementById(key.dataset['for'] ?? '');
    if (!(field instanceof HTMLInputElement)) return;
    const digit = key.dataset['digit'] ?? '';
    field.value = digit === 'back' ? field.value.slice(0, -1) : (field.value + digit).slice(0, 8);
  });
}

export async function logOut() {
  const ended = await post('/api/log-out', {});
  if (ended.end === 'not-sent') return notSent('log out', 0);
  await goOn('/log-in');
}
