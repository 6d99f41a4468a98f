// The end of a shooting day, by hand: what is open stands on the day's page and keeps it from being closed; guns come back
// in a row; two count blind; then SCENE END, WRAP, and the certificate.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask, card, count, get, hold, idNamed, idOf, readAway, sendCount, verdict, word } from '../hands.ts';

/** Brings a gun out of the hands of its handler into the first place that is for guns. */
async function lockAway(page: Page, gun: string): Promise<void> {
  await page.goto(`/guns/${gun}/put-away`);
  await page.locator('.acts').getByRole('button').first().click();
  await page.waitForURL((url) => url.pathname === '/');
}

test.use({ script: 'full-day' });

test('everything comes back, is counted blind, and the day is wrapped', async ({ demo, as, axe, shot }, info) => {
  test.setTimeout(180_000);
  const armorer = await as('the armorer');
  const witness = await as('the safety officer');
  const firstAd = await as('the first AD');

  await test.step('it is a full day', async () => {
    await armorer.goto('/board');
    const { text } = await get(armorer, '/api/board');
    const board = JSON.parse(text) as { size: number; guns: unknown[] };
    const people = await get(armorer, '/people');
    info.annotations.push({ type: 'measured', description: `the day stands in ${board.size} entries` });
    expect(board.size).toBeGreaterThan(800);
    expect(board.guns.length).toBe(12);
    expect(people.text.match(/href="\/people\/[0-9a-f-]{36}"/g)?.length ?? 0).toBeGreaterThanOrEqual(40);
  });

  await test.step('what is open is listed, with its owner, and nothing can be closed', async () => {
    await firstAd.goto('/day');
    await expect(firstAd.locator('#open-list')).toContainText('things are open');
    await expect(firstAd.locator('#open-list')).toContainText('the armorer');
    for (const closing of ['LUNCH', 'SCENE END', 'WRAP']) {
      await expect(firstAd.getByRole('button', { name: new RegExp(`^${closing}`) })).toBeDisabled();
    }
    await axe(firstAd);
    await shot(firstAd, 'day-1-open');
  });

  await test.step('guns come back in a row, one scan each', async () => {
    await armorer.goto('/take-back');
    const left = armorer.locator('button[data-scan]');
    const before = await left.count();
    expect(before).toBeGreaterThan(0);
    const began = Date.now();
    for (const { name, label } of demo.guns) {
      if ((await left.filter({ hasText: name }).count()) === 0) continue;
      await armorer.getByLabel('Label').fill(label);
      await armorer.getByLabel('Label').press('Enter');
      await expect(armorer.locator('.row-line').first()).toContainText(`${name} →`);
      // The same label within two seconds is the same scan: nothing is asked and nothing fails.
      await armorer.getByLabel('Label').fill(label);
      await armorer.getByLabel('Label').press('Enter');
    }
    await expect(left).toHaveCount(0);
    await expect(armorer.locator('.row-line')).toHaveCount(before);
    await expect(armorer.locator('.row-line').first()).toContainText('0 still out');
    const said = `${before} guns came back in ${((Date.now() - began) / 1000).toFixed(1)} s`;
    info.annotations.push({ type: 'measured', description: said });
    await axe(armorer);
    await shot(armorer, 'day-2-row');
  });

  await test.step('a label that is no gun\u2019s holds the screen', async () => {
    await armorer.getByLabel('Label').fill('NOTHING');
    await armorer.getByLabel('Label').press('Enter');
    await expect(verdict(armorer)).toContainText('LABEL-MISREAD');
    await readAway(armorer);
  });

  await test.step('what is loaded by the record is unloaded; every gun is locked away', async () => {
    for (const gun of demo.guns.map(idOf)) {
      await armorer.goto(`/guns/${gun}`);
      if ((await word(armorer, gun).innerText()) === 'LOCKED') continue;
      const unload = armorer.getByRole('link', { name: 'Unload it' });
      if ((await unload.count()) > 0 && (await armorer.getByRole('link', { name: 'Empty it' }).count()) > 0) {
        await unload.click();
        await armorer.getByRole('button', { name: 'Unloaded' }).click();
        await armorer.waitForURL(`**/guns/${gun}`);
      }
      await lockAway(armorer, gun);
      await armorer.goto(`/guns/${gun}`);
      await expect(word(armorer, gun)).toHaveText('LOCKED');
    }
  });

  const lot = `/lots/${await idNamed(armorer, '/lots', 'DUMMIES A')}`;
  let inTheBox = 0;
  await test.step('two count the box, blind, and no screen says a number', async () => {
    await armorer.goto(lot);
    inTheBox = Number(/(\d+) rounds/.exec(await armorer.locator('.facts').innerText())?.[1]);
    expect(inTheBox).toBeGreaterThan(0);
    await armorer.goto('/');
    await armorer.getByRole('link', { name: 'COUNT' }).click();
    await armorer.locator(`a.item[href="${lot}/count"]`).click();
    await shot(armorer, 'day-3-count-begin');
    await armorer.getByRole('button', { name: 'the safety officer' }).click();
    await expect(armorer.getByRole('heading', { name: 'Count the whole box, alone' })).toBeVisible();
    await expect(witness.getByRole('link', { name: /DUMMIES A: count it/ })).toBeVisible();
    await axe(witness);

    await count(armorer, { DUMMIES: inTheBox - 1 });
    await axe(armorer);
    await shot(armorer, 'day-4-counted');
    await sendCount(armorer);
    await armorer.waitForURL(`**${lot}`);
    for (const page of [armorer, witness, firstAd]) {
      for (const path of [lot, `${lot}/count`, '/lots', '/count', '/day']) {
        const { text } = await get(page, path);
        const main = text.split('<main')[1]?.split('</main>')[0] ?? '';
        expect(main, `${path} says a number of the box`).not.toMatch(new RegExp(`\\b(${inTheBox}|${inTheBox - 1}) rounds`));
      }
    }
  });

  await test.step('they differ: both count again; then they agree, and the second seals', async () => {
    await witness.getByRole('link', { name: /DUMMIES A: count it/ }).click();
    await count(witness, { DUMMIES: inTheBox }, 4711);
    await shot(witness, 'day-5-second');
    await sendCount(witness);
    await witness.waitForURL(`**${lot}`);
    await armorer.goto(`${lot}/count`);
    await expect(armorer.locator('.notice')).toContainText('The two counts differed. Both count again');
    await axe(armorer);
    await shot(armorer, 'day-6-again');
    await count(armorer, { DUMMIES: inTheBox });
    await sendCount(armorer);
    await armorer.waitForURL(`**${lot}`);
    await witness.goto(`${lot}/count`);
    await count(witness, { DUMMIES: inTheBox }, 4712);
    await sendCount(witness);
    await witness.waitForURL(`**${lot}`);
    await expect(witness.locator('.facts')).toContainText('4712');
  });

  await test.step('the box is locked away', async () => {
    await armorer.goto(lot);
    await armorer.getByText('Lock its box away').click();
    await armorer.locator('form[data-kind="put_away_lot"]').getByRole('button').first().click();
    await expect(armorer.locator('article.card .word')).toHaveText('LOCKED');
    await axe(armorer);
    await shot(armorer, 'day-7-lot');
  });

  await test.step('SCENE END and WRAP are open when the list is empty', async () => {
    await firstAd.goto('/day');
    await expect(firstAd.locator('#open-title')).toHaveText('Nothing is open.');
    await expect(firstAd.getByRole('button', { name: /^WRAP/ }), 'the scene is open still').toBeDisabled();
    await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: SCENE END' }));
    await expect(firstAd.getByRole('button', { name: 'Hold: WRAP' })).toBeVisible();
    await shot(firstAd, 'day-8-wrap');
    await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: WRAP' }));
    await firstAd.waitForURL('**/wrap/*');
  });

  await test.step('the certificate says what was where, and leads to its receipt', async () => {
    await expect(firstAd.getByRole('heading', { level: 1 })).toContainText('wrapped');
    for (const { name } of demo.guns) await expect(firstAd.locator('table').first()).toContainText(name);
    await expect(firstAd.locator('table').last()).toContainText('4712');
    const receipt = await firstAd.getByRole('link', { name: /proof that this entry/ }).getAttribute('href');
    const { status, text } = await get(firstAd, receipt ?? '');
    expect(status).toBe(200);
    expect(text).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    await axe(firstAd);
    await shot(firstAd, 'day-9-certificate');
  });

  await test.step('after wrap nothing is issued', async () => {
    const gun = idOf(demo.gun('GUN 2'));
    await armorer.goto(`/guns/${gun}`);
    await expect(card(armorer, gun)).toContainText('LOCKED');
    await expect(armorer.getByRole('button', { name: 'Take it out' })).toHaveCount(0);
    await armorer.getByText('Not open now, and why').click();
    await expect(armorer.locator('#open')).toContainText('DAY-WRAPPED');
    for (const one of demo.guns.map(idOf)) {
      const { accepted, reasons } = await ask(armorer, { kind: 'take_out', item: one, body: {} });
      expect(accepted).toBe(false);
      expect(reasons.map((reason) => reason.code)).toEqual(['DAY-WRAPPED']);
    }
    const { text } = await get(armorer, '/api/board');
    const { size } = JSON.parse(text) as { size: number };
    info.annotations.push({ type: 'measured', description: `the whole day stands in ${size} entries` });
    expect(size).toBeGreaterThanOrEqual(900);
  });
});
