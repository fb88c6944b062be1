import { type Bytes, concat, utf8 } from '../base/bytes.ts';
import {
  type Cell,
  Continuations,
  cancelled,
  looksLikeFormula,
  type OnProgress,
  type Sheet,
  splitText,
  type Workbook,
} from './table.ts';

const BOM: Bytes = Uint8Array.of(0xef, 0xbb, 0xbf);
const END = '\r\n';
const FLUSH_AT = 1 << 18;
const BREATHE_AFTER = 1_000;

/**
 * Writes the workbook's first sheet as a CSV that Excel opens with a double click on a Russian Windows: UTF-8 with a
 * byte order mark, `;`, CRLF, every field in quotes, a comma in numbers, ISO days; no `sep=` line, which would make
 * Excel ignore the mark. A text that looks like a formula gets an apostrophe in front; line ends inside a field are
 * LF; characters that no text file holds become U+FFFD. Longer texts go on in columns at the right.
 *
 * Errors: `export/cancelled`; whatever `workbook.next` throws.
 */
export async function writeCsv(
  workbook: Workbook,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Bytes> {
  const body = new CsvBody(workbook.sheets[0] as Sheet);
  let sinceBreath = 0;
  for (let batch = await workbook.next(); batch !== null; batch = await workbook.next()) {
    if (signal.aborted) throw cancelled();
    for (const [sheet, cells] of batch.rows) {
      if (sheet === 0) body.add(cells);
    }
    sinceBreath += batch.rows.length;
    if (sinceBreath >= BREATHE_AFTER) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      sinceBreath = 0;
    }
    onProgress({ step: 'writing', done: batch.done, total: workbook.total });
  }
  if (signal.aborted) throw cancelled();
  return body.close();
}

/** Control characters that end a program's reading of the file, or vanish in it. */
const UNHOLDABLE = /(?![\t\n\u007f-\u009f])\p{Cc}/gu;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function textField(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(UNHOLDABLE, '\ufffd');
  return quoted(looksLikeFormula(text) ? `'${lines}` : lines);
}

function field(cell: Cell): string {
  if (cell === null) return '""';
  if (typeof cell === 'string') return textField(cell);
  if (typeof cell === 'number') return quoted(String(cell).replace('.', ','));
  return quoted('day' in cell ? cell.day : cell.time.replace('T', ' '));
}

/** Rows as bytes, in stretches of rows that have the same number of continuation fields. */
class CsvBody {
  readonly #sheet: Sheet;
  readonly #continuations: Continuations;
  readonly #stretches: { readonly extra: number; bytes: Bytes }[] = [];
  #buffer = '';
  #extra = 0;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.#continuations = new Continuations(sheet.columns);
  }

  add(cells: readonly Cell[]): void {
    const fields: string[] = [];
    const rest: string[] = [];
    for (let i = 0; i < this.#sheet.columns.length; i++) {
      const cell = cells[i] ?? null;
      const parts = typeof cell === 'string' ? splitText(cell) : [cell];
      fields.push(field(parts[0] as Cell));
      for (let part = 1; part < parts.length; part++) {
        rest[this.#continuations.slot(i, part + 1)] = field(parts[part] as Cell);
      }
    }
    const extra = this.#continuations.headers.length;
    if (extra !== this.#extra || this.#buffer.length > FLUSH_AT) this.#flush();
    this.#extra = extra;
    for (let slot = 0; slot < extra; slot++) fields.push(rest[slot] ?? '""');
    this.#buffer += fields.join(';') + END;
  }

  #flush(): void {
    if (this.#buffer !== '') this.#stretches.push({ extra: this.#extra, bytes: utf8(this.#buffer) });
    this.#buffer = '';
  }

  close(): Bytes {
    this.#flush();
    const { headers } = this.#continuations;
    const header = [...this.#sheet.columns.map((column) => column.header), ...headers]
      .map(textField)
      .join(';');
    // Line ends inside fields are LF, so CRLF stands at the ends of rows and nowhere else.
    const padded = this.#stretches.map(({ extra, bytes }) =>
      extra === headers.length
        ? bytes
        : utf8(
            new TextDecoder().decode(bytes).replaceAll(END, `${';""'.repeat(headers.length - extra)}${END}`),
          ),
    );
    return concat(BOM, utf8(header + END), ...padded);
  }
}
