import { useCallback, useEffect, useRef } from 'react';
import { useWorkspaceEvent } from '../app/workspace.tsx';
import type { ListResult } from './list-result.ts';

/** Changes that come in a row (a bulk edit, a sync) ask again once in this time. */
const SETTLE_MILLISECONDS = 250;

/**
 * Asks again after the data changed or the search came to know more, and once on arrival, since nothing was asked
 * while another screen was there. While `held`, changes wait: whoever makes thousands of them looks at a progress bar.
 */
export function useFreshness(result: ListResult, held: boolean): void {
  const timer = useRef<number | undefined>(undefined);
  const due = useRef(false);
  const refresh = useCallback(() => {
    due.current = false;
    result.refresh();
  }, [result]);
  const later = useCallback(() => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, SETTLE_MILLISECONDS);
  }, [refresh]);

  useEffect(() => {
    refresh();
    return () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [refresh]);
  useEffect(() => {
    if (!held && due.current) refresh();
  }, [held, refresh]);
  useWorkspaceEvent((event) => {
    if (event.event !== 'changed' && event.event !== 'indexing') return;
    if (held) due.current = true;
    else later();
  });
}
