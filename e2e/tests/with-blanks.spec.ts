// Blanks: from the meeting of their scene to the count of their brass, and a musket from the rod to its burned charge, with the
// forms as they are pressed. Its day is one of its own, whose scene with blanks waits for its meeting.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accepted, answer, card, count, countBoth, hold, idNamed, idOf, personId, sendCount, verdict, word } from '../hands.ts';

test.use({ script: 'blanks' });
// One after another through one scene: what follows a failure has nothing to stand on.
test.describe.configure({ mode: 'serial' });

const FIVE_TOPICS = 5;

/** What both saw of a barrel that is charged and primed. */
async function readPrimed(page: Page): Promise<void> {
  await page.locator('#barrels button.primary').click();
  await page.getByRole('button', { name: 'CAP OR POWDER ON', exact: true }).click();
  await page.getByRole('button', { name: 'ABOVE ITS MARK', exact: true }).click();
  await hold(page, page.getByRole('button', { name: 'Hold to send what I saw' }));
}

/** The armorer begins the check with the safety officer as his witness, on the screen. */
async function beginCheck(armorer: Page, gun: string): Promise<void> {
  await armorer.goto(`/guns/${gun}/check`);
  await armorer.getByRole('button', { name: 'the safety officer' }).click();
}

/** Begins the plan of a shot of the open scene; gives its address. */
async function beginPlan(firstAd: Page): Promise<string> {
  await firstAd.getByText('Plan a shot', { exact: true }).click();
  await firstAd.getByRole('button', { name: 'Begin the plan' }).click();
  await firstAd.waitForURL(/\/shots\/./);
  return new URL(firstAd.url()).pathname;
}

/** Plans a gun with blanks into the shot on the screen. */
async function planGun(firstAd: Page, gun: string, rounds: number, standOff: string, barrier: boolean): Promise<void> {
  await firstAd.getByText('Enter a gun, or change it', { exact: true }).click();
  await firstAd.locator('#plan-gun').selectOption(gun);
  await firstAd.locator('#plan-holds').selectOption('blank');
  await firstAd.locator('#plan-rounds').fill(String(rounds));
  await firstAd.locator('#plan-load').selectOption('full');
  await firstAd.locator('#plan-toward').selectOption('nobody');
  await firstAd.locator('#plan-stand-off').fill(standOff);
  if (barrier) await firstAd.locator('input[name="barrier"]').check();
  await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: enter it' }));
}

/** Measures a gun's line in the shot, and says that whoever is close by has ears and eyes protected. */
async function measureAndProtect(page: Page, shot: string, gun: string, name: string): Promise<void> {
  await page.goto(shot);
  await page.getByText(`${name}: measure its line`, { exact: true }).click();
  await page.locator(`#measure-${gun}`).fill('9.5');
  await hold(page, page.getByRole('button', { name: 'Hold: measured' }).first());
  await expect(page.locator('#shot')).toContainText('nearest measured at 9.5 m');
  // The form lies in an open fold, which stays as it is: the page would load itself anew under the next finger.
  await page.goto(shot);
  await hold(page, page.getByRole('button', { name: `Hold: everybody close to ${name} has ears and eyes protected` }));
  await expect(page.locator('#shot')).toContainText('ears and eyes are protected');
}

/** The armorer gives it on his screen, the performer looks and takes it on his own. */
async function handOver(armorer: Page, performer: Page, gun: string, name: string): Promise<void> {
  await armorer.goto(`/guns/${gun}/offer`);
  await armorer.getByRole('button', { name: 'the lead performer' }).click();
  await armorer.waitForURL('**/handover');
  await performer.goto('/');
  await performer.getByRole('link', { name: `${name} is offered to you` }).click();
  await performer.getByRole('button', { name: /I LOOKED/ }).click();
  await performer.waitForURL((url) => url.pathname === '/');
}

/** The line of a gun is found clear, on its own page. */
async function clearLine(armorer: Page, gun: string): Promise<void> {
  await armorer.goto(`/guns/${gun}/line`);
  await armorer.locator('#nearest').fill('9.5');
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: the line is clear to there' }));
  await armorer.waitForURL(`**/guns/${gun}`);
}

