import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';

/** The alphabets of the five locales; oʻ gʻ and the tutuq are letters of Uzbek. */
const ALPHABETS = {
  ky: 'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя',
  ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  uzCyrl: 'абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ',
  uzLatn: 'abdefghijklmnopqrstuvxyzoʻgʻʼ',
  en: 'abcdefghijklmnopqrstuvwxyz',
} as const;
/** The weights of the theme: text, badges, headings, the brand. */
const WEIGHTS = [400, 500, 600, 700];

/** Every other character that the interface's texts, its own tables and the seeds write. */
function charactersInUse(): string {
  const files = [
    ...['en', 'ru', 'ky', 'uz-Latn', 'uz-Cyrl'].map((locale) => `locales/${locale}.json`),
    'renderer/ui/language/calendar-words.ts',
    'renderer/ui/language/phrase-words.ts',
    'renderer/ui/language/edtf-words.ts',
    ...readdirSync(new URL('../../seeds', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => `seeds/${file}`),
  ];
  const used = new Set(
    files.flatMap((file) => [...readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')]),
  );
  return [...used]
    .filter((character) => !/\s/.test(character))
    .sort()
    .join('');
}

interface Drawn {
  readonly family: string;
  readonly bundled: boolean;
  readonly glyphs: number;
}

/** Which fonts drew an element's letters, as the browser itself tells. */
async function fontsOf(page: Page, selector: string): Promise<Drawn[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  await devtools.detach();
  return fonts.map((font) => ({
    family: font.familyName,
    bundled: font.isCustomFont,
    glyphs: font.glyphCount,
  }));
}

async function show(page: Page, lines: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(([texts, weights]) => window.show(texts, weights), [lines, WEIGHTS] as const);
  await page.locator('p').last().waitFor();
  await page.evaluate(async () => {
    // One frame asks for the fonts, the next is drawn with them.
    await new Promise(requestAnimationFrame);
    await document.fonts.ready;
    await new Promise(requestAnimationFrame);
  });
}

let browser: Browser;
let harness: Harness;
beforeAll(async () => {
  browser = await launchBrowser();
  harness = await serveModule('tests/ui/pages/letters.tsx');
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

const LINES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(ALPHABETS).map(([name, letters]) => [name, letters + letters.toUpperCase()]),
  ),
  rest: charactersInUse(),
};

test('every letter of the five locales comes from the bundled font in every weight', async () => {
  const page = await harness.open(browser);
  await show(page, LINES);
  for (const name of Object.keys(LINES)) {
    for (const weight of WEIGHTS) {
      const drawn = await fontsOf(page, `#${name}-${weight}`);
      expect(drawn.length, `${name} ${weight}`).toBeGreaterThan(0);
      for (const font of drawn) {
        expect(font, `${name} ${weight}`).toMatchObject({
          bundled: true,
          family: expect.stringMatching(/^Noto Sans/),
        });
      }
    }
  }
});

test('a character that the bundled font lacks is seen to come from another one', async () => {
  const page = await harness.open(browser);
  await show(page, { odd: 'а漢' });
  expect((await fontsOf(page, '#odd-400')).some((font) => !font.bundled)).toBe(true);
});

test('without the cyrillic-ext file, Kyrgyz and Uzbek letters come from another font', async () => {
  const without = await serveModule('tests/ui/pages/letters.tsx', {
    replace: { 'renderer/ui/kit/fonts.css': 'tests/ui/fonts-without-extension.css' },
  });
  try {
    const page = await without.open(browser);
    await show(page, { ky: 'ңөү', uz: 'қғҳ', ru: 'абв' });
    expect((await fontsOf(page, '#ky-400')).some((font) => !font.bundled)).toBe(true);
    expect((await fontsOf(page, '#uz-400')).some((font) => !font.bundled)).toBe(true);
    expect((await fontsOf(page, '#ru-400')).every((font) => font.bundled)).toBe(true);
  } finally {
    await without.close();
  }
});
