// @ts-check
// What a witness answered, typed, pasted or scanned: sent as the bytes that it is.

import { post } from './post.js';
import { fail, notSent, succeed } from './result.js';

const TITLE = 'take the answer of a witness';

export function witnessPage() {
  const form = document.querySelector('form#cosignature');
  if (!(form instanceof HTMLFormElement)) return;
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('answer'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const lines = field.value.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    /** @type {import('./post.js').Ended<{size: number}>} */
    const ended = await post('/api/cosignatures', bytes);
    if (ended.end === 'not-sent') return notSent(TITLE, 0);
    if (ended.end === 'problem') return fail(TITLE, ended.problem);
    await succeed(`Kept: countersigned up to entry ${ended.value.size - 1}.`);
    location.reload();
  });
  form.querySelector('[data-round]')?.addEventListener('click', async () => {
    const ended = await post('/api/witnesses/round', {});
    if (ended.end === 'not-sent') return notSent('begin a round', 0);
    if (ended.end === 'problem') return fail('begin a round', ended.problem);
    location.reload();
  });
}
