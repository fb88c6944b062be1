import { LOCALES } from '../base/locales.ts';
import type { Place } from '../model/place.ts';
import { keysOf, type TermKeys, wholeTokens } from './fold.ts';
import { SearchIndex } from './index.ts';
import { type Alternative, levelOf, PREFIX, parseQuery, type QueryWord } from './query.ts';

const NAME = 0;
const ALIAS = 1;

interface PlaceName {
  readonly kind: typeof NAME | typeof ALIAS;
  /** Words in order; a hyphenated one as its parts and, joined, as a whole. */
  readonly parts: readonly TermKeys[];
  readonly wholes: readonly TermKeys[];
}

interface PlaceIndex {
  readonly index: SearchIndex;
  readonly names: Map<number, readonly PlaceName[]>;
}

// A list of places is replaced, never edited, so its index can be kept as long as the list.
const indexes = new WeakMap<readonly Place[], PlaceIndex>();

function indexOf(places: readonly Place[]): PlaceIndex {
  const known = indexes.get(places);
  if (known !== undefined) return known;
  const index = new SearchIndex();
  places.forEach((place, at) => {
    index.put(at, [
      { field: NAME, text: LOCALES.map((locale) => place.names[locale]).join(' \n') },
      { field: ALIAS, text: place.aliases.join(' \n') },
    ]);
  });
  const built = { index, names: new Map() };
  indexes.set(places, built);
  return built;
}

function nameOf(text: string, kind: PlaceName['kind']): PlaceName {
  const wholes = wholeTokens(text);
  return {
    kind,
    parts: wholes.flatMap((whole) => whole.text.split(/[-\u2010-\u2013]/).map(keysOf)),
    wholes: wholes.map((whole) => keysOf(whole.text)),
  };
}

/** How badly a name answers the query: 0 is the very name; null when some word is not in it. */
function costOf(name: PlaceName, words: readonly QueryWord[]): number | null {
  let levels = 0;
  let answered = 0;
  let begins = 1;
  for (const word of words) {
    const answers = word.alternatives
      .map((alternative) => answerOf(name, alternative))
      .filter((answer) => answer !== null)
      .sort((left, right) => left.level - right.level || left.at - right.at);
    const best = answers[0];
    if (best === undefined) return null;
    levels += best.level;
    answered += best.words;
    if (best.at === 0) begins = 0;
  }
  const unanswered = Math.max(0, name.parts.length - answered);
  return ((Math.min(levels, 99) * 2 + begins) * 100 + Math.min(unanswered, 99)) * 2 + name.kind;
}

function answerOf(
  name: PlaceName,
  alternative: Alternative,
): { level: number; at: number; words: number } | null {
  let level = 0;
  let first = Number.POSITIVE_INFINITY;
  let words = 0;
  for (const pattern of alternative) {
    let best: { level: number; at: number; words: number } | null = null;
    for (const [list, weight] of [
      [name.wholes, name.parts.length / name.wholes.length],
      [name.parts, 1],
    ] as const) {
      list.forEach((keys, at) => {
        const found = levelOf(pattern, keys);
        // Another spelling is as good as the exact one: the same place has five.
        const quality = found === null ? null : found === PREFIX ? 1 : 0;
        if (quality !== null && (best === null || quality < best.level))
          best = { level: quality, at, words: weight };
      });
    }
    if (best === null) return null;
    const answer: { level: number; at: number; words: number } = best;
    level += answer.level;
    first = Math.min(first, answer.at);
    words += answer.words;
  }
  return { level, at: first, words };
}

/**
 * Ids of the places one of whose names or aliases, in any language, holds every word of the query; best first:
 * whole words before beginnings, a name that begins with the query before one that has it further in, the
 * shorter name, a name before an alias, units in force before former ones, larger units, the order of the list.
 */
export function searchPlaces(places: readonly Place[], query: string): string[] {
  const words = parseQuery(query);
  if (words.length === 0) return [];
  const { index, names } = indexOf(places);
  const found: { place: Place; at: number; cost: number }[] = [];
  for (const { doc } of index.search(query)) {
    const place = places[doc] as Place;
    const own = names.get(doc) ?? [
      ...LOCALES.map((locale) => nameOf(place.names[locale], NAME)),
      ...place.aliases.map((alias) => nameOf(alias, ALIAS)),
    ];
    names.set(doc, own);
    const costs = own.map((name) => costOf(name, words)).filter((cost) => cost !== null);
    if (costs.length > 0) found.push({ place, at: doc, cost: Math.min(...costs) });
  }
  const former = (place: Place): number => (place.validTo === null ? 0 : 1);
  found.sort(
    (left, right) =>
      left.cost - right.cost ||
      former(left.place) - former(right.place) ||
      left.place.level - right.place.level ||
      left.at - right.at,
  );
  return found.map(({ place }) => place.id);
}
