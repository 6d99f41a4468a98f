// @ts-check
// What came of it, in three channels: word and shape, touch, sound. Success clears itself; a refusal holds the screen
// until it is pressed away, at another place than the buttons that people press all day.

import { element, say, shape } from './page.js';

/** @typedef {import('./submit.js').Answer} Answer */
/** @typedef {import('./submit.js').Reason} Reason */
/** @typedef {import('./post.js').Problem} Problem */

const SUCCESS_MS = 800;

/**
 * @param {string} words
 * @returns {Promise<void>} when it has cleared itself
 */
export function succeed(words) {
  navigator.vibrate?.(60);
  tone(880, 0.08, 2);
  say(words);
  const box = element('div', 'done', element('p', '', words));
  document.body.append(box);
  return new Promise((resolve) => {
    window.setTimeout(() => {
      box.remove();
      resolve();
    }, SUCCESS_MS);
  });
}

/**
 * A refusal that stands in the record.
 * @param {string} title what was asked
 * @param {Answer} answer
 * @returns {Promise<void>} when somebody has pressed it away
 */
export function refuse(title, answer) {
  const foot = `Recorded as refused, ${answer.at}. Entry ${answer.index}.`;
  return hold(title, 'Refused', answer.reasons.map(why), foot);
}

/**
 * A report that was recorded, with the rules that were broken by what it says.
 * @param {string} title
 * @param {Answer} answer
 */
export function breached(title, answer) {
  const foot = `Recorded, ${answer.at}. Entry ${answer.index}. A report is never refused.`;
  return hold(title, 'Recorded', answer.reasons.map(why), foot, 'unknown');
}

/**
 * Something that was not recorded at all.
 * @param {string} title
 * @param {Problem} problem
 */
export function fail(title, problem) {
  return hold(title, 'Not recorded', [trouble(problem)], 'Nothing of it stands in the record.');
}

/**
 * What went wrong outside the record, and what to do now.
 * @param {Problem} problem
 */
function trouble(problem) {
  const box = element('div', 'why', element('h3', '', problem.sentence), element('p', '', problem.remedy));
  box.append(element('p', 'cite', problem.code));
  return box;
}

/**
 * A file whose intent stands in the record.
 * @param {Problem} problem
 */
export function notKept(problem) {
  return hold('the file', 'Not kept', [trouble(problem)], 'What it was attached to stands in the record, with the digest of the file.');
}

/** What to do with what could not be sent. */
const SAY_ALOUD = 'Say it aloud to whoever must know.';

/** The same of an answer that another is to give for himself (law 7). */
export const TELL_NOBODY = 'Tell nobody what you saw; go where there is signal.';

/**
 * @param {string} title
 * @param {number} waiting
 * @param {string} [what] to do now
 */
export function notSent(title, waiting, what = SAY_ALOUD) {
  const waits = waiting === 0
    ? 'Nothing of it waits on this device: do it again where there is signal.'
    : waiting === 1
      ? '1 record waits on this device and will be sent as it is.'
      : `${waiting} records wait on this device and will be sent as they are.`;
  const box = element(
    'div',
    'why',
    element('h3', '', 'There is no signal. Nobody else knows of this yet.'),
    element('p', '', waiting === 0 ? waits : `${waits} ${what}`),
  );
  return hold(title, 'Not sent', [box], 'Custody and states on the board are as they were.');
}

/** @param {Reason} reason */
function why(reason) {
  const box = element('div', 'why', element('h3', '', reason.sentence), element('p', '', reason.remedy));
  if (reason.way) {
    const way = element('a', 'button small', reason.way.words);
    way.setAttribute('href', reason.way.address);
    box.append(way);
  }
  box.append(element('p', 'cite', `${reason.rule} · ${reason.strength} · ${reason.source}`));
  return box;
}

/**
 * @param {string} title
 * @param {string} word
 * @param {HTMLElement[]} reasons
 * @param {string} foot
 * @param {'held' | 'unknown'} [look] the red octagon is for what was refused or not recorded
 * @returns {Promise<void>}
 */
function hold(title, word, reasons, foot, look = 'held') {
  navigator.vibrate?.([250, 120, 250, 120, 250]);
  tone(140, 0.4, 1);
  // What it is about has a colon of its own where it begins with a gun's name: "GUN 5: Take it out".
  const heading = element('h2', 'verdict-title', shape(look), title.includes(': ') ? `${word}. ${title}` : `${word}: ${title}`);
  heading.dataset['state'] = look;
  heading.id = 'verdict-title';
  const away = element('button', 'away', 'I have read this');
  away.type = 'button';
  const stop = element('button', 'button stop', shape('held'), 'HOLD TO STOP');
  stop.type = 'button';
  stop.dataset['stop'] = 'called';
  stop.dataset['hold'] = '';
  const dialog = element('dialog', 'verdict', away, heading, ...reasons, element('p', 'dim', foot), stop);
  dialog.setAttribute('aria-labelledby', 'verdict-title');
  document.body.append(dialog);
  // Only the button clears it: a key pressed in passing does not.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  return new Promise((resolve) => {
    away.addEventListener('click', () => {
      dialog.close();
      dialog.remove();
      resolve();
    });
  });
}

/**
 * @param {number} hertz
 * @param {number} seconds
 * @param {number} times
 */
function tone(hertz, seconds, times) {
  if (document.body.dataset['quiet'] === 'yes' || !globalThis.AudioContext) return;
  const audio = new AudioContext();
  for (let at = 0; at < times; at += 1) {
    const start = audio.currentTime + at * seconds * 2;
    const source = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.08;
    source.type = 'square';
    source.frequency.value = hertz;
    source.connect(volume).connect(audio.destination);
    source.start(start);
    source.stop(start + seconds);
  }
  window.setTimeout(() => void audio.close(), (seconds * 2 * times + 0.2) * 1000);
}
