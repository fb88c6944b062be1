import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Label, Locale } from '../base/locales.ts';
import { type Column, codeColumn } from './column.ts';
import {
  anyVersion,
  conflictColumns,
  conflictMarks,
  contestedNames,
  translationMarks,
  translationRows,
  type VersionRow,
  versionRows,
  versionsColumn,
} from './conflicts.ts';
import { writeCsv } from './csv.ts';
import { type Field, isFilled } from './field.ts';
import { AnswerReader, formFields } from './form-fields.ts';
import { Labels } from './labels.ts';
import { observationFields, translationCredits } from './observation-fields.ts';
import {
  type ExportAbout,
  emptyTally,
  legalLabelIn,
  readMeRows,
  readMeSheet,
  type Tally,
} from './read-me.ts';
import type { ExportRecord, ExportReference, PullRecords } from './record.ts';
import {
  linkSheet,
  MeasureSheet,
  peopleSheet,
  rowSheets,
  type SideSheet,
  sideSheet,
  translationSheet,
} from './sheets.ts';
import { type Batch, CELL_LIMIT, type Cell, type OnProgress, type SheetRow, type Workbook } from './table.ts';
import { writeXlsx } from './xlsx.ts';

/** What a person chose in the dialog. */
export interface ExportChoice {
  readonly format: 'xlsx' | 'csv';
  /** Codes of fields, in order; unknown ones are an error. `id` always leads, conflicts are always told. */
  readonly columns: readonly string[];
  /** Languages of headers and coded values, the first one leads. */
  readonly locales: readonly Locale[];
  readonly includeSensitive: boolean;
  readonly includeNames: boolean;
  readonly includeConfidential: boolean;
}

/** A column to choose, as the dialog shows it. */
export interface ColumnChoice {
  readonly code: string;
  readonly label: Label;
  readonly sensitive: boolean;
  readonly standard: boolean;
}

const allFields = (labels: Labels, reader: AnswerReader): readonly Field[] => [
  ...observationFields(labels),
  ...formFields(labels, reader),
];

/** The columns there are to choose from. Real names are no column to tick: they have a question of their own. */
export function exportColumns(reference: ExportReference): ColumnChoice[] {
  return allFields(new Labels(reference, ['en']), new AnswerReader(reference.forms))
    .filter(({ code }) => code !== 'names')
    .map(({ code, label, sensitive, standard }) => ({ code, label, sensitive, standard }));
}

/** The counts that the dialog tells before anything is written. */
export interface ExportCounts {
  readonly observations: number;
  readonly confidential: number;
  readonly sensitiveFields: number;
  readonly names: number;
  readonly withoutConsent: number;
  readonly conflicts: number;
}

/** Counts over the whole selection, confidential observations among them. */
export async function previewExport(reference: ExportReference, pull: PullRecords): Promise<ExportCounts> {
  const reader = new AnswerReader(reference.forms);
  const fields = allFields(new Labels(reference, ['en']), reader);
  const tally = emptyTally();
  const count = counterOf(fields, reader, new Set());
  for (let records = await pull(); records !== null; records = await pull()) {
    for (const record of records) {
      count(record, tally);
      if (isConfidential(record)) tally.confidential++;
    }
  }
  const { observations, confidential, sensitiveFields, names, withoutConsent, conflicts } = tally;
  return { observations, confidential, sensitiveFields, names, withoutConsent, conflicts };
}

/** In doubt, yes: of two versions that differ on it, the more careful one decides what may leave the vault. */
const isConfidential = (record: ExportRecord): boolean =>
  anyVersion(record, 'sensitivity', (value) => value === 'confidential');

type Count = (record: ExportRecord, tally: Tally) => void;

/** Adds a record to the figures; `shown` are the codes of the fields that the file holds. */
function counterOf(fields: readonly Field[], reader: AnswerReader, shown: ReadonlySet<string>): Count {
  const sensitive = fields.filter((field) => field.sensitive && field.code !== 'names');
  const known = new Set(fields.map(({ code }) => code));
  return (record, tally) => {
    tally.observations++;
    for (const field of sensitive) {
      if (!isFilled(field, record)) continue;
      tally.sensitiveFields++;
      if (shown.has(field.code)) tally.sensitiveShown++;
    }
    tally.names += Object.values(record.observation.names).filter((name) => name.trim() !== '').length;
    if (anyVersion(record, 'consent', (value) => value === 'refused' || value === 'withdrawn')) {
      tally.withoutConsent++;
    }
    if (record.conflicts.length > 0) tally.conflicts++;
    const unshown = reader.unshown(record, known);
    tally.hiddenAnswers += unshown.hidden;
    tally.unknownAnswers += unshown.unknown;
    tally.newerFields += Object.keys(record.unread).length;
  };
}

/**
 * Writes the file: records are pulled a batch at a time and each is gone before the next one comes.
 *
 * Errors: `export/cancelled` once `signal` is aborted, `export/unknown-column`, `export/no-language`,
 * `export/label-missing`, `export/too-many-rows`, `export/too-large`; whatever `pull` throws.
 */
