import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';

/** The list over 100,000 rows, newest day first: row `i` of the list is number `COUNT - 1 - i`. */

const COUNT = 100_000;
/** A window full of the lowest rows, those on either side of it, and the active one. */
const MOST_ROWS = 30;

let browser: Browser;
let harness: Harness;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  harness = await serveModule('tests/ui/pages/long-list.tsx');
  page = await harness.open(browser, { viewport: { width: 1366, height: 768 } });
  await row(0).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

const grid = () => page.getByRole('grid');
const row = (index: number) => page.locator(`[data-index="${index}"]`, { hasText: numberAt(index) });
const numberAt = (index: number) => `№${COUNT - 1 - index} `;
/** Index, number and edges of every row whose page is there. */
const rows = () =>
  grid().evaluate((element) =>
    [...element.querySelectorAll<HTMLElement>('[data-index]:not([aria-busy="true"])')].map((each) => ({
      index: Number(each.dataset.index),
      number: Number(/№(\d+)/.exec(each.textContent ?? '')?.[1]),
      top: each.getBoundingClientRect().top,
      bottom: each.getBoundingClientRect().bottom,
    })),
  );
const drawn = () => page.locator('[data-index]').count();
const activeText = () =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? '';
  });
const scrollTo = (part: number) =>
  grid().evaluate((element, share) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) * share;
  }, part);

beforeEach(async () => {
  await scrollTo(0);
  await row(0).waitFor();
});

test('every row says which of all it is, and only those in sight are drawn', async () => {
  expect(await grid().getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
  expect(await drawn()).toBeLessThan(MOST_ROWS);
  // Thirty windows further down, step by step as a wheel does it, there are no more than before.
  for (let step = 0; step < 30; step++) {
    await grid().evaluate((element) => element.scrollBy(0, element.clientHeight));
    expect(await drawn()).toBeLessThan(MOST_ROWS);
  }
});

test.each([
  ['the middle', 0.5],
  ['the end', 1],
])('scrolled to %s, it shows the rows that belong there, none upon another', async (_where, part) => {
  await scrollTo(part);
  const wanted = Math.round((COUNT - 1) * part);
  await expect
    .poll(async () => {
      const shown = await rows();
      return shown.some(({ index }) => Math.abs(index - wanted) < COUNT / 100);
    })
    .toBe(true);
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(4);
  const shown = (await rows()).sort((one, other) => one.top - other.top);
  for (const { index, number } of shown) expect(number).toBe(COUNT - 1 - index);
  const indexes = shown.map(({ index }) => index);
  expect(indexes).toEqual([...indexes].sort((one, other) => one - other));
  for (const [i, { top }] of shown.entries()) {
    expect(top).toBeGreaterThanOrEqual((shown[i - 1]?.bottom ?? top) - 1);
  }
  expect(await drawn()).toBeLessThan(MOST_ROWS);
  if (part === 1) expect(indexes.at(-1)).toBe(COUNT - 1);
});

test('End leads to the last row and Home to the first, a window at a time by Page Up', async () => {
  await grid().focus();
  await page.keyboard.press('End');
  await expect.poll(activeText).toContain('№0 ');
  await row(COUNT - 1).waitFor();
  await page.keyboard.press('PageUp');
  await expect.poll(activeText).toMatch(/№[1-9]\d? /);
  await page.keyboard.press('Home');
  await expect.poll(activeText).toContain(numberAt(0));
  await row(0).waitFor();
  expect(await drawn()).toBeLessThan(MOST_ROWS);
});

test('Ctrl+A chooses all of them, not only those that were drawn', async () => {
  await grid().focus();
  await page.keyboard.press('Control+A');
  await page.getByText(/^Выбрано: 100\s000$/).waitFor();
  await scrollTo(0.5);
  await expect.poll(() => page.locator('[data-index][aria-selected="false"]').count()).toBe(0);
  await page.keyboard.press('Escape');
});
