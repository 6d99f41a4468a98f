// @ts-check
// A check, or a last look: one value a screen, chamber by chamber from the marked one. Nothing is expected here, so
// nothing can be copied. Whoever is interrupted begins again.

import { element, say } from './page.js';
import { breached, fail, notSent, refuse, succeed } from './result.js';
import { submit } from './submit.js';

/** @typedef {'empty' | 'dummy' | 'blank' | 'live' | 'not_sure'} Saw */
/** @typedef {'seen_at_head' | 'removed_seen' | 'removed_seen_shaken'} Method */
/** @typedef {{chamber: number, method: Method, saw: Saw}} Reading */

/** @type {{[saw in Saw]: {word: string, letter: string}}} */
const SAW = {
  empty: { word: 'EMPTY', letter: 'E' },
  dummy: { word: 'DUMMY', letter: 'D' },
  blank: { word: 'BLANK', letter: 'B' },
  live: { word: 'LIVE', letter: 'L' },
  not_sure: { word: 'NOT SURE', letter: '?' },
};

/** @type {[Method, string][]} */
const METHODS = [
  ['removed_seen_shaken', 'Taken out, seen and shaken'],
  ['removed_seen', 'Taken out and seen'],
  ['seen_at_head', 'Seen at the head only'],
];

const SVG = 'http://www.w3.org/2000/svg';

export function checkPage() {
  const root = document.getElementById('check');
  if (root) new Check(root);
}

class Check {
  /** @type {Reading[]} */
  #readings = [];

  /** Whether a chamber was read, so that an interruption costs something. */
  #begun = false;

  #sending = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.chambers = Number(root.dataset['chambers']);
    this.name = root.dataset['name'] ?? '';
    document.addEventListener('visibilitychange', () => this.#interrupted());
    this.#intro();
  }

  #interrupted() {
    if (document.visibilityState !== 'hidden' || !this.#begun || this.#sending) return;
    this.#readings = [];
    this.#intro('You were interrupted. What you had read is gone: begin again at the marked chamber.');
  }

