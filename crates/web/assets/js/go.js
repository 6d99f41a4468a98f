// @ts-check
// Going to another page. Without signal the browser would show an error page of its own, on which there is no STOP:
// the page stays, says what waits on this device, and says so when it was sent.

import { element, say } from './page.js';
import { isFresh, isThere } from './reach.js';
import { expectFocus } from './focus.js';
import { count } from './submit.js';
import { untouched } from './touch.js';

const LOOK_AGAIN_MS = 2000;

/** How long a pressed link may take to lead away. One that leads to a file never does. */
const LEAVES_MS = 10_000;

/** When a link was pressed last, by the monotonic clock. */
let pressed = Number.NEGATIVE_INFINITY;

/** Under this name the next page is told that what waited was sent. */
const SENT = 'showclear-sent';

const SENT_WORDS = 'Sent: what waited on this device is on record.';

/** Links lead on only while the server is there. */
export function wireLinks() {
  document.addEventListener('click', (event) => {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain || !(event.target instanceof Element)) return;
    const link = event.target.closest('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || isHere(link)) return;
    if (!link.hasAttribute('download')) pressed = performance.now();
    if (isFresh()) return;
    event.preventDefault();
    void go(link.href);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.hasAttribute('action') || isFresh()) return;
    event.preventDefault();
    void isThere().then((there) => (there ? form.submit() : stay()));
  });
  const words = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (words) tell(words);
}

/** @param {HTMLAnchorElement} link */
function isHere(link) {
  return link.hash !== '' && link.pathname === location.pathname && link.search === location.search;
}

/**
 * @param {string} address where to; the page itself is loaded anew
 * @returns {Promise<boolean>} whether it leads on; else the page stays
 */
export async function go(address) {
  if (!(await isThere())) {
    pressed = Number.NEGATIVE_INFINITY;
    await stay();
    return false;
  }
  const there = new URL(address, location.href);
  if (there.href === location.href) location.reload();
  else location.assign(there);
  return true;
}

/**
 * After an act: the focus goes to where it was, or to the heading of the page that comes. Whoever has pressed a link meanwhile
 * is on his way already, and goes where he wanted.
 * @param {string} address
 * @param {HTMLFormElement} [form]
 */
export async function goOn(address, form) {
  await untouched();
  if (performance.now() - pressed < LEAVES_MS) return;
  expectFocus(form);
  if (await go(address)) leave();
}

/** What is pressed on a page that is on its way out would be lost: its forms take no touch until the next page is there. */
function leave() {
  delete document.body.dataset['ready'];
  window.setTimeout(() => (document.body.dataset['ready'] = 'yes'), LEAVES_MS);
}

/**
 * What was said on this page waits on this device: it stays until that is sent, and then leads on.
 * @param {string} address
 */
export async function goWhenSent(address) {
  await stay();
  const timer = window.setInterval(async () => {
    if ((await count()) > 0 || document.querySelector('dialog[open]') || !(await isThere())) return;
    window.clearInterval(timer);
    sessionStorage.setItem(SENT, SENT_WORDS);
    await goOn(address);
  }, LOOK_AGAIN_MS);
}

/** What waited from before was recorded, on whichever page this is by now. */
export function tellSent() {
  tell(SENT_WORDS);
}

let watching = 0;

/** Says in place that this page stays, and what waits; and when the server is there again. */
async function stay() {
  const waiting = await count().catch(() => 0);
  const waits = waiting === 0 ? 'Nothing waits on this device.' : waiting === 1
    ? '1 record waits on this device and is sent as soon as there is signal.'
    : `${waiting} records wait on this device and are sent as soon as there is signal.`;
  tell(`No signal: this page stays, and so does STOP on it. ${waits}`);
  if (watching !== 0) return;
  watching = window.setInterval(async () => {
    if (!(await isThere())) return;
    const left = await count().catch(() => 0);
    if (left > 0 && waiting > 0) return;
    window.clearInterval(watching);
    watching = 0;
    tell(waiting > 0 ? `There is signal again. ${SENT_WORDS}` : 'There is signal again.');
  }, LOOK_AGAIN_MS);
}

/**
 * Above STOP, where it is read wherever the page is scrolled to.
 * @param {string} words
 */
function tell(words) {
  const foot = document.querySelector('.foot');
  const place = document.getElementById('told') ?? element('p', 'told');
  place.id = 'told';
  place.textContent = words;
  if (!place.isConnected) foot?.prepend(place);
  say(words);
}
