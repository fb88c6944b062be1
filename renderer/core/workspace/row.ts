import { type RecordId, splitChangeId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { TEXT_LANGS, type TextLang } from '../base/locales.ts';
import type { Change } from '../changes/change.ts';
import { conflictsOf, fieldsOf, type RecordState } from '../changes/register.ts';
import { range } from '../model/edtf.ts';
import { fromFields } from '../model/fields.ts';
import type { Direction, Kind, Observation, Sensitivity, Status, Wording } from '../model/observation.ts';
import { ALL_FIELDS } from '../search/segment.ts';
import type { FieldText } from '../search/tail.ts';

/**
 * The flat read model of one observation: what lists, filters and counts need, at most 1 kB without narratives.
 * One lives in memory for every observation of the vault.
 */
export interface Row {
  /** Position in the read model; the search index knows the observation by it. Never reused. */
  readonly n: number;
  readonly id: RecordId;
  readonly title: string;
  readonly lang: TextLang;
  readonly kind: Kind;
  readonly date: string;
  /** ISO days the date can cover; null where it is open or unknown. */
  readonly from: string | null;
  readonly to: string | null;
  readonly place: string | null;
  /** What the unit was called when it was chosen: for one that no list knows any longer. */
  readonly placeLabel: string;
  readonly village: string;
  readonly themes: readonly string[];
  readonly links: readonly (readonly [measure: string, direction: Direction])[];
  readonly tags: readonly string[];
  /** Whether it has a working translation of any of its texts. */
  readonly translated: boolean;
  readonly status: Status;
  readonly sensitivity: Sensitivity;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly conflicts: number;
  readonly deleted: boolean;
}

/** An untitled observation is listed by the beginning of its narrative. */
const TITLE_LENGTH = 120;

function titleOf(observation: Observation): string {
  const title = observation.title.text.trim();
  if (title !== '') return title.length > 2 * TITLE_LENGTH ? `${title.slice(0, 2 * TITLE_LENGTH)}…` : title;
  const narrative = observation.narrative.text.trim().replace(/\s+/g, ' ');
  return narrative.length > TITLE_LENGTH ? `${narrative.slice(0, TITLE_LENGTH)}…` : narrative;
}

/** Every new observation says its kind (`toFields`); an edit that says another replaces what was said before. */
const SAID_FIRST = 'kind';

/**
 * How likely a change made the record, by what it replaces alone: 2 where it says its kind and replaces nothing, 1
 * where it replaces nothing, as a new tag does, 0 where somebody wrote before it.
 */
function beginning({ fields }: Change): number {
  for (const name in fields) if ((fields[name]?.[1].length ?? 0) > 0) return 0;
  return SAID_FIRST in fields ? 2 : 1;
}

/** Whether `one` goes before `other` where their beginnings are equal: by device, then counter, then content. */
function goesBefore(one: Change, other: Change): boolean {
  const [a, b] = [splitChangeId(one.id), splitChangeId(other.id)];
  if (a === null || b === null || a.device !== b.device) return one.id < other.id;
  if (a.counter !== b.counter) return a.counter < b.counter;
  return canonical(one as unknown as Json) < canonical(other as unknown as Json);
}

/**
 * Who made the record and when, and when it was last written in: for display, sorting and hints. The same on every
 * device that holds the same changes, in whatever order they came. No clock is asked who was first: one whose battery
 * is dead would make whoever adds a tag the author of a testimony. The times themselves are the devices' own.
 */
export function authorship(changes: readonly Change[]): {
  author: string;
  createdAt: string;
  updatedAt: string;
} {
  const [first, ...rest] = changes;
  if (first === undefined) throw new RangeError('A record without changes does not exist.');
  let made = first;
  let most = beginning(first);
  let updatedAt = first.at;
  for (const change of rest) {
    const rank = beginning(change);
    if (rank > most || (rank === most && goesBefore(change, made))) {
      made = change;
      most = rank;
    }
    if (change.at > updatedAt) updatedAt = change.at;
  }
  return { author: made.author, createdAt: made.at, updatedAt };
}

/** The observation as lists and the search index read it. */
export const observationOf = (state: RecordState): Observation =>
  fromFields(fieldsOf(state), 'other').observation;

/** `observation`: as `observationOf` reads the state. */
export function rowOf(
  n: number,
  state: RecordState,
  changes: readonly Change[],
  observation: Observation,
): Row {
  const days = observation.date === '' ? { from: null, to: null } : range(observation.date);
  return {
    n,
    id: state.id,
    title: titleOf(observation),
    lang: observation.narrative.text === '' ? observation.title.lang : observation.narrative.lang,
    kind: observation.kind,
    date: observation.date,
    from: days.from,
    to: days.to,
    place: observation.place?.unit ?? null,
    placeLabel: observation.place?.label ?? '',
    village: observation.village,
    themes: Object.keys(observation.themes),
    links: Object.entries(observation.links).map(([measure, link]) => [measure, link.direction] as const),
    tags: Object.keys(observation.tags),
    translated: Object.values(observation.translations).some(({ text }) => text.trim() !== ''),
    status: observation.status,
    sensitivity: observation.sensitivity,
    ...authorship(changes),
    conflicts: conflictsOf(state).length,
    deleted: state.deletion === 'deleted',
  };
}

/** What the search index reads of an observation, by field number: titles before narratives before the rest. */
export const SEARCH_FIELDS = ['title', 'narrative', 'place', 'translation', 'rest'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

const numberOf = (field: SearchField): number => SEARCH_FIELDS.indexOf(field);
const TRANSLATIONS = 1 << numberOf('translation');

/** The fields of the index in which a wording stands, as bits. */
export const FIELDS_OF: Readonly<Record<Wording, number>> = {
  both: ALL_FIELDS,
  original: ALL_FIELDS & ~TRANSLATIONS,
  translation: TRANSLATIONS,
};

export interface SearchText extends FieldText {
  readonly lang: TextLang;
}

/** Each translation is a text of its own, so that what matched can be shown in its language. */
export function searchTexts(observation: Observation): SearchText[] {
  const { title, narrative } = observation;
  const lang = narrative.text === '' ? title.lang : narrative.lang;
  const rest = [
    observation.source,
    observation.placeNote,
    observation.reviewNote,
    observation.indicatorDefinition,
    observation.consentPurpose,
    ...Object.keys(observation.tags),
    ...Object.values(observation.links).map((link) => link.comment),
    ...Object.values(observation.names),
    ...Object.values(observation.answers).flatMap(wordsOf),
  ];
  const place = [observation.place?.label ?? '', observation.village].join(' ');
  return [
    { field: numberOf('title'), ...title },
    { field: numberOf('narrative'), ...narrative },
    { field: numberOf('place'), text: place, lang },
    ...Object.entries(observation.translations).map(([key, { text }]) => ({
      field: numberOf('translation'),
      text,
      lang: TEXT_LANGS.find((known) => key.endsWith(`/${known}`)) ?? 'other',
    })),
    { field: numberOf('rest'), text: rest.filter((text) => text !== '').join('\n'), lang },
  ];
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(wordsOf);
  return [];
}
