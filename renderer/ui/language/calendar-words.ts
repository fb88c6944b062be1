import type { Locale } from '@/core/base/locales.ts';

/**
 * Names of months and days, and the written forms of a date, for all five locales. Own tables, because Chromium
 * has no Kyrgyz and only a stub of Uzbek in Intl (it prints English or `M12` there); the words are CLDR's.
 */
export interface CalendarWords {
  /** January first, as the name stands alone. */
  readonly months: readonly string[];
  /** The short names a narrow heading uses. */
  readonly shortMonths: readonly string[];
  /** Monday first. */
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  /** `month` is 1 to 12. */
  longDay(year: string, month: number, day: number): string;
  longMonth(year: string, month: number): string;
  longYear(year: string): string;
  /** Every year of a decade, `decade` being its first: 2020. */
  decade(decade: string): string;
  /** `season`: 0 spring, 1 summer, 2 autumn, 3 winter. */
  season(year: string, season: number): string;
  tableDay(year: string, month: string, day: string): string;
  tableMonth(year: string, month: string): string;
}

const at = (names: readonly string[], index: number): string => names[index] ?? '';
const dotted = (...parts: string[]): string => parts.join('.');

const EN_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const EN_SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const en: CalendarWords = {
  months: EN_MONTHS,
  shortMonths: EN_SHORT,
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  shortDays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  longDay: (year, month, day) => `${day} ${at(EN_MONTHS, month - 1)} ${year}`,
  longMonth: (year, month) => `${at(EN_MONTHS, month - 1)} ${year}`,
  longYear: (year) => year,
  decade: (decade) => `${decade}s`,
  season: (year, season) => `${at(['spring', 'summer', 'autumn', 'winter'], season)} ${year}`,
  // A numeric day and month would be read in two ways; a month in letters is read in one.
  tableDay: (year, month, day) => `${day} ${at(EN_SHORT, Number(month) - 1)} ${year}`,
  tableMonth: (year, month) => `${at(EN_SHORT, Number(month) - 1)} ${year}`,
};

const RU_OF = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
];
const CYRILLIC_SHORT = [
  'янв.',
  'февр.',
  'март',
  'апр.',
  'май',
  'июнь',
  'июль',
  'авг.',
  'сент.',
  'окт.',
  'нояб.',
  'дек.',
];
const RU_MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
];

const ru: CalendarWords = {
  months: RU_MONTHS,
  shortMonths: CYRILLIC_SHORT,
  days: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
  shortDays: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  longDay: (year, month, day) => `${day} ${at(RU_OF, month - 1)} ${year} г.`,
  longMonth: (year, month) => `${at(RU_MONTHS, month - 1)} ${year} г.`,
  longYear: (year) => `${year} г.`,
  decade: (decade) => `${decade}-е годы`,
  season: (year, season) => `${at(['весна', 'лето', 'осень', 'зима'], season)} ${year} г.`,
  tableDay: (year, month, day) => dotted(day, month, year),
  tableMonth: (year, month) => dotted(month, year),
};

const KY_OF = [
  'январы',
  'февралы',
  'марты',
  'апрели',
  'майы',
  'июну',
  'июлу',
  'августу',
  'сентябры',
  'октябры',
  'ноябры',
  'декабры',
];

const ky: CalendarWords = {
  months: RU_MONTHS,
  shortMonths: CYRILLIC_SHORT,
  days: ['дүйшөмбү', 'шейшемби', 'шаршемби', 'бейшемби', 'жума', 'ишемби', 'жекшемби'],
  shortDays: ['дүй.', 'шейш.', 'шарш.', 'бейш.', 'жума', 'ишм.', 'жек.'],
  longDay: (year, month, day) => `${year}-жылдын ${day}-${at(KY_OF, month - 1)}`,
  longMonth: (year, month) => `${year}-жылдын ${at(KY_OF, month - 1)}`,
  longYear: (year) => `${year}-жыл`,
  decade: (decade) => `${decade}-жылдар`,
  season: (year, season) => `${year}-жылдын ${at(['жазы', 'жайы', 'күзү', 'кышы'], season)}`,
  tableDay: (year, month, day) => dotted(day, month, year),
  tableMonth: (year, month) => dotted(month, year),
};

const UZ_MONTHS = [
  'yanvar',
  'fevral',
  'mart',
  'aprel',
  'may',
  'iyun',
  'iyul',
  'avgust',
  'sentabr',
  'oktabr',
  'noyabr',
  'dekabr',
];

const uzLatn: CalendarWords = {
  months: UZ_MONTHS,
  shortMonths: ['yan', 'fev', 'mar', 'apr', 'may', 'iyn', 'iyl', 'avg', 'sen', 'okt', 'noy', 'dek'],
  days: ['dushanba', 'seshanba', 'chorshanba', 'payshanba', 'juma', 'shanba', 'yakshanba'],
  shortDays: ['dush', 'sesh', 'chor', 'pay', 'jum', 'shan', 'yak'],
  longDay: (year, month, day) => `${year}-yil ${day}-${at(UZ_MONTHS, month - 1)}`,
  longMonth: (year, month) => `${year}-yil ${at(UZ_MONTHS, month - 1)}`,
  longYear: (year) => `${year}-yil`,
  decade: (decade) => `${decade}-yillar`,
  season: (year, season) => `${year}-yil ${at(['bahori', 'yozi', 'kuzi', 'qishi'], season)}`,
  tableDay: (year, month, day) => dotted(day, month, year),
  tableMonth: (year, month) => dotted(month, year),
};

const UZ_CYRL_MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'май',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];

/** Inside a date the full spelling with ь is written, although CLDR's month names leave it out. */
const UZ_CYRL_OF = RU_MONTHS;

const uzCyrl: CalendarWords = {
  months: UZ_CYRL_MONTHS,
  shortMonths: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  days: ['душанба', 'сешанба', 'чоршанба', 'пайшанба', 'жума', 'шанба', 'якшанба'],
  shortDays: ['душ', 'сеш', 'чор', 'пай', 'жум', 'шан', 'якш'],
  longDay: (year, month, day) => `${year} йил ${day} ${at(UZ_CYRL_OF, month - 1)}`,
  longMonth: (year, month) => `${year} йил ${at(UZ_CYRL_OF, month - 1)}`,
  longYear: (year) => `${year} йил`,
  decade: (decade) => `${decade} йиллар`,
  season: (year, season) => `${year} йил ${at(['баҳори', 'ёзи', 'кузи', 'қиши'], season)}`,
  tableDay: (year, month, day) => dotted(day, month, year),
  tableMonth: (year, month) => dotted(month, year),
};

export const CALENDAR_WORDS: Readonly<Record<Locale, CalendarWords>> = {
  en,
  ru,
  ky,
  'uz-Latn': uzLatn,
  'uz-Cyrl': uzCyrl,
};
