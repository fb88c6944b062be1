import { CodedError } from '../base/coded-error.ts';
import type { IsoDay } from '../model/edtf.ts';

/**
 * What a spreadsheet is to the rest of the exchange: sheets of typed cells, pulled in batches, so that 100,000
 * observations are never in memory at once. Writers (`xlsx.ts`, `csv.ts`) know nothing of observations.
 */

/** Empty, text, a number, a calendar day, or a time of day as a wall clock shows it (`2021-04-12T14:05:00`, no zone). */
export type Cell = null | string | number | { readonly day: IsoDay } | { readonly time: string };

export interface TableColumn {
  readonly header: string;
  /** In characters of the standard font. */
  readonly width: number;
  /** Long text that breaks into lines; anything else stays on one. */
  readonly wrap: boolean;
  /** The same texts come again and again (labels, codes): writers may keep them once. */
  readonly repeats: boolean;
}

export interface Sheet {
  /** At most 31 characters, none of `: \ / ? * [ ]`. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** Left out of the workbook when no row came for it. */
  readonly optional: boolean;
  /** A list has a frozen header with filters; the other kind is read from top to bottom. */
  readonly list: boolean;
}

/** `cells` may be shorter than the sheet has columns. */
export type SheetRow = readonly [sheet: number, cells: readonly Cell[]];

export interface Batch {
  readonly rows: readonly SheetRow[];
  /** How many of `total` are through after this batch. */
  readonly done: number;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly total: number;
  /** How days are shown: 12.04.2021 or 2021-04-12. They are real dates either way. */
  readonly days: 'dmy' | 'ymd';
  /** The next rows, those of one sheet in its order; null at the end. Not called again after that. */
  next(): Promise<Batch | null>;
}

export interface WriteProgress {
  readonly step: 'writing';
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: WriteProgress) => void;

/** Thrown by the writers when their signal was aborted. */
export const cancelled = (): CodedError => new CodedError('export/cancelled', 'The export was cancelled.');

/**
 * Excel and LibreOffice hold 32,767 UTF-16 units in a cell and drop the rest without a word. One is kept free for the
 * apostrophe that guards a formula in a CSV.
 */
export const CELL_LIMIT = 32_766;

/** A text in parts that each fit a cell; joined they are the text again. No part ends inside a character. */
export function splitText(text: string): readonly string[] {
  if (text.length <= CELL_LIMIT) return [text];
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + CELL_LIMIT, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

/**
 * Columns at the right end of a sheet in which long texts go on. They are found out while rows are written, so a
 * sheet has exactly as many as its longest texts need, and none without one.
 */
export class Continuations {
  readonly #columns: readonly TableColumn[];
  readonly #slots = new Map<string, number>();
  readonly #headers: string[] = [];

  constructor(columns: readonly TableColumn[]) {
    this.#columns = columns;
  }

  /** Position, among the continuation columns, of the `part`-th piece (2 and up) of a column's text. */
  slot(column: number, part: number): number {
    const key = `${column} ${part}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#headers.length;
      this.#slots.set(key, slot);
      this.#headers.push(`${this.#columns[column]?.header ?? ''} (${part})`);
    }
    return slot;
  }

  get headers(): readonly string[] {
    return this.#headers;
  }
}

/**
 * Starts that a spreadsheet program may take for a formula (OWASP, "CSV injection"; LF because CR is written as LF), also
 * behind spaces and characters nobody sees, which programs drop.
 */
export const looksLikeFormula = (text: string): boolean =>
  /^(?:[\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u.test(text);
