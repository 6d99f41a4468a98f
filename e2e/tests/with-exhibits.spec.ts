// What an inquiry keeps: a gun, a box and the rounds out of a gun become exhibits while everything is held, go from hand to hand and to
// the police, outlive the stop, and are released by the one who inquires. On a day of their own, at both sizes.

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accepted, ask, card, hold, idNamed, idOf, now, verdict, word } from '../hands.ts';

test.use({ script: 'morning' });

const BOX = 'DUMMIES A';

/** What may be kept, and done about what is kept. */
async function stops(page: Page): Promise<void> {
  await page.goto('/stops');
  await expect(page.getByRole('heading', { name: 'Inquiry', exact: true })).toBeVisible();
}

/** The form of this kind for what is kept; the folds around it are opened. */
async function keeping(page: Page, kind: string, fold: string): Promise<Locator> {
  await stops(page);
  await page.getByText('Keep something as an exhibit', { exact: true }).click();
  const form = page.locator(`form[data-kind="${kind}"]`);
  if (!(await form.isVisible())) await page.getByText(fold, { exact: true }).click();
  return form;
}

/** An exhibit, under the name of what it is. */
const exhibit = (page: Page, what: string) =>
  page.locator('section.exhibit', { has: page.getByRole('heading', { name: what, exact: true }) });

/** Why something about an exhibit is not open. */
async function whyNot(of: Locator): Promise<void> {
  await of.getByText('Not open now, and why', { exact: true }).click();
}

