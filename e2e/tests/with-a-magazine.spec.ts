// A gun with a magazine: entered, checked with what feeds it; and the page of the rules. A gun that was entered stays, and the
// tests of a worker share its day: this file has the last name, so that nobody finds a thirteenth gun on his board.

import { expect, test } from '../fixtures.ts';
import { accepted, clearOfStop, enterGun, hold, now, personId, placeFor, word } from '../hands.ts';

test('an empty chamber says nothing of a pistol: both read the magazine too', async ({ as, board, axe, shot }) => {
  test.setTimeout(120_000);
  const armorer = await as('the armorer');
  const witness = await as('the second witness');
  const wall = await board();
  const gun = await enterGun(await as('the armorer', '/register'), 'PISTOL', 'magazine');
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  const who = await personId(armorer, 'the second witness');
  await accepted(armorer, { kind: 'begin_check', item: gun, body: { witness: who } });

  for (const [at, page] of [armorer, witness].entries()) {
    await page.goto(`/guns/${gun}/check`);
    await expect(page.getByRole('heading', { name: 'Take the magazine out' })).toBeVisible();
    // A pistol has no cylinder.
    await expect(page.locator('svg.cylinder')).toHaveCount(0);
    if (at === 0) {
      await clearOfStop(page, 'the beginning');
      await shot(page, 'feed-1-open');
    }
    await page.locator('#check button.primary').click();
    await expect(page.getByRole('heading', { name: 'Chamber 1 of 1' })).toBeVisible();
    await expect(page.locator('#check')).not.toContainText('next chamber');
    await page.getByRole('button', { name: 'EMPTY', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'The magazine. What is in it?' })).toBeVisible();
    if (at === 0) {
      await clearOfStop(page, 'the magazine');
      await axe(page);
      await shot(page, 'feed-2-magazine');
    }
    await page.getByRole('button', { name: 'NOTHING', exact: true }).click();
    if (at === 0) await shot(page, 'feed-3-review');
    await expect(word(wall, gun)).not.toHaveText('EMPTY');
    await hold(page, page.getByRole('button', { name: 'Hold to send what I saw' }));
    await page.waitForURL(`**/guns/${gun}`);
  }
  await expect(word(wall, gun)).toHaveText('EMPTY');
  await shot(armorer, 'feed-4-shown');

  await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  expect((await now(armorer, gun)).state).toBe('locked');
});

test('the rules say where they come from and how they stand today', async ({ as, axe, shot }) => {
  const armorer = await as('the armorer', '/rules');
  await expect(armorer.getByText('California Labor Code 9153').first()).toBeVisible();
  await expect(armorer.getByText(/not verified/i).first()).toBeAttached();
  await axe(armorer);
  await shot(armorer, 'rules');
});
