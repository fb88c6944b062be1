import type { ReactNode } from 'react';
import { CheckIcon, SortAscendingIcon, SortDescendingIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import type { Sort } from './filters.ts';
import { ColumnHeader, Row, RowGroup } from './grid-cells.tsx';
import classes from './list.module.css';

type Sortable = Exclude<Sort['by'], 'relevance'>;

/** What a column does when it is chosen: the newest and the last edited first, words from their beginning. */
const DESCENDING_FIRST: Readonly<Record<Sortable, boolean>> = {
  date: true,
  updated: true,
  title: false,
  place: false,
};

/** The column headings; four of them order the list. */
export function ListHead(props: {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly allSelected: boolean;
  /** Selects all of the result, or nothing when all of it is selected. */
  readonly onSelectAll: () => void;
}) {
  const t = useT();
  const { sort, onSort, allSelected, onSelectAll } = props;
  const heading = (by: Sortable, words: string) => (
    <Heading by={by} sort={sort} onSort={onSort}>
      {words}
    </Heading>
  );
  return (
    <RowGroup className={classes.head}>
      <Row aria-rowindex={1} className={classes.headRow}>
        <ColumnHeader className={classes.pick}>
          <button
            type="button"
            className={classes.box}
            data-checked={allSelected || undefined}
            aria-pressed={allSelected}
            aria-label={t('observations.columns.select')}
            onClick={onSelectAll}
          >
            {allSelected && <CheckIcon size={14} aria-hidden />}
          </button>
        </ColumnHeader>
        <div className={classes.where}>
          {heading('date', t('observations.columns.date'))}
          {heading('place', t('observations.columns.place'))}
        </div>
        <div className={classes.what}>
          {heading('title', t('observations.columns.title'))}
          <Plain>{t('observations.columns.themes')}</Plain>
        </div>
        <div className={classes.links}>
          <Plain>{t('observations.columns.links')}</Plain>
        </div>
        <div className={classes.state}>
          <Plain>{t('observations.columns.status')}</Plain>
          <Plain>{t('observations.columns.sensitivity')}</Plain>
        </div>
        <div className={classes.who}>
          {heading('updated', t('observations.columns.updated'))}
          <Plain>{t('observations.columns.author')}</Plain>
        </div>
      </Row>
    </RowGroup>
  );
}

function Plain({ children }: { readonly children: ReactNode }) {
  return <ColumnHeader>{children}</ColumnHeader>;
}

function Heading(props: {
  readonly by: Sortable;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly children: ReactNode;
}) {
  const { by, sort, onSort, children } = props;
  const sorted = sort.by === by;
  const Icon = sort.descending ? SortDescendingIcon : SortAscendingIcon;
  return (
    <ColumnHeader aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={classes.sorter}
        onClick={() => onSort({ by, descending: sorted ? !sort.descending : DESCENDING_FIRST[by] })}
      >
        {children}
        {sorted && <Icon size={14} aria-hidden />}
      </button>
    </ColumnHeader>
  );
}