test('kept as it is, given, taken, with the police, and released by the one who inquires', async ({ demo, as, board, axe, shot }) => {
  test.setTimeout(240_000);
  const armorer = await as('the armorer');
  const master = await as('the property master');
  const officer = await as('the safety officer');
  const wall = await board();
  const [gun, loaded] = [idOf(demo.gun('GUN 3')), idOf(demo.gun('GUN 1'))];
  const box = await idNamed(armorer, '/lots', BOX);

  await test.step('somebody stops everything', async () => {
    const performer = await as('the lead performer');
    await hold(performer, performer.getByRole('button', { name: 'HOLD TO STOP' }));
    await performer.waitForURL('**/stop');
    await expect(wall.locator('#band')).toContainText('EVERYTHING IS HELD');
    await performer.getByRole('link', { name: 'Inquiry, and exhibits' }).click();
    await expect(performer.getByText('Keep something as an exhibit', { exact: true })).toBeInViewport();
    await shot(performer, 'exhibits-1-stops');
  });

  await test.step('a gun stays as it is, and the armorer guards it', async () => {
    const form = await keeping(armorer, 'report_gun_exhibit', 'A gun, as it is');
    // Nothing is kept by a finger that has chosen nothing.
    await hold(armorer, form.getByRole('button', { name: 'Hold: it is an exhibit' }));
    await expect(form.locator('select[name="item"]')).toBeFocused();
    await form.getByLabel('Which gun').selectOption({ label: 'GUN 3' });
    await form.getByLabel('Who guards it').selectOption({ label: 'the armorer (you)' });
    await axe(armorer);
    await shot(armorer, 'exhibits-2-keep-a-gun');
    await hold(armorer, form.getByRole('button', { name: 'Hold: it is an exhibit' }));
    const kept = exhibit(armorer, 'GUN 3');
    await expect(kept).toContainText(/An exhibit since [\d:]+: stop called\. The armorer guards it, since [\d:]+\. Inquiry: not named yet\./);
  });

  await test.step('a box, which somebody else guards', async () => {
    const form = await keeping(armorer, 'report_lot_exhibit', 'A box of rounds');
    await form.getByLabel('Which box').selectOption({ label: BOX });
    await form.getByLabel('Who guards it').selectOption({ label: 'the property master (property master)' });
    await hold(armorer, form.getByRole('button', { name: 'Hold: the box is an exhibit' }));
    await expect(exhibit(armorer, `Box of ${BOX}`)).toContainText('The property master guards it');
  });

  await test.step('the rounds of a gun are bagged by two, and told in numbers', async () => {
    const form = await keeping(armorer, 'report_rounds_exhibit', 'Rounds out of a gun that could not stay as it was');
    await form.getByLabel('Out of which gun').selectOption({ label: 'GUN 1' });
    await form.getByLabel('Who opened it with you').selectOption({ label: 'the second witness (witness)' });
    await form.getByLabel('Dummies').fill('6');
    await form.getByLabel('Who guards the bag').selectOption({ label: 'the armorer (you)' });
    await axe(armorer);
    await shot(armorer, 'exhibits-3-bag');
    await hold(armorer, form.getByRole('button', { name: 'Hold: bagged, by two' }));
    // What went in came out: the record has nothing to say about it.
    await expect(exhibit(armorer, 'Rounds out of GUN 1')).toContainText('In the bag, as two entered it: 6 dummies.');
    await expect(verdict(armorer)).toHaveCount(0);
    await expect(armorer.locator('section.exhibit')).toHaveCount(3);
    await axe(armorer);
    await shot(armorer, 'exhibits-4-three');
  });

  await test.step('the pages of the gun and of the box say so, and lead there', async () => {
    for (const [path, guard] of [[`/guns/${gun}`, 'The armorer'], [`/lots/${box}`, 'The property master']] as const) {
      await armorer.goto(path);
      const notice = armorer.locator('p.notice', { hasText: 'An exhibit since' });
      await expect(notice).toContainText(`${guard} guards it`);
      await axe(armorer);
      await shot(armorer, `exhibits-5-${path.split('/')[1]}`);
      await notice.getByRole('link', { name: 'Exhibits' }).click();
      await expect(armorer.locator('#exhibits')).toBeVisible();
    }
  });

  await test.step('it is given to another, who says on his own page that he has it', async () => {
    await armorer.goto('/');
    await armorer.getByRole('link', { name: /^GUN 3\b.*guarded by you/ }).click();
    const kept = exhibit(armorer, 'GUN 3');
    await expect(kept).toBeInViewport();
    await kept.getByText('Give it to another', { exact: true }).click();
    await kept.getByLabel('Who gets it').selectOption({ label: 'the property master (property master)' });
    await shot(armorer, 'exhibits-6-give');
    await hold(armorer, kept.getByRole('button', { name: 'Hold: given' }));
    await expect(kept).toContainText('The armorer gave it to the property master');
    await expect(kept).toContainText('the property master has not entered yet that he has it');

    await master.goto('/');
    const waits = master.getByRole('link', { name: /^GUN 3: say that you have it/ });
    await expect(waits).toContainText('an exhibit, from the armorer');
    await axe(master);
    await shot(master, 'exhibits-7-waits');
    await waits.click();
    await master.waitForURL('**/stops#exhibit-*');
    const given = exhibit(master, 'GUN 3');
    await expect(given).toBeInViewport();
    await shot(master, 'exhibits-8-given-to-me');
    await hold(master, given.getByRole('button', { name: 'Hold: I have it, and guard it' }));
    await expect(given).toContainText('The property master guards it');
    // Nobody but the one who has it gives it away.
    await expect(kept).toContainText('The property master guards it');
    await expect(kept.getByText('Give it to another', { exact: true })).toHaveCount(0);
    await master.goto('/');
    await expect(master.getByRole('link', { name: /say that you have it/ })).toHaveCount(0);
    await expect(master.getByRole('link', { name: /^GUN 3\b.*guarded by you/ })).toBeVisible();
  });

  await test.step('the police have the gun', async () => {
    await stops(master);
    const given = exhibit(master, 'GUN 3');
    await given.getByText('The police have it', { exact: true }).click();
    await shot(master, 'exhibits-9-police');
    await hold(master, given.getByRole('button', { name: 'Hold: the police have it' }));
    await expect(given).toContainText('The police have it, since');
    await expect(given.getByText('The police have it', { exact: true })).toHaveCount(0);
  });

  await test.step('nobody releases it: nobody inquires, or another does, or the police have it', async () => {
    await stops(officer);
    const kept = exhibit(officer, 'GUN 3');
    await whyNot(kept);
    await expect(kept).toContainText('EXHIBIT-NO-INQUIRY');
    await stops(armorer);
    const bag = exhibit(armorer, 'Rounds out of GUN 1');
    await whyNot(bag);
    await expect(bag).toContainText('EXHIBIT-NO-INQUIRY');
    await expect(officer.locator('form[data-kind="release_exhibit"]')).toHaveCount(0);
    const firstAd = await as('the first AD', '/stops');
    await firstAd.getByRole('button', { name: 'the safety officer' }).click();
    await expect(exhibit(firstAd, 'GUN 3')).toContainText('Inquiry: the safety officer.');
    // The page follows, and of three folds that are called alike the one that was opened stays open.
    await expect(bag).toContainText('EXHIBIT-NOT-YOURS');
    await expect(bag).toContainText('Another person inquires: the safety officer.');
    await expect(armorer.getByText('Not open now, and why', { exact: true })).toHaveCount(3);
    await expect(armorer.locator('#exhibits details[open]')).toHaveCount(1);
    await stops(officer);
    await whyNot(kept);
    await expect(kept).toContainText('EXHIBIT-WITH-POLICE');
    await expect(kept).not.toContainText('EXHIBIT-NOT-YOURS');
    await expect(kept.getByRole('button', { name: /release it/ })).toHaveCount(0);
    // What is here he may release, and nobody else may.
    await expect(exhibit(officer, `Box of ${BOX}`).getByRole('button', { name: /release it/ })).toBeVisible();
    await axe(officer);
    await shot(officer, 'exhibits-10-why-not');
    await expect(armorer.locator('form[data-kind="release_exhibit"]')).toHaveCount(0);
    const id = await exhibit(officer, `Box of ${BOX}`).locator('form[data-kind="release_exhibit"]').getAttribute('data-item');
    const refused = await ask(armorer, { kind: 'release_exhibit', item: id, body: {} });
    expect(refused.reasons.map((reason) => reason.code)).toEqual(['EXHIBIT-NOT-YOURS']);
  });

  await test.step('the stop is lifted, and what is kept is HELD all the same', async () => {
    await stops(officer);
    await hold(officer, officer.getByRole('button', { name: /close the inquiry/ }));
    await officer.waitForURL('**/board');
    await wall.goto('/board');
    await expect(wall.locator('#band')).not.toContainText('EVERYTHING IS HELD');
    await expect(word(wall, gun)).toHaveText('HELD');
    await expect(card(wall, gun)).toContainText('an exhibit; stop called');
    await expect(word(wall, idOf(demo.gun('GUN 5')))).toHaveText('LOCKED');
    expect((await now(wall, loaded)).state).not.toBe('held');
    await axe(wall);
    await shot(wall, 'exhibits-11-board');
    const refused = await ask(armorer, { kind: 'take_out', item: gun, body: {} });
    expect(refused.reasons.map((reason) => reason.code)).toContain('EXHIBIT-WITH-POLICE');
    await armorer.goto('/day');
    await armorer.getByRole('link', { name: /^Exhibits: 3/ }).click();
    await expect(armorer.getByText('No stop stands.')).toBeVisible();
    await shot(armorer, 'exhibits-12-no-stop');
  });

  await test.step('the police gave it back to the one who inquires: he has it, and releases it', async () => {
    await stops(officer);
    const kept = exhibit(officer, 'GUN 3');
    await hold(officer, kept.getByRole('button', { name: 'Hold: I have it, and guard it' }));
    await expect(kept).toContainText('The safety officer guards it');
    for (const what of ['GUN 3', `Box of ${BOX}`, 'Rounds out of GUN 1']) {
      const one = exhibit(officer, what);
      await hold(officer, one.getByRole('button', { name: 'Hold: release it from the inquiry' }));
      await expect(one).toHaveCount(0);
    }
    await expect(word(wall, gun)).not.toHaveText('HELD');
    await armorer.goto(`/guns/${gun}`);
    await expect(armorer.locator('p.notice', { hasText: 'An exhibit since' })).toHaveCount(0);
    for (const told of ['given to another', 'I have an exhibit', 'the police have an exhibit', 'an exhibit was released']) {
      await expect(armorer.locator('#timeline')).toContainText(told);
    }
    await accepted(armorer, { kind: 'take_out', item: gun, body: {} });
  });
});
