// Every page, at the size of the project: what axe finds, what a glove can hit, what a keyboard can reach, how wide it is.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { idOf, personId } from '../hands.ts';

// How long it takes is measured and printed; that it stays small is held.
const FIRST_PAGE_FILES = 40;
const FIRST_PAGE_BYTES = 200_000;

/** The smallest that may be pressed, and the smallest that a page is there for, in CSS pixels. */
const TARGET_PX = 48;
const ACT_PX = 72;

type Visit = { name: string; role?: string; path: string | ((page: Page, gun: string) => Promise<string>) };

const gunPage = (part: string) => async (_: Page, gun: string) => `/guns/${gun}${part}`;

/** The page of the first thing in a list. */
const first = (list: string, of: string, part = '') => async (page: Page) => {
  await page.goto(new URL(list, page.url()).href);
  return `${await page.locator(`a.item[href^="${of}"]`).first().getAttribute('href')}${part}`;
};

/** The page of the first shot plan, which is begun where there is none. */
const firstShot = async (page: Page) => {
  await page.goto(new URL('/shots', page.url()).href);
  const shots = page.locator('a.item[href^="/shots/"]');
  if ((await shots.count()) === 0) {
    await page.getByText('Plan a shot', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin the plan' }).click();
    await page.waitForURL(/\/shots\/./);
    return new URL(page.url()).pathname;
  }
  return `${await shots.first().getAttribute('href')}`;
};

const PAGES: Visit[] = [
  { name: 'outside', path: '/' },
  { name: 'enrol', path: '/enrol' },
  { name: 'log-in', path: '/log-in' },
  { name: 'stop-public', path: '/stop' },
  { name: 'home-armorer', role: 'the armorer', path: '/' },
  { name: 'home-performer', role: 'the lead performer', path: '/' },
  { name: 'board', role: 'the armorer', path: '/board' },
  { name: 'guns', role: 'the armorer', path: '/guns' },
  { name: 'give', role: 'the armorer', path: '/give' },
  { name: 'take-back', role: 'the armorer', path: '/take-back' },
  { name: 'check', role: 'the armorer', path: '/check' },
  { name: 'gun', role: 'the armorer', path: gunPage('') },
  { name: 'gun-check', role: 'the armorer', path: gunPage('/check') },
  { name: 'gun-offer', role: 'the armorer', path: gunPage('/offer') },
  { name: 'gun-handover', role: 'the armorer', path: gunPage('/handover') },
  { name: 'gun-put-away', role: 'the armorer', path: gunPage('/put-away') },
  { name: 'gun-bore', role: 'the armorer', path: gunPage('/bore') },
  { name: 'gun-load', role: 'the armorer', path: gunPage('/load') },
  { name: 'gun-unload', role: 'the armorer', path: gunPage('/unload') },
  { name: 'gun-fired', role: 'the armorer', path: gunPage('/fired') },
  { name: 'gun-line', role: 'the armorer', path: gunPage('/line') },
  { name: 'gun-test', role: 'the armorer', path: gunPage('/test') },
  { name: 'gun-plan', role: 'the armorer', path: gunPage('/plan') },
  { name: 'lots', role: 'the armorer', path: '/lots' },
  { name: 'lot', role: 'the armorer', path: first('/lots', '/lots/') },
  { name: 'count', role: 'the armorer', path: '/count' },
  { name: 'lot-count', role: 'the armorer', path: first('/lots', '/lots/', '/count') },
  { name: 'places', role: 'the armorer', path: '/places' },
  { name: 'place', role: 'the armorer', path: first('/places', '/places/') },
  { name: 'day', role: 'the first AD', path: '/day' },
  { name: 'scene', role: 'the first AD', path: '/scene' },
  { name: 'shots', role: 'the first AD', path: '/shots' },
  { name: 'shot', role: 'the first AD', path: firstShot },
  { name: 'meeting', role: 'the armorer', path: '/meeting' },
  { name: 'line', role: 'the armorer', path: '/line' },
  { name: 'people', role: 'the production office', path: '/people' },
  { name: 'person', role: 'the production office', path: async (page) => `/people/${await personId(page, 'the stand-in')}` },
  { name: 'register', role: 'the production office', path: '/register' },
  { name: 'units', role: 'the production office', path: '/units' },
  { name: 'house', role: 'the armorer', path: '/house' },
  { name: 'house-return', role: 'the armorer', path: '/house/return' },
  { name: 'stops', role: 'the first AD', path: '/stops' },
  { name: 'rules', role: 'the first AD', path: '/rules' },
  { name: 'packs', role: 'the armorer', path: '/rules/adopt?pack=sag_aftra&pack=trade&pack=ontario' },
  { name: 'witnesses', role: 'the first AD', path: '/witnesses' },
  { name: 'record', role: 'the armorer', path: '/record' },
  { name: 'nowhere', role: 'the armorer', path: '/nowhere' },
];

/** Fails when something on the page is too small to hit, or lies outside the window. */
async function targets(page: Page): Promise<void> {
  const small = await page.evaluate(
    ([target, act]) => {
      const found: string[] = [];
      for (const one of document.querySelectorAll<HTMLElement>('a, button, input, select, summary')) {
        const isTick = one instanceof HTMLInputElement && ['checkbox', 'radio'].includes(one.type);
        const hit = isTick ? (one.closest('label') ?? one) : one;
        const { width, height } = hit.getBoundingClientRect();
        if (width <= 1 || height <= 1 || !hit.checkVisibility({ visibilityProperty: true })) continue;
        if (hit.classList.contains('skip')) continue;
        // A link in the middle of a sentence is as high as the sentence.
        if (one instanceof HTMLAnchorElement && one.closest('p:not(.band)') && one.parentElement?.textContent !== one.textContent) continue;
        const isAct = one.matches('.acts > .button, .acts > form > .button, .foot .button') && !one.matches('.small');
        const least = isAct ? act : target;
        if (height < least - 0.5 || width < target - 0.5) found.push(`${Math.round(width)}x${Math.round(height)} ${one.outerHTML.slice(0, 120)}`);
      }
      return found;
    },
    [TARGET_PX, ACT_PX] as const,
  );
  expect(small, `targets on ${page.url()}`).toEqual([]);
}

/** Fails when the page is wider than the window. */
async function narrow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => ({
    by: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    who: [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .filter((one) => !one.closest('.skip, .sprite, .unseen'))
      .map((one) => one.outerHTML.slice(0, 100)),
  }));
  expect(wide, `${page.url()} at ${page.viewportSize()?.width} px`).toEqual({ by: 0, who: [] });
}

