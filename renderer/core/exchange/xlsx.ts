import { type Bytes, utf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import {
  type Cell,
  Continuations,
  cancelled,
  type OnProgress,
  type Sheet,
  splitText,
  type TableColumn,
  type Workbook,
} from './table.ts';
import { columnLetters, headerCell, otherCell, SharedStrings, textCell, xmlText } from './xlsx-cells.ts';
import {
  appProperties,
  contentTypes,
  type PlacedSheet,
  packageRelations,
  sheetPath,
  stylesXml,
  workbookRelations,
  workbookXml,
} from './xlsx-parts.ts';
import { assembleZip, GrowingEntry, type PackedEntry, packText } from './zip.ts';

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
/** Letters of XML gathered before they are compressed. */
const FLUSH_AT = 1 << 18;
/** Rows between two breaths: a worker that never returns to its event loop cannot hear that it was cancelled. */
const BREATHE_AFTER = 1_000;
/** A narrative of a page would make a row taller than the screen: rows stop here and the cell keeps the rest. */
const MAX_LINES = 12;
const LINE_POINTS = 15;

const CONTINUATION = { wrap: true, repeats: false, width: 60 };

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Writes a workbook that Excel and LibreOffice open: one pass over the rows, every sheet compressed as it grows, so
 * that what is in memory is the finished file and one batch. Texts longer than a cell go on in columns at the right.
 *
 * Errors: `export/cancelled` once `signal` is aborted, `export/too-many-rows`, `export/too-large`; whatever
 * `workbook.next` throws.
 */
export async function writeXlsx(
  workbook: Workbook,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Bytes> {
  const shared = new SharedStrings();
  const sheets = workbook.sheets.map((sheet) => new GrowingSheet(sheet, shared));
  try {
    let sinceBreath = 0;
    for (let batch = await workbook.next(); batch !== null; batch = await workbook.next()) {
      if (signal.aborted) throw cancelled();
      for (const [sheet, cells] of batch.rows) (sheets[sheet] as GrowingSheet).add(cells);
      for (const sheet of sheets) await sheet.flush(FLUSH_AT);
      sinceBreath += batch.rows.length;
      if (sinceBreath >= BREATHE_AFTER) {
        await breathe();
        sinceBreath = 0;
      }
      onProgress({ step: 'writing', done: batch.done, total: workbook.total });
    }
    if (signal.aborted) throw cancelled();
    return await assemble(workbook, sheets, shared);
  } catch (error) {
    for (const sheet of sheets) await sheet.abort();
    throw error;
  }
}

async function assemble(
  workbook: Workbook,
  sheets: readonly GrowingSheet[],
  shared: SharedStrings,
): Promise<Bytes> {
  const placed: PlacedSheet[] = [];
  const worksheets: PackedEntry[] = [];
  for (const sheet of sheets) {
    if (sheet.isOmitted) {
      await sheet.abort();
      continue;
    }
    placed.push(sheet.place());
    worksheets.push(await sheet.close(sheetPath(placed.length), placed.length === 1));
  }
  return assembleZip([
    await packText('[Content_Types].xml', contentTypes(placed.length)),
    await packText('_rels/.rels', packageRelations()),
    await packText('docProps/app.xml', appProperties()),
    await packText('xl/workbook.xml', workbookXml(placed)),
    await packText('xl/_rels/workbook.xml.rels', workbookRelations(placed.length)),
    await packText('xl/styles.xml', stylesXml(workbook.days)),
    await packText('xl/sharedStrings.xml', shared.xml()),
    ...worksheets,
  ]);
}

/** Lines a text will take, roughly: enough to give its row a height. */
function linesOf(text: string, width: number): number {
  let lines = 1 + Math.floor(text.length / width);
  for (let at = text.indexOf('\n'); at >= 0 && lines < MAX_LINES; at = text.indexOf('\n', at + 1)) lines++;
  return Math.min(lines, MAX_LINES);
}

class GrowingSheet {
  readonly #sheet: Sheet;
  readonly #shared: SharedStrings;
  readonly #letters: string[];
  readonly #continuations: Continuations;
  readonly #entry = new GrowingEntry('');
  #buffer = '';
  /** Rows written, the header among them. */
  #rows = 1;

  constructor(sheet: Sheet, shared: SharedStrings) {
    this.#sheet = sheet;
    this.#shared = shared;
    this.#letters = sheet.columns.map((_, i) => columnLetters(i));
    this.#continuations = new Continuations(sheet.columns);
  }

  get isOmitted(): boolean {
    return this.#sheet.optional && this.#rows === 1;
  }

  add(cells: readonly Cell[]): void {
    const { columns, name } = this.#sheet;
    const row = ++this.#rows;
    if (row > MAX_ROWS) {
      throw new CodedError('export/too-many-rows', 'A sheet holds no more than 1,048,576 rows.', { name });
    }
    let lines = 1;
    let xml = '';
    const rest: [slot: number, text: string][] = [];
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as Cell;
      if (cell === null || cell === '') continue;
      const ref = `${this.#letters[i]}${row}`;
      if (typeof cell !== 'string') {
        xml += otherCell(ref, cell);
        continue;
      }
      const column = columns[i] as TableColumn;
      const parts = splitText(cell);
      xml += textCell(ref, parts[0] as string, column, this.#shared);
      for (let part = 1; part < parts.length; part++) {
        rest.push([this.#continuations.slot(i, part + 1), parts[part] as string]);
      }
      if (column.wrap) lines = Math.max(lines, linesOf(cell, column.width));
    }
    // Cells stand in the order of their columns; slots were given out in the order in which texts overflowed.
    for (const [slot, text] of rest.sort((a, b) => a[0] - b[0])) {
      xml += textCell(`${columnLetters(columns.length + slot)}${row}`, text, CONTINUATION, this.#shared);
    }
    const height = lines > 1 ? ` ht="${lines * LINE_POINTS}" customHeight="1"` : '';
    this.#buffer += `<row r="${row}"${height}>${xml}</row>`;
  }

  async flush(threshold: number): Promise<void> {
    if (this.#buffer.length < threshold || this.#buffer === '') return;
    const text = this.#buffer;
    this.#buffer = '';
    await this.#entry.write(utf8(text));
  }

  get #width(): number {
    return this.#sheet.columns.length + this.#continuations.headers.length;
  }

  get #filter(): string | null {
    return this.#sheet.list && this.#width > 0 ? `A1:${columnLetters(this.#width - 1)}${this.#rows}` : null;
  }

  place(): PlacedSheet {
    const name = xmlText(this.#sheet.name).replaceAll('"', '&quot;');
    return { name, filter: this.#filter?.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2') ?? null };
  }

  async close(path: string, first: boolean): Promise<PackedEntry> {
    if (this.#width > MAX_COLUMNS) {
      throw new CodedError('export/too-many-columns', 'A sheet holds no more than 16,384 columns.', {
        name: this.#sheet.name,
      });
    }
    const filter = this.#filter === null ? '' : `<autoFilter ref="${this.#filter}"/>`;
    this.#buffer += `</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
    await this.flush(0);
    return { ...(await this.#entry.close(utf8(this.#head(first)))), name: path };
  }

  #head(first: boolean): string {
    const columns: readonly Pick<TableColumn, 'header' | 'width'>[] = [
      ...this.#sheet.columns,
      ...this.#continuations.headers.map((header) => ({ header, width: CONTINUATION.width })),
    ];
    const last = columnLetters(Math.max(columns.length - 1, 0));
    const pane = this.#sheet.list
      ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
      : '';
    const widths = columns
      .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
      .join('');
    const header = columns.map((column, i) => headerCell(`${columnLetters(i)}1`, column.header)).join('');
    const lines = Math.max(1, ...columns.map((column) => linesOf(column.header, column.width)));
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:${last}${this.#rows}"/><sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row r="1" ht="${Math.max(2, lines) * LINE_POINTS}" customHeight="1">${header}</row>`;
  }

  async abort(): Promise<void> {
    await this.#entry.abort();
  }
}
