import type { Json } from '../base/json.ts';
import type { Form } from '../model/form.ts';
import type { Observation } from '../model/observation.ts';
import type { Place } from '../model/place.ts';
import type { Catalogue } from '../model/recommendation.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

/** A field of which several values are visible at once. */
export interface RecordConflict {
  readonly field: string;
  /** The first is the one `observation` holds: a stand-in, not a decision. */
  readonly versions: readonly { readonly value: Json; readonly author: string; readonly at: string }[];
}

/** One observation as an export needs it: what `observations.open` gives, or less. */
export interface ExportRecord {
  readonly id: string;
  readonly observation: Observation;
  readonly conflicts: readonly RecordConflict[];
  /** Member ids; device times in UTC, ISO 8601. */
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly unread: Readonly<Record<string, Json>>;
}

/** The lists that labels come from: what `reference.all` gives. */
export interface ExportReference {
  readonly catalogue: Catalogue;
  readonly places: readonly Place[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly forms: readonly Form[];
  readonly members: Readonly<Record<string, string>>;
}

/** Pulls the next records; null at the end. A plain function, so that it can cross a worker's boundary. */
export type PullRecords = () => Promise<readonly ExportRecord[] | null>;
