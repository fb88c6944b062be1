import { DIRECTIONS } from '@/core/model/observation.ts';
import type { Timeline as Periods, Tally } from '@/core/workspace.ts';
import { useLabels } from '../app/reference.tsx';
import { useFormat, useT } from '../language/language.tsx';
import classes from './area.module.css';

/** Months side by side as long as there is room for their names; years beyond that. */
const MOST_MONTHS = 24;

interface Column {
  readonly period: string;
  readonly counts: Tally;
}

const monthsFrom = (first: string, last: string): string[] => {
  const months: string[] = [];
  let [year = 0, month = 1] = first.split('-').map(Number);
  for (let at = first; at <= last && months.length <= MOST_MONTHS; ) {
    months.push(at);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    at = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return months;
};

function yearsFrom(first: string, last: string): string[] {
  const [from, to] = [Number(first), Number(last)];
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(4, '0'));
}

const sum = (tallies: readonly Tally[]): Tally => {
  const total = { progress: 0, 'no-change': 0, regression: 0 };
  for (const tally of tallies) for (const direction of DIRECTIONS) total[direction] += tally[direction];
  return total;
};

/**
 * The columns of the chart, empty ones between them included. Months when every date says its month and they fit, else
 * years; a span no chart can hold (a mistyped year) shows only the years there are. Undated ones come last.
 */
export function columnsOf(timeline: Periods): readonly Column[] {
  const dated = timeline.filter(({ period }) => period !== '');
  const undated = timeline.filter(({ period }) => period === '');
  const [first, last] = [dated[0]?.period ?? '', dated.at(-1)?.period ?? ''];
  const monthly = dated.every(({ period }) => period.length === 7);
  const months = monthly && first !== '' ? monthsFrom(first, last) : [];
  const byMonth = months.length > 0 && months.length <= MOST_MONTHS;
  const years = [...new Set(dated.map(({ period }) => period.slice(0, 4)))];
  const span = first === '' ? [] : yearsFrom(first.slice(0, 4), last.slice(0, 4));
  const periods = byMonth ? months : span.length <= MOST_MONTHS ? span : years;
  return [...periods, ...(undated.length > 0 ? [''] : [])].map((period) => ({
    period,
    counts: sum(
      (period === '' ? undated : dated.filter((each) => each.period.startsWith(period))).map(
        ({ counts }) => counts,
      ),
    ),
  }));
}

/** How many observations of each direction, period by period; its figures can be read as a list. */
export function Timeline({ timeline }: { readonly timeline: Periods }) {
  const t = useT();
  const format = useFormat();
  const labels = useLabels();
  const columns = columnsOf(timeline);
  const highest = Math.max(...columns.map(({ counts }) => totalOf(counts)));
  const months = format.monthNames('short');
  const figuresOf = (counts: Tally): string =>
    DIRECTIONS.filter((direction) => counts[direction] > 0)
      .map((direction) => `${labels.term('directions', direction)} ${format.number(counts[direction])}`)
      .join(', ');
  const nameOf = (period: string): string =>
    period === '' ? t('catalogue.inTime.undated') : format.date(period);
  const labelOf = (period: string, at: number): string => {
    if (period === '') return t('catalogue.inTime.undated');
    const [year = '', month] = period.split('-');
    if (month === undefined) return year;
    const name = months[Number(month) - 1] ?? month;
    return at === 0 || month === '01' ? `${name} ${year}` : name;
  };
  return (
    <ol className={classes.timeline} aria-label={t('catalogue.inTime.timeline')}>
      {columns.map(({ period, counts }, at) => (
        <li key={period}>
          <span
            className={classes.column}
            role="img"
            title={nameOf(period)}
            aria-label={`${nameOf(period)}: ${figuresOf(counts) || format.number(0)}`}
          >
            <span className={classes.bar}>
              {DIRECTIONS.map((direction) =>
                counts[direction] === 0 ? null : (
                  <span
                    key={direction}
                    className={classes.piece}
                    data-direction={direction}
                    style={{ height: `${(100 * counts[direction]) / highest}%` }}
                  >
                    {format.number(counts[direction])}
                  </span>
                ),
              )}
            </span>
            <span className={classes.period}>{labelOf(period, at)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const totalOf = (tally: Tally): number =>
  DIRECTIONS.reduce((total, direction) => total + tally[direction], 0);
