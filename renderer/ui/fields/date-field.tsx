import { TextInput } from '@mantine/core';
import { type IsoDay, isEdtf } from '@/core/model/edtf.ts';
import { useFormat } from '../language/language.tsx';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/**
 * An EDTF level 1 date in one line of text. What cannot be read as a date is handed on as it was typed, so that
 * nothing is lost; `checkObservation` refuses it.
 */
export function DateField(
  props: FieldProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly today: IsoDay;
  },
) {
  const { value, onChange, hint } = props;
  const format = useFormat();
  return (
    <FieldShell history={props.history}>
      <TextInput
        {...inputProps({ ...props, hint: isEdtf(value) ? format.date(value) : hint }, true)}
        {...PLAIN_TYPING}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </FieldShell>
  );
}
