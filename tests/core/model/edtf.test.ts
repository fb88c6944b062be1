import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  daysInMonth,
  type Edtf,
  type EdtfDate,
  formatEdtf,
  parseEdtf,
  precision,
  range,
} from '@/core/model/edtf.ts';

const dates = fc
  .record({
    year: fc.integer({ min: 0, max: 9999 }),
    month: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant('unknown' as const), fc.constant(null)),
    day: fc.integer({ min: 1, max: 31 }),
    dayStated: fc.constantFrom('known', 'unknown', 'not'),
    qualifier: fc.constantFrom('' as const, '?' as const, '~' as const, '%' as const),
  })
  .map(({ year, month, day, dayStated, qualifier }): EdtfDate => {
    const known = typeof month === 'number' && dayStated === 'known';
    const dayPart = known ? Math.min(day, daysInMonth(year, month)) : 'unknown';
    return { year, month, day: month === null || dayStated === 'not' ? null : dayPart, qualifier };
  });

const start = (date: EdtfDate): string => range({ kind: 'date', date }).from ?? '';

const edtfs: fc.Arbitrary<Edtf> = fc.oneof(
  dates.map((date): Edtf => ({ kind: 'date', date })),
  dates.map((from): Edtf => ({ kind: 'interval', from, to: 'open' })),
  dates.map((to): Edtf => ({ kind: 'interval', from: 'open', to })),
  fc.tuple(dates, dates).map(([a, b]): Edtf => {
    const [from, to] = start(a) <= start(b) ? [a, b] : [b, a];
    return { kind: 'interval', from, to };
  }),
);

/** Every day from `from` to `to` by a calendar that is not ours. */
const javascriptDay = (year: number, month: number, day: number): string => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.toISOString().slice(0, 10);
};

describe('reading', () => {
  test.each([
    ['2021-04-12', '2021-04-12', '2021-04-12', 'day'],
    ['2021-04', '2021-04-01', '2021-04-30', 'month'],
    ['2021', '2021-01-01', '2021-12-31', 'year'],
    ['2021-04~', '2021-04-01', '2021-04-30', 'month'],
    ['2021?', '2021-01-01', '2021-12-31', 'year'],
    ['2021-04-12%', '2021-04-12', '2021-04-12', 'day'],
    ['2021-04-XX', '2021-04-01', '2021-04-30', 'month'],
    ['2021-XX-XX', '2021-01-01', '2021-12-31', 'year'],
    ['2021-XX', '2021-01-01', '2021-12-31', 'year'],
    ['2021-04/2021-06', '2021-04-01', '2021-06-30', 'interval'],
    ['2021-04/..', '2021-04-01', null, 'interval'],
    ['../2021', null, '2021-12-31', 'interval'],
    ['2021-04-12/2021', '2021-04-12', '2021-12-31', 'interval'],
    ['2024-02', '2024-02-01', '2024-02-29', 'month'],
    ['1900-02', '1900-02-01', '1900-02-28', 'month'],
    ['2000-02-29', '2000-02-29', '2000-02-29', 'day'],
  ])('understands %s as %s to %s', (text, from, to, finest) => {
    const edtf = parseEdtf(text) as Edtf;
    expect(edtf).not.toBeNull();
    expect(range(edtf)).toEqual({ from, to });
    expect(range(text)).toEqual({ from, to });
    expect(precision(edtf)).toBe(finest);
    expect(formatEdtf(edtf)).toBe(text);
  });

  test.each([
    '',
    ' 2021',
    '21',
    '2021-4',
    '2021-13',
    '2021-00',
    '2021-04-31',
    '2021-02-29',
    '1900-02-29',
    '2021-04-00',
    '2021-XX-12',
    '2021-21',
    '12.04.2021',
    '2021-04-12T10:00',
    '../..',
    '/2021',
    '2021/',
    '2021/2022/2023',
    '2022/2021',
    '2021-06/2021-04',
    '2021~?',
    '-2021',
    'Y17000000002',
    '２０２１',
    '2021\n',
  ])('refuses %j', (text) => {
    expect(parseEdtf(text)).toBeNull();
    expect(range(text)).toEqual({ from: null, to: null });
  });

  test('reads back every date it writes', () => {
    fc.assert(
      fc.property(edtfs, (edtf) => {
        expect(parseEdtf(formatEdtf(edtf))).toEqual(edtf);
      }),
    );
  });

  test('never throws, and writes what it could read in the same words', () => {
    const likely = fc.string({ unit: fc.constantFrom(...'0123456789-/.X?~%'.split('')), maxLength: 24 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), likely), (text) => {
        const edtf = parseEdtf(text);
        if (edtf !== null) expect(formatEdtf(edtf)).toBe(text);
      }),
    );
  });
});

describe('the calendar', () => {
  test('agrees with another calendar on the last day of every month of 400 years', () => {
    for (let year = 1800; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        const text = `${year}-${String(month).padStart(2, '0')}`;
        expect(range(text).to).toBe(javascriptDay(year, month + 1, 0));
      }
    }
  });

  test('never lets a range end before it starts, and a day is its own range', () => {
    fc.assert(
      fc.property(edtfs, (edtf) => {
        const { from, to } = range(edtf);
        if (from !== null && to !== null) expect(from <= to).toBe(true);
        if (precision(edtf) === 'day') expect(from).toBe(to);
      }),
    );
  });

  test('puts a more exact date inside the less exact one', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const outer = range({ kind: 'date', date: { ...date, month: null, day: null } });
        const inner = range({ kind: 'date', date });
        expect((inner.from ?? '') >= (outer.from ?? '')).toBe(true);
        expect((inner.to ?? '') <= (outer.to ?? '')).toBe(true);
      }),
    );
  });
});
