import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';

let browser: Browser;
let harness: Harness;
const open: Page[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  harness = await serveModule('tests/ui/pages/frame.tsx');
});
afterEach(async () => {
  for (const page of open.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

const DESK = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 640 };
/** 1366x768 at 200 % zoom. */
const ZOOMED = { width: 683, height: 384 };

async function frame(
  options: { locale?: Locale; scheme?: 'light' | 'dark'; viewport?: typeof DESK; hash?: string } = {},
): Promise<Page> {
  const { locale = 'en', scheme = 'light', viewport = DESK, hash = '' } = options;
  const page = await harness.open(browser, { viewport });
  open.push(page);
  await page.goto(`${harness.url}?locale=${locale}&scheme=${scheme}${hash}`);
  await page.getByTestId('route').waitFor();
  return page;
}

const routeOf = async (page: Page) => JSON.parse((await page.getByTestId('route').textContent()) ?? '');
interface Keys {
  readonly code: string;
  /** The letter that the layout puts on that key. */
  readonly key: string;
  readonly altKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
}
const press = (page: Page, pressed: Keys) =>
  page.evaluate(
    (keys) => window.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...keys })),
    pressed,
  );

test('the layout check sees text that is cut off, sticks out or lies upon other text', async () => {
  const page = await frame();
  await page.evaluate(() => {
    const add = (style: string, text: string) => {
      const box = document.createElement('div');
      box.style.cssText = style;
      box.textContent = text;
      document.querySelector('main')?.append(box);
    };
    add('width: 40px; overflow: hidden; white-space: nowrap', 'cut off in the middle');
    add('margin-left: 1300px; white-space: nowrap', 'sticks out of the window by far');
    add('width: 60px; overflow-wrap: anywhere', 'Кыргызстандагы KGZ-2020-D1.2.c');
    add('', 'below');
    add('margin-top: -20px', 'above');
  });
  const found = (await layoutProblems(page)).join('\n');
  expect(found).toMatch(/"cut off in the middle" is cut off/);
  expect(found).toMatch(/"sticks out of the window by far" sticks out/);
  expect(found).toMatch(/"Кыргызстандагы" is broken in two/);
  expect(found).not.toMatch(/"KGZ/);
  expect(found).toMatch(/"below" lies upon .*"above"/);
});

describe.each(LOCALES)('the frame in %s', (locale) => {
  test.each(['low', 'full'] as const)('says that the disk is %s, cutting nothing off', async (level) => {
    const page = await frame({ locale });
    await page.evaluate(
      (found) => window.emit({ event: 'space', space: { freeBytes: 2_400_000, level: found } }),
      level,
    );
    if (level === 'full') await page.getByText(textOf(locale, 'space.full.can')).waitFor();
    else await page.getByText(textOf(locale, 'space.low.todo')).waitFor();
    for (const viewport of [DESK, ZOOMED, PHONE]) {
      await page.setViewportSize(viewport);
      expect(await layoutProblems(page), `${viewport.width}`).toEqual([]);
    }
  });

  test('says its own language to the browser and shows the practice ribbon', async () => {
    const page = await frame({ locale });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
    expect(await page.getByRole('note').textContent()).toBe(textOf(locale, 'app.demo'));
  });
});

test.each([
  ['light', DESK],
  ['light', PHONE],
  ['dark', DESK],
  ['dark', PHONE],
] as const)('axe finds nothing, %s', async (scheme, viewport) => {
  const page = await frame({ scheme, viewport, locale: 'ru' });
  await page.evaluate(() =>
    window.emit({
      event: 'notice',
      notice: { code: 'journal/torn', detail: { file: 'x.part', bytes: 12 } },
    }),
  );
  await page.getByText(textOf('ru', 'notices.journal.torn.todo')).waitFor();
  await page.evaluate(() => window.emit({ event: 'space', space: { freeBytes: 2_400_000, level: 'full' } }));
  await page.getByText(textOf('ru', 'space.full.can')).waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('axe would find a picture without a name, so it does look', async () => {
  const page = await frame();
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));
  expect((await axeProblems(page)).join()).toContain('image-alt');
});

test('changing the language keeps what is being typed, in the same field', async () => {
  const page = await frame();
  const field = page.getByRole('textbox', { name: textOf('en', 'app.search.label') });
  await field.fill('Узген, мектеп');
  await field.evaluate((input) => input.setAttribute('data-mark', 'same'));
  for (const [from, to, name] of [
    ['English', 'ky', 'Кыргызча'],
    ['Кыргызча', 'uz-Cyrl', 'Ўзбекча'],
  ] as const) {
    await page.getByRole('button', { name: from }).click();
    await page.getByRole('menuitemradio', { name }).click();
    const renamed = page.getByRole('textbox', { name: textOf(to, 'app.search.label') });
    expect(await renamed.inputValue()).toBe('Узген, мектеп');
    expect(await renamed.getAttribute('data-mark')).toBe('same');
  }
});

test('what is searched for reaches the list and never the address', async () => {
  const page = await frame({ hash: '#/settings' });
  await page.getByRole('textbox').fill('Айгүл');
  await expect.poll(() => page.getByTestId('search').textContent()).toBe('Айгүл');
  expect(page.url()).toMatch(/#\/observations$/);
});

test('chords work by the place of the key, whatever letter the layout puts there, and never with AltGr', async () => {
  const page = await frame();
  await press(page, { code: 'KeyN', key: 'т', altKey: true, ctrlKey: true });
  expect((await routeOf(page)).name).toBe('catalogue');
  await press(page, { code: 'KeyN', key: 'т', altKey: true });
  await expect.poll(async () => (await routeOf(page)).name).toBe('observation-new');
  await press(page, { code: 'KeyS', key: 'ы', altKey: true });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('placeholder'))).toBe(
    textOf('en', 'app.search.placeholder'),
  );
});

