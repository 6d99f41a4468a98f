// A range production: declared while nothing is entered, confirmed by a second role, and then the only one in which live rounds are
// received, counted, loaded and shown. On a day of its own, at both sizes.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask, card, count, hold, idOf, personId, sendCount, verdict, word } from '../hands.ts';

test.use({ script: 'range' });

const BANNER = 'RANGE: LIVE ROUNDS';
const ROUNDS = 20;

/** The last part of the address of the page. */
const idOfPage = (page: Page): string => idOf({ url: page.url() });

/** Both count the box on their screens: its live rounds, and nothing else. */
async function countLive(page: Page, lot: string, seal?: number): Promise<void> {
  await page.goto(`/lots/${lot}/count`);
  await count(page, { 'LIVE rounds': ROUNDS }, seal);
  await sendCount(page);
  await page.waitForURL(`**/lots/${lot}`);
}

/** Both see a live round in every chamber. */
async function lookLive(page: Page, gun: string, shot?: () => Promise<void>): Promise<void> {
  await page.goto(`/guns/${gun}/check`);
  await page.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
  for (let chamber = 1; chamber <= 6; chamber += 1) {
    await expect(page.getByRole('heading', { name: `Chamber ${chamber} of` })).toBeVisible();
    if (chamber === 1) await shot?.();
    await page.getByRole('button', { name: 'LIVE', exact: true }).click();
    if (chamber === 1) await page.getByRole('button', { name: 'Taken out, seen and shaken' }).click();
  }
  await hold(page, page.getByRole('button', { name: 'Hold to send what I saw' }));
  await page.waitForURL(`**/guns/${gun}`);
}

