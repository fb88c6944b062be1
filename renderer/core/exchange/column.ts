import type { Label, Locale } from '../base/locales.ts';
import { range } from '../model/edtf.ts';
import { type Labels, qualified } from './labels.ts';
import type { Cell, TableColumn } from './table.ts';

/**
 * The convention of headers. A column whose values are words or numbers is headed by its label in the first language.
 * A coded field is several columns: one of codes, headed by its unchanging name (`kind`), then one of labels for each
 * language, headed as XLSForm does (`Түрү::Кыргызча (ky)`). So a formula over `kind` outlives any change of language.
 */
export interface Column<Source> extends TableColumn {
  /** Unchanging: `date`, `date.from`, `kind`, `kind::ky`. */
  readonly name: string;
  readonly label: Label;
  /** False for what says the same as a column before it: a further language, the days of a date. */
  readonly primary: boolean;
  readonly cell: (source: Source) => Cell;
}

const NARROW = 14;
const NORMAL = 24;
export const WIDE = 70;

interface Shape {
  readonly width?: number;
  readonly wrap?: boolean;
  readonly repeats?: boolean;
  readonly primary?: boolean;
}

function columnOf<S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S) => Cell,
  shape: Shape = {},
): Column<S> {
  const { width = NORMAL, wrap = false, repeats = false, primary = true } = shape;
  return { name, label, header: label[labels.first], width, wrap, repeats, primary, cell };
}

/** Text on one line. */
export const lineColumn = <S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S) => Cell,
  shape: Shape = {},
): Column<S> => columnOf(labels, name, label, cell, { repeats: true, ...shape });

/** Long text that wraps. */
export const textColumn = <S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S) => Cell,
): Column<S> => columnOf(labels, name, label, cell, { width: WIDE, wrap: true });

export const numberColumn = <S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S) => number | null,
): Column<S> => columnOf(labels, name, label, cell, { width: NARROW });

/** A column of codes, headed by its unchanging name. */
export const codeColumn = <S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S) => Cell,
  shape: Shape = {},
): Column<S> => ({ ...columnOf(labels, name, label, cell, { repeats: true, ...shape }), header: name });

/** One column for each language (those of the export unless `locales` says which), headed as XLSForm does. */
export const labelColumns = <S>(
  labels: Labels,
  name: string,
  label: Label,
  cell: (source: S, locale: Locale) => Cell,
  shape: Shape = {},
  locales: readonly Locale[] = labels.locales,
): Column<S>[] =>
  locales.map((locale, i) => ({
    ...columnOf<S>(labels, `${name}::${locale}`, label, (source) => cell(source, locale), {
      repeats: true,
      primary: i === 0,
      ...shape,
    }),
    header: `${label[locale]}::${labels.autonym(locale)}`,
  }));

/** Codes, then their labels. Several codes are separated by a space (no code holds one), several labels by `; `. */
export function codedColumns<S>(
  labels: Labels,
  name: string,
  label: Label,
  codes: (source: S) => readonly string[],
  word: (code: string, locale: Locale, source: S) => string,
): Column<S>[] {
  const joined = (words: readonly string[], separator: string): Cell =>
    words.length === 0 ? null : words.join(separator);
  return [
    codeColumn(labels, name, label, (source) => joined(codes(source), ' ')),
    ...labelColumns<S>(labels, name, label, (source, locale) =>
      joined(
        codes(source).map((code) => word(code, locale, source)),
        '; ',
      ),
    ),
  ];
}

/** A field whose codes are terms of a vocabulary. */
export const termColumns = <S>(
  labels: Labels,
  name: string,
  label: Label,
  list: string,
  codes: (source: S) => readonly string[],
): Column<S>[] => codedColumns(labels, name, label, codes, (code, locale) => labels.term(list, code, locale));

/** A date as it is known (EDTF), and the first and last day it can mean as calendar days. */
export function dateColumns<S>(
  labels: Labels,
  name: string,
  label: Label,
  edtf: (source: S) => string,
): Column<S>[] {
  const days = (side: 'from' | 'to'): Column<S> =>
    columnOf<S>(
      labels,
      `${name}.${side}`,
      qualified(label, labels.word(side)),
      (source) => {
        const day = range(edtf(source))[side];
        return day === null ? null : { day };
      },
      { width: NARROW, primary: false },
    );
  return [
    columnOf<S>(labels, name, label, (source) => edtf(source) || null, { width: NARROW, repeats: true }),
    days('from'),
    days('to'),
  ];
}

/** A device's time, moved to the clock of Bishkek (UTC+6, no summer time); a text that is no time stays as it is. */
export function bishkekTime(utc: string): Cell {
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(utc) ? Date.parse(utc) : Number.NaN;
  if (Number.isNaN(milliseconds)) return utc || null;
  return { time: new Date(milliseconds + 6 * 3_600_000).toISOString().slice(0, 19) };
}

/** The same as text: `2021-05-01 12:00:00`. */
export function bishkekClock(utc: string): string {
  const cell = bishkekTime(utc);
  return typeof cell === 'object' && cell !== null && 'time' in cell ? cell.time.replace('T', ' ') : utc;
}

const ZONE = { ky: 'UTC+6', ru: 'UTC+6', 'uz-Cyrl': 'UTC+6', 'uz-Latn': 'UTC+6', en: 'UTC+6' };
/** Every time is headed by the clock it is told by. */
export const timeLabel = (label: Label): Label => qualified(label, ZONE);

export const timeColumn = <S>(
  labels: Labels,
  name: string,
  label: Label,
  utc: (source: S) => string,
): Column<S> => columnOf(labels, name, timeLabel(label), (source) => bishkekTime(utc(source)), { width: 20 });
