import type { Locale } from '../base/locales.ts';
import type { Area, Catalogue, Measure } from '../model/recommendation.ts';
import { matchRanges, type Range } from './highlight.ts';
import { SearchIndex } from './index.ts';
import { latinReadings } from './letters.ts';
import type { Synonyms } from './synonyms.ts';

export interface MeasureHit {
  /** An area's or a measure's code. */
  readonly code: string;
  /** Where it matched in the item's text in the asked locale, or in the letter's own words when it has no translation. */
  readonly ranges: readonly Range[];
}

const TEXT = 0;
const AROUND = 1;

/** Longer words, in parts, are no code. */
const MAX_CODE = 40;

interface Item {
  readonly code: string;
  readonly text: string;
}

interface CatalogueIndex {
  readonly index: SearchIndex;
  /** Areas and measures in the catalogue's order; their places are the index's document numbers. */
  readonly items: readonly Item[];
}

// A catalogue with its translations is replaced, never edited.
const indexes = new WeakMap<Catalogue, CatalogueIndex>();

function indexOf(catalogue: Catalogue): CatalogueIndex {
  const known = indexes.get(catalogue);
  if (known !== undefined) return known;
  const index = new SearchIndex();
  const items: Item[] = [];
  const add = (item: Item, around: readonly string[]): void => {
    const own: string[] = [item.text];
    const more = [...around];
    for (const translation of Object.values(catalogue.translations)) {
      const words = translation?.items[item.code];
      if (words === undefined) continue;
      own.push(words.text ?? '');
      more.push(words.shortTitle ?? '', words.leadIn ?? '', words.trailing ?? '', words.note ?? '');
      more.push(...(words.notes ?? []));
    }
    index.put(items.length, [
      { field: TEXT, text: own.join(' \n') },
      { field: AROUND, text: more.join(' \n') },
    ]);
    items.push(item);
  };
  for (const area of catalogue.areas) {
    add(area, [area.shortTitle, ...(area.editorNotes ?? []), ...sectionTitles(catalogue, area)]);
    for (const measure of area.measures) add(measure, aroundMeasure(measure));
  }
  const built = { index, items };
  indexes.set(catalogue, built);
  return built;
}

const aroundMeasure = (measure: Measure): string[] => [
  measure.leadIn ?? '',
  measure.trailing ?? '',
  measure.editorNote ?? '',
];

/** The titles of the sections an area stands in, in every language. */
function sectionTitles(catalogue: Catalogue, area: Area): string[] {
  const translated = Object.values(catalogue.translations).flatMap((translation) =>
    area.sectionCodes.map((code) => translation?.sections[code] ?? ''),
  );
  return [...area.sectionPath, ...translated];
}

/** A code's letters and numbers, in small letters, apart: `kgz.2020.d.1.2.c`. */
const inParts = (code: string): string => (code.toLowerCase().match(/\p{L}+|\d+/gu) ?? []).join('.');

type CodeMatcher = (parts: string) => 'whole' | 'begins' | null;

/**
 * A code in full (`KGZ-2020-D1.2.c`) or without its document (`D1.2.c`), whatever its parts are set apart with (`d-1,2 c`)
 * and with the Cyrillic letters that a person typed for its own (`Д1.2`, `А1.1`); null for another word.
 */
function codeMatcher(catalogue: Catalogue, word: string): CodeMatcher | null {
  const parts = inParts(word.normalize('NFC'));
  const document = `${inParts(catalogue.code)}.`;
  const begun = parts.length > 2 && document.startsWith(parts);
  if (!begun && (parts.length > MAX_CODE || !/^\p{L}{1,4}\.\d/u.test(parts))) return null;
  const letters = parts.replace(/[^a-z\d.]/g, (letter) => `[${latinReadings(letter)}]`);
  // A letter that no code could have: an empty class matches nothing.
  const pattern = new RegExp(`^(?:${document.replaceAll('.', '\\.')})?${letters.replaceAll('.', '\\.')}(.?)`);
  return (code) => {
    const match = pattern.exec(code);
    if (match === null) return null;
    return match[1] === '' || match[1] === '.' ? 'whole' : 'begins';
  };
}

/** Places of the items that a word is, or begins, the code of: 1 where it is a code in full. */
function itemsByCode(catalogue: Catalogue, items: readonly Item[], word: string): Map<number, number> {
  const found = new Map<number, number>();
  const matches = codeMatcher(catalogue, word);
  if (matches === null) return found;
  items.forEach((item, at) => {
    const match = matches(inParts(item.code));
    if (match !== null) found.set(at, match === 'whole' ? 1 : 0);
  });
  return found;
}

/**
 * Areas and measures that hold every word of the query in any language, best first (in the catalogue's order
 * among equals). A word that is the beginning of a code, in full or without its document, in any case, stands
 * for the items with that code: `D1.2` is area D1.2 and its measures, `d1.2 torture` those of them that speak
 * of torture.
 */
export function searchMeasures(
  catalogue: Catalogue,
  query: string,
  locale: Locale,
  synonyms?: Synonyms,
): MeasureHit[] {
  const { index, items } = indexOf(catalogue);
  let ranks = new Map(items.map((_, at) => [at, 0]));
  const words: string[] = [];
  let coded = false;
  const typed = query.split(/\s+/).filter((piece) => piece !== '');
  for (let at = 0; at < typed.length; at++) {
    const word = typed[at] as string;
    const next = typed[at + 1] ?? '';
    // `D 1.2`, but not the Russian preposition of `С 1 мая`.
    const together = /^\p{Lu}$/u.test(word) && /^\d+\.\d/.test(next) ? word + next : word;
    const found = itemsByCode(catalogue, items, together);
    if (found.size === 0) {
      words.push(word);
      continue;
    }
    if (together !== word) at++;
    coded = true;
    ranks = new Map(
      [...ranks].filter(([at]) => found.has(at)).map(([at, rank]) => [at, rank + (found.get(at) ?? 0)]),
    );
  }
  const text = words.join(' ');
  if (text !== '') {
    const scores = new Map(index.search(text, synonyms).map((hit) => [hit.doc, hit.score]));
    ranks = new Map(
      [...ranks].filter(([at]) => scores.has(at)).map(([at, rank]) => [at, rank + (scores.get(at) ?? 0)]),
    );
  } else if (!coded) return [];
  return [...ranks]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .map(([at]) => {
      const { code, text: original } = items[at] as Item;
      const shown = catalogue.translations[locale]?.items[code]?.text ?? original;
      return { code, ranges: text === '' ? [] : matchRanges(shown, text, synonyms) };
    });
}
