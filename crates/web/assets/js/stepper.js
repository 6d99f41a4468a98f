// @ts-check
// One value a screen. Nothing is expected on such a screen, so nothing can be copied. Whoever is interrupted begins
// again, and is told so.

import { goWhenSent } from './go.js';
import { element, say } from './page.js';
import { notSent } from './result.js';

const MOST_DIGITS = 6;

export class Stepper {
  /** Whether something was said, so that an interruption costs something. */
  begun = false;

  /** Whether what was said is on its way. */
  sending = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.name = root.dataset['name'] ?? '';
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && this.begun && !this.sending) this.interrupted();
    });
  }

  /** What was said is gone. Each kind of screen begins anew in its own way. */
  interrupted() {
    this.begun = false;
  }

  /** @returns {boolean} whether it may be sent now: once only, until `sendAgain` */
  sendOnce() {
    if (this.sending) return false;
    this.sending = true;
    return true;
  }

  sendAgain() {
    this.sending = false;
  }

  /**
   * What was said waits on this device: the screen says so, and leads on once it is sent.
   * @param {string} title
   * @param {number} waiting
   * @param {string} then where it leads
   * @param {string} [what] to do now
   */
  async unsent(title, waiting, then, what) {
    await notSent(title, waiting, what);
    const words = [what ?? 'Say it aloud to whoever must know.', 'Leave this page open. It goes on by itself once it is sent.'];
    this.screen(`Not sent yet: ${title}`, words.map((line) => element('p', '', line)), []);
    await goWhenSent(then);
  }

  /** @param {boolean} begun */
  setBegun(begun) {
    this.begun = begun;
    document.body.classList.toggle('begun', begun);
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} information
   * @param {HTMLElement[]} acts
   */
  screen(title, information, acts) {
    const heading = element('h1', 'big', title);
    heading.tabIndex = -1;
    const side = element('p', 'dim', [this.name, this.root.dataset['side'] ?? ''].filter(Boolean).join(' · '));
    this.root.replaceChildren(
      element('div', 'information', side, heading, ...information),
      element('div', 'acts', ...acts),
    );
    heading.focus({ preventScroll: true });
    say(title);
  }

  /**
   * A pad of digits, so that gloves can type.
   * @param {string} title
   * @param {string} more
   * @param {string} words of the button that takes the number
   * @param {boolean} isHeld whether it is held: what it says stops everything
   * @param {(value: number) => void} taken
   * @param {HTMLElement[]} others
   * @param {{none?: () => void, back?: () => void}} ways to say that there is nothing, and to go one question back
   */
  pad(title, more, words, isHeld, taken, others, { none, back } = {}) {
    let digits = '';
    const shown = element('output', 'huge', '–');
    const take = isHeld
      ? heldButton(`Hold: ${words}`, 'danger', () => taken(Number(digits)))
      : button(words, '', () => taken(Number(digits)));
    const nothing = none ? [button('NONE', '', none)] : [];
    // Once a number stands there, that number is what is sent: nothing else is as near to the finger.
    const typed = () => {
      shown.textContent = digits === '' ? '–' : digits;
      take.disabled = digits === '' || (isHeld && Number(digits) === 0);
      take.classList.toggle('primary', !take.disabled && !isHeld);
      for (const one of nothing) {
        one.disabled = Number(digits) > 0;
        one.classList.toggle('primary', take.disabled && !one.disabled);
      }
    };
    const before = back ? [button('Back', 'key small', back)] : [element('span', '')];
    const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫'].flatMap((key) => {
      if (key === '') return before;
      const made = button(key, 'key', () => {
        digits = key === '⌫' ? digits.slice(0, -1) : (digits + key).slice(0, MOST_DIGITS);
        typed();
      });
      if (key === '⌫') made.setAttribute('aria-label', 'delete the last digit');
      return [made];
    });
    const pad = element('div', 'pad', ...keys);
    pad.setAttribute('role', 'group');
    pad.setAttribute('aria-label', 'Digits');
    typed();
    this.screen(title, [element('p', 'dim', more), shown], [pad, element('div', 'pair', take, ...nothing, ...others)]);
  }
}

/**
 * @param {string} words
 * @param {string} className
 * @param {() => void} onClick
 */
export function button(words, className, onClick) {
  const made = element('button', `button ${className}`, words);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/**
 * A button that acts by being held for a second.
 * @param {string} words
 * @param {string} className
 * @param {() => void} onHeld
 */
export function heldButton(words, className, onHeld) {
  const made = button(words, className, () => undefined);
  made.dataset['hold'] = '';
  made.addEventListener('held', onHeld);
  return made;
}
