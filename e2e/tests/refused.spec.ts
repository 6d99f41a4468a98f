// What is refused, and how a person is told: two looks that differ, a witness on the wrong device, a part of a check,
// the wrong label, the wrong PIN.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import {
  accepted,
  answer,
  ask,
  card,
  get,
  hold,
  idOf,
  look,
  now,
  personId,
  placeFor,
  readAway,
  readings,
  submit,
  verdict,
  word,
} from '../hands.ts';

/** A gun that the armorer has taken out and begun to check with a witness. */
async function begin(armorer: Page, gun: string, witness: string): Promise<string> {
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  const who = await personId(armorer, witness);
  return (await accepted(armorer, { kind: 'begin_check', item: gun, body: { witness: who } })).intent;
}

test.describe('with a revolver', () => {
  // Each test ends with the gun where it began, whatever has happened to it.
  test.afterEach(async ({ demo, as }) => {
    const gun = idOf(demo.gun('GUN 3'));
    const armorer = await as('the armorer');
    const { state } = await now(armorer, gun);
    if (state === 'locked') return;
    await ask(armorer, { kind: 'take_back', item: gun, body: {} });
    await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  });

  test('two looks that differ: both look again; a second time everything stops', async ({ demo, as, board, axe, shot }) => {
    test.setTimeout(180_000);
    const gun = idOf(demo.gun('GUN 3'));
    const armorer = await as('the armorer');
    const witness = await as('the second witness');
    const wall = await board();
    await begin(armorer, gun, 'the second witness');

    await armorer.goto(`/guns/${gun}/check`);
    await answer(armorer, 'EEEEEE');
    await armorer.waitForURL(`**/guns/${gun}`);
    await witness.goto(`/guns/${gun}/check`);
    await answer(witness, 'EEENEE');
    await expect(word(wall, gun), 'both look again; nothing may be said').toHaveText(/UNKNOWN|BEING CHECKED/);
    const timeline = await get(armorer, `/guns/${gun}`);
    expect(timeline.text, 'nobody is told which chamber').not.toMatch(/chamber 4|NOT SURE|not_sure/i);

    await armorer.goto(`/guns/${gun}/check`);
    await expect(armorer.getByRole('heading', { name: 'Find the marked chamber' })).toBeVisible();
    await shot(armorer, 'refused-1-look-again');
    await answer(armorer, 'EEEEEE');
    await witness.goto(`/guns/${gun}/check`);
    await answer(witness, 'ENEEEE');
    await expect(word(wall, gun)).toHaveText('HELD');
    await expect(card(wall, gun)).toContainText('two looks differed twice');
    await axe(wall);
    await shot(wall, 'refused-2-stopped');

    // Neither of the two whom it concerns inquires; the first AD does.
    const safety = await as('the safety officer', '/stops');
    await expect(safety.getByRole('button', { name: 'the armorer' })).toHaveCount(0);
    await expect(safety.getByRole('button', { name: 'the second witness' })).toHaveCount(0);
    await safety.getByRole('button', { name: 'the first AD' }).click();
    const firstAd = await as('the first AD', '/stops');
    await hold(firstAd, firstAd.getByRole('button', { name: /close the inquiry/ }));
    await expect(word(wall, gun)).toHaveText('UNKNOWN');
  });

  test('a witness on the device of the checker is refused, and the gun stays UNKNOWN', async ({ demo, as, axe, shot }) => {
    test.setTimeout(180_000);
    const gun = idOf(demo.gun('GUN 3'));
    const armorer = await as('the armorer');
    const check = await begin(armorer, gun, 'the safety officer');
    await accepted(armorer, { kind: 'answer_check', item: gun, body: { check, readings: readings('EEEEEE') } });
    const badge = await badgeOf(armorer, 'the safety officer');

    await armorer.goto('/');
    await hold(armorer, armorer.getByRole('button', { name: 'log out' }));
    await armorer.waitForURL('**/log-in');
    await logIn(armorer, demo.person('the safety officer').pin, badge);
    await armorer.goto(`/guns/${gun}/check`);
    await answer(armorer, 'EEEEEE');
    await expect(verdict(armorer)).toContainText('WITNESS-4');
    await axe(armorer);
    await shot(armorer, 'refused-3-dependent-witness');
    await readAway(armorer);
    expect((await now(armorer, gun)).state).toBe('checking');

    await armorer.goto('/');
    await hold(armorer, armorer.getByRole('button', { name: 'log out' }));
    await armorer.waitForURL('**/log-in');
    await logIn(armorer, demo.person('the armorer').pin);
    await accepted(armorer, { kind: 'give_up_check', item: gun, body: { check } });
    expect((await now(armorer, gun)).state).toBe('unknown');
  });

  test('three of six chambers are no check', async ({ demo, as, axe, shot }) => {
    const gun = idOf(demo.gun('GUN 3'));
    const armorer = await as('the armorer');
    const check = await begin(armorer, gun, 'the safety officer');
    await armorer.goto(`/guns/${gun}/check`);
    await look(armorer, 'EEE');
    await expect(armorer.getByRole('heading', { name: 'Chamber 4 of 6' })).toBeVisible();
    await expect(armorer.getByRole('button', { name: /send/i }), 'nothing here sends a part').toHaveCount(0);
    const part = { check, readings: readings('EEE') };
    const refused = await ask(armorer, { kind: 'answer_check', item: gun, body: part });
    expect(refused.accepted).toBe(false);
    expect(refused.reasons.map((reason) => reason.code)).toEqual(['SHOWING-CHAMBERS-MISSING']);
    expect(refused.reasons[0]?.sentence).toContain('Missing: 4, 5 and 6.');
    expect((await now(armorer, gun)).state).toBe('checking');

    // Whoever is interrupted begins again at the marked chamber, and is told.
    await armorer.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(armorer.getByText('You were interrupted.')).toBeVisible();
    await expect(armorer.getByRole('heading', { name: 'Find the marked chamber' })).toBeVisible();
    await axe(armorer);
    await shot(armorer, 'refused-4-interrupted');
    await accepted(armorer, { kind: 'give_up_check', item: gun, body: { check } });
  });

  test('the performer may refuse, and nobody asks why', async ({ demo, as, board, axe, shot }) => {
    const gun = idOf(demo.gun('GUN 3'));
    const armorer = await as('the armorer');
    const witness = await as('the safety officer');
    const performer = await as('the lead performer');
    const wall = await board();
    const check = await begin(armorer, gun, 'the safety officer');
    const saw = { kind: 'answer_check', item: gun, body: { check, readings: readings('EEEEEE') } };
    await accepted(armorer, saw);
    await accepted(witness, saw);
    await expect(word(wall, gun)).toHaveText('EMPTY');
    const to = await personId(armorer, 'the lead performer');
    await accepted(armorer, { kind: 'call_to_set', item: gun, body: {} });
    await accepted(armorer, { kind: 'offer', item: gun, body: { to } });
    await performer.goto(`/guns/${gun}/handover`);

    // He does not look; the witness has not either: that is no handover.
    await performer.getByRole('button', { name: /I DO NOT LOOK/ }).click();
    await expect(performer.locator('#acts')).toContainText('You do not look, as entered');
    await expect(verdict(performer), 'his answer is no refusal').toHaveCount(0);
    await axe(performer);
    await shot(performer, 'refused-5-no-last-look');
    await witness.goto('/');
    await expect(witness.locator('#mine')).toContainText('the lead performer declined: last look');
    await expect(word(wall, gun)).toHaveText('IN HANDOVER');

    await performer.getByRole('button', { name: 'I REFUSE IT' }).click();
    await expect(word(wall, gun)).toHaveText('UNKNOWN');
    await expect(card(wall, gun)).toContainText('with the armorer');
    await expect(card(wall, gun)).toContainText('refused by the receiver at');
  });
});

