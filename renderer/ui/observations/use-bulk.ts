import { useCallback, useRef, useState } from 'react';
import type { Progress } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useLanguage } from '../language/language.tsx';
import { type BulkEdit, type BulkStep, planUndo, runBulk } from './bulk.ts';
import { NO_FILTERS } from './filters.ts';

export interface Bulk {
  readonly progress: Progress | null;
  readonly error: unknown;
  /** Resolves with the observations that were reached; the rest are as they were. */
  run(ids: readonly string[], edit: BulkEdit): Promise<readonly string[]>;
  stop(): void;
  forget(): void;
}

/** Edits many observations with progress, can be stopped between calls, and offers to take it all back. */
export function useBulk(deleted: boolean): Bulk {
  const workspace = useWorkspace();
  const toast = useToast();
  const { locale } = useLanguage();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stopped = useRef(false);

  const work = useCallback(
    async (steps: readonly BulkStep[]) => {
      stopped.current = false;
      setError(null);
      const total = steps.reduce((sum, { ids }) => sum + ids.length, 0);
      setProgress({ step: 'writing', done: 0, total });
      try {
        return await runBulk(workspace.observations, steps, {
          onProgress: setProgress,
          stopped: () => stopped.current,
        });
      } finally {
        setProgress(null);
      }
    },
    [workspace],
  );

  const run = useCallback(
    async (ids: readonly string[], edit: BulkEdit) => {
      try {
        const everything = { ...NO_FILTERS, deleted, text: '', locale };
        const undo = await planUndo(workspace.observations, ids, edit, everything);
        const reached = await work([{ ids, edit }]);
        if (reached.length === 0) return reached;
        const done = new Set(reached);
        const back = undo.map((step) => ({ ...step, ids: step.ids.filter((id) => done.has(id)) }));
        toast({
          text: ({ t }) => t(`observations.bulk.done.${edit.does}`, { count: reached.length }),
          undo: async () => {
            await work(back);
          },
        });
        return reached;
      } catch (failure) {
        setError(failure);
        return [];
      }
    },
    [workspace, work, toast, locale, deleted],
  );

  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  const forget = useCallback(() => setError(null), []);
  return { progress, error, run, stop, forget };
}
