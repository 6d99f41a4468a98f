// What is said of people beside their roles: training, what the production asks for, safety requests and their answers.

import { expect, test } from '../fixtures.ts';
import { hold } from '../hands.ts';

test('training is entered at a person by another who handles, and everybody reads what the production asks for', async ({ as, shot }) => {
  const armorer = await as('the armorer', '/people');
  await expect(armorer.locator('#list')).toContainText('The production asks for: training on the action of a gun');
  await armorer.getByRole('link', { name: /^the extra/ }).first().click();
  await armorer.waitForURL(/\/people\/./);
  const page = armorer.locator('main');
  await expect(page).toContainText('Trained on no action, as far as entered, and the production asks for it.');
  await armorer.getByText('Enter training', { exact: true }).click();
  await armorer.locator('#training-action').selectOption('pump');
  await shot(armorer, 'people-1-training');
  await armorer.getByRole('button', { name: 'Enter it' }).click();
  await expect(page).toContainText('Trained and assessed on: pump action');
  await armorer.getByText('Enter the safety course', { exact: true }).click();
  await armorer.getByRole('button', { name: 'Has completed it' }).click();
  await expect(page).toContainText('Completed the safety course.');
});

test('a safety request stands on the day\u2019s page with its answer', async ({ as, shot }) => {
  const camera = await as('the camera operator', '/day');
  await camera.getByText('Ask for what the work needs', { exact: true }).click();
  await camera.locator('#request-kind').selectOption('barrier');
  await camera.locator('#request-note').fill('a shield before the dolly');
  await camera.getByRole('button', { name: 'Ask for it' }).click();
  await expect(camera.locator('#day')).toContainText('a shield or another barrier: asked for by the camera operator');
  await camera.reload();
  await expect(camera.locator('#day')).toContainText('a shield before the dolly');
  await shot(camera, 'people-2-request');
  const office = await as('the production office');
  await office.getByRole('link', { name: 'A safety request: a shield or another barrier' }).first().click();
  await hold(office, office.getByRole('button', { name: 'Hold: refuse it' }).first());
  await expect(office.locator('#day')).toContainText('refused by the production office');
  await shot(office, 'people-3-answer');
});
