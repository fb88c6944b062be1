import { type KeyboardEvent, type Ref, useId } from 'react';
import { DIRECTIONS, type Direction } from '@/core/model/observation.ts';
import { useLabels } from '../app/reference.tsx';
import { NoChangeIcon, ProgressIcon, RegressionIcon } from '../kit/icons.ts';
import classes from './direction-control.module.css';

const ICONS = { progress: ProgressIcon, 'no-change': NoChangeIcon, regression: RegressionIcon } as const;

/** Three ways a measure can have gone, as one stop of the Tab key; the arrows choose. */
export function DirectionControl(props: {
  readonly label: string;
  readonly value: Direction;
  readonly onChange: (direction: Direction) => void;
  /** To the chosen one, which takes the focus. */
  readonly ref?: Ref<HTMLInputElement>;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const { label, value, onChange, ref, onKeyDown } = props;
  const labels = useLabels();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={classes.control}>
      {DIRECTIONS.map((direction) => {
        const Icon = ICONS[direction];
        return (
          <label key={direction} className={classes.choice} data-direction={direction}>
            <input
              type="radio"
              name={name}
              value={direction}
              checked={direction === value}
              onChange={() => onChange(direction)}
              {...(direction === value && ref !== undefined ? { ref } : {})}
              {...(onKeyDown === undefined ? {} : { onKeyDown })}
            />
            <Icon size={16} aria-hidden />
            {labels.term('directions', direction)}
          </label>
        );
      })}
    </div>
  );
}
