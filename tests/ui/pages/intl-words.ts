import { LOCALES, type Locale } from '@/core/base/locales.ts';
import type { CalendarWords } from '@/ui/language/calendar-words.ts';
import type { PhraseWords, TimeUnit } from '@/ui/language/phrase-words.ts';

/** What the tables would be if one trusted Intl: stands in for them to show that Chromium cannot replace them. */
const each = <T>(make: (locale: Locale) => T): Readonly<Record<Locale, T>> =>
  Object.fromEntries(LOCALES.map((locale) => [locale, make(locale)])) as Record<Locale, T>;

const day = (year: string, month: number, date: number) => new Date(Date.UTC(Number(year), month - 1, date));

export const CALENDAR_WORDS = each((locale): CalendarWords => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const months = (width: 'long' | 'short') =>
    Array.from({ length: 12 }, (_, index) => format({ month: width }).format(day('2020', index + 1, 1)));
  // 2 March 2020 was a Monday.
  const days = (width: 'long' | 'short') =>
    Array.from({ length: 7 }, (_, index) => format({ weekday: width }).format(day('2020', 3, 2 + index)));
  return {
    months: months('long'),
    shortMonths: months('short'),
    days: days('long'),
    shortDays: days('short'),
    longDay: (year, month, date) => format({ dateStyle: 'long' }).format(day(year, month, date)),
    longMonth: (year, month) => format({ year: 'numeric', month: 'long' }).format(day(year, month, 1)),
    longYear: (year) => format({ year: 'numeric' }).format(day(year, 1, 1)),
    decade: (decade) => decade,
    season: (year) => year,
    tableDay: (year, month, date) =>
      format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(
        day(year, Number(month), Number(date)),
      ),
    tableMonth: (year, month) =>
      format({ year: 'numeric', month: '2-digit' }).format(day(year, Number(month), 1)),
  };
});

export const PHRASE_WORDS = each((locale): PhraseWords => {
  const joined = (type: 'conjunction' | 'disjunction') =>
    new Intl.ListFormat(locale, { type }).format(['1', '2']).replaceAll(/[12\s]/g, '');
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const same = (text: string) => text;
  return {
    and: joined('conjunction'),
    or: joined('disjunction'),
    justNow: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second'),
    relative: {
      past: (count, unit: TimeUnit) => relative.format(-Number(count), unit),
      future: (count, unit: TimeUnit) => relative.format(Number(count), unit),
    },
    sizes: ['B', 'KB', 'MB', 'GB'],
    percent: (number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(Number(number) / 100),
    about: same,
    uncertain: same,
    dayUnknown: same,
    monthUnknown: same,
    someYear: (first) => first,
    between: (from, to) => `${from} ${to}`,
    fromOn: same,
    fromUnknownEnd: same,
    until: same,
    untilUnknownStart: same,
  };
});
