import type { Json } from '../base/json.ts';

/** One change of a record as history shows it. */
export interface HistoryEntry {
  readonly change: string;
  readonly author: string;
  readonly at: string;
  readonly device: string;
  /** `before` holds the values this edit replaced (none for a first value, several when it settled a conflict). */
  readonly fields: readonly {
    readonly name: string;
    readonly value: Json;
    readonly before: readonly Json[];
  }[];
}