test('locking waits until drafts are on the disk', async () => {
  const page = await frame();
  await press(page, { code: 'KeyL', key: 'Д', ctrlKey: true, shiftKey: true });
  await expect.poll(() => page.evaluate(() => window.asked)).toContain('vault.lock');
  const asked = await page.evaluate(() => window.asked);
  expect(asked.indexOf('draft saved')).toBeLessThan(asked.indexOf('vault.lock'));
  expect(asked).toContain('draft saved');
});

test('by keyboard, the first stop leads past the navigation into the screen', async () => {
  const page = await frame();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
});

test('arriving at a screen moves the focus into it', async () => {
  const page = await frame();
  await page.getByRole('link', { name: textOf('en', 'app.nav.drafts') }).click();
  await expect.poll(async () => (await routeOf(page)).name).toBe('drafts');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
});

test('on a narrow window the navigation opens from a button and closes on arrival', async () => {
  const page = await frame({ viewport: PHONE });
  const link = page.getByRole('link', { name: textOf('en', 'app.nav.settings') });
  expect(await link.isVisible()).toBe(false);
  await page.getByRole('button', { name: textOf('en', 'app.nav.open') }).click();
  expect(await layoutProblems(page)).toEqual([]);
  expect(await axeProblems(page)).toEqual([]);
  await link.click();
  await expect.poll(() => link.isVisible()).toBe(false);
});

test('a button that destroys asks in place, and a hurried second Enter does nothing', async () => {
  const page = await frame();
  await page.getByRole('button', { name: 'Wipe' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.asked)).not.toContain('confirmed');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  expect(await page.evaluate(() => window.asked)).toContain('confirmed');
});

test('the colours are kept by whoever keeps the preferences, not by the browser', async () => {
  const page = await frame();
  await page.getByRole('button', { name: textOf('en', 'app.scheme.label') }).click();
  await page.getByRole('menuitemradio', { name: textOf('en', 'app.scheme.dark') }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
  expect(await page.evaluate(() => window.asked)).toContain('scheme dark');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});
