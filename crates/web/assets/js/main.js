// @ts-check
// What every page runs.

import { wire } from './acts.js';
import { letGoOfFiles, sendFiles, wireFiles } from './attach.js';
import { barrelsPage } from './barrels.js';
import { checkPage } from './check.js';
import { countPage } from './count.js';
import { emptyPage } from './empty.js';
import { enrolPage } from './enrol.js';
import { returnFocus } from './focus.js';
import { go, tellSent, wireLinks } from './go.js';
import { guard } from './hold.js';
import { codePage } from './invite.js';
import { wireLabels } from './label.js';
import { live } from './live.js';
import { loginPage, logOut, pads, pinForm } from './login.js';
import { person } from './page.js';
import { breached, fail, refuse } from './result.js';
import { rowPage } from './row.js';
import { wireStop } from './stop.js';
import { count, drain } from './submit.js';
import { witnessPage } from './witness.js';

const RETRY_MS = 5000;

guard();
wireStop();
wireLinks();
wire();
wireFiles();
wireLabels();
pads();
checkPage();
barrelsPage();
countPage();
emptyPage();
rowPage();
witnessPage();
void enrolPage();
void loginPage();
codePage();
pinForm();
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest('[data-print]')) window.print();
});
document.addEventListener('held', (event) => {
  if (event.target instanceof Element && event.target.matches('.log-out')) void logOut();
});
// From here on a touch is heard; the style keeps the forms' buttons from taking one before.
document.body.dataset['ready'] = 'yes';
returnFocus();
if (document.body.dataset['live'] === 'yes') live();
document.addEventListener('outcome', (event) => {
  const outcome = /** @type {CustomEvent<import('./submit.js').Outcome>} */ (event).detail;
  const title = 'what was kept on this device';
  if (outcome.end === 'problem') void fail(title, outcome.problem);
  else if (outcome.end === 'recorded' && !outcome.answer.accepted) void refuse(title, outcome.answer);
  else if (outcome.end === 'recorded') {
    tellSent();
    if (outcome.answer.reasons.length > 0) void breached(title, outcome.answer);
  }
});
// A page that the browser brings back from its memory shows what was, not what is.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) void go(location.href);
});
if (person !== null) {
  window.setInterval(() => void send(), RETRY_MS);
  window.addEventListener('online', () => void send());
  void send();
  void letGoOfFiles();
}

/** Sends what waits from before: records, then the files that they name. */
async function send() {
  if ((await count()) > 0) await drain();
  await sendFiles();
}
