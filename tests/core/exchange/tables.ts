import ExcelJS from 'exceljs';
import type { Cell, Sheet, SheetRow, TableColumn, Workbook } from '@/core/exchange/table.ts';

export const column = (header: string, rest: Partial<TableColumn> = {}): TableColumn => ({
  header,
  width: 20,
  wrap: false,
  repeats: false,
  ...rest,
});

export const sheetOf = (name: string, columns: readonly TableColumn[], rest: Partial<Sheet> = {}): Sheet => ({
  name,
  columns,
  optional: false,
  list: true,
  ...rest,
});

/** A workbook that gives its rows in batches of `size`. */
export function workbookOf(sheets: readonly Sheet[], rows: readonly SheetRow[], size = 3): Workbook {
  let at = 0;
  return {
    sheets,
    total: rows.length,
    days: 'dmy',
    async next() {
      if (at >= rows.length) return null;
      const batch = rows.slice(at, at + size);
      at += batch.length;
      return { rows: batch, done: at };
    },
  };
}

export const oneSheet = (columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): Workbook =>
  workbookOf(
    [sheetOf('Байкоолор', columns)],
    rows.map((cells): SheetRow => [0, cells]),
  );

export async function readBack(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
  return workbook;
}

export const never = new AbortController().signal;
export const quiet = (): void => undefined;
