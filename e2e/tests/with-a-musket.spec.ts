// A gun that is loaded from the muzzle: entered, and read by rod and cap. It stays on the register, and the tests of a worker share
// its day: this file has one of the last names.

import { expect, test } from '../fixtures.ts';
import { accepted, countBoth, enterGun, hold, idNamed, now, personId, placeFor, readAway, verdict, word } from '../hands.ts';

test('nobody looks into a muzzle: both say where the rod stands and whether a cap is on', async ({ as, board, axe, shot }) => {
  test.setTimeout(120_000);
  const armorer = await as('the armorer');
  const witness = await as('the second witness');
  const wall = await board();
  const gun = await enterGun(await as('the armorer', '/register'), 'MUSKET', 'muzzle_loader');
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  await armorer.goto(`/guns/${gun}`);
  await shot(armorer, 'musket-1-open-acts');
  const who = await personId(armorer, 'the second witness');
  await accepted(armorer, { kind: 'begin_check', item: gun, body: { witness: who } });

  for (const [at, page] of [armorer, witness].entries()) {
    await page.goto(`/guns/${gun}/check`);
    if (at === 0) await shot(page, 'musket-2-make-ready');
    await page.locator('#barrels button.primary').click();
    await expect(page.getByRole('heading', { name: 'Barrel 1 of 1. What is on its nipple, or in its pan?' })).toBeVisible();
    if (at === 0) await shot(page, 'musket-3-cap');
    await page.getByRole('button', { name: 'NOTHING ON', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Barrel 1 of 1. Where does the rod stand?' })).toBeVisible();
    if (at === 0) {
      await axe(page);
      await shot(page, 'musket-4-rod');
    }
    await page.getByRole('button', { name: 'AT ITS MARK', exact: true }).click();
    if (at === 0) await shot(page, 'musket-5-review');
    await expect(word(wall, gun)).not.toHaveText('EMPTY');
    await hold(page, page.getByRole('button', { name: 'Hold to send what I saw' }));
    await page.waitForURL(`**/guns/${gun}`);
  }
  await expect(word(wall, gun)).toHaveText('EMPTY');
  await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  expect((await now(armorer, gun)).state).toBe('locked');
});

test('a charge goes in behind the rod and only where blanks are planned, and is emptied barrel by barrel', async ({ as, board, axe, shot }) => {
  test.setTimeout(120_000);
  const armorer = await as('the armorer');
  const wall = await board();
  const gun = await idNamed(armorer, '/guns', 'MUSKET');
  const toGun = `/guns/${gun}`;
  const lot = await idNamed(armorer, '/lots', 'BLANKS F');
  await accepted(armorer, { kind: 'enter_calibre', item: gun, body: { calibre: '45_colt' } });
  await accepted(armorer, { kind: 'take_out_lot', item: lot, body: {} });
  const witness = await as('the second witness');
  const who = await personId(armorer, 'the second witness');
  await countBoth('before_firing', armorer, witness, who, lot);
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  await accepted(armorer, { kind: 'run_rod', item: gun, body: { rod: 'at_mark' } });
  await accepted(armorer, { kind: 'test_blank', item: gun, body: { lot, rounds: 1, stand_off_centimetres: 600 } });

  await test.step('the rod is run', async () => {
    await armorer.goto(toGun);
    await armorer.getByRole('link', { name: 'Run the rod' }).click();
    await shot(armorer, 'musket-6-rod-before-loading');
    await axe(armorer);
    await armorer.getByRole('button', { name: 'AT ITS MARK IN EVERY BARREL' }).click();
    await armorer.waitForURL(`**${toGun}`);
  });

  await test.step('no blanks are planned for the open scene: no charge goes in, and the reasons hold the screen', async () => {
    await armorer.goto(`${toGun}/load`);
    await armorer.getByRole('radio', { name: /^BLANKS F/ }).check();
    await armorer.getByRole('checkbox', { name: 'Barrel 1 (marked)' }).check();
    await shot(armorer, 'musket-7-load');
    await axe(armorer);
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to load' }));
    await expect(verdict(armorer)).toContainText('Refused: load MUSKET');
    await shot(armorer, 'musket-8-refused');
    await readAway(armorer);
  });

  await test.step('emptied barrel by barrel: nothing is in it by the record', async () => {
    await armorer.goto(`${toGun}/empty`);
    await shot(armorer, 'musket-9-caps-off');
    await armorer.getByRole('button', { name: 'The caps are off' }).click();
    await expect(armorer.getByRole('heading', { name: 'Barrel 1 of 1. What became of its charge?' })).toBeVisible();
    await shot(armorer, 'musket-10-charge');
    await axe(armorer);
    await armorer.getByRole('button', { name: 'NO CHARGE', exact: true }).click();
    await shot(armorer, 'musket-11-review');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to send what came out' }));
    await expect(verdict(armorer)).toContainText('Refused: what came out of MUSKET');
    await shot(armorer, 'musket-12-refused');
    await readAway(armorer);
  });

  await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  await countBoth('after_firing', armorer, witness, who, lot);
  await armorer.goto(`/lots/${lot}`);
  await armorer.getByText('Lock its box away').click();
  await armorer.locator('form[data-kind="put_away_lot"]').getByRole('button').first().click();
  await expect(word(wall, gun)).toHaveText('LOCKED');
});