export async function exportObservations(
  choice: ExportChoice,
  about: ExportAbout,
  reference: ExportReference,
  pull: PullRecords,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Bytes> {
  const workbook = makeWorkbook(choice, about, reference, pull);
  return choice.format === 'csv'
    ? writeCsv(workbook, onProgress, signal)
    : writeXlsx(workbook, onProgress, signal);
}

function chosenFields(choice: ExportChoice, fields: readonly Field[]): Field[] {
  const byCode = new Map(fields.map((field) => [field.code, field]));
  const chosen: Field[] = [];
  for (const code of new Set(['id', ...choice.columns, ...(choice.includeNames ? ['names'] : [])])) {
    const field = byCode.get(code);
    if (field === undefined) {
      throw new CodedError('export/unknown-column', 'A column was chosen that does not exist.', { code });
    }
    const allowed = code === 'names' ? choice.includeNames : !field.sensitive || choice.includeSensitive;
    if (allowed) chosen.push(field);
  }
  return chosen;
}

/** The workbook that a choice describes; its rows come as records are pulled. */
export function makeWorkbook(
  choice: ExportChoice,
  about: ExportAbout,
  reference: ExportReference,
  pull: PullRecords,
): Workbook {
  const labels = new Labels(reference, choice.locales);
  const reader = new AnswerReader(reference.forms);
  const fields = allFields(labels, reader);
  const chosen = chosenFields(choice, fields);
  const shown = new Set(['links', ...chosen.map(({ code }) => code)]);
  const versions = versionRows(labels, fields, shown);
  const contested = contestedNames(labels, fields);
  const translations = translationMarks(labels);
  const letterRows = translationRows(labels);
  const columns = [
    ...chosen.flatMap((field) =>
      choice.format === 'csv' && field.code === 'translations'
        ? [...field.columns, ...translationCredits(labels)]
        : field.columns,
    ),
    ...conflictMarks(labels, contested),
    ...stamps(labels, choice, about),
    // Last, so that whoever reads a CSV by the places of its columns finds the others where they were.
    ...(choice.format === 'csv' ? [versionsColumn(labels, versions)] : []),
  ];

  const measures = new MeasureSheet(labels, translations);
  const sides: SideSheet[] = [linkSheet(labels, measures, contested, translations)];
  const measureSheet = sides.length + 1;
  const versionColumns = conflictColumns(labels);
  const conflictSide = sideSheet<VersionRow>(
    labels.word('sheet-conflicts')[labels.first],
    versionColumns,
    versions,
  );
  const later: SideSheet[] = [
    ...(shown.has('people')
      ? [
          peopleSheet(
            labels,
            { characteristics: shown.has('characteristics'), names: choice.includeNames },
            contested,
          ),
        ]
      : []),
    ...(shown.has('translations') ? [translationSheet(labels, contested)] : []),
    ...rowSheets(labels, reader, shown, contested),
    conflictSide,
  ];
  const placed = [
    ...sides.map((side, i) => [i + 1, side] as const),
    ...later.map((side, i) => [i + 2 + sides.length, side] as const),
  ];
  const sheets = [
    { name: labels.word('sheet-observations')[labels.first], columns, optional: false, list: true },
    ...sides.map(({ sheet }) => sheet),
    measures.sheet,
    ...later.map(({ sheet }) => sheet),
    readMeSheet(labels),
  ];
  const conflictSheet = sheets.length - 2;

  const tally = emptyTally();
  const count = counterOf(fields, reader, shown);
  let seen = 0;
  let ended = false;
  const rowsOf = (record: ExportRecord): SheetRow[] => {
    seen++;
    const confidential = isConfidential(record);
    if (confidential) tally.confidential++;
    if (confidential && !choice.includeConfidential) return [];
    count(record, tally);
    measures.add(record);
    const rows: SheetRow[] = [[0, columns.map((column) => column.cell(record))]];
    for (const [sheet, side] of placed) {
      for (const cells of side.rows(record)) rows.push([sheet, cells]);
    }
    for (const [, cells] of rows) tally.longTexts += cells.filter(isLong).length;
    return rows;
  };
  const lastRows = (): SheetRow[] => {
    const missing = fields.filter(({ code }) => !shown.has(code) && code !== 'names');
    const forbidden = missing.filter(({ sensitive }) => sensitive && !choice.includeSensitive);
    const readMe = readMeRows({
      labels,
      about,
      tally,
      contestedTranslations: letterRows.length,
      includes: { names: choice.includeNames, confidential: choice.includeConfidential },
      columns,
      notChosen: missing.filter((field) => !forbidden.includes(field)),
      sensitiveShown: chosen.filter(({ code, sensitive }) => sensitive && code !== 'names'),
      sensitiveLeftOut: forbidden,
    });
    return [
      ...measures.rows().map((cells): SheetRow => [measureSheet, cells]),
      ...letterRows
        .flat()
        .map((row): SheetRow => [conflictSheet, versionColumns.map((column) => column.cell(row))]),
      ...readMe.map((cells): SheetRow => [sheets.length - 1, cells]),
    ];
  };

  return {
    sheets,
    total: about.total,
    days: labels.first === 'en' ? 'ymd' : 'dmy',
    async next(): Promise<Batch | null> {
      if (ended) return null;
      const records = await pull();
      ended = records === null;
      return { rows: records === null ? lastRows() : records.flatMap(rowsOf), done: seen };
    },
  };
}

const isLong = (cell: Cell): boolean => typeof cell === 'string' && cell.length > CELL_LIMIT;

/** What every row must carry, wherever it is copied to. A CSV has no Read me sheet, so the legal label stands there too. */
function stamps(labels: Labels, choice: ExportChoice, about: ExportAbout): Column<ExportRecord>[] {
  const legal = legalLabelIn(about, labels.first);
  const stamp = (code: string, text: string): Column<ExportRecord> => ({
    ...codeColumn<ExportRecord>(labels, code, labels.column(code), () => text),
    header: labels.column(code)[labels.first],
  });
  return [
    ...(about.demo ? [stamp('fictional', labels.line('fictional').name[labels.first])] : []),
    ...(choice.format === 'csv' && legal !== '' ? [stamp('legal-label', legal)] : []),
  ];
}
