import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';
import { EXPECTED, EXPECTED_EDTF, PLURALS } from './format-table.ts';

/** Noon of 4 December 2020 in Bishkek, and a time on that evening. */
const NOW = Date.parse('2020-12-04T06:00:00Z');

/** Everything the table holds, asked of the page; no-break spaces read as spaces. */
function printed(page: Page, locale: Locale): Promise<Record<string, string>> {
  return page.evaluate(
    ([code, now]) => {
      const format = window.formats[code];
      const ago = (milliseconds: number) => format.relative(new Date(now - milliseconds).toISOString(), now);
      const hour = 3_600_000;
      const table = {
        months: format.monthNames().join(' '),
        days: format.weekdayNames().join(' '),
        'long date': format.date('2020-12-04'),
        'table date': format.date('2020-12-04', 'table'),
        'date and time': format.dateTime('2020-12-04T17:05:00Z'),
        '3 days ago': ago(72 * hour),
        '1 hour ago': ago(1.5 * hour),
        'in 5 minutes': ago(-hour / 12),
        '2 months ago': ago(62 * 24 * hour),
        now: ago(20_000),
        and: format.list(['A', 'B', 'C']),
        or: format.list(['A', 'B', 'C'], 'or'),
        number: format.number(1_234_567.5),
        percent: format.percent(0.45),
        'file size': format.fileSize(1.5 * 1024 * 1024),
      };
      return Object.fromEntries(
        Object.entries(table).map(([what, text]) => [what, text.replaceAll(/[\u00a0\u202f]/g, ' ')]),
      );
    },
    [locale, NOW] as const,
  );
}

let browser: Browser;
let harness: Harness;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  harness = await serveModule('tests/ui/pages/locale-functions.ts');
  page = await harness.open(browser);
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

describe.each(LOCALES)('in Chromium, %s', (locale) => {
  test('prints dates, numbers, lists and relative time as its readers write them', async () => {
    expect(await printed(page, locale)).toEqual(EXPECTED[locale]);
  });

  test('puts a date of every EDTF precision into words', async () => {
    const words = await page.evaluate(
      ([code, dates]) => Object.fromEntries(dates.map((date) => [date, window.formats[code].date(date)])),
      [locale, Object.keys(EXPECTED_EDTF)] as const,
    );
    expect(words).toEqual(
      Object.fromEntries(Object.entries(EXPECTED_EDTF).map(([date, texts]) => [date, texts[locale]])),
    );
  });

  test('chooses the plural form for 0, 1, 2, 5, 11 and 21', async () => {
    const { forms, gives } = PLURALS[locale];
    const counted = await page.evaluate(
      ([code, words]) => [0, 1, 2, 5, 11, 21].map((count) => window.countCases(code, words, count)),
      [locale, forms] as const,
    );
    expect(counted.join(', ')).toBe(gives);
  });

  test('never shows another language for a missing text', async () => {
    expect(await page.evaluate((code) => window.say(code, 'no.such.text'), locale)).toBe(
      `thrown: Text "no.such.text" is missing in "${locale}". Every text must exist in every locale.`,
    );
  });
});

test('a text that lacks a value of its placeholder is refused', async () => {
  expect(await page.evaluate(() => window.say('ru', 'kit.code'))).toContain('thrown: A value for');
});

test('numbers inside a text are written as the locale writes them', async () => {
  const text = await page.evaluate(() => window.say('ky', 'kit.figures', { done: 12_500, total: 100_000 }));
  expect(text.replaceAll('\u00a0', ' ')).toBe('100 000 ичинен 12 500');
});

test('text that is no EDTF date is shown as it was written', async () => {
  const odd = ['', 'spring', '2021-13', '2021-04-32', '../..', '2021-04-01/xx', '2021-XX-04'];
  const shown = await page.evaluate((dates) => dates.map((date) => window.formats.en.date(date)), odd);
  expect(shown).toEqual(odd);
});

test('short dates for tables keep their uncertainty', async () => {
  const dates = ['2021-04~', '2021?', '2021-04-XX', '2021-XX', '2021-04-01/..', '202X'];
  const shown = await page.evaluate(
    (list) => list.map((date) => window.formats.ky.date(date, 'table')),
    dates,
  );
  expect(shown).toEqual(['~ 04.2021', '2021 ?', '??.04.2021', '?? 2021', '01.04.2021 – …', '2020–2029']);
});

test('without the tables Chromium prints other words for Kyrgyz and Uzbek, so the tests above would fail', async () => {
  const withoutTables = await serveModule('tests/ui/pages/locale-functions.ts', {
    replace: {
      'renderer/ui/language/calendar-words.ts': 'tests/ui/pages/intl-words.ts',
      'renderer/ui/language/phrase-words.ts': 'tests/ui/pages/intl-words.ts',
    },
  });
  try {
    const bare = await withoutTables.open(browser);
    const missed = {
      ky: ['months', 'days', 'long date', '3 days ago', 'and', 'or'],
      'uz-Latn': ['months', 'days', 'long date', '3 days ago', 'and', 'or'],
      'uz-Cyrl': ['in 5 minutes', 'and', 'or'],
    } as const;
    for (const locale of ['ky', 'uz-Latn', 'uz-Cyrl'] as const) {
      const wrong = Object.entries(await printed(bare, locale))
        .filter(([what, text]) => text !== EXPECTED[locale][what])
        .map(([what]) => what);
      expect(wrong, locale).toEqual(expect.arrayContaining([...missed[locale]]));
    }
  } finally {
    await withoutTables.close();
  }
});
