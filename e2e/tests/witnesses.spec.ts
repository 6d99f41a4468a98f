// A head goes to the insurer's own page and its answer comes back, by hand, as where there is no network between the two.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '../fixtures.ts';
import { get } from '../hands.ts';

const BINARY = process.env['SHOWCLEAR_BINARY'] ?? path.resolve(import.meta.dirname, '../../target/debug/showclear');

/** The demonstration's insurer, at work on a port of its own. */
async function insurer(folder: string): Promise<{ base: string; child: ChildProcess }> {
  const child = spawn(BINARY, ['witness', 'serve', path.join(folder, 'data', 'insurer'), '--port', '0', '--json'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the witness ended with ${code}`)));
  });
  return { base: JSON.parse(first).base, child };
}

test('the insurer countersigns a newer head by hand, and refuses what is no request', async ({ demo, as, open, axe, shot }) => {
  const { base, child } = await insurer(demo.folder);
  try {
    const office = await as('the first AD', '/witnesses');
    await expect(office.getByText(/^Countersigned .* up to entry \d+ of \d+\.$/)).toBeVisible();
    await office.getByRole('button', { name: 'Begin a new round' }).click();
    await office.waitForLoadState('load');
    await office.getByText('Ask without a network').click();
    await expect(office.getByRole('img', { name: 'The request as a QR symbol' })).toBeVisible();
    const link = await office.getByRole('link', { name: 'Save as a file' }).getAttribute('href');
    const request = (await get(office, link ?? '')).text;

    const theirs = await open(base);
    await theirs.getByLabel('A request of a production').fill('nothing of the kind');
    await theirs.getByRole('button', { name: 'Look and countersign' }).click();
    await expect(theirs.getByText('NOT COUNTERSIGNED')).toBeVisible();
    await theirs.getByLabel('A request of a production').fill(request);
    await theirs.getByRole('button', { name: 'Look and countersign' }).click();
    await expect(theirs.getByRole('heading', { name: 'COUNTERSIGNED' })).toBeVisible();
    await axe(theirs);
    await shot(theirs, 'witness');
    const answer = await theirs.getByLabel('The answer as text').innerText();

    await office.getByLabel('The answer of a witness').fill(answer);
    await office.getByRole('button', { name: 'Take the answer' }).click();
    await expect(office.getByText(/^Kept: countersigned up to entry \d+\.$/).first()).toBeAttached();
    await expect(office.getByText(/^Countersigned just now/).first()).toBeVisible();
    await shot(office, 'witnesses');
  } finally {
    child.kill();
    // Until it has ended, its folder is in use.
    await once(child, 'exit');
  }
  const json = spawnSync(BINARY, ['witness', 'show', path.join(demo.folder, 'data', 'insurer'), '--json']);
  expect(JSON.parse(json.stdout.toString()).logs).toHaveLength(1);
});
