import type { Change } from '../changes/change.ts';
import { conflictsOf, fieldsOf, foldChanges, seenOf } from '../changes/register.ts';
import { fromFields } from '../model/fields.ts';
import type { OpenedObservation } from '../workspace.ts';
import { authorship } from './row.ts';

/** An observation as its reader gets it, from all its changes. */
export function openedOf(id: string, changes: readonly Change[]): OpenedObservation {
  const state = foldChanges(changes);
  const { observation, unread } = fromFields(fieldsOf(state), 'other');
  return {
    id,
    observation,
    unread,
    seen: seenOf(state),
    conflicts: conflictsOf(state).map((field) => ({ field, versions: state.registers[field] ?? [] })),
    deleted: state.deletion === 'deleted',
    ...authorship(changes),
  };
}
