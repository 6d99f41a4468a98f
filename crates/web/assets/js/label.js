// @ts-check
// A label, typed or read by a wedge scanner, opens the thing that it is on.

import { goOn } from './go.js';
import { get } from './post.js';
import { fail, notSent } from './result.js';

const TITLE = 'read the label';

export function wireLabels() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['label'] === undefined) return;
    event.preventDefault();
    void open(form);
  });
}

/** @param {HTMLFormElement} form */
async function open(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('label'));
  const due = form.dataset['due'] ?? 'gun';
  const label = field.value.trim().toUpperCase();
  if (label === '') return;
  /** @type {import('./post.js').Ended<{id: string}>} */
  const ended = await get(`/api/labels/${encodeURIComponent(label)}?due=${encodeURIComponent(due)}`);
  field.value = '';
  if (ended.end === 'not-sent') return notSent(TITLE, 0);
  if (ended.end === 'problem') return fail(`${TITLE} ${label}`, ended.problem);
  await goOn((form.dataset['then'] ?? '/guns/{id}').replace('{id}', ended.value.id));
}
