// STOP: from the board, from a phone nobody enrolled, without signal; what it holds, what it leaves open, who lifts it.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accepted, ask, card, get, hold, idOf, now, personId, word } from '../hands.ts';

const STOP = { name: 'HOLD TO STOP' };

/** Lifts every stop that stands, as people do: one names another, who closes. */
async function lift(as: (role: string, path?: string) => Promise<Page>): Promise<void> {
  const firstAd = await as('the first AD', '/stops');
  const officer = await as('the safety officer', '/stops');
  for (;;) {
    const stop = firstAd.locator('section.stop').first();
    await firstAd.goto('/stops');
    if ((await stop.count()) === 0) return;
    if ((await stop.getByRole('button', { name: /close the inquiry/ }).count()) === 0) {
      await stop.getByRole('button', { name: 'the safety officer' }).click();
      await expect(stop).toContainText('Inquiry: the safety officer');
    }
    await officer.goto('/stops');
    await hold(officer, officer.locator('section.stop').first().getByRole('button', { name: /close the inquiry/ }));
    await officer.waitForURL('**/board');
  }
}

test('held on the board, everything is HELD; a held gun is taken back and locked away', async ({
  demo,
  as,
  board,
  axe,
  shot,
}) => {
  test.setTimeout(180_000);
  const gun = idOf(demo.gun('GUN 3'));
  const armorer = await as('the armorer', `/guns/${gun}`);
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  await armorer.goto('/guns');
  const performer = await as('the lead performer');
  const wall = await board();

  await test.step('a touch in passing does nothing', async () => {
    await wall.getByRole('button', STOP).click();
    expect((await now(wall, gun)).state).toBe('unknown');
  });

  await test.step('held for a second, it stops everything, on every open page', async () => {
    await hold(wall, wall.getByRole('button', STOP));
    await wall.waitForURL('**/stop');
    await expect(wall.getByRole('heading', { name: 'Do not open. Do not unload. Do not discard.' })).toBeVisible();
    await axe(wall);
    await shot(wall, 'stop-1-board');
    for (const page of [armorer, performer]) await expect(page.locator('#band')).toContainText('EVERYTHING IS HELD');
    await expect(armorer.locator(`a.item[href="/guns/${gun}"]`)).toContainText('HELD');
    await axe(armorer);
    await shot(armorer, 'stop-2-armorer');
    await wall.goto('/board');
    for (const state of await wall.locator('article.card[data-state] .word').allInnerTexts()) expect(state).toBe('HELD');
    await axe(wall);
    await shot(wall, 'stop-3-board-held');
    await performer.getByRole('link', { name: 'WHAT TO DO', exact: true }).click();
    await expect(performer.getByText('is anyone hurt?')).toBeVisible();
    await axe(performer);
    await shot(performer, 'stop-4-what-to-do');
  });

  await test.step('nothing is handed over; but what is out is locked away as it is', async () => {
    const to = await personId(armorer, 'the lead performer');
    const refused = await ask(armorer, { kind: 'offer', item: gun, body: { to } });
    expect(refused.reasons.map((reason) => reason.code)).toContain('STOP-HELD');
    // GUN 1 is with the performer since the morning.
    const out = idOf(demo.gun('GUN 1'));
    await armorer.goto('/take-back');
    await armorer.getByRole('button', { name: /GUN 1/ }).click();
    await expect(armorer.getByRole('button', { name: /GUN 1/ })).toHaveCount(0);
    for (const held of [out, gun]) {
      await armorer.goto(`/guns/${held}`);
      await expect(card(armorer, held)).toContainText('with the armorer');
      await expect(word(armorer, held)).toHaveText('HELD');
      await armorer.getByRole('link', { name: 'Lock it away' }).click();
      await armorer.locator('.acts').getByRole('button').first().click();
      await expect(card(wall, held)).toContainText('in the vault');
      expect((await now(wall, held)).state).toBe('held');
    }
  });

  await test.step('an inquiry is named by one and closed by the one who was named', async () => {
    const firstAd = await as('the first AD', '/stops');
    await axe(firstAd);
    await shot(firstAd, 'stop-5-inquiry');
    const stop = (await firstAd.locator('form[data-kind="name_inquiry"]').first().getAttribute('data-item')) ?? '';
    const early = await ask(firstAd, { kind: 'close_inquiry', item: stop, body: {} });
    expect(early.reasons.map((reason) => reason.code)).toEqual(['INQUIRY-NOT-NAMED']);
    await firstAd.getByRole('button', { name: 'the safety officer' }).click();
    await expect(firstAd.locator('section.stop')).toContainText('Inquiry: the safety officer');
    const other = await ask(firstAd, { kind: 'close_inquiry', item: stop, body: {} });
    expect(other.reasons.map((reason) => reason.code)).toEqual(['INQUIRY-NOT-YOURS']);
    await expect(word(wall, gun)).toHaveText('HELD');
    await lift(as);
    await expect(word(wall, gun)).toHaveText('LOCKED');
    for (const state of await wall.locator('article.card .word').allInnerTexts()) expect(state).not.toMatch(/HELD|DUMMY|EMPTY/);
    await expect(performer.locator('body')).not.toContainText('Do not discard');
  });
});

