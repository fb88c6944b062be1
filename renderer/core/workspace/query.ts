import type { Locale } from '../base/locales.ts';
import { lineOf, type Place } from '../model/place.ts';
import { sortKey } from '../search/alphabet.ts';
import type { ObservationQuery } from '../workspace.ts';
import type { Row } from './row.ts';

/** The units by what lies in what: all that are in one, and what a place is called. */
export class PlaceTree {
  readonly #children = new Map<string, string[]>();
  readonly #places: ReadonlyMap<string, Place>;

  constructor(places: readonly Place[]) {
    this.#places = new Map(places.map((place) => [place.id, place]));
    for (const { id, parent } of places) {
      if (parent === null) continue;
      const siblings = this.#children.get(parent);
      if (siblings === undefined) this.#children.set(parent, [id]);
      else siblings.push(id);
    }
  }

  /** The unit and all units below it. */
  within(unit: string): ReadonlySet<string> {
    const found = new Set([unit]);
    for (const id of found) for (const child of this.#children.get(id) ?? []) found.add(child);
    return found;
  }

  /** Where an observation was made, in a language: the unit with those above it, then the village. */
  labelOf(row: Pick<Row, 'place' | 'placeLabel' | 'village'>, locale: Locale): string {
    const unit = row.place === null ? undefined : this.#places.get(row.place);
    const units =
      unit === undefined ? [row.placeLabel] : lineOf(unit, this.#places).map((place) => place.names[locale]);
    return [...units, row.village].filter(Boolean).join(', ');
  }
}

/** Ranks of a text search by row number: higher is better. */
export type Ranks = ReadonlyMap<number, number>;

const anyOf = <T>(wanted: readonly T[], has: readonly T[]): boolean =>
  wanted.length === 0 || has.some((item) => wanted.includes(item));

/** A measure matches itself and its area: `KGZ-2020-D1.2` covers `KGZ-2020-D1.2.c`. */
const covers = (wanted: string, code: string): boolean => code === wanted || code.startsWith(`${wanted}.`);

/** The rows a query asks for, in its order. `ranks` null means that there is no text to search. */
export function select(
  rows: readonly Row[],
  query: ObservationQuery,
  ranks: Ranks | null,
  places: PlaceTree,
  keys: SortKeys,
): Row[] {
  const units = query.place === null ? null : places.within(query.place);
  const { from, to } = query;
  const found = rows.filter((row) => {
    if (row.deleted !== query.deleted) return false;
    if (query.wording === 'translation' && !row.translated) return false;
    if (ranks !== null && !ranks.has(row.n)) return false;
    if (units !== null && (row.place === null || !units.has(row.place))) return false;
    if (from !== null && (row.date === '' || (row.to !== null && row.to < from))) return false;
    if (to !== null && (row.date === '' || (row.from !== null && row.from > to))) return false;
    if (query.conflictsOnly && row.conflicts === 0) return false;
    if (query.langs.length > 0 && !query.langs.includes(row.lang)) return false;
    if (query.kinds.length > 0 && !query.kinds.includes(row.kind)) return false;
    if (query.statuses.length > 0 && !query.statuses.includes(row.status)) return false;
    if (query.sensitivities.length > 0 && !query.sensitivities.includes(row.sensitivity)) return false;
    if (query.authors.length > 0 && !query.authors.includes(row.author)) return false;
    if (!anyOf(query.themes, row.themes) || !anyOf(query.tags, row.tags)) return false;
    if (query.measures.length > 0 || query.directions.length > 0) {
      return row.links.some(
        ([measure, direction]) =>
          (query.measures.length === 0 || query.measures.some((wanted) => covers(wanted, measure))) &&
          (query.directions.length === 0 || query.directions.includes(direction)),
      );
    }
    return true;
  });
  return found.sort(order(query, ranks, places, keys));
}

type Order = (a: Row, b: Row) => number;

function order(query: ObservationQuery, ranks: Ranks | null, places: PlaceTree, keys: SortKeys): Order {
  const { by, descending } = query.sort;
  const sign = descending ? -1 : 1;
  const byDate = compareText((row: Row) => row.from ?? row.to ?? '');
  const newest: Order = (a, b) => byDate(b, a) || b.n - a.n;
  if (by === 'relevance') {
    if (ranks === null) return newest;
    return (a, b) => (ranks.get(b.n) ?? 0) - (ranks.get(a.n) ?? 0) || newest(a, b);
  }
  const first =
    by === 'date'
      ? byDate
      : by === 'updated'
        ? compareText((row: Row) => row.updatedAt)
        : compareText(
            once((row) =>
              keys.of(query.locale, by === 'title' ? row.title : places.labelOf(row, query.locale)),
            ),
          );
  return (a, b) => sign * first(a, b) || b.n - a.n;
}

/** A row's key is asked for with every comparison. */
function once(key: (row: Row) => string): (row: Row) => string {
  const keys = new Map<Row, string>();
  return (row) => {
    let known = keys.get(row);
    if (known === undefined) {
      known = key(row);
      keys.set(row, known);
    }
    return known;
  };
}

const compareText =
  (key: (row: Row) => string): Order =>
  (a, b) => {
    const left = key(a);
    const right = key(b);
    return left < right ? -1 : left > right ? 1 : 0;
  };

/** Sort keys of titles and places, computed once for each text and locale. */
export class SortKeys {
  #locale: Locale | null = null;
  readonly #keys = new Map<string, string>();

  of(locale: Locale, text: string): string {
    if (this.#locale !== locale) {
      this.#keys.clear();
      this.#locale = locale;
    }
    let key = this.#keys.get(text);
    if (key === undefined) {
      key = sortKey(locale, text);
      this.#keys.set(text, key);
    }
    return key;
  }
}
