import type { Json } from '../base/json.ts';
import { answerKey, questionsOfForm } from '../model/answers.ts';
import type { Direction, Link, Person } from '../model/observation.ts';
import { DIRECTIONS } from '../model/observation.ts';
import type { Area, Measure } from '../model/recommendation.ts';
import {
  type Column,
  codeColumn,
  dateColumns,
  labelColumns,
  lineColumn,
  numberColumn,
  termColumns,
  textColumn,
} from './column.ts';
import { conflictMarks } from './conflicts.ts';
import { type AnswerReader, type Row, rowColumns, rowsOf } from './form-fields.ts';
import { type Labels, qualified } from './labels.ts';
import { keysOf, langColumn } from './observation-fields.ts';
import type { ExportRecord } from './record.ts';
import type { Cell, Sheet } from './table.ts';

/** A sheet beside the list of observations, and the rows that one observation adds to it. */
export interface SideSheet {
  readonly sheet: Sheet;
  readonly rows: (record: ExportRecord) => readonly (readonly Cell[])[];
}

export function sideSheet<S>(
  name: string,
  columns: readonly Column<S>[],
  sources: (record: ExportRecord) => readonly S[],
): SideSheet {
  return {
    sheet: { name, columns, optional: true, list: true },
    rows: (record) => sources(record).map((source) => columns.map((column) => column.cell(source))),
  };
}

interface OfRecord {
  readonly record: ExportRecord;
}

/** What is contested in a record, by name: each of its rows is marked, wherever it is copied to. */
export type Contested = (record: ExportRecord) => readonly string[];

const observationColumns = <S extends OfRecord>(labels: Labels): Column<S>[] => [
  codeColumn(labels, 'observation', labels.column('observation'), ({ record }) => record.id, {
    width: 30,
    repeats: false,
  }),
];

/** The measures of the catalogue, and what the export has to say about each. */
export class MeasureSheet {
  readonly sheet: Sheet;
  readonly #columns: readonly Column<{ area: Area; measure: Measure }>[];
  readonly #measures = new Map<string, { area: Area; measure: Measure }>();
  readonly #counts = new Map<string, Record<Direction, number>>();
  /** Observations of which it is not decided whether, or with which direction, they count. */
  readonly #contested = new Map<string, number>();

  /** `translations`: what the contested ones of a measure are called. */
  constructor(labels: Labels, translations: ReadonlyMap<string, readonly string[]>) {
    for (const area of labels.reference.catalogue.areas) {
      for (const measure of area.measures) this.#measures.set(measure.code, { area, measure });
    }
    const count = (code: string, direction: Direction | null): number => {
      const counts = this.#counts.get(code);
      if (counts === undefined) return 0;
      return direction === null ? DIRECTIONS.reduce((sum, each) => sum + counts[each], 0) : counts[direction];
    };
    const directions = labels.reference.vocabularies.directions?.terms ?? [];
    this.#columns = [
      codeColumn(labels, 'measure', labels.column('measure'), ({ measure }) => measure.code),
      ...measureTextColumns<{ area: Area; measure: Measure }>(labels, ({ measure }) => measure),
      ...DIRECTIONS.map((direction) =>
        numberColumn<{ area: Area; measure: Measure }>(
          labels,
          `count.${direction}`,
          directions.find(({ code }) => code === direction)?.label ?? labels.column('direction'),
          ({ measure }) => count(measure.code, direction),
        ),
      ),
      numberColumn(labels, 'count', labels.column('total'), ({ measure }) => count(measure.code, null)),
      codeColumn(labels, 'area', labels.column('area'), ({ area }) => area.code),
      lineColumn(labels, 'area.title', labels.column('area-title'), ({ area }) => area.shortTitle),
      lineColumn(labels, 'section', labels.column('section'), ({ area }) => area.sectionPath.join(' / ')),
      ...termColumns<{ area: Area; measure: Measure }>(
        labels,
        'themes',
        labels.column('themes'),
        'themes',
        ({ measure }) => measure.themes,
      ),
      numberColumn(
        labels,
        'count.conflicts',
        qualified(labels.column('total'), labels.column('conflicts')),
        ({ measure }) => this.#contested.get(measure.code) ?? null,
      ),
      ...conflictMarks<{ area: Area; measure: Measure }>(
        labels,
        ({ measure }) => translations.get(measure.code) ?? [],
      ),
    ];
    this.sheet = {
      name: labels.word('sheet-measures')[labels.first],
      columns: this.#columns,
      optional: false,
      list: true,
    };
  }

  add({ observation, conflicts }: ExportRecord): void {
    const undecided = new Set(
      conflicts.flatMap(({ field }) => {
        if (field === 'deleted') return Object.keys(observation.links);
        return field.startsWith('links/') ? [field.slice('links/'.length)] : [];
      }),
    );
    for (const code of undecided) this.#contested.set(code, (this.#contested.get(code) ?? 0) + 1);
    for (const [code, { direction }] of Object.entries(observation.links)) {
      const counts = this.#counts.get(code) ?? { progress: 0, 'no-change': 0, regression: 0 };
      counts[direction]++;
      this.#counts.set(code, counts);
    }
  }

  measure(code: string): Measure | undefined {
    return this.#measures.get(code)?.measure;
  }

  rows(): readonly (readonly Cell[])[] {
    return [...this.#measures.values()].map((source) => this.#columns.map((column) => column.cell(source)));
  }
}