/** The first AD calls SHOT READY for the shot on his screen, and the board says so. */
async function callReady(firstAd: Page, wall: Page): Promise<void> {
  await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: SHOT READY' }));
  await expect(wall.locator('#shots')).toContainText('SHOT READY, called');
}

/** He begins the take, and the board says so. */
async function beginTake(firstAd: Page, wall: Page): Promise<void> {
  await hold(firstAd, firstAd.getByRole('button', { name: 'Hold: begin the take' }));
  await expect(wall.locator('#shots')).toContainText('a take is on');
}

/** What came out is sent, and the empty gun is locked away. */
async function sendAndLockAway(armorer: Page, wall: Page, gun: string): Promise<void> {
  await hold(armorer, armorer.getByRole('button', { name: 'Hold to send what came out' }));
  await armorer.waitForURL(`**/guns/${gun}`);
  await expect(verdict(armorer)).toHaveCount(0);
  await armorer.getByRole('link', { name: 'Lock it away' }).click();
  await armorer.getByRole('button', { name: 'the vault' }).click();
  await expect(word(wall, gun)).toHaveText('LOCKED');
}

/** Somebody who heard them reports the shots. */
async function reportShots(page: Page, gun: string, shots: number): Promise<void> {
  await page.goto(`/guns/${gun}/fired`);
  await page.locator('#shots').fill(String(shots));
  await page.locator('#misfires').fill('0');
  await hold(page, page.getByRole('button', { name: 'Hold to report' }));
  await page.waitForURL(`**/guns/${gun}`);
}

test('the scene with blanks is met for and opened', async ({ as, axe, shot }) => {
  const armorer = await as('the armorer', '/meeting');
  await armorer.getByText('Hold a meeting', { exact: true }).click();
  await armorer.locator('#meeting-scene').selectOption({ label: '12, EXT. the churchyard, DAY (blanks)' });
  await armorer.locator('#meeting-place').selectOption({ label: 'the churchyard set (set)' });
  const topics = armorer.locator('input[name="topics"]');
  await expect(topics).toHaveCount(FIVE_TOPICS);
  for (const topic of await topics.all()) await topic.check();
  await axe(armorer);
  await shot(armorer, 'blanks-1-meeting');
  await hold(armorer, armorer.getByRole('button', { name: 'Hold: the meeting was held' }));
  const meeting = armorer.locator('#meetings section', { hasText: '12, EXT. the churchyard, DAY' });
  await expect(meeting).toContainText('the churchyard set');

  for (const role of ['the first AD', 'the lead performer', 'the safety officer', 'the camera operator']) {
    const page = await as(role, '/meeting');
    await page.getByRole('button', { name: 'I AM HERE, in person' }).click();
    await expect(meeting).toContainText(role);
  }
  await shot(armorer, 'blanks-2-who-is-here');

  const firstAd = await as('the first AD', '/scene');
  await firstAd.locator('#open-scene').selectOption({ label: '12, EXT. the churchyard, DAY (blanks)' });
  await firstAd.locator('#open-place').selectOption({ label: 'the churchyard set (set)' });
  await shot(firstAd, 'blanks-3-open');
  await firstAd.getByRole('button', { name: 'Open the scene' }).click();
  await firstAd.waitForURL('**/meeting');
  await firstAd.goto('/scene');
  await expect(firstAd.locator('#scene h1')).toContainText('12, EXT. the churchyard, DAY');
});

