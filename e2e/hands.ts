// What a person's hands do on a screen, and what a test asks the server beside them.

import { type Locator, type Page, expect } from '@playwright/test';

/** What an intent says before it is signed: `Draft` of crates/web/assets/js/submit.js. */
export type Draft = { kind: string; item: string | null; body: Record<string, unknown>; names?: string };

/** How it ended: `Outcome` of crates/web/assets/js/submit.js. */
export type Outcome =
  | { end: 'recorded'; answer: Answer }
  | { end: 'problem'; problem: { code: string; sentence: string; remedy: string } }
  | { end: 'not-sent'; waiting: number };

export type Answer = { intent: string; index: number; accepted: boolean; at: string; reasons: { code: string; sentence: string }[] };

/** One gun as GET /api/board tells it. */
export type GunNow = { gun: string; name: string; label: string; state: string; word: string; who: string; until: string };

/** A state's word for six dummies in six chambers. */
export const DUMMY_ALL = /^DUMMY 6(?:\/| of )6$/;

/** Presses a guarded button and holds it until it acts. */
export async function hold(page: Page, button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  // What is held may lead away from the page at once: then the page is gone, and it has acted.
  const acted = page
    .evaluate(() => new Promise<void>((resolve) => document.addEventListener('held', () => resolve(), { once: true })))
    .catch(() => undefined);
  await page.mouse.down();
  await acted;
  await page.mouse.up();
}

/** Waits until no act of the page is under way, and the page that it leads to is there and takes touches. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('body[data-ready]:not(:has(form[aria-busy]))')).toHaveCount(1);
}

/** Signs and sends an intent with the page's own modules, as its buttons do. */
export async function submit(page: Page, draft: Draft): Promise<Outcome> {
  await settled(page);
  const script = `import('/assets/js/submit.js').then((module) => module.submit(${JSON.stringify(draft)}))`;
  return (await page.evaluate(script)) as Outcome;
}

/** As `submit`; the verdict has to be a recorded one. */
export async function ask(page: Page, draft: Draft): Promise<Answer> {
  const outcome = await submit(page, draft);
  if (outcome.end !== 'recorded') throw new Error(`${draft.kind} was not recorded: ${JSON.stringify(outcome)}`);
  return outcome.answer;
}

/** As `ask`; it has to be granted. */
export async function accepted(page: Page, draft: Draft): Promise<Answer> {
  const answer = await ask(page, draft);
  expect(answer.reasons.map((reason) => reason.code), `${draft.kind} is granted`).toEqual([]);
  expect(answer.accepted, `${draft.kind} is granted`).toBe(true);
  return answer;
}

/**
 * Asks something of a page. A form that was just sent may still load the page anew and take the question's ground away: what
 * only reads is then asked once more, of the page that came.
 */
async function reading<Argument, Answer>(page: Page, ask: (argument: Argument) => Promise<Answer>, argument: Argument): Promise<Answer> {
  for (let again = 5; ; again -= 1) {
    try {
      // The types of Playwright unwrap handles, and here there are none.
      return (await page.evaluate(ask as (argument: unknown) => unknown, argument)) as Answer;
    } catch (error) {
      const gone = error instanceof Error && error.message.includes('Execution context was destroyed');
      if (!gone || again === 0) throw error;
      await page.waitForLoadState();
    }
  }
}

/** Fetches an address of the page's own server with the page's own session. */
export async function get(page: Page, address: string): Promise<{ status: number; text: string }> {
  return reading(page, async (at) => {
    const response = await fetch(at);
    return { status: response.status, text: await response.text() };
  }, address);
}

/** What the board says of a gun now. */
export async function now(page: Page, gun: string): Promise<GunNow> {
  const { text } = await get(page, '/api/board');
  const found = (JSON.parse(text) as { guns: GunNow[] }).guns.find((one) => one.gun === gun);
  if (found === undefined) throw new Error(`the board has no gun ${gun}`);
  return found;
}

/** The id of a person, as the list of people links it. */
export async function personId(page: Page, name: string): Promise<string> {
  const id = await reading(page, async (called) => {
    const html = await (await fetch('/people')).text();
    const people = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href^="/people/"]');
    const person = [...people].find((one) => one.querySelector('b')?.textContent?.trim() === called);
    return person?.getAttribute('href')?.split('/')[2] ?? null;
  }, name);
  if (id === null) throw new Error(`nobody on /people is called "${name}"`);
  return id;
}

