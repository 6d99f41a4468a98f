// @ts-check
// A check, a last look, or a reading in a line: one value a screen, chamber by chamber from the marked one.

import { cylinder } from './cylinder.js';
import { goOn } from './go.js';
import { element } from './page.js';
import { breached, fail, refuse, succeed, TELL_NOBODY } from './result.js';
import { button, heldButton, Stepper } from './stepper.js';
import { submit } from './submit.js';

/** @typedef {'empty' | 'dummy' | 'blank' | 'live' | 'not_sure'} Saw */
/** @typedef {'seen_at_head' | 'removed_seen' | 'removed_seen_shaken'} Method */
/** @typedef {{chamber: number, method: Method, saw: Saw}} Reading */
/** @typedef {{live: number, blank: number, dummy: number, spent: number, misfired: number, not_sure: number}} Tally */

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

/** What feeds a gun is counted by kind. @type {Tally} */
const NOTHING = { live: 0, blank: 0, dummy: 0, spent: 0, misfired: 0, not_sure: 0 };

export function checkPage() {
  const root = document.getElementById('check');
  if (root) new Check(root);
}

class Check extends Stepper {
  /** @type {Reading[]} */
  #readings = [];

  /** How the rounds are looked at: said with the first one, and again whenever it is another way. @type {Method | null} */
  #method = null;

  /** What was seen in what feeds the gun, so far. @type {Tally | null} */
  #fed = null;

