// Two units: entered, people and a gun moved to the second one, what is refused across and how the page says it, and the board that says
// which unit. A unit that was entered stays: on a day of their own, with files that clear away behind them, at both sizes.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask, card, hold, idOf, readAway, verdict, word } from '../hands.ts';

test.use({ script: 'morning' });

/** Chooses what is moved to the second unit, in the fold with this title. */
async function move(page: Page, title: string, kind: string, name: string): Promise<void> {
  await page.goto('/units');
  await page.getByText(title, { exact: true }).click();
  const form = page.locator(`form[data-kind="${kind}"]`);
  const option = form.getByLabel('Which').locator('option', { hasText: name });
  await form.getByLabel('Which').selectOption((await option.getAttribute('value')) ?? '');
  await form.getByLabel('To').selectOption({ label: 'second unit' });
  await form.getByRole('button', { name: 'Move' }).click();
  await expect(verdict(page)).toHaveCount(0);
}

/** What belongs to a unit, by its heading. */
const unit = (page: Page, called: string) =>
  page.locator('#units section', { has: page.getByRole('heading', { name: called, exact: true }) });

test('a gun goes to the second unit with its people, and nothing goes across', async ({ demo, as, board, axe, shot }) => {
  test.setTimeout(180_000);
  const office = await as('the production office', '/units');
  const armorer = await as('the armorer');
  const assistant = await as('the assistant');
  const wall = await board();
  const [gun, out, other] = [idOf(demo.gun('GUN 5')), idOf(demo.gun('GUN 1')), idOf(demo.gun('GUN 2'))];

  await test.step('of one unit nobody speaks; the office enters the second', async () => {
    await expect(card(wall, gun)).not.toContainText('unit');
    await expect(unit(office, 'First unit')).toContainText('Guns: 12');
    await axe(office);
    await shot(office, 'units-1-one');
    await hold(office, office.getByRole('button', { name: 'Hold: enter the second unit' }));
    await expect(unit(office, 'Second unit')).toContainText('Guns: 0');
    await expect(card(wall, gun)).toContainText('first unit');
  });

  await test.step('people are moved by the office, guns by the armorer', async () => {
    await office.goto('/units');
    await office.getByText('Not open now, and why', { exact: true }).click();
    await expect(office.locator('#open')).toContainText('REGISTER-NOT-ALLOWED');
    await expect(office.locator('form[data-kind="move_gun_to_unit"]')).toHaveCount(0);
    for (const who of ['the assistant', 'the second witness']) {
      await move(office, 'Move a person, for today', 'move_person_to_unit', who);
    }
    await expect(unit(office, 'Second unit')).toContainText('People today: 2');
    // Whoever has a gun or a box in his hands is not there to choose.
    await office.goto('/units');
    await office.getByText('Move a person, for today', { exact: true }).click();
    const people = office.locator('form[data-kind="move_person_to_unit"]').getByLabel('Which');
    await expect(people.locator('option', { hasText: 'the first AD' })).toHaveCount(1);
    await expect(people.locator('option', { hasText: 'the lead performer' })).toHaveCount(0);
    await axe(office);
    await shot(office, 'units-2-people');
  });

  await test.step('a gun that is locked away is moved, one that is out is not there to choose', async () => {
    await armorer.goto('/units');
    await armorer.getByText('Move a gun', { exact: true }).click();
    const guns = armorer.locator('form[data-kind="move_gun_to_unit"]').getByLabel('Which');
    await expect(guns.locator(`option[value="${gun}"]`)).toHaveText('GUN 5 (first unit)');
    await expect(guns.locator(`option[value="${out}"]`)).toHaveCount(0);
    await axe(armorer);
    await shot(armorer, 'units-3-move-a-gun');
    const refused = await ask(armorer, { kind: 'move_gun_to_unit', item: out, body: { unit: 2 } });
    expect(refused.reasons.map((reason) => reason.code)).toEqual(['UNIT-NOT-PUT-AWAY']);
    await move(armorer, 'Move a gun', 'move_gun_to_unit', 'GUN 5');
    await expect(unit(armorer, 'Second unit')).toContainText('Guns: 1');
    await unit(armorer, 'Second unit').getByText('Guns: 1', { exact: true }).click();
    await expect(unit(armorer, 'Second unit').getByRole('link', { name: 'GUN 5' })).toBeVisible();
    await shot(armorer, 'units-4-moved');
  });

  await test.step('the board says which unit, and who shoots', async () => {
    await expect(card(wall, gun)).toContainText('second unit');
    await expect(card(wall, other)).toContainText('first unit');
    // Of a unit that shoots nothing the head of the board says nothing.
    await expect(wall.locator('main')).toContainText('First unit: 12A, INT. the church, DAY');
    await expect(wall.locator('main')).not.toContainText('Second unit');
    // Twelve guns in one look, also with their units, and none of them under STOP.
    const lowest = await card(wall, idOf(demo.gun('GUN 12'))).boundingBox();
    const stop = await wall.getByRole('button', { name: 'HOLD TO STOP' }).boundingBox();
    expect((lowest?.y ?? Infinity) + (lowest?.height ?? 0)).toBeLessThanOrEqual(stop?.y ?? 0);
    await axe(wall);
    await shot(wall, 'units-5-board');
  });

  await test.step('nothing goes across, and the page says why', async () => {
    for (const [page, across] of [[armorer, gun], [assistant, other]] as const) {
      await page.goto(`/guns/${across}`);
      await expect(page.getByRole('button', { name: 'Take it out' })).toHaveCount(0);
      await page.getByText('Not open now, and why', { exact: true }).click();
      await expect(page.locator('#open')).toContainText('This gun is of another unit than you.');
      await expect(page.locator('#open')).toContainText('UNIT-OTHER');
      await axe(page);
    }
    await shot(assistant, 'units-6-across');
    await assistant.goto('/units');
    await expect(unit(assistant, 'Second unit')).toContainText('You are of this unit today.');
    await assistant.goto(`/guns/${gun}`);
    await assistant.getByRole('button', { name: 'Take it out' }).click();
    await expect(card(assistant, gun)).toContainText('with the assistant');
  });

  await test.step('a witness of the other unit is told apart, and refused', async () => {
    await assistant.getByRole('link', { name: 'Check it' }).click();
    const across = assistant.getByRole('button', { name: 'the safety officer' });
    await expect(across).toContainText('first unit');
    await shot(assistant, 'units-7-witness');
    await across.click();
    await expect(verdict(assistant)).toContainText('of another unit than you');
    await expect(verdict(assistant)).toContainText('UNIT-1');
    await axe(assistant);
    await shot(assistant, 'units-8-refused');
    await readAway(assistant);
    await expect(assistant.getByRole('button', { name: 'the second witness' })).not.toContainText('unit');
    await assistant.getByRole('button', { name: 'the second witness' }).click();
    await expect(assistant.getByRole('button', { name: 'Chamber 1 is at the gate' })).toBeVisible();
    await expect(word(wall, gun)).toHaveText('BEING CHECKED');
    await assistant.getByRole('button', { name: 'Give the check up' }).click();
    await assistant.waitForURL((url) => url.pathname === '/');
  });
});
