import type { RecordId } from '../base/ids.ts';
import type { TextLang } from '../base/locales.ts';
import type { Change } from '../changes/change.ts';
import { conflictsOf, fieldsOf, type RecordState } from '../changes/register.ts';
import { range } from '../model/edtf.ts';
import { fromFields } from '../model/fields.ts';
import type { Direction, Kind, Observation, Sensitivity, Status } from '../model/observation.ts';

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
  readonly placeLabel: string;
  readonly themes: readonly string[];
  readonly links: readonly (readonly [measure: string, direction: Direction])[];
  readonly tags: readonly string[];
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

/** First and last writing as the devices' clocks told it, and who wrote first: for display and sorting only. */
export function authorship(changes: readonly Change[]): {
  author: string;
  createdAt: string;
  updatedAt: string;
} {
  const [first, ...rest] = changes;
  if (first === undefined) throw new RangeError('A record without changes does not exist.');
  let earliest = first;
  let updatedAt = first.at;
  for (const change of rest) {
    if (change.at < earliest.at || (change.at === earliest.at && change.id < earliest.id)) earliest = change;
    if (change.at > updatedAt) updatedAt = change.at;
  }
  return { author: earliest.author, createdAt: earliest.at, updatedAt };
}

export function rowOf(n: number, state: RecordState, changes: readonly Change[]): Row {
  const { observation } = fromFields(fieldsOf(state), 'other');
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
    placeLabel: [observation.place?.label, observation.village].filter(Boolean).join(', '),
    themes: Object.keys(observation.themes),
    links: Object.entries(observation.links).map(([measure, link]) => [measure, link.direction] as const),
    tags: Object.keys(observation.tags),
    status: observation.status,
    sensitivity: observation.sensitivity,
    ...authorship(changes),
    conflicts: conflictsOf(state).length,
    deleted: state.deletion === 'deleted',
  };
}

/** What the search index reads of an observation, by field number: titles before narratives before the rest. */
export const SEARCH_FIELDS = ['title', 'narrative', 'place', 'rest'] as const;

export function searchTexts(observation: Observation): { field: number; text: string }[] {
  const rest = [
    observation.source,
    observation.placeNote,
    observation.reviewNote,
    observation.indicatorDefinition,
    observation.consentPurpose,
    ...Object.keys(observation.tags),
    ...Object.values(observation.links).map((link) => link.comment),
    ...Object.values(observation.names),
    ...Object.values(observation.translations).map((translation) => translation.text),
    ...Object.values(observation.answers).flatMap(wordsOf),
  ];
  return [
    { field: 0, text: observation.title.text },
    { field: 1, text: observation.narrative.text },
    { field: 2, text: [observation.place?.label ?? '', observation.village].join(' ') },
    { field: 3, text: rest.filter((text) => text !== '').join('\n') },
  ];
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(wordsOf);
  return [];
}
