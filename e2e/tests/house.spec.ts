// The tools themselves, on a page that needs no server: without this, a browser that shows nothing and a checker that
// finds nothing would look like success.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../fixtures.ts';

const FONTS = path.resolve(import.meta.dirname, '../../crates/web/assets/fonts');

async function pageWith(main: string): Promise<string> {
  const faces = await Promise.all(
    (
      [
        ['B612', 400, 'b612-latin-400-normal'],
        ['B612', 700, 'b612-latin-700-normal'],
        ['B612 Mono', 400, 'b612-mono-latin-400-normal'],
        ['B612 Mono', 700, 'b612-mono-latin-700-normal'],
      ] as const
    ).map(async ([family, weight, file]) => {
      const bytes = await readFile(path.join(FONTS, `${file}.woff2`));
      const source = `url(data:font/woff2;base64,${bytes.toString('base64')})`;
      return `@font-face { font-family: "${family}"; font-weight: ${weight}; src: ${source} format("woff2") }`;
    }),
  );
  return `<!doctype html><html lang="en"><head><title>Fonts</title>
    <meta name="viewport" content="width=device-width">
    <style>${faces.join('\n')}
      body { font: 400 20px/1.5 B612; color: #eee; background: #111; margin: 16px }
      h1 { font-weight: 700 } code { font-family: "B612 Mono" } strong { font-family: "B612 Mono"; font-weight: 700 }
    </style></head><body><main>${main}</main></body></html>`;
}

const PAGE = '<h1>GUN 1 – UNKNOWN</h1><p>Last shown 10:47; show again by 10:52.</p><p><code>0O 1Il 8B</code> <strong>6 of 6</strong></p>';

test('the four fonts are there and drawn', async ({ page, axe, shot }) => {
  await page.setContent(await pageWith(PAGE));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const states = await page.evaluate(() => [...document.fonts].map((face) => `${face.family} ${face.weight} ${face.status}`));
  expect(states.map((state) => state.replaceAll('"', ''))).toEqual([
    'B612 400 loaded',
    'B612 700 loaded',
    'B612 Mono 400 loaded',
    'B612 Mono 700 loaded',
  ]);
  await axe(page);
  await shot(page, 'house-fonts');
});

test('every window has the size of its project', async ({ page, open }, info) => {
  const expected = info.project.name === 'phone' ? [390, 844, 2, true] : [1920, 1080, 1, false];
  for (const window of [page, await open('about:blank')]) {
    await window.setContent(await pageWith(PAGE));
    expect(await window.evaluate(() => [innerWidth, innerHeight, devicePixelRatio, navigator.maxTouchPoints > 0])).toEqual(expected);
  }
});

test('axe-core finds what is wrong', async ({ page, axe }) => {
  await page.setContent(await pageWith('<h1>Bad</h1><img src="data:,"><p style="color:#222">unreadable</p>'));
  await expect(axe(page)).rejects.toThrow(/image-alt[\s\S]*color-contrast|color-contrast[\s\S]*image-alt/);
});
