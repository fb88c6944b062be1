import {
  type Edtf,
  type EdtfDate,
  formatEdtf,
  type IsoDay,
  parseEdtf,
  type Qualifier,
} from '@/core/model/edtf.ts';

/**
 * Dates as people type them, in any of the five languages whatever the interface speaks: `12.04.2021`, `04.2021`,
 * `апрель 2021`, `2021-жылдын 12-апрели`, `12 April`, `~2021`, `12–15.04.2021`, and EDTF itself. Day before month, as
 * all five write numeric dates here. What comes out is EDTF level 1.
 */

/** The first letters of each month's names, January first; the endings differ by language and case. */
const MONTHS: readonly RegExp[] = [
  /^(?:янв|yan|jan)/,
  /^(?:фев|fev|feb)/,
  /^(?:март|mar)/,
  /^(?:апр|apr)/,
  /^(?:май|мая|may)/,
  /^(?:июн|iyu?n|jun)/,
  /^(?:июл|iyu?l|jul)/,
  /^(?:авг|avg|aug)/,
  /^(?:сен|sen|sep)/,
  /^(?:окт|okt|oct)/,
  /^(?:ноя|noy|nov)/,
  /^(?:дек|dek|dec)/,
];

const YEAR_WORD =
  /^(?:г|гг|год|года|году|ж|жыл|жылы|жылдын|жылда|жылдан|жылга|y|yil|yili|yilning|yilda|yildan|й|йил|йили|йилнинг|йилда|йилдан)$/;
const NOISE =
  /^(?:of|in|the|on|в|на|во|числа|число|күнү|куни|kuni|айы|айынын|айында|oyi|oyining|oyida|ойи|ойининг|ойида|ай|oy|ой)$/;
const ABOUT =
  /^(?:~|≈|about\s|around\s|circa\s|ca?\.\s*|около\s|примерно\s|приблизительно\s|ок\.\s*|болжол менен\s|болжолдуу\s|taxminan\s|тахминан\s)\s*/;
const TODAY = /^(?:today|сегодня|бүгүн|бугун|bugun)$/;
const YESTERDAY = /^(?:yesterday|вчера|кечээ|кече|kecha|кеча)$/;
/** A number with the word for the year written to it: `2021г.`, `2021ж`. */
const GLUED_YEAR = /(?<=\d{4})(?=[гжйy])/gu;
/** "From … to …" and "since …" as each language says it, with the beginning and the end of the period. */
const PERIODS: readonly RegExp[] = [
  /^со?\s+(?<from>.+?)\s+(?:по|до)\s+(?<to>.+)$/,
  /^from\s+(?<from>.+?)\s+(?:to|till|until)\s+(?<to>.+)$/,
  /^(?<from>.+?[дтн][аеоө]н)\s+(?<to>.+?)\s+чейин$/,
  /^(?<from>.+?dan)\s+(?<to>.+?)gacha$/,
  /^(?<from>.+?дан)\s+(?<to>.+?)гача$/,
  /^(?:со?|since|from)\s+(?<from>.+)$/,
  /^(?<from>.+?(?:[дтн][аеоө]н|dan))\s+(?:бери|beri)$/,
];
const UNKNOWN = /^(?:\?\?|xx|хх)$/;

/** The day before an ISO day. */
export function dayBefore(day: IsoDay): IsoDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

interface Parts {
  readonly year: number | null;
  readonly month: number | 'unknown' | null;
  readonly day: number | 'unknown' | null;
}

/** Numbers without a month's name, in the order they were typed: day, month, year, or year first. */
function fromNumbers(items: readonly (number | 'unknown')[], today: IsoDay): Parts | null {
  const [a, b, c] = items;
  if (a === undefined || items.length > 3) return null;
  const isYear = (item: number | 'unknown' | undefined): item is number =>
    typeof item === 'number' && item > 999;
  if (isYear(a)) {
    if (isYear(b) || isYear(c)) return null;
    return { year: a, month: b ?? null, day: c ?? null };
  }
  if (b === undefined) return null;
  if (isYear(b)) return c === undefined ? { year: b, month: a, day: null } : null;
  if (c === undefined) return { year: null, month: b, day: a };
  if (isYear(c)) return { year: c, month: b, day: a };
  return c === 'unknown' ? null : { year: fullYear(c, today), month: b, day: a };
}

/** 21 is 2021, 98 is 1998: never a year that has not come. */
function fullYear(short: number, today: IsoDay): number {
  const now = Number(today.slice(0, 4));
  const guess = now - (now % 100) + short;
  return guess > now ? guess - 100 : guess;
}

/** Without a year, the last such day or month that is not after today. */
function latest(parts: Parts, today: IsoDay): Parts {
  if (parts.year !== null || typeof parts.month !== 'number') return parts;
  const year = Number(today.slice(0, 4));
  const end = typeof parts.day === 'number' ? parts.day : 1;
  const then = `${year}-${String(parts.month).padStart(2, '0')}-${String(end).padStart(2, '0')}`;
  return { ...parts, year: then > today ? year - 1 : year };
}

