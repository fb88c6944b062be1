import type { Virtualizer } from '@tanstack/react-virtual';
import { type Dispatch, type SetStateAction, useEffect, useLayoutEffect, useRef } from 'react';
import { type ListResult, type ListState, PAGE } from './list-result.ts';

/** The row that the keys are about; `id` null while its page is not there. */
export type Active = { readonly id: string | null; readonly index: number } | null;

/** Where an observation stands in the pages at hand. */
function indexOf(state: ListState, id: string): number | null {
  for (const [page, rows] of state.pages) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return page * PAGE + at;
  }
  return null;
}

/**
 * Keeps the list where it is when its data change: rows that came or went above do not move what somebody looks
 * at, and the active row stays the same observation. Another question starts at the top.
 */
export function useHeldPlace(parts: {
  readonly result: ListResult;
  readonly state: ListState;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly active: Active;
  readonly setActive: Dispatch<SetStateAction<Active>>;
}): void {
  const { result, state, virtual, active, setActive } = parts;
  const seen = useRef(state.revision);
  const first = useRef<{ readonly id: string; readonly index: number } | null>(null);

  useLayoutEffect(() => {
    if (seen.current === state.revision) return;
    seen.current = state.revision;
    if (!state.refreshed) {
      setActive(null);
      virtual.scrollToOffset(0);
      return;
    }
    const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
    const inSight = active !== null && active.index >= startIndex && active.index <= endIndex;
    // The active row, if it is in sight, is what somebody looks at; else the first row there is.
    const held = inSight && active.id !== null ? { id: active.id, index: active.index } : first.current;
    const index = held === null ? null : indexOf(state, held.id);
    if (held !== null && index !== null && index !== held.index) {
      const start = (at: number): number => virtual.getOffsetForIndex(at, 'start')?.[0] ?? 0;
      virtual.scrollToOffset((virtual.scrollOffset ?? 0) + start(index) - start(held.index));
    }
    if (active === null) return;
    const now = active.id === null ? null : indexOf(state, active.id);
    const at = now ?? Math.max(0, Math.min(active.index, state.total - 1));
    setActive({ index: at, id: result.row(at)?.id ?? null });
  }, [result, state, virtual, active, setActive]);

  useEffect(() => {
    const index = virtual.range?.startIndex ?? 0;
    const row = result.row(index);
    first.current = row === null ? null : { id: row.id, index };
  });
}
