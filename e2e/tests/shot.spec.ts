// A shot, from its plan to what is missing for SHOT READY, with the forms as they are pressed.

import { expect, test } from '../fixtures.ts';
import { hold } from '../hands.ts';

test('a shot is planned in metres, somebody is placed in its line, and the page says what is missing', async ({ as, board, shot }) => {
  const wall = await board();
  const firstAd = await as('the first AD', '/shots');
  await firstAd.getByText('Plan a shot', { exact: true }).click();
  await firstAd.getByRole('button', { name: 'Begin the plan' }).click();
  await firstAd.waitForURL(/\/shots\/./);

  await firstAd.getByText('Enter a gun, or change it', { exact: true }).click();
  // Nothing is chosen before somebody has thought.
  for (const field of ['#plan-gun', '#plan-holds', '#plan-toward']) await expect(firstAd.locator(field)).toHaveValue('');
  await firstAd.locator('#plan-gun').selectOption({ index: 1 });
  await firstAd.locator('#plan-holds').selectOption('empty');
  await firstAd.locator('#plan-rounds').fill('0');
  await firstAd.locator('#plan-toward').selectOption('camera');
  await firstAd.locator('#plan-stand-off').fill('2.5');
  await firstAd.locator('input[name="copy_will_not_do"]').check();
  await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: enter it' }));
  await expect(firstAd.locator('#shot')).toContainText('toward the camera, stand-off 2.5 m');
  const planned = firstAd.locator('#shot li.item').first();
  await expect(planned).toContainText('planned: EMPTY');
  await expect(planned.locator('.state .shape')).toBeVisible();

  await firstAd.getByText('Enter who stands in a line', { exact: true }).click();
  await firstAd.locator('#place-person').selectOption({ index: 0 });
  await firstAd.locator('#place-distance').fill('3.125');
  await firstAd.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(firstAd.locator('#shot')).toContainText('3.125 m from the muzzle of');
  for (const code of ['LINE-NOT-APPROVED', 'LINE-NOT-MEASURED', 'SHOT-NOT-TOLD']) {
    await expect(firstAd.locator('#shot')).toContainText(code);
  }
  await expect(firstAd.getByRole('button', { name: 'Hold: SHOT READY' })).toHaveCount(0);
  await shot(firstAd, 'shot-1-missing');
  // The whole crew reads it on the board, without anybody touching that.
  await expect(wall.locator('#shots')).toContainText(/not ready: \d+ things are missing/);
  await shot(wall, 'shot-2-board');
});
