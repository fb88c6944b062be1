import type { Locale } from '@/core/base/locales.ts';

export type TimeUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

/**
 * The few connecting words that Intl lacks for Kyrgyz and Uzbek in Chromium (lists, relative time, units), and
 * the words of an EDTF date, for all five locales.
 */
export interface PhraseWords {
  readonly and: string;
  readonly or: string;
  readonly justNow: string;
  /** Null where Chromium's own RelativeTimeFormat is right (en, ru). */
  readonly relative: {
    past(count: string, unit: TimeUnit): string;
    future(count: string, unit: TimeUnit): string;
  } | null;
  /** Bytes and their multiples by 1024, as the file manager of the same language writes them. */
  readonly sizes: readonly [string, string, string, string];
  readonly percent: (number: string) => string;
  readonly about: (date: string) => string;
  readonly uncertain: (date: string) => string;
  readonly dayUnknown: (month: string) => string;
  readonly monthUnknown: (year: string) => string;
  readonly someYear: (first: string, last: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly fromOn: (from: string) => string;
  readonly fromUnknownEnd: (from: string) => string;
  readonly until: (to: string) => string;
  readonly untilUnknownStart: (to: string) => string;
}

const en: PhraseWords = {
  and: 'and',
  or: 'or',
  justNow: 'just now',
  relative: null,
  sizes: ['B', 'KB', 'MB', 'GB'],
  percent: (number) => `${number}%`,
  about: (date) => `about ${date}`,
  uncertain: (date) => `${date} (uncertain)`,
  dayUnknown: (month) => `${month}, day unknown`,
  monthUnknown: (year) => `${year}, month unknown`,
  someYear: (first, last) => `some year between ${first} and ${last}`,
  between: (from, to) => `${from} – ${to}`,
  fromOn: (from) => `${from} – still going on`,
  fromUnknownEnd: (from) => `${from} – end unknown`,
  until: (to) => `until ${to}`,
  untilUnknownStart: (to) => `until ${to}, start unknown`,
};

const ru: PhraseWords = {
  and: 'и',
  or: 'или',
  justNow: 'только что',
  relative: null,
  sizes: ['Б', 'КБ', 'МБ', 'ГБ'],
  percent: (number) => `${number}\u00a0%`,
  about: (date) => `примерно ${date}`,
  uncertain: (date) => `${date} (под вопросом)`,
  dayUnknown: (month) => `${month}, день неизвестен`,
  monthUnknown: (year) => `${year}, месяц неизвестен`,
  someYear: (first, last) => `какой-то из годов с ${first} по ${last}`,
  between: (from, to) => `${from} – ${to}`,
  fromOn: (from) => `${from} – продолжается`,
  fromUnknownEnd: (from) => `${from} – конец неизвестен`,
  until: (to) => `до этой даты: ${to}`,
  untilUnknownStart: (to) => `до этой даты: ${to}, начало неизвестно`,
};

const KY_UNITS: Record<TimeUnit, readonly [past: string, future: string]> = {
  minute: ['мүнөт', 'мүнөттөн'],
  hour: ['саат', 'сааттан'],
  day: ['күн', 'күндөн'],
  month: ['ай', 'айдан'],
  year: ['жыл', 'жылдан'],
};

const ky: PhraseWords = {
  and: 'жана',
  or: 'же',
  justNow: 'азыр эле',
  relative: {
    past: (count, unit) => `${count} ${KY_UNITS[unit][0]} мурун`,
    future: (count, unit) => `${count} ${KY_UNITS[unit][1]} кийин`,
  },
  sizes: ['Б', 'КБ', 'МБ', 'ГБ'],
  percent: (number) => `${number}%`,
  about: (date) => `болжол менен ${date}`,
  uncertain: (date) => `${date} (анык эмес)`,
  dayUnknown: (month) => `${month}, күнү белгисиз`,
  monthUnknown: (year) => `${year}, айы белгисиз`,
  someYear: (first, last) => `${first}–${last}-жылдардын бири`,
  between: (from, to) => `${from} – ${to}`,
  fromOn: (from) => `${from} – уланууда`,
  fromUnknownEnd: (from) => `${from} – аягы белгисиз`,
  until: (to) => `ушул күнгө чейин: ${to}`,
  untilUnknownStart: (to) => `ушул күнгө чейин: ${to}, башталышы белгисиз`,
};

const UZ_UNITS: Record<TimeUnit, string> = {
  minute: 'daqiqa',
  hour: 'soat',
  day: 'kun',
  month: 'oy',
  year: 'yil',
};

const uzLatn: PhraseWords = {
  and: 'va',
  or: 'yoki',
  justNow: 'hozirgina',
  relative: {
    past: (count, unit) => `${count} ${UZ_UNITS[unit]} oldin`,
    future: (count, unit) => `${count} ${UZ_UNITS[unit]}dan keyin`,
  },
  sizes: ['B', 'KB', 'MB', 'GB'],
  percent: (number) => `${number}%`,
  about: (date) => `taxminan ${date}`,
  uncertain: (date) => `${date} (aniq emas)`,
  dayUnknown: (month) => `${month}, kuni nomaʼlum`,
  monthUnknown: (year) => `${year}, oyi nomaʼlum`,
  someYear: (first, last) => `${first}–${last}-yillardan biri`,
  between: (from, to) => `${from} – ${to}`,
  fromOn: (from) => `${from} – davom etmoqda`,
  fromUnknownEnd: (from) => `${from} – oxiri nomaʼlum`,
  until: (to) => `shu kungacha: ${to}`,
  untilUnknownStart: (to) => `shu kungacha: ${to}, boshlanishi nomaʼlum`,
};

const UZ_CYRL_UNITS: Record<TimeUnit, string> = {
  minute: 'дақиқа',
  hour: 'соат',
  day: 'кун',
  month: 'ой',
  year: 'йил',
};

const uzCyrl: PhraseWords = {
  and: 'ва',
  or: 'ёки',
  justNow: 'ҳозиргина',
  relative: {
    past: (count, unit) => `${count} ${UZ_CYRL_UNITS[unit]} олдин`,
    future: (count, unit) => `${count} ${UZ_CYRL_UNITS[unit]}дан кейин`,
  },
  sizes: ['Б', 'КБ', 'МБ', 'ГБ'],
  percent: (number) => `${number}%`,
  about: (date) => `тахминан ${date}`,
  uncertain: (date) => `${date} (аниқ эмас)`,
  dayUnknown: (month) => `${month}, куни номаълум`,
  monthUnknown: (year) => `${year}, ойи номаълум`,
  someYear: (first, last) => `${first}–${last} йиллардан бири`,
  between: (from, to) => `${from} – ${to}`,
  fromOn: (from) => `${from} – давом этмоқда`,
  fromUnknownEnd: (from) => `${from} – охири номаълум`,
  until: (to) => `шу кунгача: ${to}`,
  untilUnknownStart: (to) => `шу кунгача: ${to}, бошланиши номаълум`,
};

export const PHRASE_WORDS: Readonly<Record<Locale, PhraseWords>> = {
  en,
  ru,
  ky,
  'uz-Latn': uzLatn,
  'uz-Cyrl': uzCyrl,
};