test('declared, confirmed, live rounds received and counted, and the board says LIVE', async ({ as, board, axe, shot }) => {
  test.setTimeout(240_000);
  const armorer = await as('the armorer');
  const officer = await as('the safety officer');
  const wall = await board();
  let [gun, lot] = ['', ''];

  await test.step('the armorer declares it, and nobody else may', async () => {
    const performer = await as('the lead performer', '/register');
    await performer.getByText('Live rounds: a range production', { exact: true }).click();
    await performer.getByText('Not open now, and why', { exact: true }).click();
    await expect(performer.locator('main')).toContainText('RANGE-NOT-LEADER');
    await armorer.goto('/register');
    await expect(armorer.locator('#list')).toContainText('No live round is in it');
    await armorer.getByText('Live rounds: a range production', { exact: true }).click();
    await armorer.getByText('Declare a range production', { exact: true }).click();
    await armorer.getByLabel('For which work').selectOption('actor_training');
    await axe(armorer);
    await shot(armorer, 'range-1-declare');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold: declare it' }));
    await expect(armorer.locator('#list')).toContainText('Nobody has confirmed it.');
    await expect(armorer.locator('form[data-kind="confirm_range"]')).toHaveCount(0);
    await expect(armorer.locator('#lot-kind option[value="live"]')).toHaveCount(0);
    await expect(wall.locator('body')).not.toContainText(BANNER);
  });

  await test.step('a second role confirms it, and every page says so', async () => {
    await officer.goto('/');
    await officer.getByRole('link', { name: 'A range production: confirm it' }).click();
    await axe(officer);
    await shot(officer, 'range-2-confirm');
    await hold(officer, officer.getByRole('button', { name: 'Hold: confirm it' }));
    await expect(officer.locator('#list')).toContainText('Confirmed by the safety officer');
    await expect(wall.locator('body')).toContainText(BANNER);
    for (const path of ['/', '/day', '/guns', '/lots']) {
      await armorer.goto(path);
      await expect(armorer.getByRole('region', { name: 'This is a range production' })).toContainText(BANNER);
    }
    await armorer.goto('/');
    await axe(armorer);
    await shot(armorer, 'range-3-home');
    const firstAd = await as('the first AD', '/scene');
    await firstAd.getByText('Not open now, and why', { exact: true }).click();
    await expect(firstAd.locator('main')).toContainText('RANGE-NO-SCENE');
    await expect(firstAd.locator('form[data-kind="plan_scene"]')).toHaveCount(0);
  });

  await test.step('a gun is entered, with its calibre', async () => {
    await armorer.goto('/register');
    await armorer.getByText('Enter a gun', { exact: true }).click();
    await armorer.locator('#gun-name').fill('GUN 1');
    await armorer.locator('#gun-kind').selectOption('live_capable');
    await armorer.locator('#gun-action').selectOption('double_action');
    await armorer.locator('#gun-chambers').fill('6');
    await armorer.locator('#gun-place').selectOption({ label: 'the rack' });
    await armorer.getByRole('button', { name: 'Enter the gun' }).click();
    await armorer.locator('a.item[href^="/guns/"]', { hasText: 'GUN 1' }).click();
    await armorer.waitForURL('**/guns/*');
    gun = idOfPage(armorer);
    await armorer.getByText('More with this gun', { exact: true }).click();
    await armorer.getByLabel('What it takes').selectOption({ index: 1 });
    await armorer.getByRole('button', { name: 'Enter the calibre' }).click();
    await expect(armorer.locator('#timeline')).toContainText('its calibre was entered');
  });

  await test.step('a live lot is received, and nothing but live rounds can be', async () => {
    await armorer.goto('/register');
    await armorer.getByText('Receive a lot', { exact: true }).click();
    const form = armorer.locator('form[data-kind="receive_lot"]');
    await expect(form.locator('#lot-kind option')).toHaveText(['live']);
    await expect(form.locator('#lot-load')).toHaveCount(0);
    await form.locator('#lot-name').fill('BOX 7');
    await form.locator('#lot-calibre').selectOption({ index: 1 });
    await form.locator('#lot-source').selectOption({ label: 'the rental house (vendor)' });
    await form.locator('#lot-rounds').fill(String(ROUNDS));
    await form.getByLabel('Every round bears the same marks').check();
    await form.locator('#lot-place').selectOption({ label: 'the locker (range, locks)' });
    await axe(armorer);
    await shot(armorer, 'range-4-receive');
    await form.getByRole('button', { name: 'Receive the lot' }).click();
    await armorer.waitForURL('**/lots/*');
    lot = idOfPage(armorer);
    await expect(verdict(armorer)).toHaveCount(0);
    await expect(armorer.locator('main')).toContainText('BOX 7');
    await expect(wall.locator('#band')).not.toContainText('IS HELD');
  });

  await test.step('two count it on receipt, blind; nothing stops', async () => {
    await armorer.getByRole('button', { name: 'Take its box out' }).click();
    await armorer.getByRole('link', { name: 'Count it' }).click();
    await armorer.locator('select[name="occasion"]').selectOption('receipt');
    await armorer.getByRole('button', { name: 'the safety officer' }).click();
    await expect(armorer.getByRole('button', { name: 'The box is open before me' })).toBeVisible();
    await countLive(armorer, lot);
    await countLive(officer, lot, 7001);
    await armorer.goto(`/lots/${lot}`);
    await expect(armorer.locator('.facts')).toContainText(`${ROUNDS} rounds`);
    await expect(armorer.locator('.facts')).toContainText('7001');
    await expect(wall.locator('#band')).not.toContainText('IS HELD');
    await axe(armorer);
    await shot(armorer, 'range-5-counted');
  });

  await test.step('it is loaded on the range, and both see a live round in every chamber', async () => {
    await armorer.goto(`/guns/${gun}`);
    await armorer.getByRole('button', { name: 'Take it out' }).click();
    await armorer.getByRole('link', { name: 'Look through the bore' }).click();
    await armorer.getByRole('button', { name: 'LIGHT SEEN' }).click();
    await armorer.waitForURL(`**/guns/${gun}`);
    await armorer.getByRole('link', { name: 'Load it' }).click();
    await armorer.getByRole('radio', { name: /^BOX 7/ }).check();
    for (const chamber of await armorer.getByRole('checkbox', { name: /^Chamber \d/ }).all()) await chamber.check();
    await axe(armorer);
    await shot(armorer, 'range-6-load');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to load' }));
    await armorer.waitForURL(`**/guns/${gun}`);
    await expect(verdict(armorer)).toHaveCount(0);
    await armorer.goto(`/guns/${gun}/check`);
    await armorer.getByRole('button', { name: 'the safety officer' }).click();
    await expect(armorer.getByRole('button', { name: 'Chamber 1 is at the gate' })).toBeVisible();
    await lookLive(armorer, gun, async () => {
      await axe(armorer);
      await shot(armorer, 'range-7-look');
    });
    await expect(word(wall, gun)).toHaveText('BEING CHECKED');
    await lookLive(officer, gun);
  });

  await test.step('LIVE is a word with its lot, a shape and a colour of its own', async () => {
    await expect(word(wall, gun)).toHaveText('LIVE (BOX 7, 6/6)');
    await expect(wall.locator('#band')).not.toContainText('IS HELD');
    for (const page of [wall, armorer]) {
      await expect(card(page, gun)).toHaveAttribute('data-state', 'live');
      await expect(card(page, gun).locator('.state svg use')).toHaveAttribute('href', '#i-live');
      const { seen, live, others } = await card(page, gun).evaluate((one) => {
        const colour = (name: string) => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = `var(--${name})`;
          const { color } = getComputedStyle(probe);
          probe.remove();
          return color;
        };
        const others = ['unknown', 'dummy', 'blank', 'held', 'locked', 'ink'].map(colour);
        return { seen: getComputedStyle(one.querySelector('.state')!).color, live: colour('live'), others };
      });
      expect(seen).toBe(live);
      expect(others).not.toContain(live);
    }
    await axe(wall);
    await shot(wall, 'range-8-board');
    await axe(armorer);
    await shot(armorer, 'range-9-gun');
  });

  await test.step('it goes to nobody who was not trained on it', async () => {
    const to = await personId(armorer, 'the second performer');
    const refused = await ask(armorer, { kind: 'offer', item: gun, body: { to } });
    expect(refused.reasons.map((reason) => reason.code)).toContain('RANGE-NOT-TRAINED');
    await armorer.goto(`/guns/${gun}/offer`);
    await armorer.getByRole('button', { name: 'the lead performer' }).click();
    await armorer.waitForURL('**/handover');
    const performer = await as('the lead performer');
    await performer.getByRole('link', { name: 'GUN 1 is offered to you' }).click();
    await performer.getByRole('button', { name: /I LOOKED/ }).click();
    await performer.waitForURL((url) => url.pathname === '/');
    await expect(card(wall, gun)).toContainText('with the lead performer');
    await expect(word(wall, gun)).toHaveText('LIVE (BOX 7, 6/6)');
    await shot(performer, 'range-10-with-the-performer');
  });
});