/** The place that the page for locking a gun away offers first. */
export async function placeFor(page: Page, gun: string): Promise<string> {
  const place = await reading(page, async (id) => {
    const html = await (await fetch(`/guns/${id}/put-away`)).text();
    const form = new DOMParser().parseFromString(html, 'text/html').querySelector('form[data-kind="put_away"]');
    return form?.querySelector('button')?.value ?? null;
  }, gun);
  if (place === null) throw new Error('no place on the register locks and is for guns');
  return place;
}

/** The id of a gun of the demo. */
export function idOf(gun: { url: string }): string {
  return new URL(gun.url).pathname.split('/')[2] ?? '';
}

/** The id of the gun or lot with this name, as the list of all of them links it. */
export async function idNamed(page: Page, list: '/guns' | '/lots', name: string): Promise<string> {
  const ids = await reading(page, async ([at, called]) => {
    const html = await (await fetch(at)).text();
    const items = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll(`a.item[href^="${at}/"]`)];
    const those = items.filter((item) => item.querySelector('b')?.textContent?.trim() === called);
    return those.map((item) => item.getAttribute('href')?.split('/')[2] ?? '');
  }, [list, name] as const);
  if (ids.length !== 1) throw new Error(`${list} lists "${name}" ${ids.length} times`);
  return ids[0] ?? '';
}

/** The id of a gun of one chamber or barrel that the armorer enters through the form, on a page that may then load itself anew in peace. */
export async function enterGun(armorer: Page, name: string, action: string): Promise<string> {
  await armorer.getByText('Enter a gun', { exact: true }).click();
  await armorer.locator('#gun-name').fill(name);
  await armorer.locator('#gun-kind').selectOption('live_capable');
  await armorer.locator('#gun-action').selectOption(action);
  await armorer.locator('#gun-chambers').fill('1');
  await armorer.getByRole('button', { name: 'Enter the gun' }).click();
  const entered = armorer.locator('a.item[href^="/guns/"]', { hasText: name });
  await expect(entered).toHaveCount(1);
  return idOf({ url: new URL((await entered.getAttribute('href')) ?? '', armorer.url()).href });
}

/** The card of a gun on whatever page shows it. */
export function card(page: Page, gun: string): Locator {
  return page.locator(`#card-${gun}`);
}

/** The largest words on a gun's card. */
export function word(page: Page, gun: string): Locator {
  return card(page, gun).locator('.word');
}

/** The screen that holds a refusal. */
export function verdict(page: Page): Locator {
  return page.locator('dialog.verdict');
}

/** Reads a refusal away. */
export async function readAway(page: Page): Promise<void> {
  await verdict(page).getByRole('button', { name: 'I have read this' }).click();
  await expect(verdict(page)).toHaveCount(0);
  await settled(page);
}

const SAW = { E: 'EMPTY', D: 'DUMMY', B: 'BLANK', N: 'NOT SURE' } as const;

/**
 * Answers the check on the screen, chamber by chamber: one letter each of E, D, B and N. The screen is that of the check;
 * it ends at the list of what was seen, unsent.
 */
export async function look(page: Page, letters: string): Promise<void> {
  await page.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
  // How a round is seen is asked with the first one.
  const firstRound = [...letters].findIndex((letter) => letter !== 'E');
  for (const [at, letter] of [...letters].entries()) {
    await expect(page.getByRole('heading', { name: `Chamber ${at + 1} of` })).toBeVisible();
    await page.getByRole('button', { name: SAW[letter as keyof typeof SAW], exact: true }).click();
    if (at === firstRound) await page.getByRole('button', { name: 'Taken out, seen and shaken' }).click();
  }
}

/** Answers the check and sends it. */
export async function answer(page: Page, letters: string): Promise<void> {
  await look(page, letters);
  await hold(page, page.getByRole('button', { name: 'Hold to send what I saw' }));
}

/** The readings of a whole cylinder as an intent writes them, one letter a chamber. */
export function readings(letters: string): { chamber: number; method: string; saw: string }[] {
  const saw: Record<string, string> = { E: 'empty', D: 'dummy', B: 'blank', L: 'live', N: 'not_sure' };
  return [...letters].map((letter, at) => ({
    chamber: at + 1,
    method: letter === 'E' ? 'seen_at_head' : 'removed_seen_shaken',
    saw: saw[letter] ?? 'not_sure',
  }));
}

