import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Random } from '@/core/base/clock.ts';
import { drawWords, parseWords } from '@/core/vault/words.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const LETTERS = [...'абвгдежзиклмнопрстуфхцчшщэюя'];
/** 1,296 different words, as a list of four dice has. */
const LIST = LETTERS.flatMap((a) => LETTERS.flatMap((b) => [`${a}${b}`, `${b}${a}${b}`])).slice(0, 1_296);
const TWELVE = ['ёлка', 'берёза', 'мост', 'река', 'apple', 'тоо', 'кыш', 'сад', 'дом', 'лес', 'снег', 'окно'];

describe('drawing', () => {
  test('draws every word of the list with the same chance', () => {
    const draws = 1_296 * 100;
    const counts = new Map<string, number>();
    for (const word of drawWords(LIST, draws, seededRandom(7))) counts.set(word, (counts.get(word) ?? 0) + 1);
    expect(counts.size).toBe(1_296);
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - 100) ** 2 / 100;
    // 1,295 degrees of freedom: five standard deviations around the mean.
    expect(Math.abs(chiSquare - 1_295)).toBeLessThan(5 * Math.sqrt(2 * 1_295));
  });

  test('draws again what would favour the first words', () => {
    const given = [0xff, 0xff, 0xfd, 0x20, 0x00, 0x05];
    const random: Random = { bytes: (length) => Uint8Array.from(given.splice(0, length)) };
    // 0xfd20 = 64,800 = 50 x 1,296 is the first number past the last whole multiple.
    expect(drawWords(LIST, 1, random)).toEqual([LIST[5]]);
  });

  test('refuses a list that would make every passphrase the same', () => {
    expect(() => drawWords(['one'], 6, seededRandom(1))).toThrow(
      expect.objectContaining({ code: 'words/bad-list' }),
    );
  });
});

describe('reading typed words', () => {
  test.each([
    ['as they are', TWELVE.join(' ')],
    ['in capitals', TWELVE.join(' ').toUpperCase()],
    ['with line ends and extra spaces', ` ${TWELVE.join(' \n\t  ')}\r\n`],
    ['with commas and hyphens', TWELVE.join(', - ')],
    ['joined by hyphens', TWELVE.join('-')],
    ['with the numbers of the sheet', TWELVE.map((word, i) => `${i + 1}. ${word}`).join('\n')],
    ['with е for ё', TWELVE.join(' ').replaceAll('ё', 'е')],
    ['with letters in two code points', TWELVE.join(' ').normalize('NFD')],
  ])('reads the words %s', (_how, typed) => {
    expect(parseWords(typed, TWELVE)).toEqual({ ok: true, value: TWELVE });
  });

  test('says which words are in no list, by their position', () => {
    const typed = TWELVE.with(2, 'мостт').with(11, 'окна').join(' ');
    expect(parseWords(typed, TWELVE)).toEqual({
      ok: false,
      error: { code: 'words/unknown', positions: [3, 12] },
    });
  });

  test.each([0, 11, 13])('says that %d words are not twelve', (found) => {
    const typed = Array.from({ length: found }, () => 'мост').join(' ');
    expect(parseWords(typed, TWELVE)).toEqual({
      ok: false,
      error: { code: 'words/count', expected: 12, found },
    });
  });

  test('reads back whatever was drawn', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const words = drawWords(LIST, 12, seededRandom(seed));
        expect(parseWords(words.join(' '), LIST)).toEqual({ ok: true, value: words });
      }),
    );
  });
});
