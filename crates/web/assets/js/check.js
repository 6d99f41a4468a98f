// @ts-check
// A check, a last look, or a reading in a line: one value a screen, chamber by chamber from the marked one.

import { cylinder } from './cylinder.js';
import { element } from './page.js';
import { breached, fail, notSent, refuse, succeed } from './result.js';
import { button, heldButton, Stepper } from './stepper.js';
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
export const METHODS = [
  ['removed_seen_shaken', 'Taken out, seen and shaken'],
  ['removed_seen', 'Taken out and seen'],
  ['seen_at_head', 'Seen at the head only'],
];

export function checkPage() {
  const root = document.getElementById('check');
  if (root) new Check(root);
}

class Check extends Stepper {
  /** @type {Reading[]} */
  #readings = [];

  /** How the rounds are looked at: said with the first one, and again whenever it is another way. @type {Method | null} */
  #method = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.chambers = Number(root.dataset['chambers']);
    this.#intro();
  }

  /** @override */
  interrupted() {
    this.#readings = [];
    this.#intro('You were interrupted. What you had read is gone: begin again at the marked chamber.');
  }

  #intro(notice = '') {
    this.#method = null;
    this.setBegun(false);
    const begin = button('Chamber 1 is at the gate', 'primary', () => {
      this.setBegun(true);
      this.#chamber();
    });
    const lines = [
      'Point the muzzle where nobody is. Half-cock it and open the gate.',
      'Look from behind. Never from the muzzle, never at the cylinder\u2019s front.',
      'Chamber 1 is the marked one. Turn one chamber at a time.',
    ];
    this.screen('Find the marked chamber', [
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
    const live = heldButton('LIVE: hold', 'choice danger', () => this.#live());
    const back = this.#at > 1 ? [button(`Back to chamber ${this.#at - 1}`, 'small', () => this.#back())] : [];
    const other = this.#method === null ? [] : [button('Seen another way', 'small', () => {
      this.#method = null;
      this.#chamber();
    })];
    this.screen(`Chamber ${this.#at} of ${this.chambers}. What do you see?`, [
      this.#cylinder(),
      element('p', 'dim', this.#method === null
        ? 'Push a round out, look, shake it, put it back. Then turn one chamber.'
        : `A round: ${wordsOf(this.#method)}, as you said.`),
    ], [element('div', 'pair', ...choices), live, ...(back.length + other.length > 0 ? [element('div', 'pair', ...back, ...other)] : [])]);
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
    if (this.#method !== null) {
      this.#put(saw, this.#method);
      return;
    }
    const word = SAW[saw].word;
    const choices = METHODS.map(([method, words]) => button(words, 'choice', () => {
      this.#method = method;
      this.#put(saw, method);
    }));
    const back = button(`It is not ${word}`, 'small', () => this.#chamber());
    this.screen(`Chamber ${this.#at}: ${word}. How did you see it?`, [this.#cylinder()], [...choices, back]);
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
      const how = reading.saw === 'empty' ? 'seen from behind' : wordsOf(reading.method);
      return element('li', '', element('b', '', SAW[reading.saw].word), ` ${how}`);
    }));
    const send = heldButton('Hold to send what I saw', 'primary', () => void this.#send());
    const again = button('Begin again', 'small', () => {
      this.#readings = [];
      this.#method = null;
      this.#chamber();
    });
    this.screen('This is what you saw', [this.#cylinder(), list], [send, again]);
  }

  /** A live round: nothing more is read. The answer carries the stop. */
  #live() {
    this.#readings.push({ chamber: this.#at, method: 'seen_at_head', saw: 'live' });
    void this.#send();
  }

  async #send() {
    if (!this.sendOnce()) return;
    const { kind = '', gun = '', body = '{}', done = '' } = this.root.dataset;
    const readings = this.#readings.map((reading) => ({ ...reading }));
    const live = readings.some((reading) => reading.saw === 'live');
    const outcome = await submit({ kind, item: gun, body: { ...JSON.parse(body), readings } });
    const title = `what you saw in ${this.name}`;
    if (outcome.end === 'not-sent') await notSent(live ? 'A LIVE ROUND. SHOUT: STOP' : title, outcome.waiting);
    else if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (live) return location.assign('/stop');
    else if (!outcome.answer.accepted) await refuse(title, outcome.answer);
    else if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    else await succeed(done);
    location.assign(this.root.dataset['then'] ?? '/');
  }

  #cylinder() {
    const marks = this.#readings.map(({ saw }) => ({ ...SAW[saw], style: saw }));
    return cylinder(this.chambers, marks, this.begun);
  }
}

/** @param {Method} method */
function wordsOf(method) {
  return METHODS.find(([code]) => code === method)?.[1].toLowerCase() ?? '';
}
