import type { Observation } from '@/core/model/observation.ts';

/** A record as the other databases store it: the observation in the clear, under an id of its own. */
export interface PlainRecord extends Observation {
  readonly id: string;
}

/** What each database is asked to do, in this order: save everything, then open, search and export what is there. */
export interface Contestant {
  save(records: readonly PlainRecord[]): Promise<void>;
  /** Closes what `save` or `open` opened. */
  close(): Promise<void>;
  /** From nothing in memory to a list and a search that answer. */
  open(): Promise<void>;
  /** How many records a search finds, with the first fifty read. */
  search(text: string): Promise<number>;
  /** Bytes of a workbook of every record, 16 columns. */
  export(): Promise<number>;
}

/** Columns of the workbook, as codes of the product's export. */
export const COLUMNS = [
  'title',
  'narrative',
  'kind',
  'date',
  'place',
  'village',
  'themes',
  'tags',
  'source',
  'source-type',
  'reliability',
  'consent',
  'sensitivity',
  'status',
] as const;