/** The verbatim text, then the unofficial translation into each other language of the export. */
function measureTextColumns<S>(labels: Labels, read: (source: S) => Measure | undefined): Column<S>[] {
  const { source, translations } = labels.reference.catalogue;
  const original = textColumn<S>(
    labels,
    'measure.text',
    labels.column('measure-text'),
    (s) => read(s)?.text ?? null,
  );
  const others = labels.locales.filter((locale) => locale !== source.lang);
  const translated = labelColumns<S>(
    labels,
    'measure.translation',
    labels.column('measure-translation'),
    (s, locale) => translations[locale]?.items[read(s)?.code ?? '']?.text ?? null,
    { width: 60, wrap: true },
  ).filter((column) => others.some((locale) => column.name.endsWith(`::${locale}`)));
  const header = `${original.header}::${labels.autonym(source.lang)}`;
  return [{ ...original, header, repeats: true }, ...translated];
}

/** One row for each observation and measure. `translations` as for the sheet of measures. */
export function linkSheet(
  labels: Labels,
  measures: MeasureSheet,
  contested: Contested,
  translations: ReadonlyMap<string, readonly string[]>,
): SideSheet {
  type Source = OfRecord & { readonly code: string; readonly link: Link };
  const columns: Column<Source>[] = [
    ...observationColumns<Source>(labels),
    lineColumn(
      labels,
      'title',
      labels.column('title'),
      ({ record }) => record.observation.title.text || null,
      {
        repeats: false,
      },
    ),
    codeColumn(labels, 'measure', labels.column('measure'), ({ code }) => code),
    ...termColumns<Source>(labels, 'direction', labels.column('direction'), 'directions', ({ link }) => [
      link.direction,
    ]),
    textColumn(labels, 'comment', labels.column('comment'), ({ link }) => link.comment || null),
    ...measureTextColumns<Source>(labels, ({ code }) => measures.measure(code)),
    ...conflictMarks<Source>(labels, ({ record, code }) => [
      ...contested(record),
      ...(translations.get(code) ?? []),
    ]),
  ];
  return {
    ...sideSheet(labels.word('sheet-links')[labels.first], columns, (record) =>
      keysOf(record.observation.links).map((code) => ({
        record,
        code,
        link: record.observation.links[code] as Link,
      })),
    ),
    sheet: { name: labels.word('sheet-links')[labels.first], columns, optional: false, list: true },
  };
}

/** One row for each person; characteristics and real names only when they were asked for. */
export function peopleSheet(
  labels: Labels,
  with_: { characteristics: boolean; names: boolean },
  contested: Contested,
): SideSheet {
  type Source = OfRecord & { readonly key: string; readonly person: Person };
  const one = (code: string | null): string[] => (code === null ? [] : [code]);
  const columns: Column<Source>[] = [
    ...observationColumns<Source>(labels),
    codeColumn(labels, 'person', labels.column('person'), ({ key }) => key),
    ...termColumns<Source>(labels, 'role', labels.column('role'), 'person-roles', ({ person }) => [
      person.role,
    ]),
    ...termColumns<Source>(labels, 'sex', labels.column('sex'), 'sexes', ({ person }) => one(person.sex)),
    ...termColumns<Source>(labels, 'age-group', labels.column('age-group'), 'age-groups', ({ person }) =>
      one(person.ageGroup),
    ),
  ];
  if (with_.characteristics) {
    columns.push(
      ...termColumns<Source>(
        labels,
        'characteristics',
        labels.column('characteristics'),
        'characteristics',
        ({ person }) => person.characteristics,
      ),
    );
  }
  if (with_.names) {
    columns.push(
      lineColumn(
        labels,
        'name',
        labels.column('names'),
        ({ record, key }) => record.observation.names[key] || null,
        { repeats: false },
      ),
    );
  }
  columns.push(...conflictMarks<Source>(labels, ({ record }) => contested(record)));
  return sideSheet(labels.word('sheet-people')[labels.first], columns, (record) => {
    const { people, names } = record.observation;
    // A name whose person is gone is still a name that somebody wrote: it keeps its row when names were asked for.
    const keys = with_.names ? keysOf({ ...names, ...people }) : keysOf(people);
    return keys.map((key) => ({
      record,
      key,
      person: people[key] ?? { role: 'other', sex: null, ageGroup: null, characteristics: [] },
    }));
  });
}

