import { useCallback, useEffect, useRef, useState } from 'react';
import type { OpenedObservation } from '@/core/workspace.ts';
import { useWorkspace, useWorkspaceEvent } from '../../app/workspace.tsx';

/** One observation, kept fresh while it is on the screen. */
export function useOpened(id: string): {
  readonly opened: OpenedObservation | null;
  readonly error: unknown;
  reload(): Promise<void>;
} {
  const { observations } = useWorkspace();
  const [loaded, setLoaded] = useState<OpenedObservation | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wanted = useRef(id);

  const reload = useCallback(async () => {
    try {
      const next = await observations.open(id);
      if (wanted.current !== id) return;
      setLoaded(next);
      setError(null);
    } catch (failure) {
      if (wanted.current === id) setError(failure);
    }
  }, [observations, id]);

  useEffect(() => {
    wanted.current = id;
    setError(null);
    void reload();
  }, [id, reload]);
  useWorkspaceEvent((event) => {
    if (event.event === 'changed' && event.records.includes(id)) void reload();
  });
  return { opened: loaded?.id === id ? loaded : null, error, reload };
}
