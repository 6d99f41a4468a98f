// @ts-check
// A count: one number a screen, the ones that matter most first. What is expected stands nowhere here.

import { METHODS, notices } from './check.js';
import { goOn } from './go.js';
import { element } from './page.js';
import { fail, refuse, succeed, TELL_NOBODY } from './result.js';
import { button, heldButton, Stepper } from './stepper.js';
import { submit } from './submit.js';

/** @typedef {'live' | 'not_sure' | 'blank' | 'dummy' | 'spent' | 'misfired'} Number_ */

/** @type {[Number_, string, string][]} */
const NUMBERS = [
  ['live', 'LIVE rounds', 'With a bullet, and nothing that shows it is inert.'],
  ['not_sure', 'NOT SURE', 'Rounds of which you cannot say what they are.'],
  ['blank', 'BLANKS', 'Not fired.'],
  ['dummy', 'DUMMIES', 'Dummies, dress rounds, snap caps.'],
  ['spent', 'FIRED CASES', 'Brass.'],
  ['misfired', 'MISFIRED', 'Struck, and did not fire; or drawn out of a muzzle-loader.'],
];

/** Where a number could not be sent: nobody hears it before both have counted. */
const UNSENT = `${TELL_NOBODY} Until both have answered, no number of the box is said.`;

export function countPage() {
  const root = document.getElementById('count');
  if (root) new Count(root);
}

class Count extends Stepper {
  /** @type {number[]} */
  #numbers = [];

  /** @type {import('./check.js').Method | null} */
  #method = null;

  /** @type {number | null} */
  #seal = null;

  /** Where live rounds are kept, they are counted like others; where none belongs one stops everything. */
  #ofRange = document.body.dataset['range'] === 'yes';

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.#intro();
  }

  /** @override */
  interrupted() {
    this.#intro('You were interrupted. What you had counted is gone: begin again with the whole box.');
  }

  #intro(notice = '') {
    this.#numbers = [];
    this.#method = null;
    this.#seal = null;
    this.setBegun(false);
    const begin = button('The box is open before me', 'primary', () => {
      this.setBegun(true);
      this.#number();
    });
    this.screen('Count the whole box, alone', [
      ...notices(notice),
      element('p', '', 'Count every round and every case that lies in it. Say nothing aloud before both have answered.'),
      element('p', 'dim', 'What is on record is not shown here. Say what you see.'),
    ], [begin]);
  }

  #number() {
    const next = NUMBERS[this.#numbers.length];
    if (!next) return this.#askMethod();
    const [kind, word, more] = next;
    const isLive = kind === 'live' && !this.#ofRange;
    this.pad(`${word}: how many?`, more, 'That many', isLive, (value) => {
      this.#numbers.push(value);
      if (isLive && value > 0) void this.#send();
      else this.#number();
    }, [], {
      none: () => {
        this.#numbers.push(0);
        this.#number();
      },
      ...(this.#numbers.length > 0 ? { back: () => {
        this.#numbers.pop();
        this.#number();
      } } : {}),
    });
  }

  #askMethod() {
    const choices = METHODS.map(([method, words]) => button(words, 'choice', () => {
      this.#method = method;
      if (this.root.dataset['seals'] === 'yes') this.#askSeal();
      else this.#review();
    }));
    this.screen('How did you see each round?', [], choices);
  }

  #askSeal() {
    const other = button('The other puts the seal on', 'small', () => {
      this.#seal = null;
      this.#review();
    });
    const words = 'Whoever answers second closes the box, puts a seal on it and reads its number.';
    this.pad('The number of the seal', words, 'That is its number', false, (value) => {
      this.#seal = value;
      this.#review();
    }, this.root.dataset['other'] === 'yes' ? [] : [other]);
  }

  #review() {
    const lines = NUMBERS.map(([, word], at) => element('li', '', element('b', '', String(this.#numbers[at])), ` ${word.toLowerCase()}`));
    if (this.#seal !== null) lines.push(element('li', '', element('b', '', String(this.#seal)), ' is the seal'));
    const send = heldButton('Hold to send what I counted', 'primary', () => void this.#send());
    const again = button('Begin again', 'small', () => this.#intro());
    this.screen('This is what you counted', [element('ul', 'read', ...lines)], [send, again]);
  }

  async #send() {
    if (!this.sendOnce()) return;
    const { lot = '', count = '', then = '/' } = this.root.dataset;
    const tally = Object.fromEntries(NUMBERS.map(([kind], at) => [kind, this.#numbers[at] ?? 0]));
    const live = !this.#ofRange && (this.#numbers[0] ?? 0) > 0;
    const body = { count, method: this.#method ?? 'removed_seen', seal: this.#seal, tally };
    const outcome = await submit({ kind: 'answer_count', item: lot, body });
    const title = `what you counted in ${this.name}`;
    if (outcome.end === 'not-sent') {
      return live ? this.unsent('A LIVE ROUND. SHOUT: STOP', outcome.waiting, then) : this.unsent(title, outcome.waiting, then, UNSENT);
    }
    if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (live) return void goOn('/stop');
    else if (!outcome.answer.accepted) {
      await refuse(title, outcome.answer);
      this.sendAgain();
      // The other has answered meanwhile: only the seal is missing, and what was counted stays.
      if (outcome.answer.reasons.some(({ code }) => code === 'COUNT-NO-SEAL')) {
        this.root.dataset['other'] = 'yes';
        return this.#askSeal();
      }
    } else await succeed('Recorded. Nobody sees it before both have answered.');
    await goOn(then);
  }
}