test('a phone that nobody enrolled stops everything', async ({ demo, as, open, axe, shot }) => {
  const stranger = await open(new URL('/stop', demo.base).href);
  await expect(stranger.getByRole('heading', { name: 'Stop everything' })).toBeVisible();
  await axe(stranger);
  await shot(stranger, 'stop-6-without-log-in');
  await hold(stranger, stranger.getByRole('button', { name: 'SOMEBODY IS HURT' }));
  await expect(stranger.getByRole('heading', { name: /Do not open/ })).toBeVisible();
  // Without log-in nobody is told who, nor what may be said of any gun.
  expect(await stranger.locator('main').innerText()).not.toMatch(/armorer|performer|GUN \d/);
  expect((await get(stranger, '/api/board')).status).toBe(401);
  await axe(stranger);
  await shot(stranger, 'stop-7-held-without-log-in');
  const armorer = await as('the armorer', '/stops');
  await expect(armorer.locator('section.stop')).toContainText('somebody is hurt');
  await expect(armorer.locator('section.stop')).toContainText('somebody without log-in');
  await lift(as);
});

test('without signal it says NOT SENT: SHOUT, and goes on trying', async ({ demo, as, open, axe, shot }) => {
  const stranger = await open(demo.base);
  const armorer = await as('the armorer');
  await stranger.context().setOffline(true);
  await hold(stranger, stranger.getByRole('button', STOP));
  const shout = stranger.getByRole('alertdialog', { name: 'NOT SENT: SHOUT' });
  await expect(shout).toContainText('Nobody else knows yet.');
  await stranger.keyboard.press('Escape');
  await expect(shout).toBeVisible();
  await axe(stranger);
  await shot(stranger, 'stop-8-not-sent');
  await expect(armorer.locator('#band')).not.toContainText('HELD');
  await stranger.context().setOffline(false);
  await stranger.waitForURL('**/stop');
  await expect(armorer.locator('#band')).toContainText('EVERYTHING IS HELD');
  await lift(as);
});

test('a person without signal stops everything in his own name, or without it', async ({ as, axe }) => {
  const performer = await as('the lead performer');
  await performer.context().setOffline(true);
  await hold(performer, performer.getByRole('button', STOP));
  await expect(performer.getByRole('alertdialog', { name: 'NOT SENT: SHOUT' })).toBeVisible();
  await performer.context().setOffline(false);
  await performer.waitForURL('**/stop');
  await expect(performer.getByRole('heading', { name: /Do not open/ })).toBeVisible();
  const armorer = await as('the armorer', '/stops');
  // One press is one stop, however often it had to be sent.
  await expect(armorer.locator('section.stop')).toHaveCount(1);
  await axe(armorer);
  await lift(as);
});

test('a page that has seen another record stops everything all the same', async ({ demo, as, open }) => {
  // As after an old copy of the record was put back: the page's head is ahead of it for good.
  const elsewhere = "import('/assets/js/page.js').then((page) => page.saw({ size: 9000000, root: btoa('\\0'.repeat(32)) }))";
  const stranger = await open(demo.base);
  const performer = await as('the lead performer');
  for (const page of [stranger, performer]) {
    await page.evaluate(elsewhere);
    await hold(page, page.getByRole('button', STOP));
    await page.waitForURL('**/stop', { timeout: 20_000 });
    const armorer = await as('the armorer', '/stops');
    await expect(armorer.locator('section.stop')).toHaveCount(1);
    await lift(as);
  }
});

test('a hold is not lost to what arrives while the finger is down', async ({ as, demo }) => {
  const armorer = await as('the armorer');
  const { intent: stop } = await accepted(armorer, { kind: 'stop', item: null, body: { cause: 'called' } });
  const firstAd = await as('the first AD');
  const inquirer = await personId(firstAd, 'the safety officer');
  await accepted(firstAd, { kind: 'name_inquiry', item: stop, body: { inquirer } });
  const officer = await as('the safety officer', '/stops');
  const close = officer.locator('section.stop').first().getByRole('button', { name: /close the inquiry/ });
  await close.scrollIntoViewIfNeeded();
  await close.hover();
  await officer.mouse.down();
  // A report by somebody else: every open page asks for its parts anew.
  await accepted(armorer, { kind: 'report_doubt', item: idOf(demo.gun('GUN 2')), body: {} });
  await officer.waitForURL('**/board');
  await officer.mouse.up();
});
