import { describe, expect, test } from 'vitest';
import { SearchIndex } from '@/core/search/index.ts';
import { rowsOf } from './finding.ts';

interface Term {
  readonly key: string;
  readonly ru: string;
  readonly ky: string;
  readonly latin: string;
  readonly cyrillic: string;
}

const terms: Term[] = rowsOf('glossary.tsv').map(
  ([key = '', , , ru = '', ky = '', latin = '', cyrillic = '']) => ({ key, ru, ky, latin, cyrillic }),
);

const replaceLetters = (text: string, from: string, to: string): string =>
  [...text].map((letter) => to[from.indexOf(letter)] ?? letter).join('');

/** Terms, as `key: query in text`, that are not found in one stored index of all the texts. */
function missed(pairs: (term: Term) => readonly (readonly [query: string, text: string])[]): string[] {
  const all = terms.flatMap((term) => pairs(term).map(([query, text]) => ({ key: term.key, query, text })));
  const docs = new Map([...new Set(all.map(({ text }) => text))].map((text, doc) => [text, doc] as const));
  const index = new SearchIndex();
  for (const [text, doc] of docs) index.put(doc, [{ field: 1, text }]);
  index.serialise();
  return all
    .filter(({ query, text }) => !index.search(query).some((hit) => hit.doc === docs.get(text)))
    .map(({ key, query, text }) => `${key}: ${query} in ${text}`);
}

describe('every glossary term is found', () => {
  test('the fixture holds all of them', () => {
    expect(terms.length).toBe(210);
    expect(terms.every((term) => Object.values(term).every((text) => text !== ''))).toBe(true);
  });

  test('from the other Uzbek script, both ways', () => {
    expect(
      missed(({ latin, cyrillic }) => [
        [latin, cyrillic],
        [cyrillic, latin],
      ]),
    ).toEqual([]);
  });

  test('in Kyrgyz from a Russian keyboard, with н or нг for ң', () => {
    expect(
      missed(({ ky }) => [
        [replaceLetters(ky, 'ңөүҢӨҮ', 'ноуНОУ'), ky],
        [replaceLetters(ky.replaceAll('ң', 'нг'), 'өүӨҮ', 'оуОУ'), ky],
        [ky, replaceLetters(ky, 'ңөүҢӨҮ', 'ноуНОУ')],
        [replaceLetters(ky, 'ңҢ', 'ӊӇ'), ky],
      ]),
    ).toEqual([]);
  });

  test('in Uzbek from a Russian keyboard, in either script', () => {
    expect(
      missed(({ latin, cyrillic }) => [
        [replaceLetters(cyrillic, 'ўқғҳЎҚҒҲ', 'укгхУКГХ'), cyrillic],
        [replaceLetters(cyrillic, 'ўқғҳЎҚҒҲ', 'укгхУКГХ'), latin],
        [cyrillic, replaceLetters(cyrillic, 'ўқғҳЎҚҒҲ', 'укгхУКГХ')],
        [cyrillic.replaceAll(/[ъь]/g, ''), latin],
      ]),
    ).toEqual([]);
  });

  test('in Russian with е for ё, and the other way round', () => {
    expect(
      missed(({ ru }) => [
        [ru.replaceAll('ё', 'е'), ru],
        [ru, ru.replaceAll('ё', 'е')],
      ]),
    ).toEqual([]);
  });

  test('in Uzbek Latin with no apostrophe and with any of them', () => {
    expect(
      missed(({ latin, cyrillic }) =>
        ['', "'", '`', '‘', '’', 'ʼ', 'ʻ', '´', '′'].flatMap((mark) => {
          const typed = latin.replaceAll(/[\u02bb\u02bc]/g, mark);
          return [
            [typed, latin],
            [typed, cyrillic],
            [latin, typed],
            [cyrillic, typed],
          ] as const;
        }),
      ),
    ).toEqual([]);
  });

  test('in capitals, and with its letters decomposed', () => {
    expect(
      missed((term) =>
        [term.ru, term.ky, term.latin, term.cyrillic].flatMap((text) => [
          [text.toUpperCase(), text] as const,
          [text, text.toUpperCase()] as const,
          [text.normalize('NFD'), text] as const,
          [text, text.normalize('NFD')] as const,
        ]),
      ),
    ).toEqual([]);
  });

  test('at every letter typed of it', () => {
    expect(
      missed((term) =>
        [term.ru, term.ky, term.latin, term.cyrillic].flatMap((text) => {
          const word = /^[\p{L}\u02bb\u02bc]+/u.exec(text)?.[0] ?? '';
          return Array.from(word, (_, length) => [word.slice(0, length + 1), text] as const);
        }),
      ),
    ).toEqual([]);
  });
});
