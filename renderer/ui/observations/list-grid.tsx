import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ObservationRow } from '@/core/workspace.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { useKept } from '../exchange/use-kept.ts';
import { useFormat, useT } from '../language/language.tsx';
import type { Sort } from './filters.ts';
import { Grid, RowGroup } from './grid-cells.tsx';
import { readGridKey } from './grid-keys.ts';
import classes from './list.module.css';
import { ListHead } from './list-head.tsx';
import { useListMemory } from './list-memory.tsx';
import type { ListResult, ListState } from './list-result.ts';
import { ListRow } from './list-row.tsx';
import { type Active, useHeldPlace } from './use-held-place.ts';

/**
 * The least height of a row in pixels. Nearly every row keeps to it: one that is taller makes the virtualizer work
 * out the place of every row after it anew, which among 100,000 is felt. The widths are those at which the style
 * sheet turns the table into a narrower one (60rem) and into cards (42rem).
 */
const LOOKS = [
  { upTo: 672, plain: 136, withExcerpt: 180 },
  { upTo: 960, plain: 96, withExcerpt: 124 },
  { upTo: Number.POSITIVE_INFINITY, plain: 80, withExcerpt: 108 },
] as const;
/** What the headings cover of the list. */
const HEAD = 64;

export interface GridHandle {
  focus(): void;
}

export interface GridActions {
  onOpen(row: ObservationRow): void;
  onToggle(row: ObservationRow, index: number): void;
  /** From the row where the choice began, or `from`, to `to`. */
  onExtend(from: number, to: number): void;
  onSelectAll(): void;
  onClearSelection(): void;
  onRemove(): void;
}

/**
 * The observations of a result, as a grid that holds only the rows in sight. The grid itself has the focus and
 * names the active row, so a row that is fetched, replaced or scrolled away never takes the focus with it.
 */
