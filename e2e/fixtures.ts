// What every browser test stands on: `import { expect, test } from '../fixtures.ts'`.

import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from '@playwright/test';
import path from 'node:path';
import { type Demo, type Person, startDemo } from './demo.ts';

export { expect };
export { startDemo };
export type { Demo };

type TestFixtures = {
  /** Opens one more browser window, with storage, keys and cookies of its own, on an address. */
  open(url: string): Promise<Page>;
  /** Opens a window on the enrolment address of the person with this role. */
  enter(role: string): Promise<Page>;
  /** Opens a page on the enrolled phone of the person with this role: one phone a person, as long as the demo runs. */
  as(role: string, path?: string): Promise<Page>;
  /** Opens the board, on a screen of its size, by the key in its address. */
  board(): Promise<Page>;
  /** Fails when axe-core finds anything at all on the page. */
  axe(page: Page): Promise<void>;
  /** Saves what the page shows now as e2e/shots/NAME-PROJECT.png, for a person to look at. */
  shot(page: Page, name: string): Promise<void>;
};

type WorkerFixtures = {
  /**
   * What the demo of a worker has played before it serves: `test.use({ script: 'blanks' })` at the head of a file gives its tests a
   * worker, and so a day, of their own.
   */
  script: 'morning' | 'blanks' | 'full-day' | 'range';
  /**
   * One running demo, shared by the tests of a worker. Each project has workers of its own, and a failed test ends
   * its worker, so `phone`, `board` and whatever follows a failure begin with the same untouched day. A test that
   * needs a day to itself calls `startDemo()`.
   */
  demo: Demo;
  /** The phones of the demo's people, each enrolled through the screen when it is first asked for. */
  phones(role: string): Promise<BrowserContext>;
};

const BOARD: BrowserContextOptions = { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 1 };

/** Enrols a browser as a newcomer does: the address brings the code, the PIN is entered twice. */
export async function enrol(page: Page, person: Person): Promise<void> {
  await page.goto(person.url);
  await page.locator('#pin').fill(person.pin);
  await page.locator('#again').fill(person.pin);
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await closed(page);
}

/** What breaks in a script, or is kept out by the page's own policy, fails the test that saw it. */
function listen(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(`${page.url()}: ${message.text()}`);
  });
}

/** How long a page may take to close. */
const CLOSE_LIMIT_MS = 5_000;

/**
 * Closes a page or a phone. A page that is on its way to another one sometimes never tells that it is closed: nothing
 * waits for it longer than this.
 */
async function closed(what: Page | BrowserContext): Promise<void> {
  await Promise.race([what.close(), new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS))]);
}

/** How long an act may be under way before an address is opened all the same, as where a refusal holds the screen. */
const ACT_MS = 3000;

/** Addresses are opened when no act is under way: where an act leads would come over them. */
function afterActs(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (address, options) => {
    await expect(page.locator('form[aria-busy]')).toHaveCount(0, { timeout: ACT_MS }).catch(() => undefined);
    return goto(address, options);
  };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  script: ['morning', { scope: 'worker', option: true }],

  demo: [
    async ({ script }, use) => {
      const demo = await startDemo(['--script', script]);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 150_000 },
  ],

  // Playwright gives a context made by hand the options of the running project: size, touch, locale.
  open: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (url) => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
    for (const context of contexts) await closed(context);
  },

  phones: [
    async ({ browser, demo }, use, info) => {
      const { viewport, deviceScaleFactor, hasTouch, isMobile, locale, timezoneId } = info.project.use;
      const options = { viewport, deviceScaleFactor, hasTouch, isMobile, locale, timezoneId } as BrowserContextOptions;
      const phones = new Map<string, BrowserContext>();
      await use(async (role) => {
        const known = phones.get(role);
        if (known !== undefined) return known;
        const person = demo.person(role);
        const phone = await browser.newContext({ ...options, baseURL: new URL(person.url).origin });
        await enrol(await phone.newPage(), person);
        phones.set(role, phone);
        return phone;
      });
      for (const phone of phones.values()) await closed(phone);
    },
    { scope: 'worker' },
  ],

  as: async ({ phones }, use) => {
    const pages: Page[] = [];
    const errors: string[] = [];
    await use(async (role, path = '/') => {
      const page = await (await phones(role)).newPage();
      pages.push(page);
      listen(page, errors);
      await page.goto(path);
      afterActs(page);
      return page;
    });
    for (const page of pages) await closed(page);
    expect(errors, 'nothing went wrong in a script').toEqual([]);
  },

  board: async ({ browser, demo }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...BOARD, baseURL: new URL(demo.board).origin });
      contexts.push(context);
      const page = await context.newPage();
      listen(page, errors);
      await page.goto(demo.board);
      return page;
    });
    for (const context of contexts) await closed(context);
    expect(errors, 'nothing went wrong in a script').toEqual([]);
  },

  enter: async ({ demo, open }, use) => {
    await use((role) => open(demo.person(role).url));
  },

  axe: async ({}, use) => {
    await use(async (page) => {
      // What was done is said over the page for a moment, outside its landmarks.
      await expect(page.locator('.done')).toHaveCount(0);
      // There are no frames: the simple way needs no second window.
      const analyze = () => new AxeBuilder({ page }).exclude('.done').setLegacyMode(true).analyze();
      // A page that was loaded anew meanwhile has lost the tool: it is put in once more.
      const { violations } = await analyze().catch(async (error: unknown) => {
        if (!/reading 'run'|context was destroyed/.test(String(error))) throw error;
        await page.waitForLoadState();
        return analyze();
      });
      const found = violations.map(
        ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}`).join('\n')}`,
      );
      expect(found, `axe-core on ${page.url()}`).toEqual([]);
    });
  },

  shot: async ({}, use, info) => {
    await use(async (page, name) => {
      const file = path.join(import.meta.dirname, 'shots', `${name}-${info.project.name}.png`);
      // The fonts are the product's own; without this a first picture may show the fallback.
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.screenshot({ path: file, animations: 'disabled' });
      await info.attach(name, { path: file, contentType: 'image/png' });
    });
  },
});
