import { DIRECTIONS } from '@/core/model/observation.ts';
import type { Tally } from '@/core/workspace.ts';
import { useLabels } from '../app/reference.tsx';
import { NoChangeIcon, ProgressIcon, RegressionIcon } from '../kit/icons.ts';
import { useFormat } from '../language/language.tsx';
import classes from './catalogue.module.css';

const DIRECTION_ICONS = {
  progress: ProgressIcon,
  'no-change': NoChangeIcon,
  regression: RegressionIcon,
} as const;

/**
 * How many observations, by direction: sign and figure, the word beside them (`worded`) or for those who point at it
 * or hear it. Of a single observation the figures say nothing.
 */
export function DirectionMarks(props: {
  readonly tally: Tally;
  readonly worded?: boolean;
  readonly figures?: boolean;
}) {
  const { tally, worded = false, figures = true } = props;
  const labels = useLabels();
  const format = useFormat();
  const there = DIRECTIONS.filter((direction) => tally[direction] > 0);
  if (there.length === 0) return null;
  return (
    <span className={classes.marks} data-worded={worded || undefined}>
      {there.map((direction) => {
        const Icon = DIRECTION_ICONS[direction];
        const word = labels.term('directions', direction);
        const figure = format.number(tally[direction]);
        const inWords = figures ? `${word}: ${figure}` : word;
        return (
          <span
            key={direction}
            className={classes.mark}
            data-direction={direction}
            role="img"
            aria-label={inWords}
            title={worded ? undefined : inWords}
          >
            <Icon size={worded ? 18 : 14} aria-hidden />
            {figures && figure}
            {worded && <span>{word}</span>}
          </span>
        );
      })}
    </span>
  );
}
