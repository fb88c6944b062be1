import type { CalendarWords } from './calendar-words.ts';
import type { PhraseWords } from './phrase-words.ts';

export type DateStyle = 'long' | 'table';

/** Between a day of unknown number and its month, and for an open end, in tables. */
const UNKNOWN = '??';
const OPEN = '…';

const POINT = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)$/;

interface Point {
  readonly year: string;
  readonly month: string | null;
  readonly day: string | null;
  readonly about: boolean;
  readonly uncertain: boolean;
}

function readPoint(text: string): Point | null {
  const match = POINT.exec(text);
  if (match === null) return null;
  const [, year = '', month = null, day = null, qualifier = ''] = match;
  if (month !== null && month !== 'XX') {
    const number = Number(month);
    const season = number >= 21 && number <= 24 && day === null;
    if (!season && (number < 1 || number > 12)) return null;
  }
  if (day !== null && day !== 'XX' && (Number(day) < 1 || Number(day) > 31 || month === 'XX')) return null;
  if (year.includes('X') && month !== null) return null;
  return {
    year,
    month,
    day,
    about: qualifier === '~' || qualifier === '%',
    uncertain: qualifier === '?' || qualifier === '%',
  };
}

function plainLong({ year, month, day }: Point, calendar: CalendarWords, phrases: PhraseWords): string {
  if (year.endsWith('XX')) return phrases.someYear(year.replace('XX', '00'), year.replace('XX', '99'));
  if (year.endsWith('X')) return calendar.decade(year.replace('X', '0'));
  if (month === null) return calendar.longYear(year);
  if (month === 'XX') return phrases.monthUnknown(calendar.longYear(year));
  if (Number(month) > 12) return calendar.season(year, Number(month) - 21);
  if (day === null) return calendar.longMonth(year, Number(month));
  if (day === 'XX') return phrases.dayUnknown(calendar.longMonth(year, Number(month)));
  return calendar.longDay(year, Number(month), Number(day));
}

function plainTable({ year, month, day }: Point, calendar: CalendarWords): string {
  if (year.endsWith('XX')) return `${year.replace('XX', '00')}–${year.replace('XX', '99')}`;
  if (year.endsWith('X')) return `${year.replace('X', '0')}–${year.replace('X', '9')}`;
  if (month === null) return year;
  if (month === 'XX') return `${UNKNOWN} ${year}`;
  if (Number(month) > 12) return calendar.season(year, Number(month) - 21);
  if (day === null) return calendar.tableMonth(year, month);
  return calendar.tableDay(year, month, day === 'XX' ? UNKNOWN : day);
}

/**
 * An EDTF level 1 date in words (`long`: "about April 2021") or short for a column (`table`: "~ 04.2021").
 * Null when the text is no such date: the caller shows what was written, as it was written.
 */
export function edtfInWords(
  edtf: string,
  style: DateStyle,
  calendar: CalendarWords,
  phrases: PhraseWords,
): string | null {
  const point = (text: string): string | null => {
    const read = readPoint(text);
    if (read === null) return null;
    if (style === 'table') {
      const plain = plainTable(read, calendar);
      return `${read.about ? '~ ' : ''}${plain}${read.uncertain ? ' ?' : ''}`;
    }
    let words = plainLong(read, calendar, phrases);
    if (read.about) words = phrases.about(words);
    return read.uncertain ? phrases.uncertain(words) : words;
  };

  const slash = edtf.indexOf('/');
  if (slash < 0) return point(edtf);
  const start = edtf.slice(0, slash);
  const end = edtf.slice(slash + 1);
  const isOpen = (text: string): boolean => text === '' || text === '..';
  if (isOpen(start) && isOpen(end)) return null;
  const from = isOpen(start) ? null : point(start);
  const to = isOpen(end) ? null : point(end);
  if ((from === null && !isOpen(start)) || (to === null && !isOpen(end))) return null;
  if (from !== null && to !== null) return phrases.between(from, to);
  if (style === 'table') return `${from ?? OPEN} – ${to ?? OPEN}`;
  if (from !== null) return end === '..' ? phrases.fromOn(from) : phrases.fromUnknownEnd(from);
  return start === '..' ? phrases.until(to ?? '') : phrases.untilUnknownStart(to ?? '');
}
