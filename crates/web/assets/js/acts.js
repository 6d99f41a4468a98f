// @ts-check
// Every form that asks or reports something: what its fields say becomes a signed intent.

import { attached, sendFiles } from './attach.js';
import { newId } from './bytes.js';
import { goOn } from './go.js';
import { commit } from './note.js';
import { post } from './post.js';
import { breached, fail, notSent, refuse, succeed, TELL_NOBODY } from './result.js';
import { submit } from './submit.js';

/** @typedef {import('./canonical.js').Json} Json */
/** @typedef {import('./submit.js').Draft} Draft */
/** @typedef {{digest: string, salt: string, path: string, value: string}} Commitment */

/** Wires every `form[data-kind]`, also those that arrive later. */
export function wire() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset['kind']) return;
    event.preventDefault();
    const submitter = event.submitter;
    // A guarded button acts by being held, not by being pressed.
    if (submitter instanceof HTMLButtonElement && submitter.dataset['hold'] !== undefined) return;
    void act(form, submitter instanceof HTMLButtonElement ? submitter : null);
  });
  document.addEventListener('held', (event) => {
    const button = event.target;
    if (!(button instanceof HTMLButtonElement) || button.dataset['stop'] !== undefined) return;
    const form = button.form;
    if (!form?.dataset['kind'] || !form.reportValidity()) return;
    void act(form, button);
  });
}

/** @type {Set<HTMLFormElement>} forms whose answer is awaited */
const busy = new Set();

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
async function act(form, button) {
  if (busy.has(form)) return;
  busy.add(form);
  form.setAttribute('aria-busy', 'true');
  try {
    const title = form.dataset['title'] ?? button?.textContent?.trim() ?? '';
    const { draft, commitments } = await read(form, button);
    const files = await attached(form);
    if (files) draft.att = files.att;
    await settle(form, title, await submit(draft, files?.id), draft, commitments);
  } finally {
    busy.delete(form);
    form.removeAttribute('aria-busy');
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} title
 * @param {import('./submit.js').Outcome} outcome
 * @param {Draft} draft
 * @param {Commitment[]} commitments
 */
async function settle(form, title, outcome, draft, commitments) {
  if (outcome.end === 'not-sent') {
    // A number that another is to find for himself is told to nobody.
    return draft.kind === 'muster_line' ? notSent(title, outcome.waiting, TELL_NOBODY) : notSent(title, outcome.waiting);
  }
  if (outcome.end === 'problem') {
    await fail(title, outcome.problem);
    if (outcome.problem.code === 'NOT-LOGGED-IN') await goOn('/log-in');
    return;
  }
  const { answer } = outcome;
  // A refusal stands in the record too, and so do the files that were named in it.
  if (draft.att) await sendFiles();
  if (!answer.accepted) {
    // An answer that was asked for is no refusal, although what it answers waits for another.
    const { unless, unlessWords = '' } = form.dataset;
    if (unless !== undefined && answer.reasons.every(({ code }) => code === unless)) await succeed(unlessWords);
    else await refuse(title, answer);
    await goOn(location.href, form);
    return;
  }
  for (const { path, salt, value } of commitments) {
    await post('/api/disclosures', { intent: answer.intent, path, salt, value });
  }
  if (answer.reasons.length > 0) await breached(title, answer);
  else await succeed(form.dataset['done'] ?? 'Recorded.');
  const then = form.dataset['then'];
  if (then) await goOn(then.replace('{item}', draft.item ?? '').replace('{intent}', answer.intent));
  // A form that the page has replaced meanwhile is up to date, and somebody may hold the next button already.
  else if (form.isConnected) await goOn(location.href, form);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 * @returns {Promise<{draft: Draft, commitments: Commitment[]}>}
 */
async function read(form, button) {
  let item = form.dataset['item'] ?? '';
  /** @type {{[key: string]: Json}} */
  const body = JSON.parse(form.dataset['body'] ?? '{}');
  /** @type {Commitment[]} */
  const commitments = [];
  /** @type {(HTMLInputElement | HTMLSelectElement | HTMLButtonElement)[]} */
  const fields = [...form.querySelectorAll('input, select')].filter(
    (field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
  );
  if (button) fields.push(button);
  for (const field of fields) {
    if (field.name === '' || field.dataset['as'] === undefined || field.dataset['as'] === 'files') continue;
    if (field.dataset['as'] === 'secret') {
      if (field.value.trim()) commitments.push(await commit(field.name, field.value.trim().normalize('NFC')));
    } else if (field.dataset['as'] === 'item') {
      item = field.value;
    } else {
      put(body, field);
    }
  }
  /** @type {Draft} */
  const draft = { kind: form.dataset['kind'] ?? '', item: item === 'new' ? newId(Date.now()) : item || null, body };
  const names = form.dataset['names'];
  if (names) draft.names = names;
  if (commitments.length > 0) draft._sd = Object.fromEntries(commitments.map(({ path, digest }) => [path, digest]));
  return { draft, commitments };
}

/**
 * @param {{[key: string]: Json}} body
 * @param {HTMLInputElement | HTMLSelectElement | HTMLButtonElement} field
 */
function put(body, field) {
  const { name, value } = field;
  const checked = !(field instanceof HTMLInputElement) || !['checkbox', 'radio'].includes(field.type) || field.checked;
  switch (field.dataset['as']) {
    case 'texts':
    case 'integers': {
      const before = body[name];
      const list = Array.isArray(before) ? before : [];
      if (checked) list.push(field.dataset['as'] === 'texts' ? value : Number(value));
      body[name] = list;
      break;
    }
    case 'yes':
      body[name] = checked;
      break;
    case 'part-integer': {
      // One number of a table: `saw.dummy` is `dummy` in `saw`.
      const [table = '', part = ''] = name.split('.');
      const before = body[table];
      const numbers = before !== null && typeof before === 'object' && !Array.isArray(before) ? before : {};
      numbers[part] = Number(value);
      body[table] = numbers;
      break;
    }
    case 'integer':
      if (checked) body[name] = Number(value);
      break;
    case 'maybe-integer':
      if (checked) body[name] = value === '' ? null : Number(value);
      break;
    case 'centimetres':
      if (checked) body[name] = Math.round(Number(value) * 100);
      break;
    case 'millimetres':
      if (checked) body[name] = Math.round(Number(value) * 1000);
      break;
    case 'maybe':
      if (checked) body[name] = value === '' ? null : value;
      break;
    default:
      if (checked) body[name] = value;
  }
}
