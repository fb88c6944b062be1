import { Select } from '@mantine/core';
import { useState } from 'react';
import { useWorkspaceEvent } from '../app/workspace.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { AUTOMATIC, effectiveSort, ORDERS, orderOf, type Sort } from './filters.ts';
import classes from './line.module.css';

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
        value={orderOf(shown)}
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
