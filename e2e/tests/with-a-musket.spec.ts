// A gun that is loaded from the muzzle: entered, and read by rod and cap. It stays on the register, and the tests of a worker share
// its day: this file has one of the last names.

import { expect, test } from '../fixtures.ts';
import { accepted, enterGun, hold, now, personId, placeFor, word } from '../hands.ts';

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
  await armorer.goto(`/guns/${gun}/bore`);
  await shot(armorer, 'musket-6-rod-before-loading');

  await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  expect((await now(armorer, gun)).state).toBe('locked');
});
