import { LOCALES } from '../base/locales.ts';
import type { Place } from '../model/place.ts';
import { keysOf, type TermKeys, wholeTokens } from './fold.ts';
import { SearchIndex } from './index.ts';
import {
  type Alternative,
  EXACT,
  levelOf,
  type Pattern,
  PREFIX,
  parseQuery,
  type QueryWord,
} from './query.ts';

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

/** How a name answers one word of the query. */
interface Answer {
  /** Words of which the query has only the beginning. */
  readonly begun: number;
  /** Words spelt otherwise than in the query. */
  readonly respelt: number;
  /** Place of the first of them in the name. */
  readonly at: number;
  /** How many words of the name it accounts for. */
  readonly words: number;
}

const compareAnswers = (left: Answer, right: Answer): number =>
  left.begun - right.begun || left.respelt - right.respelt || left.at - right.at;

function bestAnswer(name: PlaceName, pattern: Pattern): Answer | null {
  const partsInWhole = name.parts.length / name.wholes.length;
  const candidates = [
    ...name.wholes.map((keys, at) => ({ keys, at, words: partsInWhole })),
    ...name.parts.map((keys, at) => ({ keys, at, words: 1 })),
  ];
  let best: Answer | null = null;
  for (const { keys, at, words } of candidates) {
    const level = levelOf(pattern, keys);
    if (level === null) continue;
    const answer = { begun: level === PREFIX ? 1 : 0, respelt: level === EXACT ? 0 : 1, at, words };
    if (best === null || compareAnswers(answer, best) < 0) best = answer;
  }
  return best;
}

function answerOf(name: PlaceName, alternative: Alternative): Answer | null {
  const all = { begun: 0, respelt: 0, at: Number.POSITIVE_INFINITY, words: 0 };
  for (const pattern of alternative) {
    const answer = bestAnswer(name, pattern);
    if (answer === null) return null;
    all.begun += answer.begun;
    all.respelt += answer.respelt;
    all.at = Math.min(all.at, answer.at);
    all.words += answer.words;
  }
  return all;
}

/** How badly a name answers the query: all zeros for the very name; null when some word is not in it. */
function costOf(name: PlaceName, words: readonly QueryWord[]): readonly number[] | null {
  const best: Answer[] = [];
  for (const word of words) {
    const answers = word.alternatives
      .map((alternative) => answerOf(name, alternative))
      .filter((answer) => answer !== null)
      .sort(compareAnswers);
    if (answers[0] === undefined) return null;
    best.push(answers[0]);
  }
  const total = (of: (answer: Answer) => number): number => best.reduce((sum, answer) => sum + of(answer), 0);
  const further = best.some((answer) => answer.at === 0) ? 0 : 1;
  const unanswered = Math.max(0, name.parts.length - total((answer) => answer.words));
  return [total((answer) => answer.begun), further, name.kind, unanswered, total((answer) => answer.respelt)];
}

function compareCosts(left: readonly number[], right: readonly number[]): number {
  for (const [at, cost] of left.entries()) {
    const difference = cost - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Ids of the places one of whose names or aliases, in any language, holds every word of the query; best first:
 * whole words before beginnings, a name that begins with the query before one that has it further in, a
 * name before an alias, the shorter name, the same spelling before another, units in force before former ones, larger units, the order of the list.
 */
export function searchPlaces(places: readonly Place[], query: string): string[] {
  const words = parseQuery(query);
  if (words.length === 0) return [];
  const { index, names } = indexOf(places);
  const found: { place: Place; at: number; cost: readonly number[] }[] = [];
  for (const { doc } of index.search(query)) {
    const place = places[doc] as Place;
    const own = names.get(doc) ?? [
      ...LOCALES.map((locale) => nameOf(place.names[locale], NAME)),
      ...place.aliases.map((alias) => nameOf(alias, ALIAS)),
    ];
    names.set(doc, own);
    const costs = own.map((name) => costOf(name, words)).filter((cost) => cost !== null);
    const [cost] = costs.sort(compareCosts);
    if (cost !== undefined) found.push({ place, at: doc, cost });
  }
  const former = (place: Place): number => (place.validTo === null ? 0 : 1);
  found.sort(
    (left, right) =>
      compareCosts(left.cost, right.cost) ||
      former(left.place) - former(right.place) ||
      left.place.level - right.place.level ||
      left.at - right.at,
  );
  return found.map(({ place }) => place.id);
}
