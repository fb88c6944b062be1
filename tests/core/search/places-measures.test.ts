import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { placesSchema } from '@/core/model/place.ts';
import { type Catalogue, catalogueSchema, type TranslationFile } from '@/core/model/recommendation.ts';
import { searchMeasures } from '@/core/search/measure-search.ts';
import { searchPlaces } from '@/core/search/place-search.ts';

const seed = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../seeds/${path}`, import.meta.url), 'utf8'));

const places = placesSchema.parse(seed('places.json')).units;
const english = (query: string): string[] =>
  searchPlaces(places, query).map((id) => places.find((place) => place.id === id)?.names.en ?? id);

describe('places are found', () => {
  test('by each of their names in every language, and stand first or behind their namesakes', () => {
    for (const place of places) {
      for (const locale of LOCALES) {
        const name = place.names[locale];
        const ids = searchPlaces(places, name);
        expect(ids, name).toContain(place.id);
        const namesakes = places.filter((other) => Object.values(other.names).includes(name)).length;
        expect(ids.indexOf(place.id), name).toBeLessThan(Math.max(1, namesakes));
      }
      for (const alias of place.aliases) expect(searchPlaces(places, alias), alias).toContain(place.id);
    }
  });

  test.each([
    ['Ош', 'Osh Region'],
    ["o'sh shahri", 'Osh city'],
    ['иссык', 'Issyk-Kul Region'],
    ['ысык кол', 'Issyk-Kul Region'],
    ['ysyk-kol', 'Issyk-Kul Region'],
    ['тюп', 'Tup District'],
    ['карасуу', 'Kara-Suu District'],
    ['Кара-Суу', 'Kara-Suu District'],
    ['джалал', 'Jalal-Abad Region'],
    ['чуй', 'Chui Region'],
    ['бишкек', 'Bishkek city'],
  ])('"%s" first finds %s', (query, name) => {
    expect(english(query)[0]).toBe(name);
  });

  test('only when one name holds all the words', () => {
    expect(english('Ош облусу область')).toEqual([]);
    expect(english('нет такого места')).toEqual([]);
    expect(english('')).toEqual([]);
  });
});

const original = catalogueSchema.parse(seed('catalogue/recommendations.json'));
const translation: TranslationFile = {
  format: 'baikoo-translation',
  version: 1,
  catalogue: original.code,
  lang: 'ky',
  state: 'draft',
  origin: 'test',
  sections: {},
  items: { 'KGZ-2020-D1.2.c': { text: 'Кыз ала качууну токтотсун', note: 'Эскертүү' } },
  sdgReasons: {},
};
const catalogue: Catalogue = { ...original, translations: { ky: translation } };
const codes = (query: string): string[] => searchMeasures(catalogue, query, 'en').map((hit) => hit.code);

describe('measures are found', () => {
  test('by any of their words, which are marked', () => {
    for (const area of original.areas) {
      for (const measure of area.measures) {
        const words = measure.text.match(/[\p{L}\p{N}]{5,}/gu) ?? [];
        const longest = words.sort((left, right) => right.length - left.length)[0];
        if (longest === undefined) continue;
        const hits = searchMeasures(catalogue, longest.toUpperCase(), 'en');
        const hit = hits.find(({ code }) => code === measure.code);
        expect(hit, `${measure.code} by ${longest}`).toBeDefined();
        expect(hit?.ranges.map(([start, end]) => measure.text.slice(start, end))).toContain(longest);
        expect(hits.map(({ code }) => code)).toContain(area.code);
      }
    }
  });

  test('by code, in full or without its document, in any case', () => {
    for (const query of ['KGZ-2020-D1.2.c', 'kgz-2020-d1.2.c', 'D1.2.c', 'd1.2.C']) {
      expect(codes(query)).toEqual(['KGZ-2020-D1.2.c']);
    }
    expect(codes('D1.2').slice(0, 3)).toEqual(['KGZ-2020-D1.2', 'KGZ-2020-D1.2.a', 'KGZ-2020-D1.2.b']);
    expect(codes('D1').every((code) => code.startsWith('KGZ-2020-D1'))).toBe(true);
    expect(codes('kgz-2020').length).toBe(44 + 134);
  });

  test.each([
    ...['D1.2.c', 'd1.2.c', 'D1.2.c.', 'D.1.2.c', 'D-1.2-c', 'D1,2,c', 'D 1.2.c', 'Д1.2.с'],
    ...['kgz2020d1.2c', 'KGZ-2020_D1.2.c', 'КГЗ-2020-Д1.2.С', '(D1.2.c)'],
  ])('by a code typed as "%s"', (query) => {
    expect(codes(query)).toEqual(['KGZ-2020-D1.2.c']);
  });

  test.each([
    ['А1.1', 'KGZ-2020-A1.1'],
    ['В2.1', 'KGZ-2020-B2.1'],
    ['Б2.1', 'KGZ-2020-B2.1'],
    ['С3.1', 'KGZ-2020-C3.1'],
    ['С.1', 'KGZ-2020-S.1'],
    ['L1', 'KGZ-2020-L.1'],
    ['л.1', 'KGZ-2020-L.1'],
    ['Н2', 'KGZ-2020-N.2'],
  ])('by a code in Cyrillic letters, by their look or their sound: "%s" finds %s', (query, code) => {
    expect(codes(query)).toContain(code);
  });

  test('not by code when a word only looks like the beginning of one', () => {
    expect(codes('В 3 школах')).toEqual([]);
    expect(codes('covid-19')).toEqual(['KGZ-2020-L.2', 'KGZ-2020-L.2.c']);
    expect(codes('D1.2'.repeat(1_000))).toEqual([]);
  });

  test('by a code that begins another, which comes later', () => {
    const [area] = original.areas;
    if (area === undefined) throw new Error('The catalogue is empty.');
    const coded = (code: string) => ({
      ...area,
      code,
      measures: area.measures.slice(0, 1).map((measure) => ({ ...measure, code: `${code}.a` })),
    });
    const two = { ...catalogue, areas: [coded('KGZ-2020-D1.10'), coded('KGZ-2020-D1.1')] };
    expect(searchMeasures(two, 'D1.1', 'en').map((hit) => hit.code)).toEqual([
      'KGZ-2020-D1.1',
      'KGZ-2020-D1.1.a',
      'KGZ-2020-D1.10',
      'KGZ-2020-D1.10.a',
    ]);
  });

  test('by a code and words together', () => {
    const hits = codes('D1.2 law');
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.length).toBeLessThan(codes('D1.2').length);
    expect(hits.every((code) => code.startsWith('KGZ-2020-D1.2'))).toBe(true);
  });

  test("by a translation's words in another script, marked in the locale that has them", () => {
    const [hit] = searchMeasures(catalogue, 'kyz kachuu', 'ky');
    expect(hit).toEqual({
      code: 'KGZ-2020-D1.2.c',
      ranges: [
        [0, 3],
        [8, 15],
      ],
    });
    expect(searchMeasures(catalogue, 'кыз', 'en')).toEqual([{ code: 'KGZ-2020-D1.2.c', ranges: [] }]);
    expect(codes('эскертуу')).toEqual(['KGZ-2020-D1.2.c']);
  });

  test('not by what is nowhere in them', () => {
    expect(codes('qwerty')).toEqual([]);
    expect(codes('Z9.9')).toEqual([]);
    expect(codes('')).toEqual([]);
  });
});
