import type { Locale } from '@/core/base/locales.ts';
import { CALENDAR_WORDS } from './calendar-words.ts';
import { type DateStyle, edtfInWords } from './edtf-words.ts';
import { PHRASE_WORDS, type TimeUnit } from './phrase-words.ts';

/** How dates, numbers and lists are written in one locale. Pure; the same value always gives the same text. */
export interface Format {
  readonly locale: Locale;
  /** An EDTF level 1 date (a day, month, interval ...); text that is none comes back as it was written. */
  date(edtf: string, style?: DateStyle): string;
  /** An ISO instant (`2021-04-12T08:15:30Z`) as day and time in Bishkek. */
  dateTime(iso: string, style?: DateStyle): string;
  /** An ISO instant as the time of day in Bishkek, `14:15`. */
  time(iso: string): string;
  /** "3 days ago", "in 2 hours", "just now" (under a minute); both ISO instant and `now` (milliseconds) are the device's. */
  relative(iso: string, now: number): string;
  monthNames(width?: 'long' | 'short'): readonly string[];
  /** Monday first. */
  weekdayNames(width?: 'long' | 'short'): readonly string[];
  list(items: readonly string[], join?: 'and' | 'or'): string;
  number(value: number, maximumFractionDigits?: number): string;
  /** A ratio: 0.5 is 50%. */
  percent(ratio: number, maximumFractionDigits?: number): string;
  fileSize(bytes: number): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From the largest down; a month and a year are means, which is as exact as "2 months ago" claims to be. */
const STEPS: readonly (readonly [TimeUnit, number])[] = [
  ['year', 365.25 * DAY],
  ['month', 30.44 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

const bishkek = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bishkek',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Null when the text is no instant. */
function inBishkek(iso: string): { day: string; time: string } | null {
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) return null;
  const part: Record<string, string> = {};
  for (const { type, value } of bishkek.formatToParts(milliseconds)) part[type] = value;
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

function make(locale: Locale): Format {
  const calendar = CALENDAR_WORDS[locale];
  const phrases = PHRASE_WORDS[locale];
  // CLDR writes numbers alike in ru, ky and both uz, and Chromium has the data for ru only.
  const numbersOf = locale === 'en' ? 'en' : 'ru';
  const relativeTime =
    phrases.relative === null ? new Intl.RelativeTimeFormat(locale, { numeric: 'always' }) : null;
  const formatters = new Map<number, Intl.NumberFormat>();

  const number = (value: number, maximumFractionDigits = 3): string => {
    let formatter = formatters.get(maximumFractionDigits);
    if (formatter === undefined) {
      // Four digits stay together: they may be a year, which nobody writes as "2 024".
      formatter = new Intl.NumberFormat(numbersOf, { maximumFractionDigits, useGrouping: 'min2' });
      formatters.set(maximumFractionDigits, formatter);
    }
    return formatter.format(value);
  };
  const date = (edtf: string, style: DateStyle = 'long'): string =>
    edtfInWords(edtf, style, calendar, phrases) ?? edtf;

  return {
    locale,
    date,
    dateTime(iso, style = 'long') {
      const local = inBishkek(iso);
      return local === null ? iso : `${date(local.day, style)}, ${local.time}`;
    },
    time: (iso) => inBishkek(iso)?.time ?? iso,
    relative(iso, now) {
      const ahead = Date.parse(iso) - now;
      if (Number.isNaN(ahead)) return iso;
      const size = Math.abs(ahead);
      const step = STEPS.find(([, length]) => size >= length);
      if (step === undefined) return phrases.justNow;
      const [unit, length] = step;
      const count = Math.floor(size / length);
      if (relativeTime !== null) return relativeTime.format(ahead < 0 ? -count : count, unit);
      const words = ahead < 0 ? phrases.relative?.past : phrases.relative?.future;
      return words?.(number(count), unit) ?? iso;
    },
    monthNames: (width = 'long') => (width === 'long' ? calendar.months : calendar.shortMonths),
    weekdayNames: (width = 'long') => (width === 'long' ? calendar.days : calendar.shortDays),
    list(items, join = 'and') {
      if (items.length < 2) return items[0] ?? '';
      return `${items.slice(0, -1).join(', ')} ${phrases[join]} ${items.at(-1)}`;
    },
    number,
    percent: (ratio, maximumFractionDigits = 0) =>
      phrases.percent(number(ratio * 100, maximumFractionDigits)),
    fileSize(bytes) {
      let size = bytes;
      let step = 0;
      while (size >= 1024 && step < phrases.sizes.length - 1) {
        size /= 1024;
        step += 1;
      }
      return `${number(size, size < 10 && step > 0 ? 1 : 0)}\u00a0${phrases.sizes[step]}`;
    },
  };
}

const made = new Map<Locale, Format>();

/** The format of a locale, made once. */
export function formatFor(locale: Locale): Format {
  let format = made.get(locale);
  if (format === undefined) {
    format = make(locale);
    made.set(locale, format);
  }
  return format;
}
