// What every browser test stands on: `import { expect, test } from '../fixtures.ts'`.

import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test';
import path from 'node:path';
import { type Demo, startDemo } from './demo.ts';

export { expect };
export { startDemo };
export type { Demo };

type TestFixtures = {
  /** Opens one more browser window, with storage, keys and cookies of its own, on an address. */
  open(url: string): Promise<Page>;
  /** Opens a window on the enrolment address of the person with this role. */
  enter(role: string): Promise<Page>;
  /** Fails when axe-core finds anything at all on the page. */
  axe(page: Page): Promise<void>;
  /** Saves what the page shows now as e2e/shots/NAME-PROJECT.png, for a person to look at. */
  shot(page: Page, name: string): Promise<void>;
};

type WorkerFixtures = {
  /**
   * One running demo, shared by the tests of a worker. Each project has workers of its own, and a failed test ends
   * its worker, so `phone`, `board` and whatever follows a failure begin with the same untouched day. A test that
   * needs a day to itself calls `startDemo()`.
   */
  demo: Demo;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demo: [
    async ({}, use) => {
      const demo = await startDemo();
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
    for (const context of contexts) await context.close();
  },

  enter: async ({ demo, open }, use) => {
    await use((role) => open(demo.person(role).url));
  },

  axe: async ({}, use) => {
    await use(async (page) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
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
