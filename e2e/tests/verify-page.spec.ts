// verify.html out of a bundle, opened as a file: it says what holds, and what does not, without a network.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';

const BINARY = process.env['SHOWCLEAR_BINARY'] ?? path.resolve(import.meta.dirname, '../../target/debug/showclear');

type Bundle = { folder: string; file: string; bytes: Buffer; page: string; logKey: string };

/** A file of a container in which nothing is compressed, as its first header says where it lies. */
function unzip(bytes: Buffer, wanted: string): Buffer {
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    if (bytes.toString('latin1', at + 30, at + 30 + name) === wanted) return bytes.subarray(from, from + size);
    at = from + size;
  }
  throw new Error(`the bundle has no ${wanted}`);
}

function showclear(...words: string[]): string {
  const done = spawnSync(BINARY, words, { input: '', encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

const test = base.extend<object, { bundle: Bundle }>({
  bundle: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'showclear-bundle-'));
      const [data, file] = [path.join(folder, 'data'), path.join(folder, 'morning.showclear')];
      // The demonstration ends with its input: it is played, and lies in the folder.
      showclear('demo', '--json', '--port', '0', '--data', data);
      showclear('bundle', data, '--out', file);
      const bytes = await readFile(file);
      const page = path.join(folder, 'verify.html');
      await writeFile(page, unzip(bytes, 'verify.html'));
      await use({ folder, file, bytes, page: pathToFileURL(page).href, logKey: unzip(bytes, 'keys/log.vkey').toString('utf8').trim() });
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Opens the page and counts what it asks of any network, and what its own policy keeps out. */
async function opened(page: Page, bundle: Bundle): Promise<string[]> {
  const asked: string[] = [];
  page.on('pageerror', (error) => asked.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) asked.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(bundle.page);
  return asked;
}

async function verify(page: Page, file: string): Promise<void> {
  await page.getByLabel(/^The record/).setInputFiles(file);
  await page.getByRole('button', { name: 'Verify' }).click();
}

test('a bundle that holds is said to, level by level, and what that does not prove', async ({ page, bundle, axe, shot }) => {
  const asked = await opened(page, bundle);
  await axe(page);
  await verify(page, bundle.file);
  await expect(page.getByRole('heading', { name: 'The record holds' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('By its founding a showing counts for 5 min at most')).toBeVisible();
  await expect(page.locator('dt')).toHaveText(['SIGNED', 'INCLUDED', 'COMPLETE', 'WITNESSED', 'NOT STAMPED', 'REDACTED', 'REPLAYED']);
  // The command and the page say the same.
  const told = JSON.parse(showclear('verify', bundle.file, '--json'));
  await expect(page.locator('dd')).toHaveText(told.said.map((said: { sentence: string }) => said.sentence));
  await expect(page.locator('li')).toHaveText(told.not_proven);
  await expect(page.getByRole('heading', { name: 'The record holds' })).toBeFocused();
  await expect(page.getByRole('progressbar')).toBeHidden();
  await expect(page.getByText(createHash('sha256').update(bundle.bytes).digest('hex'))).toBeVisible();
  await axe(page);
  await shot(page, 'verify-holds');
  // What was found with one key is not said beside another.
  await page.getByLabel(/^The log's key/).fill(bundle.logKey);
  await expect(page.getByRole('heading', { name: 'The record holds' })).toHaveCount(0);
  await verify(page, bundle.file);
  await expect(page.getByText('the checkpoint with the key that you gave')).toBeVisible({ timeout: 60_000 });
  expect(asked).toEqual([]);
});

test('a bundle in which one bit was changed is named with its place', async ({ page, bundle, axe, shot }) => {
  const asked = await opened(page, bundle);
  const at = bundle.bytes.indexOf('showclear.dev/entry/v1 showclear.demo');
  const changed = Buffer.from(bundle.bytes);
  changed[at + 400] = (changed[at + 400] ?? 0) ^ 1;
  const file = path.join(bundle.folder, 'changed.showclear');
  await writeFile(file, changed);
  await verify(page, file);
  await expect(page.getByRole('heading', { name: 'The record does not hold' })).toBeVisible({ timeout: 60_000 });
  const { fault, sentences } = JSON.parse(spawnSync(BINARY, ['verify', file, '--json'], { encoding: 'utf8' }).stdout);
  expect(fault.file).toMatch(/^tile\/entries\//);
  await expect(page.locator('.fault p')).toHaveText([...sentences, fault.code]);
  await axe(page);
  await shot(page, 'verify-broken');
  await page.getByLabel(/^The log's key/).fill('nothing');
  await verify(page, bundle.file);
  await expect(page.getByRole('heading', { name: 'Not verified' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('verifier/key')).toBeVisible();
  await page.getByLabel(/^The log's key/).fill('');
  await page.getByText("Time stamps: the authority's own certificate").click();
  await page.getByLabel(/^Root certificates/).fill('no certificate');
  await axe(page);
  await verify(page, bundle.file);
  await expect(page.getByText('verifier/tsa-root')).toBeVisible({ timeout: 60_000 });
  expect(asked).toEqual([]);
});

test('a file is dropped anywhere, and all is done with the keyboard', async ({ page, bundle }) => {
  const asked = await opened(page, bundle);
  const dropped = await page.evaluateHandle(async (bytes) => {
    const moved = new DataTransfer();
    moved.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], 'dropped.showclear'));
    return moved;
  }, bundle.bytes.toString('base64'));
  await page.locator('h1').dispatchEvent('drop', { dataTransfer: dropped });
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(/^The record/)).toBeFocused();
  const button = page.getByRole('button', { name: 'Verify' });
  for (let pressed = 0; pressed < 6 && !(await button.evaluate((one) => one === document.activeElement)); pressed += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The record holds' })).toBeFocused({ timeout: 60_000 });
  await expect(page.getByText('File: dropped.showclear')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  expect(asked).toEqual([]);
});

test('an extract is verified by the same page, which says what it is of', async ({ page, bundle }) => {
  const asked = await opened(page, bundle);
  const file = path.join(bundle.folder, 'day.showclear');
  showclear('bundle', path.join(bundle.folder, 'data'), '--day', '1', '--out', file);
  await verify(page, file);
  await expect(page.getByRole('heading', { name: 'The extract holds' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('An extract: production day 1.')).toBeVisible();
  // The head that was countersigned is an older one: a proof leads from it to the head of the extract.
  await expect(page.locator('dt')).toHaveText(['SIGNED', 'INCLUDED', 'COMPLETE', 'WITNESSED', 'NOT STAMPED', 'REDACTED', 'NOT REPLAYED']);
  expect(asked).toEqual([]);
});
