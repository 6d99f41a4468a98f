// @ts-check
// Live cards. Each event carries a card as the server rendered it. A silent stream is a doubt, and doubt lowers: after
// fifteen seconds every card says UNKNOWN, and why. A countdown runs from the remainder that the server sent.

import { element, person, say, saw, seen, shape } from './page.js';
import { missed, reached } from './reach.js';
import { count } from './submit.js';
import { touched } from './touch.js';

const SILENCE_MS = 15_000;
const TICK_MS = 500;
const RECONNECT_MS = 4000;

/** Moments of this page's own clocks; the wall clock counts on while a sleeping phone's monotonic clock stands. */
const now = () => ({ monotonic: performance.now(), wall: Date.now() });

/** @typedef {{monotonic: number, wall: number}} Moment */

/** @param {Moment} since what has passed, by the clock that says more: that only shortens */
const passed = (since) => Math.max(performance.now() - since.monotonic, Date.now() - since.wall);

/** @type {Moment} */
let heard = now();
let silent = false;

/** @type {WeakMap<Element, Moment>} when each card arrived */
const arrived = new WeakMap();

export function live() {
  for (const card of cards()) arrived.set(card, heard);
  connect();
  window.setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', tick);
}

function cards() {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('article.card'));
}

function connect() {
  const source = new EventSource('/api/events');
  source.addEventListener('head', (event) => {
    hear();
    /** @type {{size: number, root: string}} */
    const head = JSON.parse(event.data);
    const newer = head.size > seen().size;
    saw(head);
    if (newer) follow();
  });
  source.addEventListener('card', (event) => {
    hear();
    /** @type {{id: string, html: string}} */
    const card = JSON.parse(event.data);
    replace(card.id, card.html);
  });
  source.addEventListener('beside', () => {
    hear();
    follow();
  });
  source.addEventListener('beat', hear);
  source.addEventListener('error', () => {
    missed();
    // The browser connects again by itself, unless the server has answered that there is nothing for it here.
    if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, RECONNECT_MS);
  });
}

function hear() {
  reached();
  heard = now();
  if (silent) {
    silent = false;
    document.body.classList.remove('silent');
    follow();
  }
  tick();
}

/**
 * @param {string} id
 * @param {string} html
 */
function replace(id, html) {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  const card = holder.content.firstElementChild;
  if (!(card instanceof HTMLElement)) return;
  arrived.set(card, now());
  // Where nobody is logged in, its page would not open.
  if (person === null) for (const link of card.querySelectorAll('h2 a')) link.replaceWith(...link.childNodes);
  const old = document.getElementById(id);
  if (old) {
    const before = wordOf(old);
    old.replaceWith(card);
    if (before !== wordOf(card)) say(`${card.dataset['name'] ?? ''}: ${wordOf(card)}`);
  } else {
    document.getElementById('cards')?.append(card);
  }
  follow();
}

/** @param {Element} card */
function wordOf(card) {
  return card.querySelector('.word')?.textContent ?? '';
}

function tick() {
  const silence = passed(heard);
  if (silence > SILENCE_MS && !silent) {
    silent = true;
    document.body.classList.add('silent');
    for (const card of cards()) doubt(card, `was ${wordOf(card)}, not confirmed since. No signal.`);
  }
  for (const card of cards()) countDown(card);
  void signal(silence);
}

/** @param {HTMLElement} card */
function countDown(card) {
  const remainder = card.dataset['leftMs'];
  const since = arrived.get(card);
  if (remainder === undefined || since === undefined) return;
  const left = Number(remainder) - passed(since);
  if (left <= 0 && card.dataset['state'] === 'copy') {
    delete card.dataset['leftMs'];
    card.querySelector('.until')?.replaceChildren('The time to match it again has come. ', element('b', '', 'Match it again.'));
    return;
  }
  if (left <= 0) {
    doubt(card, 'The time to show it again has come.', 'Show it again.');
    return;
  }
  const seconds = Math.ceil(left / 1000);
  const place = card.querySelector('.left');
  if (place) place.textContent = remaining(seconds);
}

