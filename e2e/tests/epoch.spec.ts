// The record goes on in a new epoch: a phone that was enrolled before goes on with its own key, and what it had not sent too.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { enrol, expect, test } from '../fixtures.ts';
import { ask, submit } from '../hands.ts';

const BINARY = process.env['SHOWCLEAR_BINARY'] ?? path.resolve(import.meta.dirname, '../../target/debug/showclear');

type Served = { child: ChildProcess; line: { base: string; people?: { role: string; url: string; pin: string }[]; guns?: { url: string }[] } };

async function served(...words: string[]): Promise<Served> {
  const child = spawn(BINARY, [...words, '--json'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${words[0]} ended with ${code}`)));
  });
  return { child, line: JSON.parse(line) };
}

/** Ends the server by the end of its input, and waits until it is gone. */
async function ended({ child }: Served): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}

test('a phone goes on in a new epoch, and sends what it could not send before', async ({ browser }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'showclear-epoch-'));
  const data = path.join(folder, 'data');
  const first = await served('demo', '--port', '0', '--data', data);
  const { port } = new URL(first.line.base);
  const armorer = first.line.people?.find((person) => person.role === 'the armorer');
  const gun = new URL(first.line.guns?.[1]?.url ?? '').pathname.split('/').pop() ?? '';
  if (armorer === undefined) throw new Error('the demonstration has no armorer');
  const phone = await browser.newContext({ baseURL: new URL(armorer.url).origin });
  await enrol(await phone.newPage(), armorer);
  const page = await phone.newPage();
  await page.goto('/');
  await ended(first);
  // Nobody hears this one yet: it is kept, signed for the record as it was.
  const kept = await submit(page, { kind: 'report_doubt', item: gun, body: {} });
  expect(kept).toMatchObject({ end: 'not-sent', waiting: 1 });

  const begun = spawnSync(BINARY, ['new-epoch', data, '--json'], { encoding: 'utf8' });
  expect(JSON.parse(begun.stdout)).toMatchObject({ before: { lost_at: null } });
  const second = await served('serve', '--folder', data, '--port', port);
  try {
    // The first page that is loaded sends what waits.
    const recorded = page.waitForResponse((response) => response.url().endsWith('/api/intents') && response.request().method() === 'POST');
    await page.goto('/');
    expect(await (await recorded).json()).toMatchObject({ accepted: true });
    await expect(page.getByText('EVERYTHING IS HELD')).toBeVisible();
    const next = await ask(page, { kind: 'report_doubt', item: gun, body: {} });
    expect(next.accepted).toBe(true);
  } finally {
    await ended(second);
    await phone.close();
    await rm(folder, { recursive: true, force: true });
  }
});
