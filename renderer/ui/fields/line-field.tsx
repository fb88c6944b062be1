import { Textarea, TextInput } from '@mantine/core';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
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
  const shared = {
    ...inputProps(props, props.history !== undefined),
    ...PLAIN_TYPING,
    placeholder,
    maxLength,
    value,
  };
  return (
    <FieldShell history={props.history}>
      {multiline ? (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </FieldShell>
  );
}
