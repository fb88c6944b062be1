import ExcelJS from 'exceljs/dist/exceljs.min.js';
import MiniSearch from 'minisearch';
import { COLUMNS, type PlainRecord } from './contestant.ts';

/** What a plain database lacks and the product has: a search over the texts, and a workbook. */
export function searchOver(records: readonly PlainRecord[]): MiniSearch {
  const index = new MiniSearch({ fields: ['title', 'narrative', 'place', 'rest'], idField: 'id' });
  index.addAll(
    records.map((record) => ({
      id: record.id,
      title: record.title.text,
      narrative: record.narrative.text,
      place: `${record.place?.label ?? ''} ${record.village}`,
      rest: [record.source, ...Object.keys(record.tags)].join(' '),
    })),
  );
  return index;
}

export const found = (index: MiniSearch, text: string): readonly string[] =>
  index.search(text, { prefix: true, combineWith: 'AND' }).map((hit) => hit.id as string);

export async function workbookOf(records: readonly PlainRecord[]): Promise<number> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Observations', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(['id', ...COLUMNS]);
  for (const record of records) {
    sheet.addRow([
      record.id,
      record.title.text,
      record.narrative.text,
      record.kind,
      record.date,
      record.place?.label,
      record.village,
      Object.keys(record.themes).join('; '),
      Object.keys(record.tags).join('; '),
      record.source,
      record.sourceType,
      record.reliability,
      record.consent,
      record.sensitivity,
      record.status,
    ]);
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: COLUMNS.length + 1 } };
  return (await workbook.xlsx.writeBuffer()).byteLength;
}