/** One row for each translated text, whatever its language. */
export function translationSheet(labels: Labels, contested: Contested): SideSheet {
  type Source = OfRecord & { readonly key: string };
  const part = ({ key }: Source): string => key.slice(0, key.lastIndexOf('/'));
  const lang = ({ key }: Source): string => key.slice(key.lastIndexOf('/') + 1);
  const read = ({ record, key }: Source) => record.observation.translations[key];
  const columns: Column<Source>[] = [
    ...observationColumns<Source>(labels),
    codeColumn(labels, 'field', labels.column('field'), part),
    langColumn<Source>(labels, 'text', lang),
    textColumn(labels, 'text', labels.column('text'), (source) => read(source)?.text ?? null),
    lineColumn(
      labels,
      'translator',
      labels.column('translator'),
      (source) => read(source)?.translator || null,
    ),
    ...dateColumns<Source>(
      labels,
      'translated-on',
      labels.column('translated-on'),
      (source) => read(source)?.on ?? '',
    ),
    ...conflictMarks<Source>(labels, ({ record }) => contested(record)),
  ];
  return sideSheet(labels.word('sheet-translations')[labels.first], columns, (record) =>
    keysOf(record.observation.translations).map((key) => ({ record, key })),
  );
}

const MAX_SHEET_NAME = 31;
/** The sheets every workbook may have; a spreadsheet program sees no difference between capitals and small letters. */
const OWN_SHEETS = ['observations', 'links', 'people', 'translations', 'conflicts', 'measures', 'read-me'];
/** Excel keeps this name for itself and calls a workbook that has it damaged. */
const RESERVED_SHEET = 'history';

/** A sheet for each table question that is in the file: its rows as rows. */
export function rowSheets(
  labels: Labels,
  reader: AnswerReader,
  shown: ReadonlySet<string>,
  contested: Contested,
): SideSheet[] {
  type Source = OfRecord & { readonly number: number; readonly row: Row };
  const taken = new Set([
    RESERVED_SHEET,
    ...OWN_SHEETS.map((sheet) => labels.word(`sheet-${sheet}`)[labels.first].toLowerCase()),
  ]);
  const sheets: SideSheet[] = [];
  for (const form of labels.reference.forms) {
    for (const question of questionsOfForm(form)) {
      const key = answerKey(form.code, question.code);
      if (question.type !== 'rows' || !shown.has(key)) continue;
      const columns: Column<Source>[] = [
        ...observationColumns<Source>(labels),
        numberColumn(labels, 'row', labels.column('row'), ({ number }) => number),
        ...rowColumns(labels, question).map((column) => ({
          ...column,
          cell: ({ row }: Source) => column.cell(row),
        })),
        ...conflictMarks<Source>(labels, ({ record }) => contested(record)),
      ];
      const answer = (record: ExportRecord): Json | undefined => reader.answer(record, key);
      sheets.push(
        sideSheet(sheetName(question.code, taken), columns, (record) =>
          rowsOf(answer(record)).map((row, i) => ({ record, row, number: i + 1 })),
        ),
      );
    }
  }
  return sheets;
}

/** A question's code as a sheet's name: cut to what fits, numbered when two are the same to a spreadsheet. */
function sheetName(code: string, taken: Set<string>): string {
  let name = code.slice(0, MAX_SHEET_NAME);
  for (let n = 2; taken.has(name.toLowerCase()); n++) {
    name = `${code.slice(0, MAX_SHEET_NAME - String(n).length - 1)}.${n}`;
  }
  taken.add(name.toLowerCase());
  return name;
}