/** @param {number} seconds */
function remaining(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Turns a card to UNKNOWN. What is locked away, held or unknown already stays as it is.
 * @param {HTMLElement} card
 * @param {string} why
 * @param {string} [remedy]
 */
function doubt(card, why, remedy = '') {
  delete card.dataset['leftMs'];
  const state = card.dataset['state'];
  if (state === 'unknown' || state === 'held') return;
  card.dataset['state'] = 'unknown';
  card.querySelector('.state')?.replaceChildren(shape('unknown'), element('strong', 'word', 'UNKNOWN'));
  card.querySelector('.until')?.replaceChildren(why, ' ', element('b', '', remedy));
  say(`${card.dataset['name'] ?? ''}: UNKNOWN. ${why}`);
}

let lastSaid = '';

/** @param {number} silence */
async function signal(silence) {
  const place = document.getElementById('signal');
  if (!place) return;
  const waiting = await count().catch(() => 0);
  const parts = [];
  if (silent) parts.push(`No signal, last heard ${ago(silence)} ago`);
  if (waiting > 0) parts.push(waiting === 1 ? '1 record not sent' : `${waiting} records not sent`);
  const words = parts.join(' · ');
  if (words === lastSaid) return;
  lastSaid = words;
  place.textContent = words;
  place.hidden = words === '';
}

/** @param {number} ms */
function ago(ms) {
  const minutes = Math.floor(ms / 60_000);
  return minutes === 0 ? `${Math.floor(ms / 5000) * 5} s` : `${minutes} min`;
}

/**
 * What somebody has opened to read stays open.
 * @param {Element} open
 * @param {HTMLElement | null} newer
 */
function keepOpen(open, newer) {
  const called = calledBy(open);
  for (const details of newer?.querySelectorAll('details') ?? []) {
    if (calledBy(details) === called) details.open = true;
  }
}

/**
 * A fold's title, with the section that it stands in: a page of several things has the same folds of each.
 * @param {Element} fold
 */
function calledBy(fold) {
  const section = fold.closest('[aria-labelledby]')?.getAttribute('aria-labelledby') ?? '';
  return `${section} ${fold.querySelector('summary')?.textContent ?? ''}`;
}

/**
 * Whether somebody has begun to fill a form of this part: what he has typed must not vanish under his hands.
 * @param {Element} part
 */
function isHalfFilled(part) {
  return [...part.querySelectorAll('input, select')].some((field) => {
    if (field instanceof HTMLSelectElement) {
      const first = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(first, 0) && field.options.length > 0;
    }
    if (!(field instanceof HTMLInputElement)) return false;
    return ['checkbox', 'radio'].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
}

/**
 * Puts what is newer in the place of a part. What has the focus keeps it where the same is there again: whoever goes by the
 * keyboard would have to begin anew.
 * @param {Element} part
 * @param {Element} newer
 */
function exchange(part, newer) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  /** @param {Element} one */
  const isAlike = (one) => one.textContent === focused?.textContent && one.getAttribute('href') === focused.getAttribute('href');
  const alike = () => (focused ? [...part.querySelectorAll(focused.tagName)].filter(isAlike) : []);
  const place = focused ? alike().indexOf(focused) : -1;
  part.replaceChildren(...newer.childNodes);
  const again = alike()[place];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

let following = 0;

/** Fetches this page's own parts again: what is open to this person differs from what is open to another. */
export function follow() {
  window.clearTimeout(following);
  if (!document.querySelector('[data-follow]')) return;
  following = window.setTimeout(async () => {
    if (touched()) return follow();
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (response.redirected || !response.ok) return;
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      // The screen of a stop is another page than the one it becomes when the stop is lifted.
      if (fresh.body.classList.contains('stopped') !== document.body.classList.contains('stopped')) return location.reload();
      if (touched()) return follow();
      for (const part of document.querySelectorAll('[data-follow]')) {
        const newer = fresh.getElementById(part.id);
        for (const open of part.querySelectorAll('details[open]')) keepOpen(open, newer);
        const busy = part.contains(document.activeElement) && document.activeElement?.matches('input, select');
        if (newer && !busy && !isHalfFilled(part) && newer.innerHTML !== part.innerHTML) exchange(part, newer);
      }
    } catch {
      // The silence is told by the banner.
    }
  }, 120);
}
