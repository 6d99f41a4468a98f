// The demo as a newcomer meets it: it serves, every role has an address of its own, and each is a secure context.

import { expect, test } from '../fixtures.ts';

test('the demo serves a page that axe-core has nothing to say against', async ({ demo, page, axe, shot }) => {
  const answer = await page.goto(demo.base);
  expect(answer?.status()).toBe(200);
  await axe(page);
  await shot(page, 'smoke-first-page');
});

test('every person has a host of their own, where a key can be kept', async ({ demo, enter }) => {
  expect(demo.people.length).toBeGreaterThan(1);
  expect(new Set(demo.people.map((person) => new URL(person.url).host)).size).toBe(demo.people.length);
  const page = await enter('the armorer');
  const able = await page.evaluate(async () => {
    const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    return isSecureContext && !pair.privateKey.extractable;
  });
  expect(able).toBe(true);
});

test('two windows share nothing', async ({ demo, open }) => {
  const first = await open(demo.base);
  const second = await open(demo.base);
  await first.evaluate(() => localStorage.setItem('mark', 'first'));
  expect(await second.evaluate(() => localStorage.getItem('mark'))).toBeNull();
});
