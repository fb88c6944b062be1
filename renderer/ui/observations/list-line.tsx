import { Select } from '@mantine/core';
import { useState } from 'react';
import { useWorkspaceEvent } from '../app/workspace.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { AUTOMATIC, effectiveSort, type Sort } from './filters.ts';
import classes from './line.module.css';

const ORDERS = [
  ['dateDown', { by: 'date', descending: true }],
  ['dateUp', { by: 'date', descending: false }],
  ['updatedDown', { by: 'updated', descending: true }],
  ['updatedUp', { by: 'updated', descending: false }],
  ['titleUp', { by: 'title', descending: false }],
  ['titleDown', { by: 'title', descending: true }],
  ['placeUp', { by: 'place', descending: false }],
  ['placeDown', { by: 'place', descending: true }],
] as const satisfies readonly (readonly [string, Sort])[];

/** Above the list: how many there are, and in which order. */
export function ListLine(props: {
  readonly total: number | null;
  readonly text: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}) {
  const { total, text, sort, onSort } = props;
  const t = useT();
  const shown = effectiveSort(sort, text);
  const chosen =
    ORDERS.find(([, order]) => order.by === shown.by && order.descending === shown.descending)?.[0] ??
    'match';
  return (
    <div className={classes.bar}>
      <span role="status" className={classes.figure}>
        {total === null ? '' : t('observations.found', { count: total })}
      </span>
      <IndexingNote />
      <span className={classes.gap} />
      <Select
        size="xs"
        className={classes.order}
        aria-label={t('observations.order.label')}
        allowDeselect={false}
        data={[
          ...(text.trim() === '' ? [] : [{ value: 'match', label: t('observations.order.match') }]),
          ...ORDERS.map(([value]) => ({ value, label: t(`observations.order.${value}`) })),
        ]}
        value={chosen}
        onChange={(value) => onSort(ORDERS.find(([name]) => name === value)?.[1] ?? AUTOMATIC)}
      />
    </div>
  );
}

/** While the search is still being prepared a text may find less than there is: said, and nothing more. */
function IndexingNote() {
  const t = useT();
  const format = useFormat();
  const [share, setShare] = useState<number | null>(null);
  useWorkspaceEvent((event) => {
    if (event.event !== 'indexing') return;
    setShare(event.done >= event.total ? null : event.done / event.total);
  });
  if (share === null) return null;
  return (
    <span className={classes.faint}>{t('observations.indexing', { share: format.percent(share) })}</span>
  );
}
