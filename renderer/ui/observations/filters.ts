import { TEXT_LANGS } from '@/core/base/locales.ts';
import { DIRECTIONS, KINDS, SENSITIVITIES, STATUSES, WORDINGS } from '@/core/model/observation.ts';
import type { ObservationQuery } from '@/core/workspace.ts';

/** What narrows and orders the list, besides the text that is searched for. */
export type Filters = Omit<ObservationQuery, 'text' | 'locale'>;
export type Sort = ObservationQuery['sort'];

/** The order nobody chose: best match first where there is a text, the newest first where there is none. */
export const AUTOMATIC: Sort = { by: 'relevance', descending: true };

export const NO_FILTERS: Filters = {
  wording: 'both',
  themes: [],
  measures: [],
  directions: [],
  place: null,
  from: null,
  to: null,
  langs: [],
  kinds: [],
  statuses: [],
  sensitivities: [],
  authors: [],
  tags: [],
  conflictsOnly: false,
  deleted: false,
  sort: AUTOMATIC,
};

const SORTS = ['relevance', 'date', 'updated', 'title', 'place'] as const satisfies readonly Sort['by'][];

/** The orders a person can choose, by the names they have in the interface. */
export const ORDERS = [
  ['dateDown', { by: 'date', descending: true }],
  ['dateUp', { by: 'date', descending: false }],
  ['updatedDown', { by: 'updated', descending: true }],
  ['updatedUp', { by: 'updated', descending: false }],
  ['titleUp', { by: 'title', descending: false }],
  ['titleDown', { by: 'title', descending: true }],
  ['placeUp', { by: 'place', descending: false }],
  ['placeDown', { by: 'place', descending: true }],
] as const satisfies readonly (readonly [string, Sort])[];

/** What an order is called. */
export const orderOf = (sort: Sort): (typeof ORDERS)[number][0] | 'match' =>
  ORDERS.find(([, { by, descending }]) => by === sort.by && descending === sort.descending)?.[0] ?? 'match';

/** The order that holds: without a text nothing matches better than anything else. */
export const effectiveSort = (sort: Sort, text: string): Sort =>
  sort.by === 'relevance' && text.trim() === '' ? { by: 'date', descending: true } : sort;

/** True when both let the same observations through; their order does not count. */
export const sameFilters = (one: Filters, other: Filters): boolean =>
  JSON.stringify(narrowing(one)) === JSON.stringify(narrowing(other));

export const isNarrowed = (filters: Filters): boolean => !sameFilters(filters, NO_FILTERS);

/** The filters without the order, their members always in one sequence. */
function narrowing(filters: Filters): readonly unknown[] {
  const { sort: _, ...members } = NO_FILTERS;
  return (Object.keys(members) as (keyof typeof members)[]).map((name) => filters[name]);
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function oneOf<T extends string>(known: readonly T[], value: unknown): T[] {
  return texts(value).filter((item): item is T => (known as readonly string[]).includes(item));
}

/**
 * Filters out of data that another version, or another device, may have written: what cannot be read is left out.
 */
export function readFilters(value: unknown): Filters {
  const given: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const sort: Readonly<Record<string, unknown>> =
    typeof given.sort === 'object' && given.sort !== null ? { ...given.sort } : {};
  const by = SORTS.find((known) => known === sort.by);
  return {
    wording: WORDINGS.find((known) => known === given.wording) ?? 'both',
    themes: texts(given.themes),
    measures: texts(given.measures),
    directions: oneOf(DIRECTIONS, given.directions),
    place: typeof given.place === 'string' ? given.place : null,
    from: isDay(given.from) ? given.from : null,
    to: isDay(given.to) ? given.to : null,
    langs: oneOf(TEXT_LANGS, given.langs),
    kinds: oneOf(KINDS, given.kinds),
    statuses: oneOf(STATUSES, given.statuses),
    sensitivities: oneOf(SENSITIVITIES, given.sensitivities),
    authors: texts(given.authors),
    tags: texts(given.tags),
    conflictsOnly: given.conflictsOnly === true,
    deleted: given.deleted === true,
    sort: by === undefined ? AUTOMATIC : { by, descending: sort.descending === true },
  };
}

/**
 * Filters that an address asks for (`#/observations?measure=KGZ-2020-D5.3&direction=regression`), several values
 * of one parted by commas. Null when it asks for none. Tags are words that somebody typed, so no address has them.
 */
export function filtersOfAddress(query: Readonly<Record<string, string>>): Filters | null {
  const list = (name: string): string[] => (query[name] ?? '').split(',').filter((code) => code !== '');
  const filters = readFilters({
    measures: list('measure'),
    themes: list('theme'),
    directions: list('direction'),
    statuses: list('status'),
    sensitivities: list('sensitivity'),
    kinds: list('kind'),
    langs: list('lang'),
    wording: query.wording,
    authors: list('author'),
    place: query.place ?? null,
    from: query.from,
    to: query.to,
    conflictsOnly: query.conflicts === 'only',
    deleted: query.deleted === 'only',
    sort: AUTOMATIC,
  });
  return isNarrowed(filters) ? filters : null;
}
