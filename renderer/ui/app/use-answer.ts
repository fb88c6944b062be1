import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkspaceEvent } from '@/core/workspace.ts';
import { useWorkspaceEvent } from './workspace.tsx';

export interface Answer<T> {
  /** Null until there is one. The answer to an earlier question is never shown as that to a later one. */
  readonly value: T | null;
  readonly error: unknown;
  readonly again: () => void;
}

/** Several changes in a row (a bulk edit, a round of exchange) ask once in this time. */
const SETTLE_MILLISECONDS = 300;

const CHANGED: readonly WorkspaceEvent['event'][] = ['changed'];

/**
 * Asks the workspace, and again after every change (or every event of `events`, which must be a constant); `ask`
 * must be kept (`useCallback`) as long as it asks the same.
 */
export function useAnswer<T>(ask: (() => Promise<T>) | null, events = CHANGED): Answer<T> {
  const [got, setGot] = useState<{ ask: unknown; value: T | null; error: unknown } | null>(null);
  const latest = useRef(ask);
  const timer = useRef<number | undefined>(undefined);

  const load = useCallback(() => {
    latest.current = ask;
    ask?.().then(
      (value) => {
        if (latest.current === ask) setGot({ ask, value, error: null });
      },
      (error: unknown) => {
        if (latest.current === ask) setGot({ ask, value: null, error });
      },
    );
  }, [ask]);
  useEffect(() => {
    load();
    return () => {
      latest.current = null;
      window.clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [load]);
  // Not put off by every further event: those of a round come without a pause.
  useWorkspaceEvent(({ event }) => {
    if (!events.includes(event)) return;
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      load();
    }, SETTLE_MILLISECONDS);
  });

  const current = got !== null && got.ask === ask ? got : null;
  return { value: current?.value ?? null, error: current?.error ?? null, again: load };
}
