import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysOf, rememberedKeys, tokens } from '@/core/search/fold.ts';
import { excerpt, Marker, matchRanges } from '@/core/search/highlight.ts';
import { levelOf, parseQuery } from '@/core/search/query.ts';
import { parseSynonyms } from '@/core/search/synonyms.ts';

const marked = (text: string, query: string): string[] =>
  matchRanges(text, query).map(([start, end]) => text.slice(start, end));

const letters = [...'абекнойсуцшңўёиabehknosuʻ’', ' ', ' ', ' ', '-', '\u00ad', '1', '.', '🙂', '\n'];
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 80 });
const query = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 });

describe('matchRanges', () => {
  test('marks the words as they were typed, in any script', () => {
    expect(marked('O‘zbek тили, ӨЗБЕК, ўзбекча', 'узбек')).toEqual(['O‘zbek', 'ўзбекча']);
    expect(marked('на\u00adсилие и насилия', 'насили')).toEqual(['на\u00adсилие', 'насилия']);
  });

  test('marks the part of a hyphenated word, or all of it', () => {
    expect(marked('Кара-Сууский район', 'суу')).toEqual(['Сууский']);
    expect(marked('Кара-Сууский район', 'karasuu')).toEqual(['Кара-Сууский']);
    expect(marked('Кара-Сууский район', 'кара-суу')).toEqual(['Кара-Сууский']);
  });

  test('marks what a synonym found', () => {
    const synonyms = parseSynonyms({ format: 'baikoo-synonyms', version: 1, groups: [['узбек', 'өзбек']] });
    expect(matchRanges('өзбек тилинде', 'узбек', synonyms)).toEqual([[0, 5]]);
    expect(matchRanges('өзбек тилинде', 'узбек')).toEqual([]);
  });

  test('covers every word that answers the query and nothing else, in order and apart', () => {
    fc.assert(
      fc.property(text, query, (content, asked) => {
        const ranges = matchRanges(content, asked);
        const patterns = parseQuery(asked).flatMap((word) => word.alternatives.flat());
        const found = tokens(content).filter((token) => {
          const keys = keysOf(token.text);
          return keys.a !== '' && patterns.some((pattern) => levelOf(pattern, keys) !== null);
        });
        for (const token of found) {
          expect(ranges.some(([start, end]) => start <= token.start && token.end <= end)).toBe(true);
        }
        let before = -1;
        for (const [start, end] of ranges) {
          expect(start).toBeGreaterThan(before);
          expect(found.some((token) => token.start === start && token.end === end)).toBe(true);
          before = end - 1;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('excerpt', () => {
  const narrative =
    'Биринчи сүйлөм бул жерде турат. Экинчи сүйлөмдө кыз ала качуу жөнүндө айтылат. Үчүнчү сүйлөм акыркысы.';

  test('shows whole words round the first match with ellipses on both sides', () => {
    const shown = excerpt(narrative, matchRanges(narrative, 'качуу'), 40);
    expect(shown.excerpt).toMatch(/^….*ала качуу жөнүндө.*…$/);
    expect(shown.ranges.map(([start, end]) => shown.excerpt.slice(start, end))).toEqual(['качуу']);
    for (const word of shown.excerpt.replaceAll('…', '').split(' ')) expect(narrative).toMatch(word);
  });

  test('a short text is shown whole, on one line', () => {
    expect(excerpt('бир\nэки', [[4, 7]], 40)).toEqual({ excerpt: 'бир эки', ranges: [[4, 7]] });
  });

  test('without a match the beginning is shown', () => {
    expect(excerpt(narrative, [], 20)).toEqual({ excerpt: 'Биринчи сүйлөм бул…', ranges: [] });
  });

  test('never longer than asked, never cuts a word that fits, and its ranges mark the same words', () => {
    fc.assert(
      fc.property(text, query, fc.integer({ min: 5, max: 60 }), (content, asked, length) => {
        const ranges = matchRanges(content, asked);
        const shown = excerpt(content, ranges, length);
        expect(shown.excerpt.replace(/^…|…$/g, '').length).toBeLessThanOrEqual(length);
        expect(shown.excerpt).not.toMatch(/\p{Cs}/u);
        const first = ranges[0];
        if (first === undefined) return;
        const [start, end] = first;
        const [from, to] = shown.ranges[0] as readonly [number, number];
        const word = content.slice(start, end);
        if (word.length <= length) expect(shown.excerpt.slice(from, to)).toBe(word);
        else expect(word.startsWith(shown.excerpt.slice(from, to))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('Marker', () => {
  test('marks a text alike whether or not it marked others before', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), query, (texts, asked) => {
        const marker = new Marker(asked, undefined, rememberedKeys(3));
        for (const each of texts) expect(marker.ranges(each)).toEqual(matchRanges(each, asked));
      }),
    );
  });

  test('looks no further than an excerpt reaches, which shows the same', () => {
    const room = 40;
    const words = Array.from({ length: 200 }, (_, i) => (i % 7 === 3 ? 'суд' : `сөз${i}`)).join(' ');
    const near = new Marker('суд').ranges(words, room);
    expect(near.length).toBeLessThan(matchRanges(words, 'суд').length / 10);
    expect(excerpt(words, near, room)).toEqual(excerpt(words, matchRanges(words, 'суд'), room));
  });
});
