import { type Edtf, type EdtfDate, parseEdtf, type Qualifier } from '@/core/model/edtf.ts';

/** How exactly a date is known, as the choices below the line name it. */
export const EXACTNESS = ['day', 'unknown-day', 'month', 'year', 'interval'] as const;
export type Exactness = (typeof EXACTNESS)[number];

export function exactnessOf(edtf: Edtf): Exactness {
  if (edtf.kind === 'interval') return 'interval';
  const { month, day } = edtf.date;
  if (typeof month !== 'number') return 'year';
  if (day === null) return 'month';
  return day === 'unknown' ? 'unknown-day' : 'day';
}

function firstDate(edtf: Edtf): EdtfDate {
  if (edtf.kind === 'date') return edtf.date;
  return edtf.from === 'open' ? (edtf.to as EdtfDate) : edtf.from;
}

/** The same date known less exactly, or as the beginning of a period; null when something would have to be made up. */
export function withExactness(edtf: Edtf, wanted: Exactness): Edtf | null {
  if (exactnessOf(edtf) === wanted) return edtf;
  const date = firstDate(edtf);
  if (wanted === 'interval') return { kind: 'interval', from: date, to: 'open' };
  if (wanted === 'year') return { kind: 'date', date: { ...date, month: null, day: null } };
  if (typeof date.month !== 'number') return null;
  if (wanted === 'month') return { kind: 'date', date: { ...date, day: null } };
  if (wanted === 'unknown-day') return { kind: 'date', date: { ...date, day: 'unknown' } };
  return typeof date.day === 'number' ? { kind: 'date', date } : null;
}

/** What to put into the line, cursor first, for a part that only the person knows: `.04.2021` lacks its day. */
export function templateFor(edtf: Edtf, wanted: Exactness): string | null {
  const { year, month } = firstDate(edtf);
  if (wanted === 'day' && typeof month === 'number') return `.${String(month).padStart(2, '0')}.${year}`;
  return wanted === 'month' ? `.${year}` : null;
}

export interface Doubt {
  readonly about: boolean;
  readonly uncertain: boolean;
}

const isAbout = (qualifier: Qualifier): boolean => qualifier === '~' || qualifier === '%';
const isUncertain = (qualifier: Qualifier): boolean => qualifier === '?' || qualifier === '%';

/** True where every stated end of the date is about so, or uncertain. */
export function doubtOf(edtf: Edtf): Doubt {
  const dates =
    edtf.kind === 'date'
      ? [edtf.date]
      : [edtf.from, edtf.to].filter((end): end is EdtfDate => end !== 'open');
  return {
    about: dates.every(({ qualifier }) => isAbout(qualifier)),
    uncertain: dates.every(({ qualifier }) => isUncertain(qualifier)),
  };
}

export function withDoubt(edtf: Edtf, { about, uncertain }: Doubt): Edtf {
  const qualifier: Qualifier = about ? (uncertain ? '%' : '~') : uncertain ? '?' : '';
  const mark = (date: EdtfDate): EdtfDate => ({ ...date, qualifier });
  const markEnd = (end: EdtfDate | 'open') => (end === 'open' ? end : mark(end));
  if (edtf.kind === 'date') return { kind: 'date', date: mark(edtf.date) };
  return { kind: 'interval', from: markEnd(edtf.from), to: markEnd(edtf.to) };
}

export interface Ends {
  /** EDTF, text that is none, or empty for an open end. */
  readonly from: string;
  readonly to: string;
}

const closed = (end: string): string => (end === '..' ? '' : end);
const isEnd = (end: string): boolean => end === '..' || parseEdtf(end)?.kind === 'date';

/** The two ends of a value that is a period, one of them perhaps still being typed; null for anything else. */
export function endsOf(value: string): Ends | null {
  const parts = value.split('/');
  const [from = '', to = ''] = parts;
  if (parts.length !== 2 || !(isEnd(from) || isEnd(to))) return null;
  return { from: closed(from), to: closed(to) };
}

/** A period's value; what is left of it when one end says all, empty when neither is there. */
export function joinEnds({ from, to }: Ends): string {
  if (from === '' && to === '') return '';
  return `${from === '' ? '..' : from}/${to === '' ? '..' : to}`;
}
