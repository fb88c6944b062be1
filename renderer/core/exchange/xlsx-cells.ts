import type { Cell } from './table.ts';
import { looksLikeFormula } from './table.ts';

/** Positions in the `cellXfs` of `xlsx-parts.ts`. */
export const STYLE = {
  header: 1,
  wrapped: 2,
  plain: 3,
  wrappedGuarded: 4,
  plainGuarded: 5,
  number: 6,
  day: 7,
  time: 8,
} as const;

/** What XML 1.0 has no place for, and CR, which an XML reader would turn into LF. */
const UNHOLDABLE = /(?![\t\n\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu;
const NEEDS_CODES = /(?![\t\n\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/u;
const MARKUP = /[&<>]/;
/** Nearly every text has none of these, and one quick look spares it the slow ones. */
const ODD = /[^\t\n\u0020-\ud7ff\ue000-\ufffd]|_x/;
const LONE_SURROGATE = /\p{Surrogate}/gu;

const hex4 = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/**
 * Text as XML content, exact down to what XML cannot hold: control characters and CR become `_xHHHH_` (ST_Xstring,
 * ECMA-376 part 1, 22.9.2.19), which Excel and LibreOffice read back, and a text that looks like such an escape is
 * escaped itself. Half a surrogate pair is no character; it becomes U+FFFD.
 */
export function xmlText(text: string): string {
  const marked = MARKUP.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
  if (!ODD.test(marked)) return marked;
  return marked
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(UNHOLDABLE, (char) => `_x${hex4(char)}_`);
}

/** `A` for 0, `AA` for 26. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

const DAY_ZERO = Date.UTC(1899, 11, 30);
/** Before it, Excel counts a 29 February 1900 that never was and LibreOffice does not: such days are written as text. */
const FIRST_AGREED = '1900-03-01';

/** Days (and their fractions) since 1899-12-30; null for what the 1900 date system cannot hold. */
export function serialOf(moment: string): number | null {
  const day = moment.slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || day < FIRST_AGREED) return null;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const days = (Date.UTC(year, month - 1, date) - DAY_ZERO) / 86_400_000;
  const clock = /^T(\d\d):(\d\d):(\d\d)/.exec(moment.slice(10));
  if (clock === null) return days;
  return days + (Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) / 86_400;
}

/** Texts kept once for the whole workbook. Full, it takes no more: the rest stand in their cells. */
export class SharedStrings {
  readonly #indexes = new Map<string, number>();
  #uses = 0;

  /** Long texts are rarely the same, and a map of them would hold the whole workbook. */
  static readonly MAX_LENGTH = 1_000;
  static readonly MAX_COUNT = 65_536;

  /** Null when the text has to stand in its cell; never null when it `must` be kept here. */
  indexOf(text: string, must: boolean): number | null {
    let index = this.#indexes.get(text);
    if (index === undefined) {
      const full = text.length > SharedStrings.MAX_LENGTH || this.#indexes.size >= SharedStrings.MAX_COUNT;
      if (full && !must) return null;
      index = this.#indexes.size;
      this.#indexes.set(text, index);
    }
    this.#uses++;
    return index;
  }

  xml(): string {
    let items = '';
    for (const text of this.#indexes.keys()) items += `<si><t xml:space="preserve">${xmlText(text)}</t></si>`;
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#uses}" uniqueCount="${this.#indexes.size}">${items}</sst>`;
  }
}

const inline = (ref: string, style: number, text: string): string =>
  `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

export const headerCell = (ref: string, text: string): string => inline(ref, STYLE.header, text);

/**
 * A text that looks like a formula stays as it is: the cell is typed as text, and `quotePrefix` keeps it so when edited.
 * A text with `_xHHHH_` escapes is always shared: some readers undo them there only (exceljs 4.4).
 */
export function textCell(
  ref: string,
  text: string,
  column: { readonly wrap: boolean; readonly repeats: boolean },
  shared: SharedStrings,
): string {
  const guarded = looksLikeFormula(text);
  const style = column.wrap
    ? guarded
      ? STYLE.wrappedGuarded
      : STYLE.wrapped
    : guarded
      ? STYLE.plainGuarded
      : STYLE.plain;
  const coded = ODD.test(text) && NEEDS_CODES.test(text);
  const index = coded || column.repeats ? shared.indexOf(text, coded) : null;
  if (index !== null) return `<c r="${ref}" s="${style}" t="s"><v>${index}</v></c>`;
  return inline(ref, style, text);
}

/** A cell that is no text, or the text that stands for what cannot be a date. */
export function otherCell(ref: string, cell: Exclude<Cell, null | string>): string {
  if (typeof cell === 'number') return `<c r="${ref}" s="${STYLE.number}"><v>${cell}</v></c>`;
  const moment = 'day' in cell ? cell.day : cell.time;
  const serial = serialOf(moment);
  if (serial === null) return inline(ref, STYLE.plain, moment);
  return `<c r="${ref}" s="${'day' in cell ? STYLE.day : STYLE.time}"><v>${serial}</v></c>`;
}