test('two blanks: planned, loaded, shown, handed over, fired in a take, emptied, and their brass counted', async ({ demo, as, board, axe, shot }) => {
  test.setTimeout(240_000);
  const armorer = await as('the armorer');
  const witness = await as('the safety officer');
  const performer = await as('the lead performer');
  const firstAd = await as('the first AD', '/shots');
  const wall = await board();
  const gun = idOf(demo.gun('GUN 3'));
  const toGun = `/guns/${gun}`;
  const lot = await idNamed(armorer, '/lots', 'BLANKS F');
  let toShot = '';

  await test.step('the shot is planned: exact load, stand-off, a shield, who stands where', async () => {
    toShot = await beginPlan(firstAd);
    await planGun(firstAd, gun, 2, '8', true);
    await expect(firstAd.locator('#shot')).toContainText('planned: BLANK, full load, 2 rounds');
    await firstAd.getByText('Enter who stands in a line', { exact: true }).click();
    await firstAd.locator('#place-person').selectOption({ label: 'the camera operator (camera)' });
    await firstAd.locator('#place-distance').fill('9.5');
    await firstAd.getByRole('button', { name: 'Enter', exact: true }).click();
    await expect(firstAd.locator('#shot')).toContainText('9.5 m from the muzzle of');
    const camera = await as('the camera operator', toShot);
    await hold(camera, camera.getByRole('button', { name: 'Hold: I was told, and may refuse' }));
    await expect(firstAd.locator('#shot')).toContainText('was told, may refuse');
    for (const code of ['LINE-BARRIER-MISSING', 'LINE-NOT-MEASURED', 'SHOT-NO-PROTECTION', 'SHOWING-1']) {
      await expect(firstAd.locator('#shot')).toContainText(code);
    }
    await axe(firstAd);
    await shot(firstAd, 'blanks-4-plan');
  });

  await test.step('the box is taken out and counted before firing, the gun is loaded on the set', async () => {
    await armorer.goto(`/lots/${lot}`);
    await armorer.getByRole('button', { name: 'Take its box out' }).click();
    await expect(armorer.locator('article.card')).toContainText('with the armorer');
    await countBoth('before_firing', armorer, witness, await personId(armorer, 'the safety officer'), lot);
    await armorer.goto(toGun);
    await armorer.getByRole('button', { name: 'Take it out' }).click();
    await armorer.getByRole('link', { name: 'Look through the bore' }).click();
    await armorer.getByRole('button', { name: 'LIGHT SEEN' }).click();
    await armorer.waitForURL(`**${toGun}`);
    await armorer.getByRole('link', { name: 'Load it' }).click();
    await armorer.getByRole('radio', { name: /^BLANKS F/ }).check();
    await armorer.getByRole('checkbox', { name: 'Chamber 1 (marked)' }).check();
    await armorer.getByRole('checkbox', { name: 'Chamber 2', exact: true }).check();
    await axe(armorer);
    await shot(armorer, 'blanks-5-load');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to load' }));
    await armorer.waitForURL(`**${toGun}`);
    await armorer.getByRole('button', { name: 'Call it to set' }).click();
    await expect(armorer.getByRole('button', { name: 'Call it off the set' })).toBeVisible();
  });

  await test.step('both see two blanks and four empty chambers', async () => {
    await beginCheck(armorer, gun);
    await answer(armorer, 'BBEEEE');
    await armorer.waitForURL(`**${toGun}`);
    await witness.goto(`${toGun}/check`);
    await answer(witness, 'BBEEEE');
    await witness.waitForURL(`**${toGun}`);
    await expect(word(wall, gun)).toHaveText('BLANK 2/6');
    await expect(card(wall, gun)).toContainText('LINE NOT CLEAR');
    await shot(armorer, 'blanks-6-shown');
  });

  await test.step('the shield stands, the line is measured and clear, ears and eyes are protected', async () => {
    await measureAndProtect(armorer, toShot, gun, 'GUN 3');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold: the shield before GUN 3 stands' }));
    await expect(armorer.locator('#shot')).toContainText('a shield stands');
    await armorer.goto(`${toGun}/line`);
    await axe(armorer);
    await shot(armorer, 'blanks-7-line');
    await clearLine(armorer, gun);
    await expect(card(wall, gun)).toContainText('line found clear');
  });

  await test.step('it is handed over; SHOT READY is called, and the take begins', async () => {
    await handOver(armorer, performer, gun, 'GUN 3');
    await shot(performer, 'blanks-8-with-the-performer');
    await firstAd.goto(toShot);
    await expect(firstAd.locator('#shot')).toContainText('nothing is missing; SHOT READY was not called');
    await shot(firstAd, 'blanks-9-nothing-missing');
    await callReady(firstAd, wall);
    await beginTake(firstAd, wall);
    await axe(firstAd);
    await shot(firstAd, 'blanks-10-take');
    await shot(wall, 'blanks-11-board');
  });

  await test.step('it fires twice, as planned; then CUT, and the armorer takes it back', async () => {
    await performer.goto(`${toGun}/fired`);
    await axe(performer);
    await shot(performer, 'blanks-12-fired');
    await reportShots(performer, gun, 2);
    await expect(word(wall, gun)).toHaveText('UNKNOWN');
    await expect(card(wall, gun)).toContainText('fired at');
    await firstAd.getByRole('button', { name: 'CUT', exact: true }).click();
    await expect(firstAd.getByRole('button', { name: 'CUT', exact: true })).toHaveCount(0);
    await armorer.goto(toGun);
    await armorer.getByRole('button', { name: 'Take it back' }).click();
    await expect(card(armorer, gun)).toContainText('with the armorer');
  });

  await test.step('two fired cases come out of it, and nothing else', async () => {
    await armorer.getByRole('link', { name: 'Empty it: say what came out' }).click();
    await expect(armorer.getByRole('button', { name: 'Chamber 1 is at the gate' })).toBeVisible();
    await shot(armorer, 'blanks-13-empty');
    await armorer.getByRole('button', { name: 'Chamber 1 is at the gate' }).click();
    await axe(armorer);
    for (const out of ['FIRED CASE', 'FIRED CASE', 'NOTHING', 'NOTHING', 'NOTHING', 'NOTHING']) {
      await armorer.getByRole('button', { name: out, exact: true }).click();
    }
    // That it can hold everything is said before the hold; what is expected is not.
    await expect(armorer.locator('#empty')).toContainText('everything is held until that is looked into');
    await axe(armorer);
    await shot(armorer, 'blanks-14-came-out');
    await sendAndLockAway(armorer, wall, gun);
  });

  await test.step('the brass is counted by two, blind: what went out is back, as cases', async () => {
    await armorer.goto(`/lots/${lot}`);
    const facts = await armorer.locator('.facts').innerText();
    const [blanks, cases] = [/(\d+) rounds/, /(\d+) fired cases/].map((of) => Number(of.exec(facts)?.[1]));
    await shot(armorer, 'blanks-15-lot');
    await armorer.getByRole('link', { name: 'Count it' }).click();
    await armorer.locator('select[name="occasion"]').selectOption('after_firing');
    await armorer.getByRole('button', { name: 'the safety officer' }).click();
    await count(armorer, { BLANKS: blanks ?? 0, 'FIRED CASES': cases ?? 0 }, 'none');
    await shot(armorer, 'blanks-16-counted');
    await sendCount(armorer);
    await armorer.waitForURL(`**/lots/${lot}`);
    await witness.goto(`/lots/${lot}/count`);
    await count(witness, { BLANKS: blanks ?? 0, 'FIRED CASES': cases ?? 0 }, 'none');
    await sendCount(witness);
    await witness.waitForURL(`**/lots/${lot}`);
    await expect(armorer.locator('.facts')).toContainText(`${blanks} rounds`);
    await expect(armorer.locator('.facts')).toContainText(`${cases} fired cases`);
    expect(blanks, 'two were fired for the test, two in the take').toBe(46);
    expect(cases).toBe(4);
    await armorer.getByText('Lock its box away').click();
    await armorer.locator('form[data-kind="put_away_lot"]').getByRole('button').first().click();
    await expect(armorer.locator('article.card .who')).toContainText('in the ammunition case');
    await expect(verdict(armorer)).toHaveCount(0);
  });
});

