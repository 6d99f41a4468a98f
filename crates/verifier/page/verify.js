// @ts-check
// The page of the verifier: takes a file, lets the worker look at it, and says what it found.

/**
 * What the verifier prints, as `showclear verify --json` does, and what it read.
 * @typedef {{
 *   said?: {level: string, sentence: string}[],
 *   origin?: string,
 *   extract?: {what: string},
 *   log_key?: string,
 *   last_decided?: string,
 *   limits?: {said: string},
 *   not_proven?: string[],
 *   fault?: {code: string},
 *   sentences?: string[],
 *   read?: {bytes: number, sha256: string},
 *   error?: {code: string, happened: string},
 * }} Found
 */

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement} */ (byId('form'));
const file = /** @type {HTMLInputElement} */ (byId('file'));
const key = /** @type {HTMLTextAreaElement} */ (byId('key'));
const policy = /** @type {HTMLTextAreaElement} */ (byId('policy'));
const root = /** @type {HTMLTextAreaElement} */ (byId('root'));
const status = byId('status');
const going = byId('going');
const bar = /** @type {HTMLProgressElement} */ (byId('bar'));
const count = byId('count');
const result = byId('result');

/** The look that is under way: what an older one still says is not heard. */
let look = 0;
/** @type {Worker | undefined} */
let worker;

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

/** What is said of one file, key, policy and root may not stay beside another. */
function forget() {
  look += 1;
  worker?.terminate();
  worker = undefined;
  going.hidden = true;
  status.textContent = '';
  result.replaceChildren();
}

/**
 * @param {string} name
 * @param {Found} found
 */
function show(name, found) {
  going.hidden = true;
  result.replaceChildren(...said(found), ...about(name, found));
  const heading = result.querySelector('h2');
  status.textContent = '';
  // The result begins below the form: whoever looks is taken there, and a reader says its heading.
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
}

/** @param {Found} found */
function said(found) {
  if (found.error !== undefined) return [broken('Not verified', [`${found.error.happened}.`, 'Nothing was verified.'], found.error.code)];
  if (found.fault !== undefined) return [broken('The record does not hold', found.sentences ?? [], found.fault.code)];
  const levels = document.createElement('dl');
  for (const { level, sentence } of found.said ?? []) {
    const line = element('div', '', level.startsWith('NOT ') ? 'not' : '');
    line.append(element('dt', level), element('dd', sentence));
    levels.append(line);
  }
  const limits = document.createElement('ul');
  limits.append(...(found.not_proven ?? []).map((sentence) => element('li', sentence)));
  return [
    element('h2', found.extract === undefined ? 'The record holds' : 'The extract holds'),
    element('p', found.origin ?? ''),
    ...(found.extract === undefined ? [] : [element('p', `An extract: ${found.extract.what}.`)]),
    levels,
    element('p', found.last_decided ?? ''),
    element('p', found.limits?.said ?? ''),
    element('h2', 'What this does not prove'),
    limits,
    element('p', `Log key: ${found.log_key ?? ''}`, 'dim'),
  ];
}

/**
 * @param {string} heading
 * @param {string[]} sentences
 * @param {string} code
 */
function broken(heading, sentences, code) {
  const box = element('div', '', 'fault');
  box.append(element('h2', heading), ...sentences.map((sentence) => element('p', sentence)), element('p', code, 'dim'));
  return box;
}

/**
 * Which file it was that this is said of.
 * @param {string} name
 * @param {Found} found
 */
function about(name, { read }) {
  return read === undefined ? [] : [element('p', `File: ${name}, ${read.bytes} bytes, SHA-256 ${read.sha256}`, 'dim')];
}

/** The WebAssembly that this page carries. */
function program() {
  const text = atob((byId('wasm').textContent ?? '').trim());
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
}

function words() {
  // The program has no clock: it is told what time it is here.
  const given = ['verifier', '--now', String(Date.now())];
  if (key.value.trim() !== '') given.push('--key', key.value.trim());
  if (policy.value.trim() !== '') given.push('--policy', `${policy.value.replace(/\r\n?/g, '\n').trimEnd()}\n`);
  if (root.value.trim() !== '') given.push('--tsa-root', `${root.value.replace(/\r\n?/g, '\n').trim()}\n`);
  return given;
}

/** @param {string} line */
function progress(line) {
  const [done = 0, of = 1] = line.split(' ').map(Number);
  going.hidden = false;
  bar.max = of;
  bar.value = done;
  count.textContent = `${done} of ${of} entries`;
}

/**
 * Lets a worker look at the bytes; what it finds is promised.
 * @param {ArrayBuffer} bundle
 * @returns {Promise<Found>}
 */
function found(bundle) {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(new Blob([byId('worker').textContent ?? ''], { type: 'text/javascript' }));
    const begun = new Worker(address);
    worker = begun;
    const end = () => {
      begun.terminate();
      URL.revokeObjectURL(address);
    };
    begun.addEventListener('error', ({ message }) => {
      end();
      reject(new Error(message || 'it starts no worker for a page that is a file'));
    });
    begun.addEventListener('message', ({ data }) => {
      if (data.progress !== undefined) {
        if (worker === begun) progress(String(data.progress));
        return;
      }
      end();
      if (data.failed !== undefined) reject(new Error(data.failed));
      else resolve(data.found);
    });
    const wasm = program();
    begun.postMessage({ wasm, bundle, words: words() }, [wasm, bundle]);
  });
}

/** @param {File} chosen */
async function verify(chosen) {
  forget();
  const mine = look;
  status.textContent = `Verifying ${chosen.name}.`;
  /** @type {Found} */
  let told;
  try {
    const bundle = await chosen.arrayBuffer().catch((error) => {
      throw new Error(`the file could not be read: ${error.message}`);
    });
    if (mine !== look) return;
    told = await found(bundle);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    told = { error: { code: 'verifier/failed', happened: `This browser did not run the verifier: ${why}` } };
  }
  if (mine === look) show(chosen.name, told);
}

form.addEventListener('input', forget);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const chosen = file.files?.[0];
  if (chosen !== undefined) void verify(chosen);
});

// A file that is dropped beside the field would be opened in place of this page.
for (const name of ['dragenter', 'dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener('drop', ({ dataTransfer }) => {
  if (dataTransfer === null || dataTransfer.files.length !== 1) return;
  file.files = dataTransfer.files;
  forget();
});

// A module: its names are its own.
export {};