  /** How that was seen. @type {Method} */
  #fedHow = 'seen_at_head';

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.chambers = Number(root.dataset['chambers']);
    /** The word for what feeds it, or nothing. */
    this.feed = root.dataset['feed'] ?? '';
    /** Whether that comes out of the gun to be read. */
    this.comesOut = root.dataset['comesOut'] === 'yes';
    /** Where live rounds are loaded, one that is seen is said like any other; where none belongs it stops everything. */
    this.ofRange = document.body.dataset['range'] === 'yes';
    this.hasCylinder = root.dataset['cylinder'] === 'yes';
    this.#intro();
  }

  /** @override */
  interrupted() {
    this.#readings = [];
    this.#intro('You were interrupted. What you had read is gone: begin again at the first chamber.');
  }

  #intro(notice = '') {
    this.#method = null;
    this.#fed = null;
    this.setBegun(false);
    const { opening = '', ready = '', steps = '[]' } = this.root.dataset;
    const begin = button(ready, 'primary', () => {
      this.setBegun(true);
      this.#chamber();
    });
    /** @type {string[]} how a gun of this action is opened */
    const lines = JSON.parse(steps);
    this.screen(opening, [
      ...notices(notice),
      ...this.#cylinder(),
      ...lines.map((line) => element('p', '', line)),
    ], [begin]);
  }

  /** The chamber that is read now. */
  get #at() {
    return this.#readings.length + 1;
  }

  #chamber() {
    if (this.#at > this.chambers) return this.feed === '' || this.#fed ? this.#review() : this.#askFeed();
    const choices = /** @type {Saw[]} */ (['empty', 'dummy', 'blank', 'not_sure']).map((saw) =>
      button(SAW[saw].word, 'choice', () => this.#saw(saw)),
    );
    const live = this.ofRange
      ? button(SAW.live.word, 'choice', () => this.#saw('live'))
      : heldButton('LIVE: hold', 'choice danger', () => this.#live());
    const back = this.#at > 1 ? [button(`Back to chamber ${this.#at - 1}`, 'small', () => this.#back())] : [];
    const other = this.#method === null ? [] : [button('Seen another way', 'small', () => {
      this.#method = null;
      this.#chamber();
    })];
    this.screen(`Chamber ${this.#at} of ${this.chambers}. What do you see?`, [
      ...this.#cylinder(),
      element('p', 'dim', this.#method === null
        ? `Take a round out, look, shake it, put it back.${this.#at < this.chambers ? ' Then the next chamber.' : ''}`
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
    this.screen(`Chamber ${this.#at}: ${word}. How did you see it?`, this.#cylinder(), [...choices, back]);
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

  /** What feeds it: the kind that is in it, and then how many. What differs among them is said kind by kind. */
  #askFeed() {
    const so = this.#fed;
    const none = button('NOTHING', 'choice', () => {
      this.#fed = NOTHING;
      this.#fedHow = this.comesOut ? 'removed_seen' : 'seen_at_head';
      this.#review();
    });
    const unsure = button('NOT SURE', 'choice', () => {
      this.#fed = { ...(so ?? NOTHING), not_sure: 1 };
      this.#fedHow = 'removed_seen';
      this.#review();
    });
    const kinds = /** @type {('dummy' | 'blank')[]} */ (['dummy', 'blank']).map((kind) =>
      button(SAW[kind].word, 'choice', () => this.#howMany(kind)),
    );
    const live = this.ofRange ? button(SAW.live.word, 'choice', () => this.#howMany('live')) : heldButton('LIVE: hold', 'choice danger', () => {
      this.#fed = { ...(so ?? NOTHING), live: 1 };
      void this.#send();
    });
    const back = button(`Back to chamber ${this.chambers}`, 'small', () => {
      this.#fed = null;
      this.#back();
    });
    this.screen(`The ${this.feed}. What is in it?`, [
      element('p', '', this.comesOut
        ? 'Take every round into the hand, and look into the empty well.'
        : 'Look down to the follower. A round that is in it is taken out.'),
      ...(so ? [element('p', 'dim', `So far: ${fedWords(so)}. Which kind besides?`)] : []),
    ], [element('div', 'pair', ...(so ? [] : [none]), ...kinds, unsure), live, back]);
  }

  /** @param {'dummy' | 'blank' | 'live'} kind */
  #howMany(kind) {
    const other = button(`It is not ${SAW[kind].word}`, 'small', () => this.#askFeed());
    this.pad(`${SAW[kind].word}: how many?`, `In the ${this.feed}, every round in the hand.`, 'That many', false, (value) => {
      this.#fed = { ...(this.#fed ?? NOTHING), [kind]: value };
      this.#howFed();
    }, [other]);
  }

  #howFed() {
    const choices = METHODS.filter(([method]) => method !== 'seen_at_head').map(([method, words]) =>
      button(words, 'choice', () => {
        this.#fedHow = method;
        this.#review();
      }),
    );
    this.screen(`The ${this.feed}. How did you see each round?`, [], choices);
  }

  #review() {
    const list = element('ol', 'read', ...this.#readings.map((reading) => {
      const how = reading.saw === 'empty' ? 'seen from behind' : wordsOf(reading.method);
      return element('li', '', element('b', '', SAW[reading.saw].word), ` ${how}`);
    }));
    const fed = this.#fed;
    const feed = fed ? [element('p', '', `The ${this.feed}: `, element('b', '', fedWords(fed)))] : [];
    const besides = fed && fed.dummy + fed.blank + fed.live > 0 ? [button('Another kind is in it too', 'small', () => this.#askFeed())] : [];
    const send = heldButton('Hold to send what I saw', 'primary', () => void this.#send());
    const again = button('Begin again', 'small', () => {
      this.#readings = [];
      this.#method = null;
      this.#fed = null;
      this.#chamber();
    });
    this.screen('This is what you saw', [...this.#cylinder(), list, ...feed], [send, ...besides, again]);
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
    const saw = this.#fed ?? NOTHING;
    const live = !this.ofRange && (saw.live > 0 || readings.some((reading) => reading.saw === 'live'));
    const feed = this.feed === '' ? {} : { feed: { method: this.#fedHow, saw: { ...saw } } };
    const outcome = await submit({ kind, item: gun, body: { ...JSON.parse(body), ...feed, readings } });
    const title = `what you saw in ${this.name}`;
    const then = this.root.dataset['then'] ?? '/';
    if (outcome.end === 'not-sent') {
      return live ? this.unsent('A LIVE ROUND. SHOUT: STOP', outcome.waiting, then) : this.unsent(title, outcome.waiting, then, ofBlind(kind));
    }
    if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (live) return void goOn('/stop');
    else if (!outcome.answer.accepted) await refuse(title, outcome.answer);
    else if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    else await succeed(done);
    await goOn(then);
  }

  /** A gun without a cylinder is drawn with none. */
  #cylinder() {
    const marks = this.#readings.map(({ saw }) => ({ ...SAW[saw], style: saw }));
    return this.hasCylinder ? [cylinder(this.chambers, marks, this.begun)] : [];
  }
}

/**
 * What is said before the first look: an interruption, and that the two answers differed.
 * @param {string} notice
 */
export function notices(notice) {
  const again = document.getElementById('again')?.textContent ?? '';
  return [notice, again].filter(Boolean).map((words) => element('p', 'notice', words));
}

/** @param {Tally} saw */
function fedWords(saw) {
  /** @type {[number, string][]} */
  const kinds = [[saw.dummy, 'DUMMY'], [saw.blank, 'BLANK'], [saw.live, 'LIVE']];
  const said = kinds.filter(([many]) => many > 0).map(([many, word]) => `${many} ${word}`);
  if (saw.not_sure > 0) said.push('NOT SURE');
  return said.length > 0 ? said.join(', ') : 'NOTHING';
}

/** @param {Method} method */
function wordsOf(method) {
  return METHODS.find(([code]) => code === method)?.[1].toLowerCase() ?? '';
}

/**
 * What to do where an answer could not be sent, unless it is a last look: that is no secret.
 * @param {string} kind of the intent
 */
export function ofBlind(kind) {
  return kind.startsWith('look_last') ? undefined : `${TELL_NOBODY} The gun stays BEING CHECKED.`;
}
