import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { comparator, sortKey } from '@/core/search/alphabet.ts';
import { rowsOf } from './finding.ts';

const sorted = (locale: Locale, texts: readonly string[]): string[] => [...texts].sort(comparator(locale));
const shuffled = (texts: readonly string[]): string[] => texts.toReversed();

const ALPHABETS: readonly (readonly [Locale, string])[] = [
  ['ky', 'а б в г д е ё ж з и й к л м н ң о ө п р с т у ү ф х ц ч ш щ ъ ы ь э ю я'],
  ['ru', 'а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я'],
  ['uz-Cyrl', 'а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш ъ ь э ю я ў қ ғ ҳ'],
  ['uz-Latn', 'a b d e f g h i j k l m n o p q r s t u v x y z oʻ gʻ sh ch'],
  ['en', 'a b c d e f g h i j k l m n o p q r s t u v w x y z'],
];

describe('each locale follows its alphabet', () => {
  test.each(ALPHABETS)('%s', (locale, alphabet) => {
    const letters = alphabet.split(' ');
    expect(sorted(locale, shuffled(letters))).toEqual(letters);
    const words = letters.map((letter) => `${letter}за`);
    expect(sorted(locale, shuffled(words))).toEqual(words);
    const inner = letters.map((letter) => `б${letter}`);
    expect(sorted(locale, shuffled(inner))).toEqual(inner);
  });

  test('Uzbek letters keep their place with any apostrophe', () => {
    for (const mark of ["'", '`', '‘', '’', 'ʻ', 'ʼ', '´']) {
      const words = ['olma', 'zar', `o${mark}t`, `O${mark}sh`, `g${mark}oya`, 'shahar', 'chora'];
      expect(sorted('uz-Latn', shuffled(words))).toEqual(words);
    }
  });

  test('s and h apart by a tutuq are not the letter sh', () => {
    expect(sorted('uz-Latn', ['ishchi', 'Isʼhoq', 'izlash'])).toEqual(['Isʼhoq', 'izlash', 'ishchi']);
  });

  test('ky and ru agree with the Russian collation of ICU on the glossary', () => {
    const collator = new Intl.Collator('ru', { numeric: true });
    const words = (column: number): string[] =>
      rowsOf('glossary.tsv').flatMap((row) => (row[column] ?? '').match(/[\p{L}\d]+/gu) ?? []);
    for (const [locale, column] of [
      ['ru', 3],
      ['ky', 4],
    ] as const) {
      const expected = [...new Set(words(column))].sort(collator.compare);
      expect(sorted(locale, shuffled(expected))).toEqual(expected);
    }
  });
});

describe('within an alphabet', () => {
  test('numbers count by value', () => {
    expect(sorted('ky', ['берене 10', 'берене 9', 'берене 09а', 'берене 100', '2010', '99'])).toEqual([
      '99',
      '2010',
      'берене 9',
      'берене 09а',
      'берене 10',
      'берене 100',
    ]);
  });

  test('a space comes before any letter, a small letter before its capital', () => {
    expect(sorted('ru', ['права', 'право человека', 'Право', 'правонарушение', 'право'])).toEqual([
      'права',
      'право',
      'Право',
      'право человека',
      'правонарушение',
    ]);
  });

  test('the own script comes before the other', () => {
    expect(sorted('ru', ['abc', 'абв', '12'])).toEqual(['12', 'абв', 'abc']);
    expect(sorted('en', ['абв', 'abc'])).toEqual(['abc', 'абв']);
    expect(sorted('uz-Latn', ['абв', 'chora'])).toEqual(['chora', 'абв']);
  });

  test('composition does not matter, accents only among equals', () => {
    expect(sortKey('ky', 'й'.normalize('NFD'))).toBe(sortKey('ky', 'й'));
    expect(sorted('ru', ['ещё раз', 'еще', 'ещё', 'ежа'])).toEqual(['ежа', 'еще', 'ещё', 'ещё раз']);
    expect(sorted('en', ['résumés', 'resume', 'résumé'])).toEqual(['resume', 'résumé', 'résumés']);
  });

  test('the order is total and the same by comparator and by keys', () => {
    const text = fc.string({ unit: fc.constantFrom(...'абңөёйАoʻgsch 19-№東é🙂'), maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...LOCALES), text, text, text, (locale, one, two, three) => {
        const compare = comparator(locale);
        expect(compare(one, two)).toBe(-compare(two, one) + 0);
        if (compare(one, two) <= 0 && compare(two, three) <= 0)
          expect(compare(one, three)).toBeLessThanOrEqual(0);
        expect(compare(one, two) < 0).toBe(sortKey(locale, one) < sortKey(locale, two));
      }),
      { numRuns: 1000 },
    );
  });
});
