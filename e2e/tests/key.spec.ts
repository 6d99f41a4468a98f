// The key: made in the browser, never read out of it; what it signs is checked here by another implementation.

import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accepted, ask, idOf } from '../hands.ts';

type Intent = { id: string; dseq: number; prev: string | null; kind: string; by: string; claimed_at: number };
type Note = { text: string; intent: Intent; keyName: string; keyId: Buffer; signature: Buffer };

/** Takes a signed note apart: https://c2sp.org/signed-note. */
function parse(note: string): Note {
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1);
  const [dash, keyName, encoded] = note.slice(at + 2).trimEnd().split(' ');
  expect(dash).toBe('\u2014');
  const bytes = Buffer.from(encoded ?? '', 'base64');
  const intent = JSON.parse(text.split('\n')[1] ?? '') as Intent;
  return { text, intent, keyName: keyName ?? '', keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** Writes down every note that the pages of this browser send. */
function notesOf(page: Page): Note[] {
  const notes: Note[] = [];
  page.context().on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/intents') {
      notes.push(parse(request.postData() ?? ''));
    }
  });
  return notes;
}

/** The public half of this browser's key, and what the browser says of the private one. */
async function keyOf(page: Page): Promise<{ publicKey: Buffer; extractable: boolean; usages: string[]; exported: string[] }> {
  const found = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('showclear');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    type Device = { privateKey: CryptoKey; publicKey: Uint8Array };
    const device = await new Promise<Device>((resolve, reject) => {
      const request = database.transaction('device').objectStore('device').getAll() as IDBRequest<Device[]>;
      request.onsuccess = () => resolve(request.result[0] as Device);
      request.onerror = () => reject(request.error);
    });
    database.close();
    const exported: string[] = [];
    const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['wrapKey']);
    for (const format of ['pkcs8', 'jwk', 'raw'] as const) {
      await crypto.subtle.exportKey(format, device.privateKey).then(
        () => exported.push(format),
        () => undefined,
      );
      const iv = new Uint8Array(12);
      await crypto.subtle.wrapKey(format, device.privateKey, wrapping, { name: 'AES-GCM', iv }).then(
        () => exported.push(`${format}, wrapped`),
        () => undefined,
      );
    }
    const { extractable, usages } = device.privateKey;
    return { publicKey: [...device.publicKey], extractable, usages: [...usages], exported };
  });
  return { ...found, publicKey: Buffer.from(found.publicKey) };
}

/** An Ed25519 public key as node takes it: SubjectPublicKeyInfo of RFC 8410 around the 32 bytes. */
const nodeKey = (raw: Buffer) =>
  createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' });

test('the private key cannot be read out of the browser, not even by the page', async ({ as, axe, shot }) => {
  const armorer = await as('the armorer', '/people');
  const key = await keyOf(armorer);
  expect(key.extractable).toBe(false);
  expect(key.usages).toEqual(['sign']);
  expect(key.exported).toEqual([]);
  expect(key.publicKey).toHaveLength(32);
  expect(await armorer.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, '']);
  await axe(armorer);
  await shot(armorer, 'key-1-people');
});

test('what a browser signs is verified by another implementation', async ({ demo, as }) => {
  const armorer = await as('the armorer');
  const notes = notesOf(armorer);
  const gun = idOf(demo.gun('GUN 3'));
  const answer = await ask(armorer, { kind: 'report_doubt', item: gun, body: {} });
  const { publicKey } = await keyOf(armorer);
  const note = notes[0];
  if (note === undefined) throw new Error('no note was sent');
  const device = createHash('sha256').update(publicKey).digest();
  expect(note.keyName).toBe(`${demo.production}/k/${device.toString('hex').slice(0, 8)}`);
  const id = createHash('sha256').update(`${note.keyName}\n`).update(Buffer.of(1)).update(publicKey).digest();
  expect(note.keyId).toEqual(id.subarray(0, 4));
  expect(verify(null, Buffer.from(note.text), nodeKey(publicKey), note.signature)).toBe(true);
  const changed = Buffer.from(note.text.replace('report_doubt', 'report_doubx'));
  expect(verify(null, changed, nodeKey(publicKey), note.signature)).toBe(false);
  expect(note.intent).toMatchObject({ id: answer.intent, kind: 'report_doubt', item: gun });
  expect(note.text).toMatch(/^showclear\.dev\/intent\/v1 showclear\.\S+\/p\/\S+\n\{.*\}\n$/);
});

test('the server refuses a note that was changed on its way', async ({ demo, as }) => {
  const armorer = await as('the armorer');
  const gun = idOf(demo.gun('GUN 3'));
  await armorer.route('**/api/intents', (route) =>
    route.continue({ postData: (route.request().postData() ?? '').replace('"report_doubt"', '"report_gone"') }),
  );
  const outcome = await armorer.evaluate(
    `import('/assets/js/submit.js').then((module) => module.submit({ kind: 'report_doubt', item: '${gun}', body: {} }))`,
  );
  expect(outcome).toMatchObject({ end: 'problem', problem: { code: 'SIGNATURE-WRONG' } });
  await armorer.unroute('**/api/intents');
  await accepted(armorer, { kind: 'report_doubt', item: gun, body: {} });
});

test('two windows of one phone do not fork its chain', async ({ demo, as }) => {
  const first = await as('the armorer');
  const second = await as('the armorer', '/guns');
  const notes = notesOf(first);
  const gun = idOf(demo.gun('GUN 3'));
  const draft = { kind: 'report_doubt', item: gun, body: {} };
  const answers = await Promise.all([0, 1, 2, 3, 4].flatMap(() => [ask(first, draft), ask(second, draft)]));
  expect(answers.every((answer) => answer.accepted)).toBe(true);
  const sent = [...new Map(notes.map((note) => [note.intent.id, note])).values()];
  expect(sent).toHaveLength(10);
  for (const [at, note] of sent.entries()) {
    const before = sent[at - 1];
    if (before === undefined) continue;
    expect(note.intent.dseq).toBe(before.intent.dseq + 1);
    expect(note.intent.prev).toBe(createHash('sha256').update(before.text).digest('base64'));
  }
});

test('a note whose answer was lost is sent again as it was, and recorded once', async ({ demo, as }) => {
  const armorer = await as('the armorer');
  const gun = idOf(demo.gun('GUN 3'));
  let lost = 0;
  const bodies: string[] = [];
  await armorer.route('**/api/intents', async (route) => {
    bodies.push(route.request().postData() ?? '');
    if (lost > 0) return route.continue();
    // It is recorded; the answer never arrives.
    lost += 1;
    await armorer.evaluate(
      ([note]) => fetch('/api/intents?sent=before', { method: 'POST', body: note, headers: { 'content-type': 'text/plain' } }),
      [bodies[0] ?? ''] as const,
    );
    return route.abort('connectionreset');
  });
  const outcome = await armorer.evaluate(
    `import('/assets/js/submit.js').then((module) => module.submit({ kind: 'report_doubt', item: '${gun}', body: {} }))`,
  );
  expect(outcome).toMatchObject({ end: 'not-sent', waiting: 1 });
  // The page sends what waits by itself.
  await expect.poll(() => bodies.length, { timeout: 15_000 }).toBeGreaterThan(1);
  expect(bodies[1]).toBe(bodies[0]);
  await armorer.unroute('**/api/intents');
  await expect
    .poll(() => armorer.evaluate(`import('/assets/js/submit.js').then((module) => module.count())`))
    .toBe(0);
  await accepted(armorer, { kind: 'report_doubt', item: gun, body: {} });
});
