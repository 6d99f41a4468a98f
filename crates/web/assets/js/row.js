// @ts-check
// A row: scan one thing after another, and each good scan is one act. It adds a line and the field waits for the next.
// The same label within two seconds is one scan; the same label later is asked again. A failure holds the screen.

import { element, say } from './page.js';
import { get } from './post.js';
import { breached, fail, notSent, refuse, succeed } from './result.js';
import { submit } from './submit.js';

/** @typedef {{id: string, name: string}} Scanned */
/** @typedef {{name: string, word: string, who: string}} GunCard */

const SAME_SCAN_MS = 2000;

export function rowPage() {
  const root = document.getElementById('row');
  if (root) new Row(root);
}

class Row {
  /** @type {Map<string, number>} when each thing was scanned last, by this page's clock */
  #scanned = new Map();

  #busy = false;

  /** @type {string[]} labels that were read while an answer was awaited */
  #queue = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.title = root.dataset['title'] ?? '';
    const form = root.querySelector('form');
    this.field = /** @type {HTMLInputElement} */ (form?.elements.namedItem('label'));
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      const label = this.field.value.trim().toUpperCase();
      this.field.value = '';
      if (label !== '') void this.#read(label);
    });
    document.addEventListener('click', (event) => {
      const pressed = event.target instanceof Element ? event.target.closest('button[data-scan]') : null;
      if (!(pressed instanceof HTMLButtonElement)) return;
      void this.#turn(() => this.#act({ id: pressed.dataset['scan'] ?? '', name: pressed.dataset['name'] ?? '' }));
    });
    // A scanner types wherever the focus is. Focusing the field at once would bring up the phone's own keyboard.
    document.addEventListener('keydown', (event) => {
      const types = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (types && (document.activeElement === document.body || document.activeElement?.tagName === 'H1')) this.field.focus();
    });
  }

  /** @param {string} label */
  async #read(label) {
    this.#queue.push(label);
    await this.#turn(async () => undefined);
    this.field.focus();
  }

  /**
   * One thing at a time; what is scanned meanwhile waits.
   * @param {() => Promise<void>} work
   */
  async #turn(work) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await work();
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) await this.#label(next);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} label */
  async #label(label) {
    const due = this.root.dataset['due'] ?? 'gun';
    /** @type {import('./post.js').Ended<Scanned>} */
    const ended = await get(`/api/labels/${encodeURIComponent(label)}?due=${encodeURIComponent(due)}`);
    if (ended.end === 'not-sent') return notSent(this.title, 0);
    if (ended.end === 'problem') return fail(`${this.title}: ${label}`, ended.problem);
    const before = this.#scanned.get(ended.value.id);
    if (before !== undefined && performance.now() - before < SAME_SCAN_MS) return;
    this.#scanned.set(ended.value.id, performance.now());
    if (before !== undefined) return this.#ask(ended.value);
    await this.#act(ended.value);
  }

  /**
   * The same label again: perhaps by mistake.
   * @param {Scanned} thing
   */
  #ask(thing) {
    const line = element('li', 'row-line again', element('b', '', `${thing.name}: again?`));
    const yes = element('button', 'button small', 'Again');
    yes.type = 'button';
    yes.addEventListener('click', () => {
      line.remove();
      void this.#turn(() => this.#act(thing));
    });
    line.append(yes);
    this.#add(line);
    say(`${thing.name}: again?`);
  }

  /** @param {Scanned} thing */
  async #act(thing) {
    this.#scanned.set(thing.id, performance.now());
    const { kind = '', item = '', field = '' } = this.root.dataset;
    const before = await this.#card(thing);
    const outcome = await submit({ kind, item: item === '' ? thing.id : item, body: field === '' ? {} : { [field]: thing.id } });
    const title = `${this.title} ${thing.name}`;
    if (outcome.end === 'not-sent') return notSent(title, outcome.waiting);
    if (outcome.end === 'problem') return fail(title, outcome.problem);
    if (!outcome.answer.accepted) return refuse(title, outcome.answer);
    if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    await this.#done(thing, before);
  }

  /**
   * The read-back: who, what, state, what is left.
   * @param {Scanned} thing
   * @param {GunCard | null} before
   */
  async #done(thing, before) {
    for (const pressed of document.querySelectorAll('button[data-scan]')) {
      if (pressed instanceof HTMLElement && pressed.dataset['scan'] === thing.id) pressed.remove();
    }
    const left = document.querySelectorAll('button[data-scan]').length;
    const after = await this.#card(thing);
    const who = before?.who.split(', since')[0] ?? '';
    const parts = [who, thing.name, after?.word ?? this.root.dataset['done'] ?? ''].filter(Boolean);
    if (this.root.dataset['left'] !== undefined) parts.push(`${left} ${this.root.dataset['left']}`);
    const words = parts.join(' → ');
    this.#add(element('li', 'row-line', words));
    say(words);
    void succeed(thing.name);
  }

  /**
   * @param {Scanned} thing
   * @returns {Promise<GunCard | null>} what may be said of it, where it is a gun
   */
  async #card(thing) {
    if ((this.root.dataset['due'] ?? 'gun') !== 'gun') return null;
    /** @type {import('./post.js').Ended<GunCard>} */
    const ended = await get(`/api/guns/${thing.id}`);
    return ended.end === 'answered' ? ended.value : null;
  }

  /** @param {HTMLElement} line */
  #add(line) {
    const lines = this.root.querySelector('.row-lines');
    if (!(lines instanceof HTMLElement)) return;
    // It scrolls once it is long: a keyboard must be able to reach it then.
    lines.tabIndex = 0;
    lines.prepend(line);
  }
}
