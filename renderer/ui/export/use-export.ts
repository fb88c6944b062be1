import { useCallback, useEffect, useState } from 'react';
import type {
  ExportColumn,
  ExportPreview,
  ExportSpec,
  OrganisationSettings,
  Progress,
} from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import type { ExportScope } from './export-choices.ts';

/** What the dialog has to know before anything can be chosen. */
export interface ExportFacts {
  /** The kept result that the list's query has given for this export; null for chosen observations. */
  readonly key: string | null;
  readonly columns: readonly ExportColumn[];
  /** Null while it is being counted: every observation has to be read for it. */
  readonly preview: ExportPreview | null;
  readonly settings: OrganisationSettings;
}

/** Columns, counts and the legal label. The list's query is asked anew: its own result changes while data do. */
export function useExportFacts(scope: ExportScope) {
  const workspace = useWorkspace();
  const [loaded, setLoaded] = useState<ExportFacts | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` counts the times somebody asked to try again.
  useEffect(() => {
    let over = false;
    const load = async () => {
      const key =
        scope.of === 'list' ? (await workspace.observations.query('export', scope.query)).key : null;
      const ids = scope.of === 'selection' ? scope.ids : null;
      const [columns, settings] = await Promise.all([
        workspace.exports.columns(),
        workspace.organisation.settings(),
      ]);
      if (over) return;
      setLoaded({ key, columns, preview: null, settings });
      const preview = await workspace.exports.preview({ key, ids });
      if (!over) setLoaded({ key, columns, preview, settings });
    };
    setError(null);
    load().catch((failure: unknown) => {
      if (!over) setError(failure);
    });
    return () => {
      over = true;
    };
  }, [workspace, scope, attempt]);
  return { loaded, error, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}

export interface ExportedFile {
  readonly path: string;
  readonly bytes: number;
}

/** Runs one export after another; `stopped` says that the last one was cancelled and wrote nothing. */
export function useExport() {
  const workspace = useWorkspace();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<ExportedFile | null>(null);
  const [stopped, setStopped] = useState(false);
  const run = useCallback(
    async (spec: ExportSpec) => {
      setError(null);
      setStopped(false);
      setProgress({ step: 'reading', done: 0, total: 0 });
      try {
        const file = await workspace.exports.run(spec, (now) => setProgress((old) => old && now));
        setDone(file);
        setStopped(file === null);
      } catch (failure) {
        setError(failure);
      } finally {
        setProgress(null);
      }
    },
    [workspace],
  );
  const cancel = useCallback(() => workspace.exports.cancel(), [workspace]);
  return { run, cancel, progress, error, done, stopped };
}