  #intro(notice = '') {
    this.#begun = false;
    document.body.classList.remove('begun');
    const begin = button('Chamber 1 is at the gate', 'primary', () => {
      this.#begun = true;
      document.body.classList.add('begun');
      this.#chamber();
    });
    const lines = [
      'Point the muzzle where nobody is. Half-cock it and open the gate.',
      'Look from behind. Never from the muzzle, never at the cylinder\u2019s front.',
      'Chamber 1 is the marked one. Turn one chamber at a time.',
    ];
    this.#screen('Find the marked chamber', [
      ...(notice ? [element('p', 'notice', notice)] : []),
      this.#cylinder(),
      ...lines.map((line) => element('p', '', line)),
    ], [begin]);
  }

  /** The chamber that is read now. */
  get #at() {
    return this.#readings.length + 1;
  }

  #chamber() {
    if (this.#at > this.chambers) return this.#review();
    const choices = /** @type {Saw[]} */ (['empty', 'dummy', 'blank', 'not_sure']).map((saw) =>
      button(SAW[saw].word, 'choice', () => this.#saw(saw)),
    );
    const live = button('LIVE: hold', 'choice danger', () => undefined);
    live.dataset['hold'] = '';
    live.addEventListener('held', () => this.#live());
    const back = this.#at > 1 ? [button(`Back to chamber ${this.#at - 1}`, 'small', () => this.#back())] : [];
    this.#screen(`Chamber ${this.#at} of ${this.chambers}. What do you see?`, [
      this.#cylinder(),
      ...(this.#at === 1 ? [element('p', 'dim', 'Push a round out, look, shake it, put it back. Then turn one chamber.')] : []),
    ], [element('div', 'pair', ...choices), live, ...back]);
  }

  #back() {
    this.#readings.pop();
    this.#chamber();
  }

  /** @param {Saw} saw */
  #saw(saw) {
    if (saw === 'empty') {
      // An empty chamber is seen from behind; there is nothing to take out.
      this.#put(saw, 'seen_at_head');
      return;
    }
    const word = SAW[saw].word;
    const choices = METHODS.map(([method, words]) => button(words, 'choice', () => this.#put(saw, method)));
    const back = button(`It is not ${word}`, 'small', () => this.#chamber());
    this.#screen(`Chamber ${this.#at}: ${word}. How did you see it?`, [this.#cylinder()], [...choices, back]);
  }

  /**
   * @param {Saw} saw
   * @param {Method} method
   */
  #put(saw, method) {
    this.#readings.push({ chamber: this.#at, method, saw });
    navigator.vibrate?.(30);
    this.#chamber();
  }

  #review() {
    const list = element('ol', 'read', ...this.#readings.map((reading) => {
      const method = METHODS.find(([code]) => code === reading.method)?.[1].toLowerCase() ?? '';
      const how = reading.saw === 'empty' ? 'seen from behind' : method;
      return element('li', '', element('b', '', SAW[reading.saw].word), ` ${how}`);
    }));
    const send = button('Hold to send what I saw', 'primary', () => undefined);
    send.dataset['hold'] = '';
    send.addEventListener('held', () => void this.#send());
    const again = button('Begin again', 'small', () => {
      this.#readings = [];
      this.#chamber();
    });
    this.#screen('This is what you saw', [this.#cylinder(), list], [send, again]);
  }

  /** A live round: nothing more is read. The answer carries the stop. */
  #live() {
    this.#readings.push({ chamber: this.#at, method: 'seen_at_head', saw: 'live' });
    void this.#send();
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    const { kind = '', gun = '', check = '', offer = '' } = this.root.dataset;
    const readings = this.#readings.map((reading) => ({ ...reading }));
    const live = readings.some((reading) => reading.saw === 'live');
    const outcome = await submit({
      kind,
      item: gun,
      body: kind === 'look_last' ? { offer, readings } : { check, readings },
    });
    const title = `what you saw in ${this.name}`;
    if (outcome.end === 'not-sent') await notSent(live ? 'A LIVE ROUND. SHOUT: STOP' : title, outcome.waiting);
    else if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (live) return location.assign('/stop');
    else if (!outcome.answer.accepted) await refuse(title, outcome.answer);
    else if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    else await succeed('Recorded. Nobody sees it before both have answered.');
    location.assign(this.root.dataset['then'] ?? '/');
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} information
   * @param {HTMLElement[]} acts
   */
  #screen(title, information, acts) {
    const heading = element('h1', 'big', title);
    heading.tabIndex = -1;
    this.root.replaceChildren(
      element('div', 'information', element('p', 'dim', `${this.name} · ${this.root.dataset['side'] ?? ''}`), heading, ...information),
      element('div', 'acts', ...acts),
    );
    heading.focus({ preventScroll: true });
    say(title);
  }

  /** The cylinder from behind, with the marked chamber at the top and what this person has read. */
  #cylinder() {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 300 300');
    svg.setAttribute('class', 'cylinder');
    svg.setAttribute('role', 'img');
    const done = this.#readings.map(({ chamber, saw }) => `chamber ${chamber} ${SAW[saw].word}`).join(', ');
    svg.setAttribute('aria-label', `The cylinder from behind, ${this.chambers} chambers. You have read: ${done || 'none'}.`);
    svg.append(draw('circle', { cx: 150, cy: 158, r: 138, class: 'drum' }), draw('path', { d: 'M150 12 138 -4 162 -4Z', class: 'mark', transform: 'translate(0 8)' }));
    for (let chamber = 1; chamber <= this.chambers; chamber += 1) this.#drawChamber(svg, chamber);
    return /** @type {HTMLElement} */ (/** @type {unknown} */ (svg));
  }

  /**
   * @param {SVGSVGElement} svg
   * @param {number} chamber
   */
  #drawChamber(svg, chamber) {
    const angle = ((chamber - 1) / this.chambers) * 2 * Math.PI - Math.PI / 2;
    const [cx, cy] = [150 + 92 * Math.cos(angle), 158 + 92 * Math.sin(angle)];
    const reading = this.#readings[chamber - 1];
    const isNow = this.#begun && chamber === this.#at;
    const state = reading ? `read-${reading.saw}` : isNow ? 'now' : 'ahead';
    const r = Math.min(38, (92 * Math.PI) / this.chambers - 6);
    svg.append(draw('circle', { cx, cy, r, class: `chamber ${state}` }));
    const letter = draw('text', { x: cx, y: cy + 10, class: `letter ${state}` });
    letter.textContent = reading ? SAW[reading.saw].letter : isNow ? '?' : String(chamber);
    svg.append(letter);
  }
}

/**
 * @param {string} words
 * @param {string} className
 * @param {() => void} onClick
 */
function button(words, className, onClick) {
  const made = element('button', `button ${className}`, words);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/**
 * @param {string} tag
 * @param {{[name: string]: string | number}} attributes
 */
function draw(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
