import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';

/** A workbook as a library that did not write it reads it. */

export type Value = string | number | Date | null;
/** A row by column name, without its empty cells. */
export type Line = Readonly<Record<string, Value>>;

export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly Value[])[];
}

export async function readWorkbook(path: string): Promise<readonly ReadSheet[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await readFile(path)).buffer as ArrayBuffer);
  return workbook.worksheets.map((sheet) => {
    const rows: Value[][] = [];
    sheet.eachRow({ includeEmpty: true }, (row) => {
      const cells: Value[] = Array(sheet.columnCount).fill(null);
      row.eachCell({ includeEmpty: false }, (cell, column) => {
        const { value } = cell;
        if (
          value === null ||
          typeof value === 'string' ||
          typeof value === 'number' ||
          value instanceof Date
        ) {
          cells[column - 1] = value;
        } else
          throw new Error(`${sheet.name}!${cell.address} holds ${JSON.stringify(value)}: no plain value.`);
      });
      rows.push(cells);
    });
    return { name: sheet.name, rows };
  });
}

export function sheetOf(sheets: readonly ReadSheet[], name: string): ReadSheet {
  const found = sheets.find((sheet) => sheet.name === name);
  if (found === undefined) {
    throw new Error(`There is no sheet "${name}", only ${sheets.map((sheet) => sheet.name).join(', ')}.`);
  }
  return found;
}

/** The rows under the header, by `names` (the header itself unless others are given). */
export function linesOf(sheet: ReadSheet, names?: readonly string[]): Line[] {
  const [header = [], ...rows] = sheet.rows;
  const keys = names ?? header.map(String);
  return rows.map((cells) =>
    Object.fromEntries(cells.flatMap((cell, i) => (cell === null ? [] : [[keys[i] ?? `?${i}`, cell]]))),
  );
}

/** The lines of a Read me sheet in its first language. */
export const readMeOf = (sheet: ReadSheet): readonly (readonly [item: string, content: string])[] =>
  sheet.rows.slice(1).map((cells) => [String(cells[0] ?? ''), String(cells[1] ?? '')]);

/** The unchanging names of the list's columns, which the Read me sheet tells after its line `title`. */
export function columnNames(readMe: ReadSheet, title: string): string[] {
  const lines = readMeOf(readMe);
  const at = lines.findIndex(([item]) => item === title);
  if (at < 0) throw new Error(`The Read me sheet has no line "${title}".`);
  return lines.slice(at + 1).map(([name]) => name);
}

/** What LibreOffice shows of a cell in a workbook whose days are written 12.04.2021. */
export function shownByLibreOffice(value: Value): string {
  if (value === null) return '';
  if (!(value instanceof Date)) return String(value);
  // A time is a fraction of a day, so it may come back a hair short of its second.
  const second = new Date(Math.round(value.getTime() / 1000) * 1000);
  const [day = '', time = ''] = second.toISOString().slice(0, 19).split('T');
  const shown = day.split('-').reverse().join('.');
  return time === '00:00:00' ? shown : `${shown} ${time}`;
}
