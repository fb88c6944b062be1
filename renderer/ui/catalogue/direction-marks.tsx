import { VisuallyHidden } from '@mantine/core';
import { DIRECTIONS } from '@/core/model/observation.ts';
import type { Tally } from '@/core/workspace.ts';
import { useLabels } from '../app/reference.tsx';
import { NoChangeIcon, ProgressIcon, RegressionIcon } from '../kit/icons.ts';
import { useFormat } from '../language/language.tsx';
import classes from './catalogue.module.css';

export const DIRECTION_ICONS = {
  progress: ProgressIcon,
  'no-change': NoChangeIcon,
  regression: RegressionIcon,
} as const;

/** How many observations, by direction: sign and figure, the word for those who point at it or hear it. */
export function DirectionMarks({
  tally,
  worded = false,
}: {
  readonly tally: Tally;
  readonly worded?: boolean;
}) {
  const labels = useLabels();
  const format = useFormat();
  const there = DIRECTIONS.filter((direction) => tally[direction] > 0);
  if (there.length === 0) return null;
  return (
    <span className={classes.marks}>
      {there.map((direction) => {
        const Icon = DIRECTION_ICONS[direction];
        const word = labels.term('directions', direction);
        return (
          <span key={direction} className={classes.mark} data-direction={direction} title={word}>
            <Icon size={worded ? 18 : 15} aria-hidden />
            {format.number(tally[direction])}
            {worded ? <span>{word}</span> : <VisuallyHidden>{` ${word}. `}</VisuallyHidden>}
          </span>
        );
      })}
    </span>
  );
}
