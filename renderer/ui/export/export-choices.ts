import type { Locale } from '@/core/base/locales.ts';
import type { Wording } from '@/core/model/observation.ts';
import type { ExportColumn, ExportSpec, ObservationQuery } from '@/core/workspace.ts';

/** What is exported: everything that the list finds, or observations that were chosen in it. */
export type ExportScope =
  | { readonly of: 'list'; readonly query: ObservationQuery }
  | { readonly of: 'selection'; readonly ids: readonly string[] };

export type ColumnSet = 'standard' | 'all' | 'own';

/** Everything that a person decides in the dialog; kept while the vault is open, so the next export begins with it. */
export interface ExportChoices {
  readonly format: ExportSpec['format'];
  readonly columnSet: ColumnSet;
  /** Which texts the standard columns show: the monitor's own, their working translations, or both. */
  readonly wording: Wording;
  /** The person's own columns in their order; null until they made any. */
  readonly own: readonly string[] | null;
  /** The first leads. */
  readonly locales: readonly Locale[];
  readonly includeSensitive: boolean;
  readonly includeNames: boolean;
  readonly includeConfidential: boolean;
  /** Without its extension. */
  readonly fileName: string;
}

/** What leaves nobody in danger: everything that has to be ticked is not. `today` is an ISO day. */
export function firstChoices(locale: Locale, today: string): ExportChoices {
  return {
    format: 'xlsx',
    columnSet: 'standard',
    wording: 'original',
    own: null,
    locales: [locale],
    includeSensitive: false,
    includeNames: false,
    includeConfidential: false,
    fileName: `baikoo-${today}`,
  };
}

/** The next export begins with the same columns and languages, and with nothing dangerous ticked. */
export function nextChoices(last: ExportChoices, today: string): ExportChoices {
  return {
    ...last,
    includeSensitive: false,
    includeNames: false,
    includeConfidential: false,
    fileName: `baikoo-${today}`,
  };
}

/** Codes of the columns that the choices name, in order; those that do not exist any more are left out. */
export function columnsOf(choices: ExportChoices, columns: readonly ExportColumn[]): readonly string[] {
  const every = columns.map(({ code }) => code);
  if (choices.columnSet === 'all') return every;
  const standard = columns.filter((column) => isStandard(column, choices.wording)).map(({ code }) => code);
  if (choices.columnSet === 'standard' || choices.own === null) return standard;
  return choices.own.filter((code) => every.includes(code));
}

function isStandard({ code, standard }: ExportColumn, wording: Wording): boolean {
  if (code === 'translations') return wording !== 'original';
  if (code === 'title' || code === 'narrative') return wording !== 'translation';
  return standard;
}

/** One column more, at the end, or one less. */
export const toggleColumn = (codes: readonly string[], code: string): readonly string[] =>
  codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code];

/** The column one place earlier (-1) or later (1); the ends stay ends. */
export function moveColumn(codes: readonly string[], code: string, by: -1 | 1): readonly string[] {
  const from = codes.indexOf(code);
  const to = from + by;
  if (from < 0 || to < 0 || to >= codes.length) return codes;
  const moved = codes.filter((other) => other !== code);
  moved.splice(to, 0, code);
  return moved;
}

/** What file systems refuse in a name. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]/u;

export type NameProblem = 'missing' | 'forbidden' | null;

export function checkFileName(name: string): NameProblem {
  if (name.trim().replace(/^\.+|\.+$/g, '') === '') return 'missing';
  return FORBIDDEN.test(name) ? 'forbidden' : null;
}
