import { type KeyboardEvent, type PointerEvent, type Ref, useId, useRef, useState } from 'react';
import { capital, MISSING_LETTERS } from '@/core/model/typing.ts';
import { ariaChord } from '../../kit/hotkey.ts';
import { CloseIcon, InfoIcon, MoveIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { capitalChord, letterChord } from './chords.ts';
import type { Point } from './letters-state.ts';
import classes from './palette.module.css';
import { PaletteHelp } from './palette-help.tsx';

/** The groups of `MISSING_LETTERS`, by the index of their last letter. */
const GROUP_ENDS = [2, 6];
const STEP = 16;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/**
 * The letters as keys to press. It never takes the focus by itself: a press with the pointer leaves it in the field.
 * Inside, arrows move from key to key, and on the grip they move the whole.
 */
export function Palette(props: {
  readonly at: Point;
  readonly ref: Ref<HTMLElement>;
  readonly onInsert: (letter: string) => void;
  readonly onMove: (at: Point) => void;
  readonly onHide: () => void;
  /** Escape, or leaving by the chord. */
  readonly onLeave: () => void;
  readonly onResize: () => void;
}) {
  const { at, ref, onInsert, onMove, onHide, onLeave, onResize } = props;
  const t = useT();
  const helpId = useId();
  const [capitals, setCapitals] = useState(false);
  const [help, setHelp] = useState(false);
  const [stop, setStop] = useState(1);
  const grabbed = useRef<Point | null>(null);

  const insert = (letter: string) => {
    setCapitals(false);
    onInsert(letter);
  };

  const onGripKey = (event: KeyboardEvent) => {
    const step = ARROWS[event.code];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove({ x: at.x + step.x, y: at.y + step.y });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.code === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
      return;
    }
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
    const now = buttons.indexOf(event.target as HTMLElement);
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: buttons.length - 1 }[event.code];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    setStop(next);
    buttons[next]?.focus();
  };

  const grip = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { x: event.clientX - at.x, y: event.clientY - at.y };
    },
    onPointerMove: (event: PointerEvent) => {
      if (grabbed.current === null) return;
      onMove({ x: event.clientX - grabbed.current.x, y: event.clientY - grabbed.current.y });
    },
    onPointerUp: () => {
      grabbed.current = null;
    },
  };
  const stopAt = (index: number) => ({ tabIndex: index === stop ? 0 : -1 });
  const tools = MISSING_LETTERS.length + 1;

  return (
    <aside
      ref={ref}
      aria-label={t('fields.typing.title')}
      className={classes.palette}
      style={{ ['--x' as string]: `${at.x}px`, top: at.y }}
      data-letters-palette=""
      // The focus stays in the field, and an open list does not take the press for one outside of it.
      onMouseDown={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div role="toolbar" aria-label={t('fields.typing.title')} className={classes.bar} onKeyDown={onKeyDown}>
        <button
          type="button"
          className={`${classes.tool} ${classes.grip}`}
          aria-label={t('fields.typing.move')}
          title={t('fields.typing.move')}
          {...stopAt(0)}
          {...grip}
          onKeyDown={onGripKey}
        >
          <MoveIcon size={16} aria-hidden />
        </button>
        {MISSING_LETTERS.map((small, index) => {
          const letter = capitals ? capital(small) : small;
          return (
            <button
              key={small}
              type="button"
              className={classes.key}
              data-digit={(index + 1) % 10}
              style={GROUP_ENDS.includes(index) ? { marginInlineEnd: 6 } : undefined}
              aria-label={t('fields.typing.insert', { letter })}
              aria-keyshortcuts={ariaChord(capitals ? capitalChord(index) : letterChord(index))}
              {...stopAt(index + 1)}
              onClick={() => insert(letter)}
            >
              {letter}
            </button>
          );
        })}
        <button
          type="button"
          className={classes.tool}
          aria-pressed={capitals}
          aria-label={t('fields.typing.capitals')}
          title={t('fields.typing.capitals')}
          {...stopAt(tools)}
          onClick={() => setCapitals(!capitals)}
        >
          <span aria-hidden>⇧</span>
        </button>
        <button
          type="button"
          className={classes.tool}
          aria-expanded={help}
          aria-controls={helpId}
          aria-label={t('fields.typing.help')}
          title={t('fields.typing.help')}
          {...stopAt(tools + 1)}
          onClick={() => {
            setHelp(!help);
            requestAnimationFrame(onResize);
          }}
        >
          <InfoIcon size={18} aria-hidden />
        </button>
        <button
          type="button"
          className={classes.tool}
          aria-label={t('fields.typing.hide')}
          title={t('fields.typing.hide')}
          {...stopAt(tools + 2)}
          onClick={onHide}
        >
          <CloseIcon size={16} aria-hidden />
        </button>
      </div>
      {help && <PaletteHelp id={helpId} />}
    </aside>
  );
}
