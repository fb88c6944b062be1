import { useCallback, useEffect, useRef, useState } from 'react';
import type { ObservationQuery, ObservationRow } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { type ListResult, type ListState, sameQuery } from './list-result.ts';
import { all, extend, keepOnly, NOTHING, type Selection, toggle } from './selection.ts';

/**
 * Which observations are chosen. Another question clears the choice, so that nothing is edited that is not in the
 * list; when only the data changes, what is still there stays chosen.
 */
export function useSelection(result: ListResult, state: ListState, query: ObservationQuery) {
  const workspace = useWorkspace();
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [asked, setAsked] = useState(query);
  if (asked !== query) {
    setAsked(query);
    // The same question in another language finds the same.
    if (!sameQuery({ ...query, locale: asked.locale }, asked)) setSelection(NOTHING);
  }

  const { key, refreshed } = state;
  const any = useRef(false);
  useEffect(() => {
    any.current = selection.ids.size > 0;
  }, [selection]);
  useEffect(() => {
    if (!refreshed || !any.current) return;
    let over = false;
    workspace.observations.ids(key).then(
      (ids) => {
        if (!over && ids.length > 0) setSelection((now) => keepOnly(now, ids));
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [workspace, key, refreshed]);

  const extendTo = useCallback(
    async (from: number, to: number) => {
      const begin = selection.anchor?.index ?? from;
      const [first, last] = begin < to ? [begin, to] : [to, begin];
      const near: string[] = [];
      for (let index = first; index <= last; index++) {
        const row = result.row(index);
        if (row === null) break;
        near.push(row.id);
      }
      // A long stretch with pages that are not at hand: the whole result knows its ids.
      const range =
        near.length === last - first + 1
          ? near
          : (await workspace.observations.ids(key)).slice(first, last + 1);
      setSelection((now) => extend(now, begin, range));
    },
    [workspace, result, key, selection.anchor],
  );

  return {
    ids: selection.ids,
    toggle: useCallback((row: ObservationRow, index: number) => {
      setSelection((now) => toggle(now, row.id, index));
    }, []),
    extend: extendTo,
    selectAll: useCallback(async () => {
      setSelection(all(await workspace.observations.ids(key)));
    }, [workspace, key]),
    keep: useCallback((ids: ReadonlySet<string>) => setSelection({ ids, anchor: null }), []),
    clear: useCallback(() => setSelection(NOTHING), []),
  };
}
