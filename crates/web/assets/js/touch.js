// @ts-check
// Whether somebody touches this page now: what is replaced or left under a finger takes its touch along, and a press or a
// hold would be lost without a word.

/** The longest touch that is waited for: one whose end this page never hears of holds nothing up. */
const TOUCH_MS = 3000;

/** How soon it is looked again whether the finger is gone; what the touch presses is pressed by then. */
const LOOK_AGAIN_MS = 20;

/** When a finger, a button or a key went down that is not up yet, by the monotonic clock. */
let down = Number.NEGATIVE_INFINITY;

for (const begin of ['pointerdown', 'keydown']) document.addEventListener(begin, () => (down = performance.now()), true);
for (const end of ['pointerup', 'pointercancel', 'keyup']) {
  document.addEventListener(end, () => (down = Number.NEGATIVE_INFINITY), true);
}

/** @returns {boolean} whether somebody touches this page now */
export const touched = () => performance.now() - down < TOUCH_MS;

/** Waits until nobody touches this page; where nobody does, not a moment. */
export async function untouched() {
  while (touched()) await new Promise((resolve) => window.setTimeout(resolve, LOOK_AGAIN_MS));
}