test('a label of another kind, of another production, or misread opens nothing', async ({ as, axe, shot }) => {
  const armorer = await as('the armorer', '/guns');
  const label = armorer.getByLabel('Label');
  const scan = async (text: string) => {
    await label.fill(text);
    // A wedge scanner ends with the enter key.
    await label.press('Enter');
  };
  await scan(await badgeOf(armorer, 'the first AD'));
  await expect(verdict(armorer)).toContainText('This is the label of a person. The label of a gun is due here.');
  await axe(armorer);
  await shot(armorer, 'refused-6-label');
  await readAway(armorer);
  // A gun's label from another production: right in itself, unknown here.
  await scan('MB7S-G-7WMA85');
  await expect(verdict(armorer)).toContainText('This label belongs to another production.');
  await readAway(armorer);
  await scan('MB7S-G-7WMA86');
  await expect(verdict(armorer)).toContainText('LABEL-MISREAD');
  await readAway(armorer);
  expect(new URL(armorer.url()).pathname).toBe('/guns');
});

test('a PIN that is wrong too often is locked, and it is plainly said', async ({ as, axe, shot }) => {
  const medic = await as('the medic');
  await hold(medic, medic.getByRole('button', { name: 'log out' }));
  await medic.waitForURL('**/log-in');
  for (let wrong = 1; wrong <= 5; wrong += 1) {
    await medic.locator('#pin').fill('0000');
    await medic.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(verdict(medic)).toContainText(/PIN/);
    if (wrong === 1) await shot(medic, 'refused-7-pin');
    await readAway(medic);
  }
  await medic.locator('#pin').fill('0000');
  await medic.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(verdict(medic)).toContainText(/locked for \d+ seconds/);
  await axe(medic);
  await shot(medic, 'refused-8-pin-locked');
  // Who is locked out can still stop everything.
  await readAway(medic);
  await expect(medic.getByRole('button', { name: 'HOLD TO STOP' })).toBeEnabled();
});

test('a browser without a key records nothing in anybody\u2019s name', async ({ demo, as, open }) => {
  const armorer = await as('the armorer');
  const session = (await armorer.context().cookies()).find((cookie) => cookie.name === 'showclear_session');
  const stolen = await open(demo.base);
  await stolen.context().addCookies([{ name: 'showclear_session', value: session?.value ?? '', url: demo.base }]);
  await stolen.goto(new URL('/guns', demo.base).href);
  const gun = idOf(demo.gun('GUN 3'));
  const outcome = await submit(stolen, { kind: 'take_out', item: gun, body: {} });
  expect(outcome).toMatchObject({ end: 'problem', problem: { code: 'DEVICE-NOT-ENROLLED' } });
  expect((await now(armorer, gun)).state).toBe('locked');
});

/** The code on the badge of a person. */
async function badgeOf(page: Page, name: string): Promise<string> {
  const { text } = await get(page, `/people/${await personId(page, name)}`);
  const badge = /[0-9A-Z]{4}-P-[0-9A-Z]{6}/.exec(text)?.[0];
  if (badge === undefined) throw new Error(`the page of ${name} shows no badge`);
  return badge;
}

/** Logs in on the screen: the owner of the device by his PIN, another by his badge and his own PIN. */
async function logIn(page: Page, pin: string, badge?: string): Promise<void> {
  await page.locator('#pin').fill(pin);
  if (badge !== undefined) {
    await page.getByText('I am not the owner of this device').click();
    await page.getByLabel('Code of your own badge').fill(badge);
  }
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}
