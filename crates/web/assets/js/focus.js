// @ts-check
// After an act the page is loaded anew, and the focus would fall to its beginning. It goes back to where the act was, or to
// the heading of the page that came.

const KEY = 'showclear-focus';

/** How long the page may take to come. */
const SOON_MS = 15_000;

/** Whether a key was pressed last: where a finger was, nothing is to be outlined. */
let byKey = false;

document.addEventListener('keydown', () => (byKey = true), true);
document.addEventListener('pointerdown', () => (byKey = false), true);

/** @param {HTMLFormElement} [form] the form that acted */
export function expectFocus(form) {
  sessionStorage.setItem(KEY, JSON.stringify({ act: form && byKey ? called(form) : '', at: Date.now() }));
}

export function returnFocus() {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  // A page with a question of its own has put the focus there.
  if (!kept || document.activeElement !== document.body) return;
  /** @type {{act: string, at: number}} */
  const { act, at } = JSON.parse(kept);
  if (Date.now() - at > SOON_MS) return;
  const form = act === '' ? undefined : [...document.querySelectorAll('form')].find((one) => called(one) === act);
  const button = form?.querySelector('button:not([disabled])');
  if (button instanceof HTMLElement && button.checkVisibility()) return button.focus();
  const heading = document.querySelector('h1');
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * The same act on the page before and on the page after.
 * @param {HTMLFormElement} form
 */
function called(form) {
  const { kind = '', item = '', title = '' } = form.dataset;
  return `${kind} ${item} ${title}`;
}
