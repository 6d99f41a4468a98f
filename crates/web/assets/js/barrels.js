// @ts-check
// A check, a last look, or a reading in a line of a gun that is loaded from the muzzle: one value a screen, barrel by
// barrel from the marked one. A rod says that something is in a barrel, and never what.

import { goOn } from './go.js';
import { element } from './page.js';
import { notices, ofBlind } from './check.js';
import { breached, fail, refuse, succeed } from './result.js';
import { button, heldButton, Stepper } from './stepper.js';
import { submit } from './submit.js';

/** @typedef {'at_mark' | 'above_mark' | 'not_sure'} Rod */
/** @typedef {{barrel: number, primed: boolean, rod: Rod}} Reading */

/** @type {{[rod in Rod]: string}} */
const ROD = { at_mark: 'AT ITS MARK', above_mark: 'ABOVE ITS MARK', not_sure: 'NOT SURE' };

export function barrelsPage() {
  const root = document.getElementById('barrels');
  if (root) new Barrels(root);
}

class Barrels extends Stepper {
  /** @type {Reading[]} */
  #readings = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.barrels = Number(root.dataset['barrels']);
    this.#intro();
  }

  /** @override */
  interrupted() {
    this.#intro('You were interrupted. What you had read is gone: begin again at the first barrel.');
  }

  #intro(notice = '') {
    this.#readings = [];
    this.setBegun(false);
    const { opening = '', ready = '', steps = '[]' } = this.root.dataset;
    const begin = button(ready, 'primary', () => {
      this.setBegun(true);
      this.#barrel();
    });
    /** @type {string[]} how such a gun is made ready to be read */
    const lines = JSON.parse(steps);
    this.screen(opening, [
      ...notices(notice),
      ...lines.map((line) => element('p', '', line)),
    ], [begin]);
  }

  /** The barrel that is read now. */
  get #at() {
    return this.#readings.length + 1;
  }

  /** First the cap, which comes off before a rod goes down. */
  #barrel() {
    if (this.#at > this.barrels) return this.#review();
    const on = button('CAP OR POWDER ON', 'choice', () => this.#rod(true));
    const off = button('NOTHING ON', 'choice', () => this.#rod(false));
    this.screen(`Barrel ${this.#at} of ${this.barrels}. What is on its nipple, or in its pan?`, [
      element('p', 'dim', 'A cap that has fired is none. Say what you see. It is off while the rod is down, and goes back on after.'),
    ], [element('div', 'pair', on, off), ...this.#back()]);
  }

  /** @param {boolean} primed */
  #rod(primed) {
    const choices = /** @type {Rod[]} */ (['at_mark', 'above_mark', 'not_sure']).map((rod) =>
      button(ROD[rod], 'choice', () => {
        this.#readings.push({ barrel: this.#at, primed, rod });
        navigator.vibrate?.(30);
        this.#barrel();
      }),
    );
    const back = button('Back to the nipple or pan', 'small', () => this.#barrel());
    this.screen(`Barrel ${this.#at} of ${this.barrels}. Where does the rod stand?`, [
      element('p', 'dim', 'Let the rod slide down by its own weight, your hand beside the muzzle. At its mark the barrel is empty.'),
    ], [element('div', 'pair', ...choices), back]);
  }

  #back() {
    return this.#at === 1 ? [] : [button(`Back to barrel ${this.#at - 1}`, 'small', () => {
      this.#readings.pop();
      this.#barrel();
    })];
  }

  #review() {
    const list = element('ol', 'read', ...this.#readings.map(({ primed, rod }) =>
      element('li', '', element('b', '', ROD[rod]), primed ? ', cap or powder on' : ', nothing on'),
    ));
    const send = heldButton('Hold to send what I saw', 'primary', () => void this.#send());
    const again = button('Begin again', 'small', () => this.#intro());
    this.screen('This is what you saw', [list], [send, again]);
  }

  async #send() {
    if (!this.sendOnce()) return;
    const { kind = '', gun = '', body = '{}', done = '', then = '/' } = this.root.dataset;
    const rods = this.#readings.map((reading) => ({ ...reading }));
    const outcome = await submit({ kind, item: gun, body: { ...JSON.parse(body), rods } });
    const title = `what you saw in ${this.name}`;
    if (outcome.end === 'not-sent') return this.unsent(title, outcome.waiting, then, ofBlind(kind));
    if (outcome.end === 'problem') await fail(title, outcome.problem);
    else if (!outcome.answer.accepted) await refuse(title, outcome.answer);
    else if (outcome.answer.reasons.length > 0) await breached(title, outcome.answer);
    else await succeed(done);
    await goOn(then);
  }
}
