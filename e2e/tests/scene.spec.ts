// One scene, seven windows: what each of them shows while a revolver is taken out, checked blind, handed over, doubted
// and locked away again.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { DUMMY_ALL, ask, answer, card, get, hold, idOf, look, now, personId, readAway, verdict, word } from '../hands.ts';

/** Whatever a page could tell of what somebody saw. */
const A_READING = /\b(?:DUMMY|EMPTY|BLANK|LIVE)\b|dummy|shaken|removed_seen|seen_at_head|not_sure/;

/** Collects every event of the page's stream, as the server sends it. */
async function overhear(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const source = new EventSource('/api/events');
    for (const name of ['head', 'card', 'beat']) {
      source.addEventListener(name, (event) => heard.push((event as MessageEvent<string>).data));
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

test('a revolver is shown, handed over, doubted and locked away', async ({ demo, as, board, axe, shot }) => {
  test.setTimeout(240_000);
  const armorer = await as('the armorer', '/guns');
  const witness = await as('the safety officer');
  const performer = await as('the lead performer');
  const firstAd = await as('the first AD');
  const wall = await board();
  const gun = idOf(demo.gun('GUN 2'));
  const toGun = `/guns/${gun}`;

  await test.step('it is taken out, and it is UNKNOWN', async () => {
    await expect(word(wall, gun)).toHaveText('LOCKED');
    await armorer.locator(`a.item[href="${toGun}"]`).click();
    await expect(word(armorer, gun)).toHaveText('LOCKED');
    await armorer.getByRole('button', { name: 'Take it out' }).click();
    await expect(word(armorer, gun)).toHaveText('UNKNOWN');
    await expect(word(wall, gun)).toHaveText('UNKNOWN');
    await expect(card(wall, gun)).toContainText('with the armorer');
  });

  await test.step('offered unshown, it is refused, and the reasons hold the screen', async () => {
    await armorer.goto('/');
    await armorer.getByRole('link', { name: 'GIVE' }).click();
    await armorer.locator(`a.item[href="${toGun}/offer"]`).click();
    await armorer.getByRole('button', { name: 'the lead performer' }).click();
    await expect(verdict(armorer)).toContainText('Refused: give GUN 2');
    await expect(verdict(armorer)).toContainText('It was never shown since it was taken out.');
    await expect(verdict(armorer)).toContainText('SHOWING-1');
    await expect(verdict(armorer)).toContainText('Recorded as refused');
    await axe(armorer);
    await shot(armorer, 'scene-1-refused');
    await armorer.keyboard.press('Escape');
    await expect(verdict(armorer), 'a key pressed in passing does not clear it').toBeVisible();
    await readAway(armorer);
  });

  await test.step('the bore is looked through, dummies are loaded', async () => {
    await armorer.goto(toGun);
    await armorer.getByRole('link', { name: 'Look through the bore' }).click();
    await shot(armorer, 'scene-2-bore');
    await armorer.getByRole('button', { name: 'LIGHT SEEN' }).click();
    await armorer.waitForURL(`**${toGun}`);
    await armorer.getByRole('link', { name: 'Load it' }).click();
    await armorer.getByRole('radio', { name: /^DUMMIES A/ }).check();
    for (const chamber of await armorer.getByRole('checkbox', { name: /^Chamber / }).all()) await chamber.check();
    await shot(armorer, 'scene-3-load');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to load' }));
    await armorer.waitForURL(`**${toGun}`);
    await expect(word(armorer, gun)).toHaveText('UNKNOWN');
  });

  await test.step('a check begins; each answers on his own phone', async () => {
    await armorer.goto('/check');
    await armorer.locator(`a.item[href="${toGun}/check"]`).click();
    await shot(armorer, 'scene-4-witness');
    await armorer.getByRole('button', { name: 'the safety officer' }).click();
    await expect(armorer.getByRole('heading', { name: 'Find the marked chamber' })).toBeVisible();
    await expect(word(wall, gun)).toHaveText('BEING CHECKED');
    // The witness does nothing, and his phone tells him.
    await expect(witness.getByRole('link', { name: /GUN 2: say what you see/ })).toBeVisible();
    await axe(witness);
    await shot(witness, 'scene-5-waits');
  });

  await test.step('until both have answered, nothing anywhere carries a reading', async () => {
    const eyes = [armorer, witness, performer, firstAd];
    const listening = [await as('the armorer', toGun), await as('the safety officer', toGun), await as('the lead performer', toGun)];
    const streams = await Promise.all([wall, ...listening].map(overhear));

    await look(armorer, 'DDD');
    await shot(armorer, 'scene-6-cylinder');
    for (let chamber = 4; chamber <= 6; chamber += 1) {
      await armorer.getByRole('button', { name: 'DUMMY', exact: true }).click();
    }
    await axe(armorer);
    await shot(armorer, 'scene-7-read-back');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to send what I saw' }));
    await armorer.waitForURL(`**${toGun}`);

    const { text } = await get(armorer, '/api/board');
    const index = (JSON.parse(text) as { size: number }).size - 1;
    for (const eye of eyes) {
      await eye.goto(toGun);
      await expect(word(eye, gun)).toHaveText('BEING CHECKED');
      expect(await eye.locator('main').innerText()).not.toMatch(A_READING);
      for (const path of [`/api/guns/${gun}`, `/api/guns/${gun}/options`, `/api/entries/${index}`, `/api/receipts/${index}`]) {
        const said = await get(eye, path);
        // A rule's code may speak of empty chambers; what somebody saw stands in no code.
        expect(said.text.replaceAll(/"code":"[A-Z-]+"/g, ''), path).not.toMatch(A_READING);
      }
      expect(await now(eye, gun)).toMatchObject({ state: 'checking', word: 'BEING CHECKED' });
    }
    await expect(word(wall, gun)).toHaveText('BEING CHECKED');
    expect(await card(wall, gun).innerText()).not.toMatch(A_READING);
    await shot(wall, 'scene-8-board-being-checked');

    await witness.goto('/check');
    await witness.getByRole('link', { name: /GUN 2: say what you see/ }).click();
    // What the first one saw is nowhere on the second one's screen.
    await expect(witness.getByRole('heading', { name: 'Find the marked chamber' })).toBeVisible();
    expect(await witness.locator('main').innerText()).not.toMatch(A_READING);
    for (const heard of streams) {
      const said = (await heard()).filter((data) => data.includes(gun));
      expect(said.length, 'the stream has told of this gun').toBeGreaterThan(0);
      for (const data of said) expect(data).not.toMatch(A_READING);
      for (const data of said) expect(data).toContain('BEING CHECKED');
    }
    await answer(witness, 'DDDDDD');
    await witness.waitForURL(`**${toGun}`);
  });

  await test.step('both saw six dummies: everybody is told', async () => {
    await expect(word(wall, gun)).toHaveText(DUMMY_ALL);
    await expect(word(witness, gun)).toHaveText(DUMMY_ALL);
    await expect(word(performer, gun)).toHaveText(DUMMY_ALL);
    await expect(card(performer, gun)).toContainText('last shown');
    await expect(card(performer, gun)).toContainText('show again by');
    await axe(performer);
    await shot(performer, 'scene-9-shown');
  });

  await test.step('it is called to the set of the open scene', async () => {
    await armorer.goto(toGun);
    await armorer.getByRole('button', { name: 'Call it to set' }).click();
    await expect(armorer.getByRole('button', { name: 'Call it off the set' })).toBeVisible();
    await expect(word(wall, gun), 'who is where is no matter of what is in it').toHaveText(DUMMY_ALL);
  });

  await test.step('a first AD is never a link in custody', async () => {
    await armorer.goto(`${toGun}/offer`);
    await expect(armorer.getByRole('button', { name: 'the lead performer' })).toBeVisible();
    await expect(armorer.getByRole('button', { name: 'the first AD' })).toHaveCount(0);
    const to = await personId(armorer, 'the first AD');
    const refused = await ask(armorer, { kind: 'offer', item: gun, body: { to } });
    expect(refused.accepted).toBe(false);
    expect(refused.reasons.map((reason) => reason.code)).toEqual(['HANDOVER-FIRST-AD']);
    await firstAd.goto(toGun);
    await expect(firstAd.locator('#timeline')).toContainText('A first AD is never a link in custody.');
  });

  await test.step('offered to the performer, who looks and takes it', async () => {
    await armorer.goto(`${toGun}/offer`);
    await armorer.getByRole('button', { name: 'the lead performer' }).click();
    await armorer.waitForURL('**/handover');
    await expect(word(wall, gun)).toHaveText('IN HANDOVER');
    await shot(armorer, 'scene-10-offered');
    await performer.goto('/');
    await performer.getByRole('link', { name: /GUN 2 is offered to you/ }).click();
    await expect(performer.getByRole('button', { name: 'I REFUSE IT' })).toBeVisible();
    await axe(performer);
    await shot(performer, 'scene-11-take');
    await performer.getByRole('button', { name: /I LOOKED/ }).click();
    await expect(performer.locator(`#mine a.item[href="${toGun}"] .state`)).toHaveText(DUMMY_ALL);
    await expect(word(wall, gun)).toHaveText(DUMMY_ALL);
    await expect(card(wall, gun)).toContainText('with the lead performer');
    await axe(wall);
    await shot(wall, 'scene-12-board');
    await shot(performer, 'scene-13-holds');
  });

  await test.step('out of sight: UNKNOWN on every screen', async () => {
    const watching = await as('the safety officer', toGun);
    await expect(word(watching, gun)).toHaveText(DUMMY_ALL);
    await performer.goto(toGun);
    await performer.getByRole('button', { name: 'It was out of sight' }).click();
    for (const page of [performer, watching, wall]) await expect(word(page, gun)).toHaveText('UNKNOWN');
    await expect(card(wall, gun)).toContainText('out of sight at');
    await shot(wall, 'scene-14-board-unknown');
  });

  await test.step('taken back by the armorer alone, and locked away', async () => {
    await armorer.goto('/take-back');
    await shot(armorer, 'scene-15-take-back');
    await armorer.getByRole('button', { name: /GUN 2/ }).click();
    // The list stays, for the next gun.
    await expect(armorer.getByRole('button', { name: /GUN 2/ })).toHaveCount(0);
    await armorer.goto(toGun);
    await expect(card(armorer, gun)).toContainText('with the armorer');
    await expect(word(armorer, gun)).toHaveText('UNKNOWN');
    await armorer.getByRole('link', { name: 'Lock it away' }).click();
    await shot(armorer, 'scene-16-lock-away');
    await armorer.locator('.acts').getByRole('button').first().click();
    await expect(word(wall, gun)).toHaveText('LOCKED');
    await armorer.waitForURL((url) => url.pathname === '/');
    await armorer.goto(toGun);
    // Whatever was refused stands in the record like what was granted.
    await expect(armorer.locator('#timeline')).toContainText('Refused: offered');
    await axe(armorer);
    await shot(armorer, 'scene-17-timeline');
  });
});
