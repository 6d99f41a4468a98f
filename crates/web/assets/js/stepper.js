// @ts-check
// One value a screen. Nothing is expected on such a screen, so nothing can be copied. Whoever is interrupted begins
// again, and is told so.

import { element, say } from './page.js';

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
