import type { Locale } from '../base/locales.ts';
import type { Progress } from './notice.ts';

/** What a person chooses for an export, and what they are told before it is made. */
export interface ExportSpec {
  readonly format: 'xlsx' | 'csv';
  /** A kept query result, or chosen ids. */
  readonly key: string | null;
  readonly ids: readonly string[] | null;
  /** Column codes in order (`exports.columns`). */
  readonly columns: readonly string[];
  /** Languages of headers and coded values, first one leads. */
  readonly locales: readonly Locale[];
  readonly includeSensitive: boolean;
  readonly includeNames: boolean;
  readonly includeConfidential: boolean;
  readonly fileName: string;
}

export interface ExportPreview {
  readonly observations: number;
  /** Observations that are marked confidential and would be left out. */
  readonly confidential: number;
  /** Filled fields marked sensitive (forms, source, consent) that would be left out. */
  readonly sensitiveFields: number;
  readonly names: number;
  /** Observations whose consent is withdrawn or refused: always said. */
  readonly withoutConsent: number;
  readonly conflicts: number;
}

export interface ExportColumn {
  readonly code: string;
  readonly label: Readonly<Record<Locale, string>>;
  readonly sensitive: boolean;
  readonly standard: boolean;
}

export interface ExportsDoor {
  columns(): Promise<readonly ExportColumn[]>;
  preview(spec: Pick<ExportSpec, 'key' | 'ids'>): Promise<ExportPreview>;
  /** Builds the file and hands it to the person. Null when cancelled. */
  run(
    spec: ExportSpec,
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly path: string; readonly bytes: number } | null>;
  /** Stops the running export; `run` then resolves with null. */
  cancel(): Promise<void>;
}