export function ListGrid(
  props: {
    readonly handle: React.Ref<GridHandle>;
    readonly result: ListResult;
    readonly state: ListState;
    readonly selected: ReadonlySet<string>;
    readonly sort: Sort;
    readonly onSort: (sort: Sort) => void;
    readonly label: string;
  } & GridActions,
) {
  const { handle, result, state, selected, sort, onSort, label } = props;
  const t = useT();
  const labels = useLabels();
  const format = useFormat();
  const { members } = useReference();
  const words = useMemo(() => ({ t, labels, format, members }), [t, labels, format, members]);
  const base = useId();
  const { place } = useListMemory();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Active>(place.current.active);
  const { total } = state;
  const allSelected = selected.size >= total;
  const activeIndex = active === null ? null : Math.min(active.index, total - 1);
  const { ref: measureWidth, width } = useElementSize<HTMLDivElement>();
  const look = LOOKS.find(({ upTo }) => width > 0 && width <= upTo) ?? LOOKS[2];
  const height = state.query?.text.trim() ? look.withExcerpt : look.plain;

  const shownHeight = useRef(height);

  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    initialOffset: place.current.offset,
    initialMeasurementsCache: place.current.measured,
    overscan: 3,
    scrollPaddingEnd: HEAD,
    useFlushSync: false,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
      // The active row is always there: the grid names it to screen readers.
      if (activeIndex !== null && activeIndex >= 0 && activeIndex < first) indexes.unshift(activeIndex);
      if (activeIndex !== null && activeIndex > last && activeIndex < count) indexes.push(activeIndex);
      return indexes;
    },
  });
  const grid = useMergedRef(scroller, measureWidth);
  // Another look has other heights; what was measured in the old one says nothing.
  useEffect(() => {
    if (shownHeight.current === height) return;
    shownHeight.current = height;
    virtual.measure();
    // A row is heard only where it differs from the place worked out for it, so places come first.
    virtual.getTotalSize();
    // Rows that have taken their new size already will not tell it again by themselves.
    for (const row of scroller.current?.querySelectorAll('[data-index]') ?? []) virtual.measureElement(row);
  }, [virtual, height]);
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const inTeam = (useExchange().value?.team ?? null) !== null;
  // Without a team everything is here only, and a mark on every row would say nothing.
  const kept = useKept(inTeam ? items.flatMap(({ index }) => result.row(index)?.id ?? []) : []);

  useEffect(() => result.show(startIndex, endIndex));
  useEffect(() => {
    place.current = { ...place.current, active };
  }, [place, active]);

  useEffect(
    () => () => {
      place.current = { ...place.current, measured: virtual.takeSnapshot() };
    },
    [place, virtual],
  );

  // Back from a record, the list is as it was, the focus included; unless somebody is typing in the search.
  useEffect(() => {
    const focused = document.activeElement;
    if (place.current.active !== null && !(focused instanceof HTMLInputElement)) {
      scroller.current?.focus({ preventScroll: true });
    }
  }, [place]);

  const goTo = useCallback(
    (index: number) => {
      setActive({ index, id: result.row(index)?.id ?? null });
      virtual.scrollToIndex(index, { align: 'auto' });
    },
    [result, virtual],
  );

  useImperativeHandle(handle, () => ({
    focus() {
      scroller.current?.focus();
      if (activeIndex === null && total > 0) goTo(0);
    },
  }));

  useHeldPlace({ result, state, virtual, active, setActive });

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || total === 0) return;
    const page = Math.max(1, endIndex - startIndex - 1);
    const now = activeIndex ?? 0;
    const key = readGridKey(event.nativeEvent, { index: now, last: total - 1, page });
    if (key === null) return;
    event.preventDefault();
    const row = result.row(now);
    switch (key.does) {
      case 'move':
        if (key.extend) props.onExtend(now, key.to);
        goTo(key.to);
        break;
      case 'open':
        if (row !== null) props.onOpen(row);
        break;
      case 'toggle':
        if (row !== null) props.onToggle(row, now);
        break;
      case 'all':
        props.onSelectAll();
        break;
      case 'clear':
        props.onClearSelection();
        break;
      case 'remove':
        props.onRemove();
        break;
    }
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const element = target.closest<HTMLElement>('[data-index]');
    const index = Number(element?.dataset.index ?? Number.NaN);
    const row = result.row(index);
    if (element === null || row === null) return;
    // Whoever marks words with the mouse does not want to open anything.
    if (window.getSelection()?.isCollapsed === false && !event.shiftKey) return;
    setActive({ index, id: row.id });
    if (event.shiftKey) props.onExtend(activeIndex ?? index, index);
    else if (event.ctrlKey || event.metaKey || target.closest('[data-pick]')) props.onToggle(row, index);
    else props.onOpen(row);
  };

  return (
    <Grid
      ref={grid}
      className={classes.scroller}
      aria-label={label}
      aria-description={t('observations.list.keys')}
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={activeIndex === null || total === 0 ? undefined : `${base}-${activeIndex}`}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && activeIndex === null && total > 0)
          goTo(virtual.range?.startIndex ?? 0);
      }}
      onMouseDown={(event) => {
        // Shift would mark the text between two rows instead of the rows.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={onClick}
      onScroll={(event) => {
        place.current = { ...place.current, offset: event.currentTarget.scrollTop };
      }}
    >
      <ListHead
        sort={sort}
        onSort={onSort}
        allSelected={allSelected}
        onSelectAll={allSelected ? props.onClearSelection : props.onSelectAll}
      />
      <RowGroup
        className={classes.rows}
        style={{ height: virtual.getTotalSize(), ['--row-height' as string]: `${height}px` }}
      >
        {items.map((item) => {
          const row = result.row(item.index);
          return (
            <ListRow
              key={item.key}
              row={row}
              index={item.index}
              id={`${base}-${item.index}`}
              start={item.start}
              active={item.index === activeIndex}
              selected={row !== null && selected.has(row.id)}
              here={row !== null && kept.get(row.id)?.state === 'here'}
              words={words}
              measure={virtual.measureElement}
            />
          );
        })}
      </RowGroup>
    </Grid>
  );
}
