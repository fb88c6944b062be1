import type { Json } from '../base/json.ts';
import type { Label } from '../base/locales.ts';
import { COLLECTIONS, fromFields } from '../model/fields.ts';
import type { Observation, Person } from '../model/observation.ts';
import {
  type Column,
  codeColumn,
  labelColumns,
  lineColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from './column.ts';
import { type Field, fieldOfRegister } from './field.ts';
import type { Labels } from './labels.ts';
import type { ExportRecord, RecordConflict } from './record.ts';

/** One version of one field of one observation, as a row of the sheet of conflicts. */
export interface ConflictRow {
  readonly record: ExportRecord;
  readonly conflict: RecordConflict;
  readonly version: number;
}

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

/**
 * The columns of the sheet of conflicts. A field that is not in the file (`shown`) keeps its versions to itself here as
 * well: that somebody wrote something else is told, what they wrote is not.
 */
export function conflictColumns(
  labels: Labels,
  all: readonly Field[],
  shown: ReadonlySet<string>,
): readonly Column<ConflictRow>[] {
  const versionOf = ({ conflict, version }: ConflictRow) => conflict.versions[version];
  return [
    codeColumn(labels, 'observation', labels.column('observation'), ({ record }) => record.id, {
      width: 30,
      repeats: false,
    }),
    codeColumn(labels, 'field', labels.column('field'), ({ conflict }) => conflict.field),
    ...labelColumns<ConflictRow>(
      labels,
      'field',
      labels.column('field'),
      ({ conflict }, locale) => registerLabel(labels, all, conflict.field)[locale],
    ),
    numberColumn(labels, 'version', labels.column('version'), ({ version }) => version + 1),
    textColumn(labels, 'value', labels.column('value'), (row) => {
      const field = fieldOfRegister(all, row.conflict.field);
      const withheld = field !== undefined && !shown.has(field.code);
      return withheld ? labels.word('withheld')[labels.first] : valueWords(labels, field, row, shown);
    }),
    lineColumn(labels, 'author', labels.column('author'), (row) =>
      labels.member(versionOf(row)?.author ?? ''),
    ),
    timeColumn(labels, 'written', labels.column('created'), (row) => versionOf(row)?.at ?? ''),
    lineColumn(
      labels,
      'shown',
      labels.column('shown'),
      ({ version }) => labels.word(version === 0 ? 'yes' : 'no')[labels.first],
    ),
  ];
}

/** A register's value in the first language, exactly as the list would show it. */
function valueWords(
  labels: Labels,
  field: Field | undefined,
  { record, conflict, version }: ConflictRow,
  shown: ReadonlySet<string>,
): string {
  const value = conflict.versions[version]?.value ?? null;
  const word = (code: string): string => labels.word(code)[labels.first];
  if (conflict.field === 'deleted') return word(value === true ? 'deleted' : 'kept');
  if (value === null) return word('emptied');
  const { observation, unread } = fromFields({ [conflict.field]: value }, record.observation.title.lang);
  if (field === undefined || Object.keys(unread).length > 0) return JSON.stringify(value);

  const key = keyOf(conflict.field);
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
  if (conflict.field.startsWith('themes/')) return labels.term('themes', key, labels.first);
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
