// @ts-check
// The guard: what stops everything, or raises a state, is held for one second. A touch in passing does nothing.

const HOLD_MS = 1000;

/**
 * Makes every `[data-hold]` button of the page fire `held` once it was held long enough.
 * A screen reader or a switch sends a bare click: it starts the same second, and a second click ends it.
 */
export function guard() {
  document.addEventListener('pointerdown', (event) => begin(buttonOf(event.target), event.button === 0));
  document.addEventListener('pointerup', ended);
  document.addEventListener('pointercancel', end);
  document.addEventListener('contextmenu', (event) => {
    if (buttonOf(event.target)) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const button = buttonOf(event.target);
    if (!button || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    if (!event.repeat) begin(button, true);
  });
  document.addEventListener('keyup', ended);
  document.addEventListener('click', onClick);
  window.addEventListener('blur', end);
}

/** @type {{button: HTMLButtonElement, timer: number} | null} */
let held = null;

/** Whether the click that follows belongs to a pointer or a key that was seen. */
let seen = false;

/** What forgets the last touch when no click has followed it. */
let forgetting = 0;

/** @param {EventTarget | null} target */
function buttonOf(target) {
  if (!(target instanceof Element)) return null;
  const button = target.closest('button[data-hold]');
  return button instanceof HTMLButtonElement && !button.disabled ? button : null;
}

/**
 * @param {HTMLButtonElement | null} button
 * @param {boolean} isMain
 */
function begin(button, isMain) {
  // The end of the touch before must not take this one for none: its click would begin a hold that nobody holds.
  window.clearTimeout(forgetting);
  seen = true;
  end();
  if (!button || !isMain) return;
  button.classList.add('holding');
  const timer = window.setTimeout(() => {
    button.classList.remove('holding');
    held = null;
    navigator.vibrate?.(60);
    button.dispatchEvent(new CustomEvent('held', { bubbles: true }));
  }, HOLD_MS);
  held = { button, timer };
}

function end() {
  if (!held) return;
  window.clearTimeout(held.timer);
  held.button.classList.remove('holding');
  held = null;
}

/** The click that belongs to this touch or key, if there is one, follows at once. */
function ended() {
  end();
  window.clearTimeout(forgetting);
  forgetting = window.setTimeout(() => {
    seen = false;
  }, 400);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const button = buttonOf(event.target);
  const bare = !seen;
  seen = false;
  if (!button) return;
  event.preventDefault();
  if (!bare) return;
  if (held?.button === button) end();
  else {
    begin(button, true);
    seen = false;
  }
}
