import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';

const browser = await openBrowser();

test('the browser draws Chinese text with a font that has it', async () => {
  const page = await browser.newPage();
  const pictures = await page.evaluate(() =>
    ['评', '价'].map((character) => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d')?.fillText(character, 10, 20);
      return canvas.toDataURL();
    }),
  );
  // Characters without a font are all drawn as the same box.
  expect(pictures[0]).not.toBe(pictures[1]);
});
