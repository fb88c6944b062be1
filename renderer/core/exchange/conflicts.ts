import type { Json } from '../base/json.ts';
import type { Label, Locale } from '../base/locales.ts';
import { termOf } from '../model/correction.ts';
import { COLLECTIONS, fromFields } from '../model/fields.ts';
import type { Observation, Person } from '../model/observation.ts';
import type { ContestedText } from '../model/recommendation.ts';
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

/** One version of one field of an observation, or of a translation, as a row of the sheet of conflicts. */
export interface VersionRow {
  /** Null for a translation, which belongs to none. */
  readonly observation: string | null;
  /** The register's name, and what it is called. */
  readonly field: string;
  readonly label: Label;
  /** From 0, which is the one that is shown elsewhere. */
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
  return withWords(label, keyOf(register));
}

/** `Название: слова` in every language. */
const withWords = (label: Label, words: string): Label => ({
  ky: `${label.ky}: ${words}`,
  ru: `${label.ru}: ${words}`,
  'uz-Cyrl': `${label['uz-Cyrl']}: ${words}`,
  'uz-Latn': `${label['uz-Latn']}: ${words}`,
  en: `${label.en}: ${words}`,
});

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

/** What the file shows of the letter's translations: its measures, and the names of themes. */
const isExported = (labels: Labels, { code, name }: ContestedText): boolean =>
  termOf(code)?.list === 'themes' || (name === 'text' && labels.isMeasure(code));

/** A translation into one of the export's languages that is contested. */
interface ContestedTranslation {
  readonly locale: Locale;
  readonly text: ContestedText;
}

const translationLabel = (labels: Labels, { locale, text }: ContestedTranslation): Label =>
  withWords(labels.column('measure-translation'), `${text.code}, ${labels.autonym(locale)}`);

const contestedTranslations = (labels: Labels): readonly ContestedTranslation[] =>
  labels.locales.flatMap((locale) =>
    (labels.reference.catalogue.contested?.[locale] ?? [])
      .filter((text) => isExported(labels, text))
      .map((text) => ({ locale, text })),
  );

/** The rows of the letter's translations. Who reviewed a version stands behind it, as that may be all that differs. */
export const translationRows = (labels: Labels): readonly (readonly VersionRow[])[] =>
  contestedTranslations(labels).map((contested) =>
    contested.text.versions.map(({ text, reviewer, author, at }, version) => ({
      observation: null,
      field: `${contested.text.code}/${contested.locale}`,
      label: translationLabel(labels, contested),
      version,
      words: [text, reviewer].filter(Boolean).join(' · '),
      author,
      at,
    })),
  );

/** For each measure, what its contested translations are called. */
export function translationMarks(labels: Labels): ReadonlyMap<string, readonly string[]> {
  const marks = new Map<string, string[]>();
  for (const contested of contestedTranslations(labels)) {
    const { code } = contested.text;
    marks.set(code, [...(marks.get(code) ?? []), translationLabel(labels, contested)[labels.first]]);
  }
  return marks;
}

/** How many of what a row tells waits for a decision, and what: on every row of every sheet. */
export function conflictMarks<S>(labels: Labels, names: (source: S) => readonly string[]): Column<S>[] {
  const label = labels.column('conflicts');
  return [
    numberColumn(labels, 'conflicts.count', qualified(label, labels.word('count')), (source) => {
      const { length } = names(source);
      return length === 0 ? null : length;
    }),
    lineColumn(labels, 'conflicts', label, (source) => names(source).join('; ') || null),
  ];
}

/** What the contested fields of a record are called. */
export const contestedNames =
  (labels: Labels, all: readonly Field[]) =>
  ({ conflicts }: ExportRecord): readonly string[] =>
    conflicts.map(({ field }) => registerLabel(labels, all, field)[labels.first]);

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
