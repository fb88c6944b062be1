import { Textarea, TextInput } from '@mantine/core';
import type { Text } from '@/core/model/observation.ts';
import { guessLanguage } from '@/core/model/typing.ts';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** Text that knows its language: guessed from its letters until the person chooses one. */
export function TextWithLanguage(
  props: FieldProps & {
    readonly value: Text;
    readonly onChange: (value: Text) => void;
    /** A textarea that grows with its text. */
    readonly multiline?: boolean;
    readonly minRows?: number;
    readonly placeholder?: string;
  },
) {
  const { value, onChange, multiline = false, minRows = 3, placeholder } = props;
  const type = (text: string) => onChange({ text, lang: guessLanguage(text, value.lang) });
  const shared = { ...inputProps(props, true), ...PLAIN_TYPING, placeholder, lang: value.lang };
  return (
    <FieldShell history={props.history}>
      {multiline ? (
        <Textarea
          {...shared}
          autosize
          minRows={minRows}
          value={value.text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} value={value.text} onChange={(event) => type(event.currentTarget.value)} />
      )}
    </FieldShell>
  );
}
