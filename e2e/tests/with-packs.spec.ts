// Packs: what is adopted, what others would bring, and the adoption in one's own name. What is adopted holds for the tests after it:
// with Ontario no muzzle is planned toward a camera, so this file has one of the last names.

import { expect, test } from '../fixtures.ts';
import { hold } from '../hands.ts';

test('a pack is added in an open scene, and nothing that holds in it is left out', async ({ as, shot }) => {
  const armorer = await as('the armorer', '/rules');
  await expect(armorer.locator('#adopted')).toBeVisible();
  await armorer.getByRole('link', { name: /Adopt packs/ }).click();
  await armorer.waitForURL(/\/rules\/adopt$/);
  await expect(armorer.locator('input[value="california"]')).toBeChecked();
  await expect(armorer.locator('input[value="industry_wide"] + span')).toContainText('not verified: CSATF-1/A');

  // California is left out while scene 12A is open.
  await armorer.locator('input[value="california"]').uncheck();
  await armorer.getByRole('button', { name: 'See what would hold' }).click();
  await armorer.getByText('Not open now, and why').click();
  await expect(armorer.locator('.acts')).toContainText('PACK-LOOSER-IN-SCENE');

  await armorer.locator('input[value="california"]').check();
  await armorer.locator('input[value="ontario"]').check();
  await armorer.getByRole('button', { name: 'See what would hold' }).click();
  await expect(armorer.locator('.information')).toContainText('No gun that can fire is pointed at anyone');
  await expect(armorer.locator('.information')).toContainText('from the muzzle of blanks to a person 6.1 m');
  await shot(armorer, 'packs-1-would-hold');
  const adopt = armorer.getByRole('button', { name: 'Hold: adopt these packs' });
  await armorer.getByRole('radio', { name: /The performer may look/ }).check();
  await shot(armorer, 'packs-2-chosen');
  await hold(armorer, adopt);
  await armorer.waitForURL(/\/rules$/);
  await expect(armorer.locator('section:has(#pack-ontario)')).toContainText('ADOPTED since');
  await expect(armorer.locator('section:has(#pack-manitoba)')).toContainText('NOT ADOPTED');
  await armorer.getByText('Earlier adoptions').click();
  await expect(armorer.locator('section:has(#adopted)')).toContainText('the property master');
  await shot(armorer, 'packs-3-adopted');

  const firstAd = await as('the first AD', '/rules/adopt?pack=trade');
  await expect(firstAd.getByRole('button', { name: 'Hold: adopt these packs' })).toHaveCount(0);
});
