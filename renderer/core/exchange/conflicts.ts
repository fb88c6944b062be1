import type { Json } from '../base/json.ts';
import type { Label } from '../base/locales.ts';
import { COLLECTIONS, fromFields } from '../model/fields.ts';
import type { Observation, Person } from '../model/observation.ts';
import {
  bishkekClock,
  type Column,
  codeColumn,
  labelColumns,
  lineColumn,
  numberColumn,
  textColumn,
  timeColumn,
  timeLabel,
} from './column.ts';
import { type Field, fieldOfRegister } from './field.ts';
import { type Labels, qualified } from './labels.ts';
import type { ExportRecord } from './record.ts';

/** One version of one field of one observation, as a row of the sheet of conflicts. */
export interface VersionRow {
  readonly observation: string;
  /** The register's name, and what it is called. */
  readonly field: string;
  readonly label: Label;
  /** From 0, which is the one that the list shows. */
  readonly version: number;
  readonly words: string;
  readonly author: string;
  readonly at: string;
}

/**
 * The rows of a record. A field that is not in the file (`shown`) keeps its versions to itself here as well: that
 * somebody wrote something else is told, what they wrote is not.
 */
export const versionRows =
  (labels: Labels, all: readonly Field[], shown: ReadonlySet<string>) =>
  (record: ExportRecord): readonly VersionRow[] =>
    record.conflicts.flatMap((conflict) => {
      const field = fieldOfRegister(all, conflict.field);
      const withheld = field !== undefined && !shown.has(field.code);
      const label = registerLabel(labels, all, conflict.field);
      return conflict.versions.map(({ value, author, at }, version) => ({
        observation: record.id,
        field: conflict.field,
        label,
        version,
        words: withheld
          ? labels.word('withheld')[labels.first]
          : valueWords(labels, field, record, conflict.field, value, shown),
        author,
        at,
      }));
    });

const isCollection = (name: string): boolean => (COLLECTIONS as readonly string[]).includes(name);

/** The key of an element of a collection: `KGZ-2020-D5.3.a` of `links/KGZ-2020-D5.3.a`. */
const keyOf = (register: string): string => register.slice(register.indexOf('/') + 1);

/** What a register is called; an element of a collection is named by its key as well. */
export function registerLabel(labels: Labels, all: readonly Field[], register: string): Label {
  if (register === 'deleted') return labels.word('deletion');
  const field = fieldOfRegister(all, register);
  const label = field?.label ?? asLabel(register);
  if (!isCollection(register.split('/')[0] ?? '') || field?.registers.includes(register)) return label;
  const named = (words: string): string => `${words}: ${keyOf(register)}`;
  return {
    ky: named(label.ky),
    ru: named(label.ru),
    'uz-Cyrl': named(label['uz-Cyrl']),
    'uz-Latn': named(label['uz-Latn']),
    en: named(label.en),
  };
}

const asLabel = (text: string): Label => ({ ky: text, ru: text, 'uz-Cyrl': text, 'uz-Latn': text, en: text });

/** True when any visible version of the register satisfies `test`; the shown one counts too. */
export function anyVersion(
  record: ExportRecord,
  register: 'sensitivity' | 'consent',
  test: (value: Json) => boolean,
): boolean {
  const conflict = record.conflicts.find(({ field }) => field === register);
  return test(record.observation[register]) || (conflict?.versions.some(({ value }) => test(value)) ?? false);
}

const shownWord = (labels: Labels, version: number): string =>
  labels.word(version === 0 ? 'yes' : 'no')[labels.first];

/** The columns of the sheet of conflicts. */
export const conflictColumns = (labels: Labels): readonly Column<VersionRow>[] => [
  codeColumn(labels, 'observation', labels.column('observation'), ({ observation }) => observation, {
    width: 30,
    repeats: false,
  }),
  codeColumn(labels, 'field', labels.column('field'), ({ field }) => field),
  ...labelColumns<VersionRow>(labels, 'field', labels.column('field'), ({ label }, locale) => label[locale]),
  numberColumn(labels, 'version', labels.column('version'), ({ version }) => version + 1),
  textColumn(labels, 'value', labels.column('value'), ({ words }) => words),
  lineColumn(labels, 'author', labels.column('author'), ({ author }) => labels.member(author)),
  timeColumn(labels, 'written', labels.column('created'), ({ at }) => at),
  lineColumn(labels, 'shown', labels.column('shown'), ({ version }) => shownWord(labels, version)),
];

/** What the sheet of conflicts has of a record, in one cell: for a file that has no such sheet. A line for each version. */
export function versionsColumn(
  labels: Labels,
  rowsOf: (record: ExportRecord) => readonly VersionRow[],
): Column<ExportRecord> {
  const line = ({ label, version, author, at, words }: VersionRow): string => {
    // The words come last: nobody can tell where they end.
    const parts: readonly (readonly [Label, string])[] = [
      [labels.column('field'), label[labels.first]],
      [labels.column('version'), String(version + 1)],
      [labels.column('shown'), shownWord(labels, version)],
      [labels.column('author'), labels.member(author)],
      [timeLabel(labels.column('created')), bishkekClock(at)],
      [labels.column('value'), words],
    ];
    return parts.map(([name, said]) => `${name[labels.first]}: ${said}`).join('; ');
  };
  const label = qualified(labels.column('conflicts'), labels.word('all-versions'));
  return textColumn(
    labels,
    'conflicts.versions',
    label,
    (record) => rowsOf(record).map(line).join('\n') || null,
  );
}

/** A register's value in the first language, exactly as the list would show it. */
function valueWords(
  labels: Labels,
  field: Field | undefined,
  record: ExportRecord,
  register: string,
  value: Json,
  shown: ReadonlySet<string>,
): string {
  const word = (code: string): string => labels.word(code)[labels.first];
  if (register === 'deleted') return word(value === true ? 'deleted' : 'kept');
  if (value === null) return word('emptied');
  const { observation, unread } = fromFields({ [register]: value }, record.observation.title.lang);
  if (field === undefined || Object.keys(unread).length > 0) return JSON.stringify(value);

  const key = keyOf(register);
  const link = observation.links[key];
  if (link !== undefined) {
    return [labels.term('directions', link.direction, labels.first), link.comment]
      .filter(Boolean)
      .join(' · ');
  }
  const other: Observation = {
    ...observation,
    themes: { ...record.observation.themes, ...observation.themes },
    answers: { ...record.observation.answers, ...observation.answers },
  };
  if (register.startsWith('themes/')) return labels.term('themes', key, labels.first);
  const words = field.columns.flatMap((column) => {
    const cell = column.primary ? column.cell({ ...record, observation: other }) : null;
    return typeof cell === 'string' || typeof cell === 'number' ? [String(cell)] : [];
  });
  const person: Person | undefined = observation.people[key];
  if (person !== undefined && shown.has('characteristics')) {
    words.push(...person.characteristics.map((code) => labels.term('characteristics', code, labels.first)));
  }
  return words.length > 0 ? words.join(' · ') : JSON.stringify(value);
}
