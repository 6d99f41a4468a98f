// A lot is received with a photograph of its case heads: the record has the digest at once, the file follows, also where the
// network fails between the two. A file whose page was closed before anything was signed goes after a day. The lots stay on the
// register, so this file has one of the last names.

import type { Page } from '@playwright/test';
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
  await expect(armorer.getByText(/that is named here was erased .*, by entry [0-9]+: /)).toBeVisible();
  await expect(armorer.locator('.attached .digest')).toHaveCount(1);
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** An id that was minted then. */
function idOf(ms: number, last: number): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(last).padStart(12, '0')}`;
}

/** Puts a value into what this browser keeps. */
async function put(page: Page, store: string, value: object): Promise<void> {
  await page.evaluate(
    async ({ store, value }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('showclear');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, 'readwrite');
        transaction.objectStore(store).add(value);
        transaction.oncomplete = resolve;
        transaction.onerror = () => reject(transaction.error);
      });
      database.close();
    },
    { store, value },
  );
}

/** The intents that the files on this device belong to; first it forgets how these ended. */
async function waiting(page: Page, forgotten: string[] = []): Promise<string[]> {
  return page.evaluate(async (forgotten) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('showclear');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const files = await new Promise<{ intent: string }[]>((resolve, reject) => {
      const transaction = database.transaction(['files', 'outcomes'], 'readwrite');
      for (const intent of forgotten) transaction.objectStore('outcomes').delete(intent);
      const request = transaction.objectStore('files').getAll();
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
    database.close();
    return files.map((file) => file.intent).sort();
  }, forgotten);
}

test('a file that nothing names is let go after a day, and one that the record waits for is not', async ({ as }) => {
  test.setTimeout(90_000);
  const armorer = await as('the armorer', '/register');
  const now = Date.now();
  const [old, queued, young] = [idOf(now - 2 * DAY_MS, 1), idOf(now - 2 * DAY_MS, 2), idOf(now - DAY_MS / 2, 3)];
  const [bytes, note, hash] = [[1, 2, 3], null, null];
  for (const intent of [old, queued, young]) await put(armorer, 'files', { intent, bytes });
  await put(armorer, 'outbox', { production: 'another', intent: { id: queued }, note, hash });
  expect(await waiting(armorer)).toEqual([old, queued, young].sort());
  await armorer.reload();
  await expect.poll(() => waiting(armorer)).toEqual([queued, young].sort());

  // What is on record is sent, though nothing on this device names it any more.
  const picture = await armorer.screenshot({ type: 'jpeg', quality: 60 });
  await armorer.route('**/api/attachments/**', (route) => route.abort());
  await armorer.getByText('Receive a lot', { exact: true }).click();
  await armorer.locator('#lot-name').fill('Dummies that were photographed');
  await armorer.locator('#lot-kind').selectOption('dummy');
  await armorer.locator('#lot-calibre').selectOption({ index: 1 });
  await armorer.locator('#lot-rounds').fill('12');
  await armorer.locator('#lot-files').setInputFiles({ name: 'heads.jpg', mimeType: 'image/jpeg', buffer: picture });
  await armorer.getByRole('button', { name: 'Receive the lot' }).click();
  await armorer.waitForURL(/\/lots\/[0-9a-f-]{36}$/);
  const recorded = (await waiting(armorer)).filter((intent) => intent !== queued && intent !== young);
  expect(recorded).toHaveLength(1);
  await waiting(armorer, recorded);
  await armorer.unroute('**/api/attachments/**');
  // Two days later by this browser's clock.
  await armorer.addInitScript((later) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + later;
  }, 2 * DAY_MS);
  await armorer.reload();
  await expect.poll(() => waiting(armorer), { timeout: 30_000 }).toEqual([queued]);
  await armorer.reload();
  await expect(armorer.locator('.attached img')).toBeVisible();
});
