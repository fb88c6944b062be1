import type { TFunction } from 'i18next';
import { memo } from 'react';
import { DIRECTIONS } from '@/core/model/observation.ts';
import type { ObservationRow } from '@/core/workspace.ts';
import type { Labels } from '../app/reference.tsx';
import {
  CheckIcon,
  ConflictIcon,
  HereIcon,
  LockIcon,
  NoChangeIcon,
  ProgressIcon,
  RegressionIcon,
  UnlockIcon,
} from '../kit/icons.ts';
import type { Format } from '../language/format.ts';
import { Cell, Row } from './grid-cells.tsx';
import { Highlighted } from './highlighted.tsx';
import classes from './list.module.css';

const DIRECTION_ICONS = {
  progress: ProgressIcon,
  'no-change': NoChangeIcon,
  regression: RegressionIcon,
} as const;

/** The words of a row, looked up once for all of them: a list makes and drops rows by the hundred. */
export interface RowWords {
  readonly t: TFunction;
  readonly labels: Labels;
  readonly format: Format;
  readonly members: Readonly<Record<string, string>>;
}

type Shown = { readonly row: ObservationRow; readonly words: RowWords };

/** What every row is told by its grid; rows that stay as they are are not rendered again. */
export interface RowProps {
  /** Null while its page is being fetched. */
  readonly row: ObservationRow | null;
  readonly index: number;
  readonly id: string;
  readonly start: number;
  readonly active: boolean;
  readonly selected: boolean;
  /** Its latest edits are on this device only, while others could hold them. */
  readonly here: boolean;
  readonly words: RowWords;
  readonly measure: (element: HTMLElement | null) => void;
}

/** One observation of the list: cells of a grid, laid out in stacks, or as a card where it is narrow. */
export const ListRow = memo(function ListRow(props: RowProps) {
  const { row, index, id, start, active, selected, here, words, measure } = props;
  return (
    <Row
      ref={measure}
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === null}
      data-index={index}
      data-active={active || undefined}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
    >
      {row === null ? (
        <Waiting words={words} />
      ) : (
        <Cells row={row} words={words} selected={selected} here={here} />
      )}
    </Row>
  );
});

/** A row whose page is on its way: the shape of one, so that scrolling has something to hold on to. */
function Waiting({ words }: { readonly words: RowWords }) {
  return (
    <Cell className={classes.waiting} aria-label={words.t('observations.loading')}>
      <span className={classes.bone} style={{ width: '38%' }} />
      <span className={classes.bone} style={{ width: '62%' }} />
    </Cell>
  );
}

function Cells({ row, words, selected, here }: Shown & Pick<RowProps, 'selected' | 'here'>) {
  const { t, format, members } = words;
  return (
    <>
      <Cell className={classes.pick} data-pick>
        <span className={classes.box} data-checked={selected || undefined}>
          {selected && <CheckIcon size={14} aria-hidden />}
        </span>
      </Cell>
      <div className={classes.where}>
        <Cell>
          {row.date === '' ? (
            <span className={classes.faint}>{t('observations.row.noDate')}</span>
          ) : (
            format.date(row.date)
          )}
        </Cell>
        <Cell className={classes.faint}>{row.placeLabel}</Cell>
      </div>
      <div className={classes.what}>
        <Words row={row} words={words} />
        <Themes row={row} words={words} />
      </div>
      <Links row={row} words={words} />
      <div className={classes.state}>
        <Status row={row} words={words} here={here} />
        <Sensitivity row={row} words={words} />
      </div>
      <div className={classes.who}>
        <Cell>{format.dateTime(row.updatedAt, 'table')}</Cell>
        <Cell className={classes.faint}>{members[row.author] ?? t('observations.row.unknownAuthor')}</Cell>
      </div>
    </>
  );
}

const langOf = ({ lang }: Pick<ObservationRow, 'lang'>): string | undefined =>
  lang === 'other' ? undefined : lang;

function Words({ row, words: { t } }: Shown) {
  const { match } = row;
  const inTitle = match?.field === 'title';
  return (
    <Cell>
      <div className={classes.title} lang={langOf(row)}>
        {inTitle ? <Highlighted text={match.excerpt} ranges={match.ranges} /> : row.title}
        {!inTitle && row.title === '' && (
          <span className={classes.faint}>{t('observations.row.untitled')}</span>
        )}
      </div>
      {match !== null && !inTitle && (
        <div className={classes.excerpt} lang={langOf(match)}>
          <Highlighted text={match.excerpt} ranges={match.ranges} />
        </div>
      )}
    </Cell>
  );
}

function Themes({ row, words: { labels } }: Shown) {
  return (
    <Cell className={classes.themes}>
      {row.themes.map((theme) => (
        <span key={theme} className={classes.theme}>
          {labels.term('themes', theme)}
        </span>
      ))}
      {row.tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          #{tag}
        </span>
      ))}
    </Cell>
  );
}

/** How many measures it speaks to in each direction: sign and figure; the words are read out. */
function Links({ row, words: { labels } }: Shown) {
  return (
    <Cell className={classes.links}>
      {DIRECTIONS.filter((direction) => row.links.some((link) => link[1] === direction)).map((direction) => {
        const Icon = DIRECTION_ICONS[direction];
        const name = labels.term('directions', direction);
        const codes = row.links.filter((link) => link[1] === direction).map(([code]) => code);
        const count = codes.length;
        return (
          <span
            key={direction}
            role="img"
            className={classes.direction}
            data-direction={direction}
            aria-label={`${name}: ${count}`}
            title={`${name}: ${codes.join(', ')}`}
          >
            <Icon size={18} aria-hidden />
            {count}
          </span>
        );
      })}
    </Cell>
  );
}

function Status({ row, words: { t, labels }, here }: Shown & Pick<RowProps, 'here'>) {
  return (
    <Cell className={classes.status} data-status={row.status}>
      <span className={classes.dot} aria-hidden />
      {labels.term('statuses', row.status)}
      {here && (
        <span role="img" className={classes.here} aria-label={t('kept.here')} title={t('kept.here')}>
          <HereIcon size={15} aria-hidden />
        </span>
      )}
    </Cell>
  );
}

function Sensitivity({ row, words: { t, labels } }: Shown) {
  const Icon = row.sensitivity === 'open' ? UnlockIcon : LockIcon;
  return (
    <Cell className={classes.sensitivity}>
      <span className={classes.mark} data-sensitivity={row.sensitivity}>
        <Icon size={14} aria-hidden />
        {labels.term('sensitivities', row.sensitivity)}
      </span>
      {row.conflicts > 0 && (
        <span className={classes.mark} data-conflict>
          <ConflictIcon size={14} aria-hidden />
          {t('observations.row.conflicts', { count: row.conflicts })}
        </span>
      )}
    </Cell>
  );
}
