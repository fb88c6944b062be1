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