function readParts(text: string, today: IsoDay): Parts | null {
  const words = text
    .replace(GLUED_YEAR, ' ')
    .split(/[\s.,/\u00a0-]+/)
    .filter((word) => word !== '');
  let month: number | null = null;
  const items: (number | 'unknown')[] = [];
  for (const word of words) {
    const number = /^(\d{1,4})(?:st|nd|rd|th|го|е)?$/.exec(word)?.[1];
    const named = MONTHS.findIndex((names) => names.test(word));
    if (number !== undefined) {
      if (number.length === 3) return null;
      items.push(Number(number));
    } else if (UNKNOWN.test(word)) items.push('unknown');
    else if (named >= 0 && word.length <= 11 && month === null) month = named + 1;
    else if (!YEAR_WORD.test(word) && !NOISE.test(word)) return null;
  }
  if (month === null) return fromNumbers(items, today);
  const year = items.find((item): item is number => typeof item === 'number' && item > 999) ?? null;
  const rest = items.filter((item) => item !== year);
  if (rest.length > 1) return null;
  return { year, month, day: rest[0] ?? null };
}

const qualifierOf = (about: boolean, uncertain: boolean): Qualifier =>
  about ? (uncertain ? '%' : '~') : uncertain ? '?' : '';

function readPoint(typed: string, today: IsoDay): EdtfDate | null {
  let text = typed.trim();
  let about = false;
  let uncertain = false;
  const ahead = ABOUT.exec(text);
  if (ahead !== null) {
    about = true;
    text = text.slice(ahead[0].length);
  }
  const behind = /(?<!\?)\s*(?:\(\?\)|[?~%])$/.exec(text);
  if (behind !== null && text !== behind[0]) {
    const sign = behind[0].trim();
    about ||= sign === '~' || sign === '%';
    uncertain = sign !== '~';
    text = text.slice(0, behind.index).trim();
  }
  if (TODAY.test(text)) text = today;
  if (YESTERDAY.test(text)) text = dayBefore(today);
  const parts = readParts(text, today);
  if (parts === null) return null;
  const { year, month, day } = latest(parts, today);
  if (year === null) return null;
  const date: EdtfDate = { year, month, day, qualifier: qualifierOf(about, uncertain) };
  const checked = parseEdtf(formatEdtf({ kind: 'date', date }));
  return checked?.kind === 'date' ? checked.date : null;
}

const OPEN = /^(?:…|\.\.+)$/;

function readEnd(typed: string, today: IsoDay): EdtfDate | 'open' | null {
  return OPEN.test(typed.trim()) ? 'open' : readPoint(typed, today);
}

/** `12` of `12–15.04.2021` and `апрель` of `апрель – июнь 2021` take what they lack from the end. */
function readStart(typed: string, to: EdtfDate | 'open', today: IsoDay): EdtfDate | 'open' | null {
  if (to === 'open' || OPEN.test(typed.trim())) return readEnd(typed, today);
  const day = /^\s*(\d{1,2})\s*$/.exec(typed)?.[1];
  if (day !== undefined) return typeof to.day === 'number' ? { ...to, day: Number(day) } : null;
  const parts = readParts(typed.trim(), today);
  if (parts !== null && parts.year === null) return { ...to, month: parts.month, day: parts.day };
  return readEnd(typed, today);
}

/** Dashes first: a hyphen may be a part of the date itself. */
const BETWEEN: readonly RegExp[] = [/\s*[–—]\s*/, /\s+-\s+/, /\s*\/\s*/, /-/];

/** The end of a period with the year that stands at its beginning only, or the year after: December 2020 – January. */
function endText(start: string, end: string, today: IsoDay): string {
  const { year = null, month = null } = readParts(start.trim(), today) ?? {};
  const lacking = readParts(end.trim(), today);
  if (year === null || lacking === null || lacking.year !== null || lacking.month === null) return end;
  const inWords = /\p{L}/u.test(end);
  const then = month !== null && lacking.month < month ? year + 1 : year;
  return inWords ? `${then} ${end}` : `${end}.${then}`;
}

function readPeriod(start: string, end: string, today: IsoDay): Edtf | null {
  const to = readEnd(endText(start, end, today), today);
  const from = to === null ? null : readStart(start, to, today);
  if (from === null || to === null) return null;
  return parseEdtf(formatEdtf({ kind: 'interval', from, to }));
}

function readInterval(text: string, today: IsoDay): Edtf | null {
  for (const words of PERIODS) {
    const { from, to = '..' } = words.exec(text)?.groups ?? {};
    const interval = from === undefined ? null : readPeriod(from, to, today);
    if (interval !== null) return interval;
  }
  for (const separator of BETWEEN) {
    const [start = '', end = '', ...more] = text.split(separator);
    const interval = more.length > 0 ? null : readPeriod(start, end, today);
    if (interval !== null) return interval;
  }
  return null;
}

/** EDTF for what was typed, or null when it reads as no date. `today` fills in a year that was left out. */
export function readTypedDate(typed: string, today: IsoDay): string | null {
  const text = typed.trim().normalize('NFC');
  // A Cyrillic Х looks like the X of an unknown day.
  const plain = parseEdtf(text.replace(/[xхХ]/g, 'X'));
  if (plain !== null) return formatEdtf(plain);
  const lower = text.toLowerCase();
  const point = readPoint(lower, today);
  if (point !== null) return formatEdtf({ kind: 'date', date: point });
  const interval = readInterval(lower, today);
  return interval === null ? null : formatEdtf(interval);
}
