// @ts-check
// Whether the server is reached. What the browser calls "online" is not enough: a question that failed counts, and so
// does everything that was heard.

/** How long something that was heard says that the server is there. A stream that lives beats every five seconds. */
const FRESH_MS = 6000;

/** How long the question whether the server is there may take. */
const PROBE_MS = 3000;

/** A page that has just come was heard from the server. */
let heardAt = performance.now();
let failed = false;

/** Something was heard. */
export function reached() {
  heardAt = performance.now();
  failed = false;
}

/** A question was not answered. */
export function missed() {
  failed = true;
}

/** @returns {boolean} whether it was heard a moment ago, so that nobody need ask */
export function isFresh() {
  return navigator.onLine && !failed && performance.now() - heardAt < FRESH_MS;
}

/** @returns {Promise<boolean>} whether the server answers now */
export async function isThere() {
  if (isFresh()) return true;
  if (!navigator.onLine) return false;
  try {
    await fetch('/api/production', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) });
    reached();
  } catch {
    missed();
  }
  return !failed;
}
