// A whole delivery: every gun from its rental house or back to it, a row each, with the forms as they are pressed. It leaves entries
// behind, and the tests of a worker share its day: this file is one of the last.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accepted, ask, get, hold, idOf, now, placeFor } from '../hands.ts';

/** A gun's row. */
const row = (page: Page, gun: string) => page.locator(`#row-${gun}`);

/** How many entries the record has. */
async function entries(page: Page): Promise<number> {
  return (JSON.parse((await get(page, '/api/board')).text) as { size: number }).size;
}

test('guns are received row by row, each an entry of its own', async ({ demo, as, axe, shot }) => {
  test.setTimeout(120_000);
  const armorer = await as('the armorer', '/guns');
  await armorer.getByRole('link', { name: 'From the rental house, and back to it' }).click();
  await expect(armorer.getByRole('heading', { name: 'From the rental house, gun after gun' })).toBeVisible();
  await armorer.getByText('Who brought them for the house: the rental house').click();
  await armorer.locator('#house-vendor').selectOption({ label: 'the rental house (vendor)' });
  await armorer.getByRole('button', { name: 'Go on with these' }).click();
  await armorer.waitForURL('**/house?vendor=*');
  await axe(armorer);
  await shot(armorer, 'delivery-1-receive');

  const before = await entries(armorer);
  for (const name of ['GUN 7', 'GUN 8', 'GUN 9']) {
    const of = row(armorer, idOf(demo.gun(name)));
    await hold(armorer, of.getByRole('button', { name: 'Hold: its serial is the one on the list' }));
    await expect(of).toHaveAttribute('data-done', 'yes');
    await expect(of).toContainText('entered by the armorer');
    await expect(of).toContainText('LOCKED');
  }
  expect((await entries(armorer)) - before, 'each row is an entry of its own').toBe(3);

  await test.step('what is refused stays in its row with its reason, also when the page is loaded again', async () => {
    const gun = idOf(demo.gun('GUN 6'));
    const vendor = await armorer.locator('#house-vendor').inputValue();
    // Another place than the one that the list of the house has put it in.
    const place = await armorer.locator('#house-place option', { hasText: 'gun case A' }).getAttribute('value');
    expect((await ask(armorer, { kind: 'receive_from_vendor', item: gun, body: { vendor, place } })).accepted).toBe(false);
    await armorer.reload();
    await expect(row(armorer, gun)).toContainText('Refused');
    await expect(row(armorer, gun)).toContainText('CUSTODY-LOCKED-AWAY');
    await expect(row(armorer, idOf(demo.gun('GUN 5')))).not.toContainText('Refused');
    await row(armorer, gun).scrollIntoViewIfNeeded();
    await axe(armorer);
    await shot(armorer, 'delivery-2-refused');
    await hold(armorer, row(armorer, gun).getByRole('button', { name: 'Hold: its serial is the one on the list' }));
    await expect(row(armorer, gun)).toHaveAttribute('data-done', 'yes');
    await expect(row(armorer, gun)).not.toContainText('Refused');
    await row(armorer, gun).scrollIntoViewIfNeeded();
    await shot(armorer, 'delivery-3-done');
  });
});

test('guns go back row by row: what cannot fire matched, what can fire shown EMPTY', async ({ demo, as, axe, shot }) => {
  test.setTimeout(120_000);
  const armorer = await as('the armorer');
  const [copy, gun] = [idOf(demo.gun('GUN 10')), idOf(demo.gun('GUN 5'))];
  const places = new Map<string, string>();
  for (const one of [copy, gun]) {
    places.set(one, await placeFor(armorer, one));
    await accepted(armorer, { kind: 'take_out', item: one, body: {} });
  }
  await accepted(armorer, { kind: 'match_identity', item: copy, body: {} });
  await armorer.goto('/house');
  await armorer.getByRole('link', { name: 'Give back' }).click();
  await armorer.waitForURL('**/house/return');
  await armorer.getByText('Who takes them for the house: the rental house').click();
  await armorer.locator('#house-vendor').selectOption({ label: 'the rental house (vendor)' });
  await armorer.getByRole('button', { name: 'Go on with these' }).click();
  await armorer.waitForURL('**/house/return?vendor=*');

  await expect(row(armorer, gun).getByRole('button', { name: /Hold: given back/ })).toHaveCount(0);
  await row(armorer, gun).getByText('Not open now, and why').click();
  await expect(row(armorer, gun)).toContainText('RETURN-NOT-EMPTY');
  await axe(armorer);
  await shot(armorer, 'delivery-4-give-back');
  await hold(armorer, row(armorer, copy).getByRole('button', { name: 'Hold: given back, as it was matched' }));
  await expect(row(armorer, copy)).toHaveAttribute('data-done', 'yes');
  await expect(row(armorer, copy)).toContainText('back with its rental house, taken by the rental house');
  await row(armorer, copy).scrollIntoViewIfNeeded();
  await shot(armorer, 'delivery-5-back');

  // Others share this day: it comes in again, from the row of whoever took it.
  await armorer.goto('/house');
  await expect(armorer.getByRole('heading', { name: 'Back with the rental house' })).toBeVisible();
  await armorer.getByText('Who brought them for the house: the rental house').click();
  await armorer.locator('#house-place').selectOption({ label: 'gun case A (case, locks)' });
  await armorer.getByRole('button', { name: 'Go on with these' }).click();
  await armorer.waitForURL('**/house?*place=*');
  await hold(armorer, row(armorer, copy).getByRole('button', { name: 'Hold: its serial is the one on the list' }));
  await expect(row(armorer, copy)).toHaveAttribute('data-done', 'yes');
  await accepted(armorer, { kind: 'put_away', item: gun, body: { place: places.get(gun) } });
  expect((await now(armorer, copy)).state).toBe('locked');
});
