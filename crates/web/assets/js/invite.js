// @ts-check
// The one-time code of an invitation, fetched once and shown large.

import { element } from './page.js';
import { post } from './post.js';
import { fail, notSent } from './result.js';

const TITLE = 'fetch the code';

/** Wires the button of the page that an accepted invitation leads to. */
export function codePage() {
  const button = document.querySelector('button[data-code]');
  if (!(button instanceof HTMLButtonElement)) return;
  button.addEventListener('click', async () => {
    /** @type {import('./post.js').Ended<{code: string}>} */
    const ended = await post(`/api/invitations/${button.dataset['code'] ?? ''}/code`, {});
    if (ended.end === 'not-sent') return notSent(TITLE, 0);
    if (ended.end === 'problem') return fail(TITLE, ended.problem);
    const address = `${location.origin}/enrol`;
    const shown = element('div', 'code', element('p', 'huge mono', ended.value.code));
    shown.append(element('p', '', `On the new device open ${address} and enter this code. It works once, for 24 hours.`));
    button.replaceWith(shown);
  });
}
