// @ts-check
// The page of the verifier: takes a file, lets the worker look at it, and says what it found.

/**
 * What the verifier prints, as `showclear verify --json` does.
 * @typedef {{
 *   verified: boolean,
 *   said?: {level: string, sentence: string}[],
 *   origin?: string,
 *   log_key?: string,
 *   last_decided_at?: number,
 *   not_proven?: string[],
 *   fault?: {code: string, entry: number | null, file: string | null, sentence: string},
 *   entries_that_hold?: number,
 *   error?: {code: string, happened: string},
 * }} Found
 */

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const form = byId('form');
const file = /** @type {HTMLInputElement} */ (byId('file'));
const key = /** @type {HTMLTextAreaElement} */ (byId('key'));
const policy = /** @type {HTMLTextAreaElement} */ (byId('policy'));
const progress = byId('progress');
const result = byId('result');

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [className]
 */
function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

/** @param {Found} found */
function show(found) {
  progress.textContent = '';
  if (found.error !== undefined) return broken(found.error.happened, found.error.code, 'Nothing was verified.');
  if (found.fault !== undefined) return faulty(found.fault, found.entries_that_hold ?? 0);
  const list = document.createElement('dl');
  for (const { level, sentence } of found.said ?? []) {
    const line = document.createElement('div');
    if (level.startsWith('NOT ')) line.className = 'not';
    line.append(element('dt', level), element('dd', sentence));
    list.append(line);
  }
  const limits = document.createElement('ul');
  limits.append(...(found.not_proven ?? []).map((said) => element('li', said)));
  const last = new Date(found.last_decided_at ?? 0).toISOString();
  result.replaceChildren(
    element('h2', 'The record holds'),
    element('p', found.origin ?? ''),
    list,
    element('p', `The last entry was decided at ${last}.`),
    element('h2', 'What this does not prove'),
    limits,
    element('p', `Log key: ${found.log_key ?? ''}`, 'dim'),
  );
}

/**
 * @param {NonNullable<Found['fault']>} fault
 * @param {number} held
 */
function faulty({ code, entry, file: path, sentence }, held) {
  const place = entry === null ? (path === null ? 'The record' : `The file ${path} in the bundle`) : `Entry ${entry}${path === null ? '' : `, in ${path},`}`;
  const before = held === 0 ? 'Nothing before it was verified.' : `The ${held} entries before it hold.`;
  broken(`${place}: ${sentence}.`, code, `${before} From there on the record proves nothing, and every gun counts as UNKNOWN. Keep the file as it is, with everything beside it, and verify a copy from elsewhere.`);
}

/**
 * @param {string} what
 * @param {string} code
 * @param {string} then
 */
function broken(what, code, then) {
  const box = element('div', '', 'fault');
  box.append(element('h2', 'The record does not hold'), element('p', what), element('p', then), element('p', code, 'dim'));
  if (then === 'Nothing was verified.') box.firstElementChild?.replaceWith(element('h2', 'Not verified'));
  result.replaceChildren(box);
}

/** The WebAssembly that this page carries. */
function program() {
  const text = atob((byId('wasm').textContent ?? '').trim());
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
}

function words() {
  const said = ['verifier'];
  if (key.value.trim() !== '') said.push('--key', key.value.trim());
  if (policy.value.trim() !== '') said.push('--policy', `${policy.value.replace(/\r\n?/g, '\n').trimEnd()}\n`);
  return said;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const chosen = file.files?.[0];
  if (chosen === undefined) return;
  result.replaceChildren();
  progress.textContent = 'Reading the file.';
  const bundle = await chosen.arrayBuffer();
  const source = new Blob([byId('worker').textContent ?? ''], { type: 'text/javascript' });
  const address = URL.createObjectURL(source);
  const worker = new Worker(address);
  const failed = (/** @type {string} */ why) => show({ verified: false, error: { code: 'verifier/failed', happened: `This browser could not run the verifier: ${why}` } });
  worker.addEventListener('error', (error) => failed(error.message));
  worker.addEventListener('message', ({ data }) => {
    if (data.progress !== undefined) {
      const [done, of] = String(data.progress).split(' ');
      progress.textContent = `${done} of ${of} entries`;
      return;
    }
    worker.terminate();
    URL.revokeObjectURL(address);
    if (data.failed !== undefined) failed(data.failed);
    else show(data.found);
  });
  progress.textContent = 'Verifying.';
  const wasm = program();
  worker.postMessage({ wasm, bundle, words: words() }, [wasm, bundle]);
});

// A module: its names are its own.
export {};
