import type { Label, Locale } from '../base/locales.ts';
import type { Wording } from '../model/observation.ts';
import { bishkekClock, type Column } from './column.ts';
import type { Field } from './field.ts';
import { type Labels, qualified } from './labels.ts';
import type { Cell, Sheet } from './table.ts';

/** The filters of the list that was exported: what `ObservationQuery` holds, but for its order. */
export interface ExportFilters {
  readonly text: string;
  readonly wording: Wording;
  readonly themes: readonly string[];
  readonly measures: readonly string[];
  readonly directions: readonly string[];
  readonly place: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly langs: readonly string[];
  readonly kinds: readonly string[];
  readonly statuses: readonly string[];
  readonly sensitivities: readonly string[];
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly conflictsOnly: boolean;
  readonly deleted: boolean;
}

/** Where the file comes from. */
export interface ExportAbout {
  /** Device time in UTC, ISO 8601. */
  readonly at: string;
  /** The person who made the file, as history shows them. */
  readonly by: string;
  readonly organisation: string;
  readonly legalLabel: Readonly<Partial<Record<Locale, string>>>;
  /** A practice vault: everything in it is invented. */
  readonly demo: boolean;
  /** Null when the observations were chosen one by one. */
  readonly filters: ExportFilters | null;
  /** Observations selected, those that will be left out among them. */
  readonly total: number;
}

/** What the file holds and what it does not, counted while it is written. */
export interface Tally {
  observations: number;
  confidential: number;
  /** Filled sensitive fields, and how many of them are in the file. */
  sensitiveFields: number;
  sensitiveShown: number;
  names: number;
  withoutConsent: number;
  conflicts: number;
  hiddenAnswers: number;
  unknownAnswers: number;
  newerFields: number;
  longTexts: number;
}

export const emptyTally = (): Tally => ({
  observations: 0,
  confidential: 0,
  sensitiveFields: 0,
  sensitiveShown: 0,
  names: 0,
  withoutConsent: 0,
  conflicts: 0,
  hiddenAnswers: 0,
  unknownAnswers: 0,
  newerFields: 0,
  longTexts: 0,
});

export interface ReadMeParts {
  readonly labels: Labels;
  readonly about: ExportAbout;
  readonly tally: Tally;
  /** Translations of the letter that the file shows and that hold several versions. */
  readonly contestedTranslations: number;
  readonly includes: { readonly names: boolean; readonly confidential: boolean };
  /** Columns of the list, in order. */
  readonly columns: readonly Pick<Column<never>, 'name' | 'header' | 'label'>[];
  readonly notChosen: readonly Field[];
  readonly sensitiveShown: readonly Field[];
  readonly sensitiveLeftOut: readonly Field[];
}

/** The label in a language, or in the languages the organisation has worded it in: never nothing where there is one. */
export function legalLabelIn(about: ExportAbout, locale: Locale): string {
  const own = about.legalLabel[locale];
  return own?.trim()
    ? own
    : Object.values(about.legalLabel)
        .filter((text) => text.trim() !== '')
        .join('\n');
}

export const readMeSheet = (labels: Labels): Sheet => ({
  name: labels.word('sheet-read-me')[labels.first],
  columns: labels.locales.flatMap((locale) => [
    { header: labels.column('item')[locale], width: 34, wrap: true, repeats: false },
    { header: labels.column('content')[locale], width: 90, wrap: true, repeats: false },
  ]),
  optional: false,
  list: false,
});

type InLocale = (locale: Locale) => string;

