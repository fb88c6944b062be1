import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Kept } from '@/core/team-doors.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';

/** Long enough that a list which is scrolled through asks for where it stops, short enough not to be noticed. */
const SETTLE_MILLISECONDS = 150;

/**
 * Where the latest edits of these observations are, by id; asked for those that are named, and again when a round
 * or an edit may have changed it. Nothing is known of an id until it has been asked for.
 */
export function useKept(ids: readonly string[]): ReadonlyMap<string, Kept> {
  const { sync } = useWorkspace();
  const [known, setKnown] = useState<ReadonlyMap<string, Kept>>(new Map());
  const key = ids.join('\n');
  const wanted = useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
  const timer = useRef<number | undefined>(undefined);
  const latest = useRef(wanted);

  const load = useCallback(() => {
    timer.current = undefined;
    const asked = latest.current;
    if (asked.length === 0) return;
    sync.kept(asked).then(
      (answers) => {
        if (latest.current !== asked) return;
        setKnown(
          new Map(
            asked.flatMap((id, i) => {
              const kept = answers[i];
              return kept === undefined ? [] : [[id, kept] as const];
            }),
          ),
        );
      },
      // Without the marks the list is whole; the page of the exchange says what is wrong.
      () => undefined,
    );
  }, [sync]);
  const later = useCallback(() => {
    timer.current ??= window.setTimeout(load, SETTLE_MILLISECONDS);
  }, [load]);
  useEffect(() => {
    latest.current = wanted;
    later();
  }, [wanted, later]);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  useWorkspaceEvent(({ event }) => {
    if (event === 'sync' || event === 'changed') later();
  });
  return known;
}