/** What a count asks for, in the order of the screen. */
const NUMBERS = ['LIVE rounds', 'NOT SURE', 'BLANKS', 'DUMMIES', 'FIRED CASES', 'MISFIRED'] as const;

/** Types a number on the pad, as a glove does. */
async function type(page: Page, value: number): Promise<void> {
  for (const digit of String(value)) await page.getByRole('button', { name: digit, exact: true }).click();
}

/**
 * Answers the count on the screen, unsent; what is not given is NONE. A seal is the number that the second one has put on; without one
 * the other puts it on; `none` where the occasion asks for no seal.
 */
export async function count(page: Page, numbers: Partial<Record<(typeof NUMBERS)[number], number>>, seal?: number | 'none'): Promise<void> {
  await page.getByRole('button', { name: 'The box is open before me' }).click();
  for (const what of NUMBERS) {
    await expect(page.getByRole('heading', { name: `${what}: how many?` })).toBeVisible();
    const number = numbers[what];
    if (number === undefined) {
      await page.getByRole('button', { name: 'NONE', exact: true }).click();
    } else {
      await type(page, number);
      await page.getByRole('button', { name: 'That many' }).click();
    }
  }
  await page.getByRole('button', { name: 'Taken out, seen and shaken' }).click();
  if (seal === undefined) {
    await page.getByRole('button', { name: 'The other puts the seal on' }).click();
  } else if (seal !== 'none') {
    await type(page, seal);
    await page.getByRole('button', { name: 'That is its number' }).click();
  }
}

/** Sends what was counted. */
export async function sendCount(page: Page): Promise<void> {
  await hold(page, page.getByRole('button', { name: 'Hold to send what I counted' }));
}

/** Both count a box by intents alone, and find what the record has of it, which is no dummies. */
export async function countBoth(occasion: string, armorer: Page, witness: Page, who: string, lot: string): Promise<void> {
  const { text } = await get(armorer, `/lots/${lot}`);
  const number = (of: RegExp): number => Number(of.exec(text)?.[1] ?? 0);
  const tally = { live: 0, blank: number(/(\d+) rounds?\b/), dummy: 0, spent: number(/(\d+) fired cases?/), misfired: number(/(\d+) misfired/), not_sure: 0 };
  const begun = await accepted(armorer, { kind: 'begin_count', item: lot, body: { occasion, witness: who } });
  for (const page of [armorer, witness]) {
    await accepted(page, { kind: 'answer_count', item: lot, body: { count: begun.intent, method: 'removed_seen', seal: null, tally } });
  }
}

/** Ordinary phones, and what is left of one between the bars of its browser. */
const SMALL = [{ width: 360, height: 640 }, { width: 390, height: 664 }];

/**
 * Fails where something that is pressed on this page lies under STOP, as it loads or scrolled to its end, on a small phone. Pages
 * that hold one question fit whole; `scrolls` says of a page that it need not.
 */
export async function clearOfStop(page: Page, what: string, scrolls = false): Promise<void> {
  const before = page.viewportSize();
  for (const size of SMALL) {
    await page.setViewportSize(size);
    for (const end of scrolls ? [true] : [false, true]) {
      const under = await page.evaluate((toEnd) => {
        scrollTo(0, toEnd ? document.documentElement.scrollHeight : 0);
        const stop = document.querySelector('.foot .stop')?.getBoundingClientRect();
        if (stop === undefined) return ['there is no STOP'];
        const pressed = [...document.querySelectorAll<HTMLElement>('main :is(a, button, summary, input, select)')];
        const seen = pressed.filter((one) => one.checkVisibility({ visibilityProperty: true }));
        const boxes = seen.map((one) => [one.textContent?.trim() ?? '', one.getBoundingClientRect()] as const);
        return boxes.filter(([, box]) => box.bottom > stop.top && box.top < stop.bottom).map(([name]) => name);
      }, end);
      expect(under, `${what} under STOP at ${size.width}x${size.height}${end ? ', scrolled to its end' : ''}`).toEqual([]);
    }
  }
  await page.evaluate(() => scrollTo(0, 0));
  if (before !== null) await page.setViewportSize(before);
}
