import type { Seen } from './fields.ts';
import type { Observation } from './observation.ts';

/** A form as it stands, before it was saved. On the disk, sealed, after every pause in typing. */
export interface Draft {
  readonly id: string;
  /** The observation being edited; null for a new one. */
  readonly record: string | null;
  readonly base: Observation | null;
  readonly seen: Seen;
  readonly observation: Observation;
  readonly updatedAt: string;
}

export interface DraftsDoor {
  list(): Promise<readonly Draft[]>;
  /** A fresh id for a draft. */
  newId(): Promise<string>;
  /** Resolves with the time once the draft is on the disk. */
  put(draft: Omit<Draft, 'updatedAt'>): Promise<string>;
  discard(id: string): Promise<void>;
}