test('a musket: rod, charge, the cap last, fired, and its charge burned', async ({ demo, as, board, axe, shot }) => {
  test.setTimeout(240_000);
  const armorer = await as('the armorer');
  const witness = await as('the safety officer');
  const performer = await as('the lead performer');
  const firstAd = await as('the first AD', '/shots');
  const wall = await board();
  const gun = idOf(demo.gun('MUSKET 1'));
  const toGun = `/guns/${gun}`;
  const lot = await idNamed(armorer, '/lots', 'CHARGES M');
  const who = await personId(armorer, 'the safety officer');
  let toShot = '';

  await test.step('the shot is planned', async () => {
    toShot = await beginPlan(firstAd);
    await planGun(firstAd, gun, 1, '8', false);
    await expect(firstAd.locator('#shot')).toContainText('planned: BLANK, full load, 1 round');
  });

  await test.step('the rod, then one measured charge', async () => {
    await accepted(armorer, { kind: 'take_out_lot', item: lot, body: {} });
    await countBoth('before_firing', armorer, witness, who, lot);
    await armorer.goto(toGun);
    await armorer.getByRole('button', { name: 'Take it out' }).click();
    await armorer.getByRole('link', { name: 'Run the rod' }).click();
    await armorer.getByRole('button', { name: 'AT ITS MARK IN EVERY BARREL' }).click();
    await armorer.waitForURL(`**${toGun}`);
    await armorer.getByRole('link', { name: 'Load it' }).click();
    await armorer.getByRole('radio', { name: /^CHARGES M/ }).check();
    await armorer.getByRole('checkbox', { name: 'Barrel 1 (marked)' }).check();
    await shot(armorer, 'musket-20-load');
    await hold(armorer, armorer.getByRole('button', { name: 'Hold to load' }));
    await armorer.waitForURL(`**${toGun}`);
    await expect(verdict(armorer)).toHaveCount(0);
  });

  await test.step('on the set, last of all, the cap', async () => {
    await expect(armorer.getByRole('button', { name: 'Hold: it is primed' })).toHaveCount(0);
    await armorer.getByRole('button', { name: 'Call it to set' }).click();
    const prime = armorer.getByRole('button', { name: 'Hold: it is primed' });
    await expect(prime).toBeVisible();
    await prime.scrollIntoViewIfNeeded();
    await axe(armorer);
    await shot(armorer, 'musket-21-cap');
    await hold(armorer, prime);
    await expect(armorer.locator('#timeline')).toContainText('primed');
  });

  await test.step('both read it charged and primed', async () => {
    await beginCheck(armorer, gun);
    await readPrimed(armorer);
    await armorer.waitForURL(`**${toGun}`);
    await witness.goto(`${toGun}/check`);
    await readPrimed(witness);
    await witness.waitForURL(`**${toGun}`);
    await expect(word(wall, gun)).toHaveText('BLANK 1/1');
    // The thirteenth gun of the board is seen without a scroll.
    await expect(card(wall, gun)).toBeInViewport({ ratio: 1 });
    await expect(card(wall, gun)).toContainText('PRIMED 1');
    await shot(armorer, 'musket-22-shown');
  });

  await test.step('line, ears and eyes, handover, SHOT READY, take', async () => {
    await measureAndProtect(armorer, toShot, gun, 'MUSKET 1');
    await clearLine(armorer, gun);
    await handOver(armorer, performer, gun, 'MUSKET 1');
    await firstAd.goto(toShot);
    await callReady(firstAd, wall);
    await shot(wall, 'musket-23-board');
    await beginTake(firstAd, wall);
  });

  await test.step('it fires once; its charge burned and left no brass', async () => {
    await reportShots(performer, gun, 1);
    await firstAd.getByRole('button', { name: 'CUT', exact: true }).click();
    await armorer.goto(toGun);
    await armorer.getByRole('button', { name: 'Take it back' }).click();
    await armorer.getByRole('link', { name: 'Empty it: say what came out' }).click();
    await armorer.getByRole('button', { name: 'The caps are off' }).click();
    await armorer.getByRole('button', { name: 'BURNED', exact: true }).click();
    await expect(armorer.locator('#empty')).toContainText('one charge more or one less, everything is held');
    await axe(armorer);
    await shot(armorer, 'musket-24-burned');
    await sendAndLockAway(armorer, wall, gun);
    await countBoth('after_firing', armorer, witness, who, lot);
    await armorer.goto(`/lots/${lot}`);
    // Twenty came; one was fired for the test, one in the take.
    await expect(armorer.locator('.facts')).toContainText('18 rounds');
    await expect(armorer.locator('.facts')).not.toContainText('fired case');
  });
});
