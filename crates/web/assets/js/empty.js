// @ts-check
// What came out of a gun, chamber by chamber: fired, misfired, not fired, nothing. Of a gun that is loaded from the
// muzzle, what became of the charge of each barrel: one that burned left nothing.

import { cylinder } from './cylinder.js';
import { goOn } from './go.js';
import { element } from './page.js';
import { breached, fail, refuse, succeed } from './result.js';
import { button, heldButton, Stepper } from './stepper.js';
import { submit } from './submit.js';

/** @typedef {'spent' | 'misfired' | 'unfired' | 'empty'} Out */

/** @type {{[out in Out]: {word: string, letter: string, style: string}}} */
const OUT = {
  spent: { word: 'FIRED CASE', letter: 'F', style: 'blank' },
  misfired: { word: 'MISFIRED', letter: 'M', style: 'not_sure' },
  unfired: { word: 'NOT FIRED', letter: 'N', style: 'dummy' },
  empty: { word: 'NOTHING', letter: '–', style: 'empty' },
};

/** The same of a barrel. @type {{[out in Out]: {word: string, letter: string, style: string}}} */
const CHARGE = {
  spent: { word: 'BURNED', letter: 'B', style: 'blank' },
  misfired: { word: 'MISFIRED, DRAWN', letter: 'M', style: 'not_sure' },
  unfired: { word: 'DRAWN', letter: 'D', style: 'dummy' },
  empty: { word: 'NO CHARGE', letter: 'N', style: 'empty' },
};

export function emptyPage() {
  const root = document.getElementById('empty');
  if (root) new Empty(root);
}

class Empty extends Stepper {
  /** @type {Out[]} */
  #came = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.chambers = Number(root.dataset['chambers']);
    this.isBarrels = root.dataset['barrels'] === 'yes';
    this.hasCylinder = root.dataset['cylinder'] === 'yes';
    this.ready = root.dataset['ready'] ?? '';
    this.out = this.isBarrels ? CHARGE : OUT;
    this.#intro();
  }

  /** @override */
  interrupted() {
    this.#intro('You were interrupted. What you had said is gone: begin again at the marked chamber.');
  }

  #intro(notice = '') {
    this.#came = [];
    this.setBegun(false);
    const begin = button(this.ready, 'primary', () => {
      this.setBegun(true);
      this.#chamber();
    });
    this.screen(this.isBarrels ? 'Empty it, and say what became of each charge' : 'Empty it, and say what comes out', [
      ...(notice ? [element('p', 'notice', notice)] : []),
      ...this.#cylinder(),
      element('p', '', 'Point the muzzle where nobody is. After a misfire it stays closed for 15 seconds.'),
      element('p', '', this.isBarrels
        ? 'Caps off, pans open. Draw what has not burned, and lay it apart in the box of its lot: it loads nothing again.'
        : 'Chamber 1 is the marked one. Take out what is in it, look at its head, and lay it apart.'),
    ], [begin]);
  }

  get #word() {
    return this.isBarrels ? 'barrel' : 'chamber';
  }

  #chamber() {
    const at = this.#came.length + 1;
    if (at > this.chambers) return this.#review();
    const choices = /** @type {Out[]} */ (['spent', 'misfired', 'unfired', 'empty']).map((out) =>
      button(this.out[out].word, 'choice', () => {
        this.#came.push(out);
        navigator.vibrate?.(30);
        this.#chamber();
      }),
    );
    const back = at > 1 ? [button(`Back to ${this.#word} ${at - 1}`, 'small', () => {
      this.#came.pop();
      this.#chamber();
    })] : [];
    const [word, asked] = this.isBarrels ? ['Barrel', 'What became of its charge?'] : ['Chamber', 'What comes out?'];
    this.screen(`${word} ${at} of ${this.chambers}. ${asked}`, this.#cylinder(), [element('div', 'pair', ...choices), ...back]);
  }

  #review() {
    const list = element('ol', 'read', ...this.#came.map((out) => element('li', '', element('b', '', this.out[out].word))));
    const send = heldButton('Hold to send what came out', 'primary', () => void this.#send());
    const again = button('Begin again', 'small', () => this.#intro());
    /** @type {string[]} that it can hold everything */
    const before = JSON.parse(this.root.dataset['before'] ?? '[]');
    this.screen('This is what came out', [
      ...this.#cylinder(),
      list,
      ...before.map((line) => element('p', '', line)),
    ], [send, again]);
  }

  /** @param {Out} wanted */
  #chambersWith(wanted) {
    return this.#came.flatMap((out, at) => (out === wanted ? [at + 1] : []));
  }

  async #send() {
    if (!this.sendOnce()) return;
    const { gun = '', then = '/' } = this.root.dataset;
    const [fired, misfired, unfired] = [this.#chambersWith('spent'), this.#chambersWith('misfired'), this.#chambersWith('unfired')];
    const outcome = await submit(this.isBarrels
      ? { kind: 'empty_barrels', item: gun, body: { burned: fired, misfired, unfired } }
      : { kind: 'empty_gun', item: gun, body: { misfired, spent: fired, unfired } });
    const title = `what came out of ${this.name}`;
    if (outcome.end === 'not-sent') return this.unsent(title, outcome.waiting, then);
    if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (!outcome.answer.accepted) await refuse(title, outcome.answer);
    else if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    else await succeed('Emptied. UNKNOWN until shown.');
    await goOn(then);
  }

  #cylinder() {
    // Barrels lie side by side: no cylinder shows them.
    if (this.isBarrels) return [element('p', 'dim', 'Barrel 1 is the marked one.')];
    return this.hasCylinder ? [cylinder(this.chambers, this.#came.map((out) => OUT[out]), this.begun)] : [];
  }
}