/** Goes through the page with the tabulator: every control is reached, seen, and not hidden behind STOP. */
async function keyboard(page: Page): Promise<void> {
  const all = await page.evaluate(() => {
    const can = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary')].filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && !(one as HTMLButtonElement).disabled,
    );
    // Of a group of radio buttons the tabulator visits one.
    const groups = new Set<string>();
    return can.filter((one) => {
      if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true;
      const isFirst = !groups.has(one.name);
      groups.add(one.name);
      return isFirst;
    }).length;
  });
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  const reached = new Set<string>();
  for (let at = 0; at < all; at += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      const { top, bottom, left, width, height } = one.getBoundingClientRect();
      const middle = document.elementFromPoint(left + width / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
      const foot = document.querySelector('.foot');
      const isUnderFoot = foot !== null && middle !== null && foot.contains(middle) && !foot.contains(one);
      const { outlineStyle, outlineColor } = getComputedStyle(one);
      // Black is seen on what is bright alone.
      const isBlack = outlineColor === 'rgb(0, 0, 0)' && one.closest('.stopped, .band, .range, .certificate') === null;
      const isOutlined = (outlineStyle !== 'none' || one.matches('input, select')) && !isBlack;
      return { html: `${[...document.querySelectorAll('*')].indexOf(one)} ${one.outerHTML.slice(0, 100)}`, isOutlined, isUnderFoot, height };
    });
    reached.add(now.html);
    expect(now.isOutlined, `the focus is seen on ${now.html}`).toBe(true);
    expect(now.isUnderFoot, `${now.html} is not hidden under STOP`).toBe(false);
  }
  expect(reached.size, `controls that the tabulator reaches on ${page.url()}`).toBe(all);
}