/** The lines of the sheet: for each language of the export a pair of cells. */
export function readMeRows(parts: ReadMeParts): readonly (readonly Cell[])[] {
  const { labels, about, tally, includes, columns } = parts;
  const rows: Cell[][] = [];
  const pair = (item: InLocale, content: InLocale): void => {
    rows.push(labels.locales.flatMap((locale) => [item(locale), content(locale)]));
  };
  const line = (code: string, holes: Readonly<Record<string, string | number | InLocale>> = {}): void => {
    const { name, sentence } = labels.line(code);
    pair(
      (locale) => name[locale],
      (locale) =>
        (sentence?.[locale] ?? '').replace(/\{(\w+)\}/g, (_, hole: string) => {
          const value = holes[hole] ?? '';
          return typeof value === 'function' ? value(locale) : String(value);
        }),
    );
  };
  const names =
    (fields: readonly Field[]): InLocale =>
    (locale) =>
      fields.map(({ label }) => label[locale]).join('; ');

  if (about.demo) line('fictional');
  line('about');
  if (legalLabelIn(about, labels.first) !== '') {
    line('legal-label', { label: (locale) => legalLabelIn(about, locale) });
  }
  line('organisation', { name: about.organisation });
  line('made-by', { name: about.by });
  line('made-at', { time: bishkekClock(about.at) });
  line('observations', { count: tally.observations, total: about.total });
  filterRows(labels, about.filters, line, pair);

  if (!includes.confidential) line('left-out-confidential', { count: tally.confidential });
  else if (tally.confidential > 0) line('contains-confidential', { count: tally.confidential });
  for (const [code, count, fields] of [
    ['left-out-sensitive', tally.sensitiveFields - tally.sensitiveShown, parts.sensitiveLeftOut],
    ['contains-sensitive', tally.sensitiveShown, parts.sensitiveShown],
  ] as const) {
    if (fields.length > 0 && (count > 0 || code === 'left-out-sensitive')) {
      line(code, { count, columns: names(fields) });
    }
  }
  if (!includes.names) line('left-out-names', { count: tally.names });
  else if (tally.names > 0) line('contains-names', { count: tally.names });
  if (parts.notChosen.length > 0) line('left-out-columns', { columns: names(parts.notChosen) });
  if (tally.hiddenAnswers > 0) line('left-out-hidden', { count: tally.hiddenAnswers });
  if (tally.unknownAnswers > 0) line('left-out-unknown', { count: tally.unknownAnswers });
  if (tally.newerFields > 0) line('left-out-newer', { count: tally.newerFields });
  if (tally.withoutConsent > 0) line('consent', { count: tally.withoutConsent });
  const conflictSheet = labels.word('sheet-conflicts')[labels.first];
  if (tally.conflicts > 0) {
    line('conflicts', {
      count: tally.conflicts,
      sheet: conflictSheet,
      measures: labels.word('sheet-measures')[labels.first],
      column: qualified(labels.column('total'), labels.column('conflicts'))[labels.first],
    });
  }
  if (parts.contestedTranslations > 0) {
    line('contested-translations', { count: parts.contestedTranslations, sheet: conflictSheet });
  }
  if (tally.longTexts > 0) line('long-texts', { count: tally.longTexts });
  line('dates');
  line('times');
  line('codes');
  line('places');
  const { source } = labels.reference.catalogue;
  line('catalogue', { title: (locale) => source.title[locale], date: source.date });
  line('columns');
  for (const column of columns) {
    pair(
      () => column.name,
      (locale) => column.label[locale],
    );
  }
  return rows;
}

function filterRows(
  labels: Labels,
  filters: ExportFilters | null,
  line: (code: string) => void,
  pair: (item: InLocale, content: InLocale) => void,
): void {
  if (filters === null) {
    line('selection-ids');
    return;
  }
  const set: [what: Label, values: InLocale][] = [];
  const listed = (what: Label, codes: readonly string[], word: (code: string, locale: Locale) => string) => {
    if (codes.length > 0) set.push([what, (locale) => codes.map((code) => word(code, locale)).join('; ')]);
  };
  const terms = (what: Label, list: string, codes: readonly string[]): void =>
    listed(what, codes, (code, locale) => labels.term(list, code, locale));
  const plain = (what: Label, value: string): void =>
    listed(what, value === '' ? [] : [value], (code) => code);
  const yes = (what: Label, on: boolean): void =>
    listed(what, on ? ['yes'] : [], (code, locale) => labels.word(code)[locale]);

  plain(labels.line('filter-text').name, filters.text.trim());
  terms(labels.line('filter-wording').name, 'wordings', filters.wording === 'both' ? [] : [filters.wording]);
  terms(labels.column('themes'), 'themes', filters.themes);
  listed(labels.column('links'), filters.measures, (code) => code);
  terms(labels.column('direction'), 'directions', filters.directions);
  listed(
    labels.column('place'),
    filters.place === null ? [] : [filters.place],
    (unit, locale) => labels.place(unit)?.names[locale] ?? unit,
  );
  plain(
    labels.column('date'),
    filters.from || filters.to ? `${filters.from ?? '..'}/${filters.to ?? '..'}` : '',
  );
  terms(labels.line('filter-languages').name, 'languages', filters.langs);
  terms(labels.column('kind'), 'observation-kinds', filters.kinds);
  terms(labels.column('status'), 'statuses', filters.statuses);
  terms(labels.column('sensitivity'), 'sensitivities', filters.sensitivities);
  listed(labels.column('author'), filters.authors, (member) => labels.member(member));
  listed(labels.column('tags'), filters.tags, (tag) => tag);
  yes(labels.column('conflicts'), filters.conflictsOnly);
  yes(labels.line('filter-deleted').name, filters.deleted);

  line(set.length === 0 ? 'selection-all' : 'selection-filters');
  const filter = labels.line('filter').name;
  for (const [what, values] of set) pair((locale) => `${filter[locale]}: ${what[locale]}`, values);
}
