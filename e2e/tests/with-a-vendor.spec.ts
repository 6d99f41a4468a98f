// A gun goes back to its rental house and comes in again, a case is moved with the one who goes along, and somebody sees a gun
// that no register has. It leaves entries behind, and the tests of a worker share its day: this file is one of the last.

import { expect, test } from '../fixtures.ts';
import { accepted, hold, idOf, personId, placeFor, readAway, verdict } from '../hands.ts';

test('a gun goes back to its rental house when it was matched, and comes in again UNKNOWN', async ({ as, axe, shot, demo }) => {
  const armorer = await as('the armorer');
  const gun = idOf(demo.gun('GUN 12'));
  await armorer.goto(`/guns/${gun}`);
  const place = await placeFor(armorer, gun);
  await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  await armorer.goto(`/guns/${gun}`);
  const house = armorer.locator('details', { hasText: 'Its rental house' }).first();
  await house.locator('summary').first().click();
  await expect(house).toContainText('IDENTITY-NOT-MATCHED');
  await shot(armorer, 'rental-1-not-yet');
  await accepted(armorer, { kind: 'match_identity', item: gun, body: {} });
  await armorer.goto(`/guns/${gun}`);
  await house.locator('summary').first().click();
  await armorer.locator('#return-to').selectOption({ label: 'the rental house (vendor)' });
  await shot(armorer, 'rental-2-give-back');
  await axe(armorer);
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: given back, as it was matched' }));
  await expect(armorer.locator('.one')).toContainText('back with its rental house, taken by the rental house');
  await shot(armorer, 'rental-3-with-the-house');

  await armorer.goto(`/guns/${gun}`);
  await house.locator('summary').first().click();
  await armorer.locator('#received-in').selectOption(place);
  await shot(armorer, 'rental-4-receive');
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: its serial is the one on the list' }));
  await expect(armorer.locator('.one')).toContainText('LOCKED');
  await expect(armorer.locator('#timeline')).toContainText('received from its rental house');
});

test('a case is moved with the one who goes along', async ({ as, axe, shot }) => {
  const armorer = await as('the armorer', '/places');
  await armorer.getByRole('link', { name: /^the ammunition case/ }).click();
  await armorer.waitForURL(/\/places\/./);
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: it is locked, it is moved, and I go along' }));
  await expect(armorer.locator('#place')).toContainText('On the way with the armorer');
  await shot(armorer, 'rental-5-on-the-way');
  await axe(armorer);
  const firstAd = await as('the first AD', '/day');
  await expect(firstAd.locator('#open-list')).toContainText('is on the way with the armorer');
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: it has arrived, and I never left it' }));
  await expect(armorer.locator('#place')).not.toContainText('On the way with');
});

test('whoever sees a gun that no register has holds everything', async ({ as, shot }) => {
  const performer = await as('the second performer', '/guns');
  await hold(performer, performer.getByRole('button', { name: 'Hold: it is on no register' }));
  // What the report breaks stays on the screen until it was read, also while the page hears of the stop that it brought.
  await expect(verdict(performer)).toContainText('PERSONAL-1');
  await performer.waitForTimeout(3_000);
  await shot(performer, 'rental-6-what-it-means');
  await readAway(performer);
  await performer.waitForURL('**/stop');
  await shot(performer, 'rental-7-held');

  // Others share this day.
  const firstAd = await as('the first AD');
  const safety = await as('the safety officer', '/stops');
  const stop = await safety.locator('form[data-kind="name_inquiry"]').first().getAttribute('data-item');
  const inquirer = await personId(firstAd, 'the safety officer');
  await accepted(firstAd, { kind: 'name_inquiry', item: stop, body: { inquirer } });
  await accepted(safety, { kind: 'close_inquiry', item: stop, body: {} });
});
