import type ExcelJS from 'exceljs';
import { type ExportChoice, exportColumns, exportObservations } from '@/core/exchange/export.ts';
import type { ExportAbout } from '@/core/exchange/read-me.ts';
import type { ExportRecord } from '@/core/exchange/record.ts';
import { about, pullOf, reference } from './records.ts';
import { never, quiet, readBack } from './tables.ts';

const every = exportColumns(reference).map(({ code }) => code);
export const plain: ExportChoice = {
  format: 'xlsx',
  columns: every,
  locales: ['en'],
  includeSensitive: false,
  includeNames: false,
  includeConfidential: false,
};
export const open: ExportChoice = {
  ...plain,
  includeSensitive: true,
  includeNames: true,
  includeConfidential: true,
};

export const bytesOf = (
  choice: ExportChoice,
  records: readonly ExportRecord[],
  edit: Partial<ExportAbout> = {},
) =>
  exportObservations(
    choice,
    { ...about, total: records.length, ...edit },
    reference,
    pullOf(records),
    quiet,
    never,
  );

export type Line = Record<string, unknown>;

/** A sheet's rows by header. */
export function linesOf(workbook: ExcelJS.Workbook, name: string): Line[] {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`There is no sheet ${name}.`);
  const headers = sheet.getRow(1).values as string[];
  const lines: Line[] = [];
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    const line: Line = {};
    row.eachCell((cell, column) => {
      line[headers[column] as string] = cell.value;
    });
    lines.push(line);
  });
  return lines;
}

export const opened = async (
  choice: ExportChoice,
  records: readonly ExportRecord[],
  edit: Partial<ExportAbout> = {},
) => readBack(await bytesOf(choice, records, edit));
export const day = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
