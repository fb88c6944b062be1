import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldToken, keysOf, tokens, wholeTokens } from '@/core/search/fold.ts';

const words = (text: string): string[] => tokens(text).map((token) => token.text);

describe('the fold', () => {
  test.each([
    ['ўзбек', 'ozbek', 'uzbek'],
    ['oʻzbek', 'ozbek', 'uzbek'],
    ['ёш', 'iosh', 'esh'],
    ['кыргыз', 'kirgiz', 'kirgiz'],
    ['Ысык', 'isik', 'isik'],
    ['Тюп', 'tiup', 'tup'],
    ['юридик', 'iuridik', 'iuridik'],
    ['цирк', 'sirk', 'sirk'],
    ['щека', 'sheka', 'sheka'],
    ['Джалал', 'jalal', 'jalal'],
    ['суу', 'su', 'su'],
    ['кеңеш', 'kenesh', 'kenesh'],
    ['ориентация', 'orentasia', 'orentasia'],
    ['yetti', 'eti', 'eti'],
    ['11-берене', '11berene', '11berene'],
    ['1001', '1001', '1001'],
    ['ь', '', ''],
  ])('%s has the keys %s and %s', (word, a, b) => {
    expect(foldToken(word)).toEqual({ a, b });
  });

  test('keys of the five languages are plain ASCII', () => {
    const letters = 'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяўқғҳabcdefghijklmnopqrstuvwxyzʻʼ’0123456789';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), maxLength: 80 }), (word) => {
        const { a, b, spelt } = keysOf(word);
        expect(a + b + spelt).toMatch(/^[a-z0-9]*$/);
      }),
    );
  });

  test('keys do not depend on case, composition or invisible characters', () => {
    // One script in a word: a capital Н is read as a Cyrillic letter among such, a small h is not.
    const word = fc.oneof(
      ...['абгеёжийқңоөсуүцшъьюяў', 'abcdeghijknostuvxyzʻʼ'].map((letters) =>
        fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 }),
      ),
    );
    fc.assert(
      fc.property(word, (text) => {
        expect(foldToken(text.toUpperCase())).toEqual(foldToken(text));
        expect(foldToken(text.normalize('NFD'))).toEqual(foldToken(text));
        expect(foldToken([...text].join('\u200b'))).toEqual(foldToken(text));
      }),
    );
  });

  test('digits are never collapsed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (number) => {
        expect(foldToken(String(number)).a).toBe(String(number));
      }),
    );
  });

  test('a letter of a third script stays itself, an accent is dropped', () => {
    expect(foldToken('東京').a).toBe('東京');
    expect(foldToken('café').a).toBe('kafe');
    expect(foldToken('ＡＢ').a).toBe('ab');
  });

  test('a word without end has keys of bounded length', () => {
    expect(keysOf('я'.repeat(100_000)).a.length).toBeLessThan(300);
    expect(keysOf('\ufdfa'.repeat(1000)).a.length).toBeLessThan(300);
  });
});

describe('tokens', () => {
  test('an apostrophe of any kind between letters belongs to the word', () => {
    for (const mark of ["'", '`', '‘', '’', 'ʻ', 'ʼ', '´', '′', '＇']) {
      expect(words(`bu g${mark}oya va o${mark}zbek`)).toEqual(['bu', `g${mark}oya`, 'va', `o${mark}zbek`]);
    }
  });

  test('quotation marks round a word do not belong to it', () => {
    expect(words("'кыз' ‘қиз’ `girl`")).toEqual(['кыз', 'қиз', 'girl']);
    expect(words('ʼқизʼ')).toEqual(['қиз']);
  });

  test('a hyphenated word is its parts and then the whole', () => {
    expect(words('Жаңы-Ноокат району')).toEqual(['Жаңы', 'Ноокат', 'Жаңы-Ноокат', 'району']);
    expect(words('кыз - бала -- да')).toEqual(['кыз', 'бала', 'да']);
    expect(wholeTokens('Кара-Суу жана Ала-Бука').map((token) => token.text)).toEqual([
      'Кара-Суу',
      'жана',
      'Ала-Бука',
    ]);
  });

  test('soft hyphens, zero-width characters and marks lie within a word', () => {
    expect(words('на\u00adсилие к\u200bыз и\u0306 слово\u200b!')).toEqual([
      'на\u00adсилие',
      'к\u200bыз',
      'и\u0306',
      'слово',
    ]);
  });

  test('start and end point at the word in the text as typed', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'абв ёўңaboʻ’-\u00ad\u0301 .,12'),
      fc.constantFrom('🙂', '𐰀', '\ud800'),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        let before = 0;
        for (const token of tokens(text)) {
          expect(text.slice(token.start, token.end)).toBe(token.text);
          expect(token.text).toMatch(/^[\p{L}\p{N}]/u);
          expect(token.end).toBeGreaterThanOrEqual(before);
          before = token.end;
        }
      }),
    );
  });

  test('no letter or digit lies outside every token', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const covered = new Set(
          tokens(text).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
        );
        // Letters that serve as apostrophes count as such.
        const outside = [...text.matchAll(/[\p{L}\p{N}]/gu)].filter(
          ({ index, 0: letter }) => !covered.has(index) && !/\p{Lm}|[\ua78b\ua78c]/u.test(letter),
        );
        expect(outside).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
