import { SENSITIVITIES, type Sensitivity, STATUSES, type Status } from '@/core/model/observation.ts';
import type { ObservationQuery, ObservationsDoor, Progress } from '@/core/workspace.ts';

/** What is done to many observations at once. */
export type BulkEdit =
  | { readonly does: 'status'; readonly status: Status }
  | { readonly does: 'sensitivity'; readonly sensitivity: Sensitivity }
  | { readonly does: 'add-tag' | 'remove-tag'; readonly tag: string }
  | { readonly does: 'remove' | 'restore' };

/** A step of work on some of the observations; an edit is one, and so is each part of taking it back. */
export interface BulkStep {
  readonly ids: readonly string[];
  readonly edit: BulkEdit;
}

/** Observations that go to the workspace in one call: between two calls the work can be stopped. */
const CALL = 500;

export interface BulkRun {
  readonly onProgress: (progress: Progress) => void;
  readonly stopped: () => boolean;
}

/** Does the steps one after another. Resolves with the ids that were reached before it was stopped. */
export async function runBulk(
  door: ObservationsDoor,
  steps: readonly BulkStep[],
  { onProgress, stopped }: BulkRun,
): Promise<readonly string[]> {
  const total = steps.reduce((sum, { ids }) => sum + ids.length, 0);
  const reached: string[] = [];
  for (const { ids, edit } of steps) {
    for (let at = 0; at < ids.length; at += CALL) {
      if (stopped()) return reached;
      const some = ids.slice(at, at + CALL);
      const before = reached.length;
      await apply(door, some, edit, (done) => onProgress({ step: 'writing', done: before + done, total }));
      reached.push(...some);
      onProgress({ step: 'writing', done: reached.length, total });
    }
  }
  return reached;
}

function apply(
  door: ObservationsDoor,
  ids: readonly string[],
  edit: BulkEdit,
  onDone: (done: number) => void,
): Promise<void> {
  const progress = ({ done }: Progress): void => onDone(done);
  switch (edit.does) {
    case 'status':
      return door.bulk(ids, { status: edit.status }, progress);
    case 'sensitivity':
      return door.bulk(ids, { sensitivity: edit.sensitivity }, progress);
    case 'add-tag':
      return door.bulk(ids, { addTags: [edit.tag] }, progress);
    case 'remove-tag':
      return door.bulk(ids, { removeTags: [edit.tag] }, progress);
    case 'remove':
      return door.remove(ids);
    case 'restore':
      return door.restore(ids);
  }
}

/**
 * What takes an edit back, found out before it is made: who had which status or level, who had the tag already.
 * `everything` is a query without filters. One question at a time: each takes the place of the one before it.
 */
export async function planUndo(
  door: ObservationsDoor,
  ids: readonly string[],
  edit: BulkEdit,
  everything: ObservationQuery,
): Promise<readonly BulkStep[]> {
  const chosen = new Set(ids);
  const having = async (narrowed: Partial<ObservationQuery>): Promise<string[]> => {
    const { key } = await door.query('bulk', { ...everything, ...narrowed });
    return (await door.ids(key)).filter((id) => chosen.has(id));
  };
  const steps: BulkStep[] = [];
  switch (edit.does) {
    case 'status':
      for (const status of STATUSES) {
        if (status !== edit.status) {
          steps.push({ ids: await having({ statuses: [status] }), edit: { does: 'status', status } });
        }
      }
      return steps;
    case 'sensitivity':
      for (const sensitivity of SENSITIVITIES) {
        if (sensitivity !== edit.sensitivity) {
          const before = await having({ sensitivities: [sensitivity] });
          steps.push({ ids: before, edit: { does: 'sensitivity', sensitivity } });
        }
      }
      return steps;
    case 'add-tag': {
      const had = new Set(await having({ tags: [edit.tag] }));
      return [{ ids: ids.filter((id) => !had.has(id)), edit: { does: 'remove-tag', tag: edit.tag } }];
    }
    case 'remove-tag':
      return [{ ids: await having({ tags: [edit.tag] }), edit: { does: 'add-tag', tag: edit.tag } }];
    case 'remove':
      return [{ ids, edit: { does: 'restore' } }];
    case 'restore':
      return [{ ids, edit: { does: 'remove' } }];
  }
}
