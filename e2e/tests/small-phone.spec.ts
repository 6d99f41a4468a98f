// On the smallest phone that is held in a hand; a board has neither a hand nor this size.

import { expect, test } from '../fixtures.ts';
import { accepted, clearOfStop, idNamed, idOf, personId, placeFor, readings } from '../hands.ts';

// What is pressed in haste is not under the thing that stops everything.
test('nothing that is pressed lies under STOP on a small phone', async ({ demo, as, axe, shot }) => {
  test.setTimeout(180_000);
  const gun = idOf(demo.gun('GUN 3'));
  const armorer = await as('the armorer');
  const performer = await as('the lead performer');
  const witness = await personId(armorer, 'the safety officer');
  const lot = await idNamed(armorer, '/lots', 'DUMMIES A');

  await test.step('bore, check, and what came out', async () => {
    await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
    await armorer.goto(`/guns/${gun}/bore`);
    await clearOfStop(armorer, 'the bore');
    const check = (await accepted(armorer, { kind: 'begin_check', item: gun, body: { witness } })).intent;
    await armorer.goto(`/guns/${gun}/check`);
    await clearOfStop(armorer, 'the beginning of a check');
    await armorer.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
    await clearOfStop(armorer, 'the first chamber');
    await armorer.getByRole('button', { name: 'DUMMY', exact: true }).click();
    await clearOfStop(armorer, 'how it was seen');
    await armorer.getByRole('button', { name: 'Taken out and seen' }).click();
    await clearOfStop(armorer, 'a later chamber');
    for (let at = 2; at <= 6; at += 1) await armorer.getByRole('button', { name: 'DUMMY', exact: true }).click();
    await clearOfStop(armorer, 'what was seen');
    await accepted(armorer, { kind: 'give_up_check', item: gun, body: { check } });
    await armorer.goto(`/guns/${gun}/empty`);
    await clearOfStop(armorer, 'the beginning of emptying');
    await armorer.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
    await armorer.getByRole('button', { name: 'NOTHING', exact: true }).click();
    await clearOfStop(armorer, 'what comes out');
  });

  await test.step('the three answers to an offer', async () => {
    const check = (await accepted(armorer, { kind: 'begin_check', item: gun, body: { witness } })).intent;
    const officer = await as('the safety officer');
    for (const page of [armorer, officer]) {
      await accepted(page, { kind: 'answer_check', item: gun, body: { check, readings: readings('EEEEEE') } });
    }
    await accepted(armorer, { kind: 'call_to_set', item: gun, body: {} });
    const to = await personId(armorer, 'the lead performer');
    await accepted(armorer, { kind: 'offer', item: gun, body: { to } });
    await performer.goto(`/guns/${gun}/handover`);
    await clearOfStop(performer, 'the offer');
    const looks = await performer.locator('.acts .button').evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(looks.length).toBe(3);
    expect(new Set(looks).size, 'three answers of one rank').toBe(1);
    await performer.setViewportSize({ width: 360, height: 640 });
    await axe(performer);
    await shot(performer, 'page-offer-small');
    await performer.setViewportSize({ width: 390, height: 844 });
    await accepted(armorer, { kind: 'take_back', item: gun, body: {} });
    await accepted(armorer, { kind: 'put_away', item: gun, body: { place: await placeFor(armorer, gun) } });
  });

  await test.step('a count', async () => {
    const count = (await accepted(armorer, { kind: 'begin_count', item: lot, body: { occasion: 'lunch', witness } })).intent;
    await armorer.goto(`/lots/${lot}/count`);
    await clearOfStop(armorer, 'the beginning of a count');
    await armorer.getByRole('button', { name: 'The box is open before me' }).click();
    await clearOfStop(armorer, 'the first number');
    await armorer.getByRole('button', { name: 'NONE', exact: true }).click();
    await armorer.getByRole('button', { name: '4', exact: true }).click();
    await clearOfStop(armorer, 'a later number');
    await expect(armorer.getByRole('button', { name: 'NONE', exact: true })).toBeDisabled();
    await expect(armorer.getByRole('button', { name: 'That many' })).toHaveClass(/primary/);
    await expect(armorer.getByRole('heading', { name: 'NOT SURE: how many?' })).toBeInViewport();
    await accepted(armorer, { kind: 'give_up_count', item: lot, body: { count } });
  });

  await test.step('STOP, Home and lists', async () => {
    for (const page of [armorer, performer]) {
      await page.goto('/stop');
      await clearOfStop(page, 'STOP');
      await page.goto('/');
      await clearOfStop(page, 'Home');
    }
    for (const path of ['/guns', `/guns/${gun}`, '/day', '/lots']) {
      await armorer.goto(path);
      await clearOfStop(armorer, path, true);
    }
  });
});
