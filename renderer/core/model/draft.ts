import type { Json } from '../base/json.ts';
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

/**
 * Words for one field that are typed beside a record's form and not saved yet: a version of one's own in a conflict, a
 * reviewer's note. Kept as drafts of forms are.
 */
export interface FieldDraft {
  readonly id: string;
  readonly of: 'conflict' | 'review';
  readonly record: string;
  /** The record's type, and what it was called. */
  readonly type: string;
  readonly title: string;
  readonly field: string;
  /** What the words began from. */
  readonly from: Json;
  readonly value: Json;
  readonly updatedAt: string;
}

export interface DraftsDoor {
  /** Drafts of forms, the newest first. */
  list(): Promise<readonly Draft[]>;
  /** Drafts of single fields, the newest first. */
  fields(): Promise<readonly FieldDraft[]>;
  /** A fresh id for a draft. */
  newId(): Promise<string>;
  /** Resolves with the time once the draft is on the disk. */
  put(draft: Omit<Draft, 'updatedAt'>): Promise<string>;
  putField(draft: Omit<FieldDraft, 'updatedAt'>): Promise<string>;
  /** Of either kind. */
  discard(id: string): Promise<void>;
}
