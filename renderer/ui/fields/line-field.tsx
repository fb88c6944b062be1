import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { GrowingText } from '../kit/growing-text.tsx';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import type { TextControl } from './typing/insert.ts';
import { LettersOpener } from './typing/letters-opener.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** Plain text whose language is not recorded: a name, a number, a note. */
export function LineField(
  props: FieldProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    /** Grows with its text instead of scrolling sideways. */
    readonly multiline?: boolean;
    readonly placeholder?: string;
    readonly maxLength?: number;
  },
) {
  const { value, onChange, multiline = false, placeholder, maxLength = multiline ? 20_000 : 2_000 } = props;
  const input = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const control = (): TextControl | null => area.current ?? input.current;
  const shared = { ...inputProps(props, true), ...PLAIN_TYPING, placeholder, maxLength, value };
  return (
    <FieldShell
      history={props.history}
      slots={props.labelHidden === true ? null : <LettersOpener focus={() => control()?.focus()} />}
    >
      {multiline ? (
        <GrowingText
          {...shared}
          ref={area}
          rows={2}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} ref={input} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </FieldShell>
  );
}
