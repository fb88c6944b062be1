/**
 * Dates as people know them: EDTF level 1 (Library of Congress; ISO 8601-2:2019), the part an observation uses.
 *
 *   2021-04-12          a day              2021-04-XX          a day of April that nobody knows
 *   2021-04             a month            2021-XX-XX, 2021-XX a day, a month of 2021 that nobody knows
 *   2021                a year             2021?  2021-04~     uncertain, approximate (`%`: both)
 *   2021-04/2021-06     an interval        2021-04/..  ../2021 an interval open on one side
 *
 * Seasons, years outside 0000-9999, times of day and unknown ends are refused: nobody is asked for them, and an
 * importer must say so instead of guessing.
 */

/** `''` as stated, `?` uncertain, `~` approximate, `%` both. */
export type Qualifier = '' | '?' | '~' | '%';

/** `null`: not stated. `unknown`: stated to be unknown (`XX`). A day stands only beside a month. */
export interface EdtfDate {
  readonly year: number;
  readonly month: number | 'unknown' | null;
  readonly day: number | 'unknown' | null;
  readonly qualifier: Qualifier;
}

export type Edtf =
  | { readonly kind: 'date'; readonly date: EdtfDate }
  | { readonly kind: 'interval'; readonly from: EdtfDate | 'open'; readonly to: EdtfDate | 'open' };

export type Precision = 'day' | 'month' | 'year' | 'interval';

/** An ISO 8601 calendar day, `2021-04-12`. */
export type IsoDay = string;

const DATE = /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)$/;

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of a month (1-12) in the proleptic Gregorian calendar, as ISO 8601 counts. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

const isoDay = (year: number, month: number, day: number): IsoDay =>
  `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;

function part(text: string | undefined): number | 'unknown' | null {
  if (text === undefined) return null;
  return text === 'XX' ? 'unknown' : Number(text);
}

function parseDate(text: string): EdtfDate | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = part(match[2]);
  const day = part(match[3]);
  if (typeof month === 'number' && (month < 1 || month > 12)) return null;
  if (typeof day === 'number') {
    if (typeof month !== 'number' || day < 1 || day > daysInMonth(year, month)) return null;
  }
  return { year, month, day, qualifier: match[4] as Qualifier };
}

/** Null when the text is not a date of the kinds above, names no day of the calendar, or ends before it starts. */
export function parseEdtf(text: string): Edtf | null {
  const ends = text.split('/');
  if (ends.length === 1) {
    const date = parseDate(text);
    return date === null ? null : { kind: 'date', date };
  }
  if (ends.length !== 2) return null;
  const from = ends[0] === '..' ? 'open' : parseDate(ends[0] as string);
  const to = ends[1] === '..' ? 'open' : parseDate(ends[1] as string);
  if (from === null || to === null || (from === 'open' && to === 'open')) return null;
  if (from !== 'open' && to !== 'open' && firstDay(from) > lastDay(to)) return null;
  return { kind: 'interval', from, to };
}

export const isEdtf = (text: string): boolean => parseEdtf(text) !== null;

function formatDate(date: EdtfDate): string {
  const piece = (value: number | 'unknown' | null): string =>
    value === null ? '' : value === 'unknown' ? '-XX' : `-${digits(value, 2)}`;
  return `${digits(date.year, 4)}${piece(date.month)}${piece(date.day)}${date.qualifier}`;
}

/** The one spelling of a date; `parseEdtf` reads it back. */
export function formatEdtf(edtf: Edtf): string {
  if (edtf.kind === 'date') return formatDate(edtf.date);
  const end = (date: EdtfDate | 'open'): string => (date === 'open' ? '..' : formatDate(date));
  return `${end(edtf.from)}/${end(edtf.to)}`;
}

function firstDay(date: EdtfDate): IsoDay {
  const month = typeof date.month === 'number' ? date.month : 1;
  return isoDay(date.year, month, typeof date.day === 'number' ? date.day : 1);
}

function lastDay(date: EdtfDate): IsoDay {
  const month = typeof date.month === 'number' ? date.month : 12;
  return isoDay(date.year, month, typeof date.day === 'number' ? date.day : daysInMonth(date.year, month));
}

/**
 * The first and last day a date can mean; null on an open side, and on both when the text is empty or no date.
 * A qualifier widens nothing: how far "about April" reaches is for a reader to judge, not for a filter.
 */
export function range(edtf: Edtf | string): { readonly from: IsoDay | null; readonly to: IsoDay | null } {
  const parsed = typeof edtf === 'string' ? parseEdtf(edtf) : edtf;
  if (parsed === null) return { from: null, to: null };
  if (parsed.kind === 'date') return { from: firstDay(parsed.date), to: lastDay(parsed.date) };
  return {
    from: parsed.from === 'open' ? null : firstDay(parsed.from),
    to: parsed.to === 'open' ? null : lastDay(parsed.to),
  };
}

/** How exact a date is: the finest part that is stated and known. */
export function precision(edtf: Edtf): Precision {
  if (edtf.kind === 'interval') return 'interval';
  if (typeof edtf.date.day === 'number') return 'day';
  return typeof edtf.date.month === 'number' ? 'month' : 'year';
}
