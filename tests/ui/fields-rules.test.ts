import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { readTypedDate } from '@/ui/fields/date-text.ts';
import { readNumber } from '@/ui/fields/number-text.ts';
import { placePalette } from '@/ui/fields/typing/place-palette.ts';
import { formatFor } from '@/ui/language/format.ts';

const TODAY = '2026-03-15';

describe('reading a date as it is typed', () => {
  test.each([
    ['12.04.2021', '2021-04-12'],
    ['1.4.2021', '2021-04-01'],
    ['12/04/2021', '2021-04-12'],
    ['04.2021', '2021-04'],
    ['2021', '2021'],
    ['12.04.21', '2021-04-12'],
    ['12.04.98', '1998-04-12'],
    ['12 апреля 2021 г.', '2021-04-12'],
    ['апрель 2021', '2021-04'],
    ['2021-жылдын 12-апрели', '2021-04-12'],
    ['2021-yil 12-aprel', '2021-04-12'],
    ['2021 йил 12 апрель', '2021-04-12'],
    ['April 12, 2021', '2021-04-12'],
    ['iyun 2021', '2021-06'],
    ['июль 2021', '2021-07'],
    ['12 апреля', '2025-04-12'],
    ['март', '2026-03'],
    ['вчера', '2026-03-14'],
    ['бүгүн', '2026-03-15'],
    ['~2021', '2021~'],
    ['taxminan 2021', '2021~'],
    ['04.2021?', '2021-04?'],
    ['??.04.2021', '2021-04-XX'],
    ['2021-04-ХХ', '2021-04-XX'],
    ['12–15.04.2021', '2021-04-12/2021-04-15'],
    ['12.04.2021-15.04.2021', '2021-04-12/2021-04-15'],
    ['апрель – июнь 2021', '2021-04/2021-06'],
    ['2020-2021', '2020/2021'],
    ['2021/..', '2021/..'],
    // The word for the year written to it.
    ['12.04.2021г.', '2021-04-12'],
    ['2021ж', '2021'],
    ['2021йил', '2021'],
    ['2021-жылдын апрель айында', '2021-04'],
    ['2021 йил апрель ойида', '2021-04'],
    // A year that stands at the beginning of a period only.
    ['апрель 2021 – июнь', '2021-04/2021-06'],
    ['12.04.2019 – 15.04', '2019-04-12/2019-04-15'],
    ['декабрь 2020 – январь', '2020-12/2021-01'],
    ['30.12.2019 – 02.01', '2019-12-30/2020-01-02'],
    ['апрель 2019 – июнь?', '2019-04/2019-06?'],
    // From and to, and since, as each language says them.
    ['с 12 по 15 апреля 2021', '2021-04-12/2021-04-15'],
    ['с 12.04.2021 по 15.04.2021', '2021-04-12/2021-04-15'],
    ['from April 2019 to June 2020', '2019-04/2020-06'],
    ['2019-жылдын 12-апрелинен 15-апрелине чейин', '2019-04-12/2019-04-15'],
    ['2019-жылдан 2021-жылга чейин', '2019/2021'],
    ['2019-yildan 2021-yilgacha', '2019/2021'],
    ['2019 йилдан 2021 йилгача', '2019/2021'],
    ['со 2 апреля 2021', '2021-04-02/..'],
    ['since April 2021', '2021-04/..'],
    ['2021-жылдан бери', '2021/..'],
    ['2021-yildan beri', '2021/..'],
  ])('reads "%s" as %s', (typed, edtf) => {
    expect(readTypedDate(typed, TODAY)).toBe(edtf);
  });

  test.each([
    '',
    'скоро',
    '31.02.2021',
    '12.13.2021',
    '12042021',
    '15.04.2021 – 12.04.2021',
    '12.04.2021 и потом',
    '15.04.2021 – 12.04',
    '29.02.2021',
    '45 апреля',
    'с по',
    'from',
    'рамадан бери',
    '2021-04-12T10:00',
    '١٢.٠٤.٢٠٢١',
  ])('refuses "%s"', (typed) => {
    expect(readTypedDate(typed, TODAY)).toBeNull();
  });

  test('reads back what the field shows, in every locale', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const point = fc
      .tuple(
        fc.integer({ min: 1990, max: 2026 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.constantFrom('', '?', '~', '%'),
        fc.constantFrom('day', 'unknown', 'month', 'year'),
      )
      .map(([year, month, day, sign, kind]) => {
        const end = {
          day: `-${two(month)}-${two(day)}`,
          unknown: `-${two(month)}-XX`,
          month: `-${two(month)}`,
          year: '',
        };
        return `${year}${end[kind as keyof typeof end]}${sign}`;
      });
    fc.assert(
      fc.property(fc.constantFrom(...LOCALES), point, (locale, edtf) => {
        expect(readTypedDate(formatFor(locale).date(edtf, 'table'), TODAY)).toBe(edtf);
      }),
      { numRuns: 500 },
    );
    for (const locale of LOCALES) {
      for (const edtf of ['2021-04-12/2021-05-01', '2021-04/..', '../2021-04-12', '2020~/2021?']) {
        expect(readTypedDate(formatFor(locale).date(edtf, 'table'), TODAY)).toBe(edtf);
      }
    }
  });
});

test('reads whole numbers with the spaces people put in, and refuses what is none', () => {
  expect(readNumber('1 234')).toBe(1234);
  expect(readNumber('1\u00a0234\u202f567')).toBe(1_234_567);
  expect(readNumber('12,0')).toBe(12);
  expect(readNumber('−3')).toBe(-3);
  expect(readNumber('3,5', true)).toBe(3.5);
  for (const text of ['', '12a', '3,5', '1.234.567', '1e3', '0x10', 'Infinity', '--1']) {
    expect(readNumber(text)).toBeNull();
  }
});

test('puts the letters inside the window and off the field wherever there is room', () => {
  const palette = { width: 330, height: 40 };
  fc.assert(
    fc.property(
      fc.record({
        left: fc.integer({ min: 0, max: 900 }),
        top: fc.integer({ min: 0, max: 700 }),
        width: fc.integer({ min: 60, max: 460 }),
        height: fc.integer({ min: 30, max: 200 }),
      }),
      fc.option(
        fc.record({ x: fc.integer({ min: -500, max: 3000 }), y: fc.integer({ min: -500, max: 3000 }) }),
      ),
      (field, moved) => {
        const at = placePalette(field, palette, { width: 1366, height: 768 }, moved);
        expect(at.x).toBeGreaterThanOrEqual(0);
        expect(at.y).toBeGreaterThanOrEqual(0);
        expect(at.x + palette.width).toBeLessThanOrEqual(1366);
        expect(at.y + palette.height).toBeLessThanOrEqual(768);
        const apart =
          at.x >= field.left + field.width ||
          at.x + palette.width <= field.left ||
          at.y >= field.top + field.height ||
          at.y + palette.height <= field.top;
        expect(apart).toBe(true);
      },
    ),
  );
});

test('leaves free what can be pressed beside the field, unless a person puts the letters there', () => {
  const palette = { width: 330, height: 40 };
  const view = { width: 1366, height: 768 };
  const search = { left: 220, top: 8, width: 440, height: 36 };
  const button = { left: 900, top: 8, width: 200, height: 36 };
  expect(placePalette(search, palette, view, null).y).toBe(8);
  const at = placePalette(search, palette, view, null, null, [button]);
  expect(at.y).toBeGreaterThanOrEqual(search.top + search.height);
  const list = { left: 220, top: 46, width: 440, height: 300 };
  const beside = placePalette(search, palette, view, null, list, [button]);
  expect(beside.y).toBe(8);
  expect(placePalette(search, palette, view, { x: 950, y: 10 }, null, [button])).toEqual({ x: 950, y: 10 });
});
