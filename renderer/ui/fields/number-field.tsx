import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat, useT } from '../language/language.tsx';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { readNumber } from './number-text.ts';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/**
 * A whole number (with `decimals`, any). A line of text, not a spinner: a wheel or an arrow key never changes it.
 * Text that is no number stays in the line with an error; the value is null meanwhile.
 */
export function NumberField(
  props: FieldProps & {
    readonly value: number | null;
    readonly onChange: (value: number | null) => void;
    readonly decimals?: boolean;
    readonly min?: number | undefined;
    readonly max?: number | undefined;
  },
) {
  const { value, onChange, decimals = false, min, max, error } = props;
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: number | null } | null>(null);
  const [typing, setTyping] = useState(false);
  // What was typed holds only while it is what the value came from: a value set from elsewhere shows.
  const current = typed !== null && typed.value === value ? typed.text : null;
  const shown = current ?? (value === null ? '' : format.number(value, 10));
  const wrong = current !== null && current.trim() !== '' && value === null;
  const own =
    wrong && !typing
      ? t(decimals ? 'fields.number.notNumber' : 'fields.number.notWhole')
      : value !== null && min !== undefined && value < min
        ? t('fields.number.tooSmall', { min })
        : value !== null && max !== undefined && value > max
          ? t('fields.number.tooLarge', { max })
          : null;
  return (
    <FieldShell history={props.history}>
      <TextInput
        {...inputProps(
          { ...props, error: error ?? (wrong ? own : null), warning: wrong ? null : (own ?? props.warning) },
          props.history !== undefined,
        )}
        {...PLAIN_TYPING}
        inputMode={decimals ? 'decimal' : 'numeric'}
        styles={{ wrapper: { maxWidth: '14rem' } }}
        value={shown}
        onFocus={() => setTyping(true)}
        onBlur={() => {
          setTyping(false);
          if (value !== null || shown.trim() === '') setTyped(null);
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const number = readNumber(text, decimals);
          setTyped({ text, value: number });
          if (number !== value) onChange(number);
        }}
      />
    </FieldShell>
  );
}