for (const { name, role, path } of PAGES) {
  test(`${name}: axe, targets, width, keyboard`, async ({ demo, as, open, axe, shot }, info) => {
    const page = role === undefined ? await open(demo.base) : await as(role);
    const gun = idOf(demo.gun('GUN 1'));
    const address = typeof path === 'string' ? path : await path(page, gun);
    await page.goto(new URL(address, page.url()).href);
    await expect(page.locator('main')).toBeVisible();
    await expect(page.getByText('STOP', { exact: false }).last()).toBeVisible();
    await axe(page);
    await targets(page);
    await narrow(page);
    await shot(page, `page-${name}`);
    await keyboard(page);
    if (info.project.name === 'board' && name === 'board') {
      await page.setViewportSize({ width: 1280, height: 800 });
      await narrow(page);
      // STOP stands in the band of the counts, behind which the cards scroll.
      const band = await page.locator('.counts').boundingBox();
      const stop = await page.locator('.foot .stop').boundingBox();
      expect(band?.y ?? Infinity).toBeLessThanOrEqual(stop?.y ?? 0);
      expect((band?.x ?? 0) + (band?.width ?? 0)).toBeGreaterThanOrEqual((stop?.x ?? 0) + (stop?.width ?? 0));
    }
    if (info.project.name === 'phone') {
      await page.setViewportSize({ width: 320, height: 640 });
      await narrow(page);
    }
  });
}

// These screens put the focus on their question, so that a reader says it; the tabulator goes on from there.
test('what comes out of a gun is said chamber by chamber', async ({ demo, as, axe, shot }) => {
  const page = await as('the armorer', `/guns/${idOf(demo.gun('GUN 1'))}/empty`);
  await axe(page);
  await page.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
  for (const word of ['FIRED CASE', 'MISFIRED', 'NOT FIRED', 'NOTHING', 'NOTHING']) {
    await page.getByRole('button', { name: word, exact: true }).click();
  }
  await axe(page);
  await targets(page);
  await narrow(page);
  await shot(page, 'page-gun-empty');
  await page.getByRole('button', { name: 'NOTHING', exact: true }).click();
  await expect(page.locator('ol.read li')).toHaveText(['FIRED CASE', 'MISFIRED', 'NOT FIRED', 'NOTHING', 'NOTHING', 'NOTHING']);
  await expect(page.getByRole('button', { name: 'Hold to send what came out' })).toBeVisible();
});

test('after an act the focus is where it was', async ({ demo, as }) => {
  const page = await as('the medic', `/guns/${idOf(demo.gun('GUN 2'))}`);
  await page.getByRole('button', { name: 'I doubt it' }).focus();
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
  await expect(page.getByRole('button', { name: 'I doubt it' })).toBeFocused();
});

test('the first page takes few files and few bytes', async ({ demo, open }, info) => {
  const page = await open(demo.base);
  const loaded = await page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  const said = `the first page is loaded ${loaded.toFixed(0)} ms after it was asked for, painted after ${painted.toFixed(0)} ms`;
  console.log(said);
  info.annotations.push({ type: 'measured', description: said });
  const sizes = await page.evaluate(() =>
    performance.getEntries().map((entry) => (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0)),
  );
  const files = sizes.filter((size) => size > 0);
  expect(files.length).toBeLessThanOrEqual(FIRST_PAGE_FILES);
  expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_PAGE_BYTES);
});
