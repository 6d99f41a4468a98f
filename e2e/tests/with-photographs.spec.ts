// A lot is received with a photograph of its case heads: the record has the digest at once, the file follows, also where the
// network fails between the two. The lot stays on the register, so this file has one of the last names.

import { expect, test } from '../fixtures.ts';
import { hold } from '../hands.ts';

test('a photograph follows its entry, and waits on the device where it cannot', async ({ as, axe, shot }) => {
  test.setTimeout(90_000);
  const armorer = await as('the armorer', '/register');
  const picture = await armorer.screenshot({ type: 'jpeg', quality: 60 });
  await armorer.getByText('Receive a lot', { exact: true }).click();
  await armorer.locator('#lot-name').fill('Dummies with their heads');
  await armorer.locator('#lot-kind').selectOption('dummy');
  await armorer.locator('#lot-calibre').selectOption({ index: 1 });
  await armorer.locator('#lot-rounds').fill('12');

  // What is no photograph is said to be none before anything is signed.
  await armorer.locator('#lot-files').setInputFiles({ name: 'heads.txt', mimeType: 'text/plain', buffer: Buffer.from('six') });
  expect(await armorer.locator('#lot-files').evaluate((field: HTMLInputElement) => field.validationMessage)).toContain('JPEG');
  await armorer.locator('#lot-files').setInputFiles({ name: 'heads.jpg', mimeType: 'image/jpeg', buffer: picture });
  await axe(armorer);
  await shot(armorer, 'attached-1-chosen');

  await armorer.route('**/api/attachments/**', (route) => route.abort());
  await armorer.getByRole('button', { name: 'Receive the lot' }).click();
  await armorer.waitForURL(/\/lots\/[0-9a-f-]{36}$/);
  await expect(armorer.getByText('has not arrived')).toBeVisible();
  await armorer.unroute('**/api/attachments/**');
  const image = armorer.locator('.attached img');
  await expect(async () => {
    await armorer.reload();
    await expect(image).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(100);
  await axe(armorer);
  await shot(armorer, 'attached-2-shown');

  const length = await image.evaluate(async (it: HTMLImageElement) => (await (await fetch(it.src)).arrayBuffer()).byteLength);
  expect(length).toBe(picture.length);

  // Erased by whoever keeps the register, with its ground: the entry and the digest stay.
  await armorer.getByText('Erase a name or a file', { exact: true }).click();
  const erase = armorer.getByRole('button', { name: /^Hold: erase the files of entry/ });
  await erase.scrollIntoViewIfNeeded();
  await axe(armorer);
  await shot(armorer, 'attached-3-erasing');
  await hold(armorer, erase);
  await expect(armorer.getByText('has not arrived, or was erased')).toBeVisible();
  await expect(armorer.locator('.attached .digest')).toHaveCount(1);
});
