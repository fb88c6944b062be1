import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { range } from '@/core/model/edtf.ts';
import { inputProps } from '../fields/field.tsx';
import { PLAIN_TYPING } from '../fields/typing/plain-typing.ts';
import { useFormat, useT } from '../language/language.tsx';

/** `12.04.2021`, `4.2021` and `2021` as EDTF; anything else as it is. */
function asEdtf(typed: string): string {
  const match = /^(?:(\d{1,2})[./])?(?:(\d{1,2})[./])?(\d{4})$/.exec(typed.trim());
  if (match === null) return typed.trim();
  const [, first, second, year] = match;
  const parts = [second === undefined ? first : second, second === undefined ? undefined : first];
  return [year, ...parts.filter((part) => part !== undefined).map((part) => part.padStart(2, '0'))].join('-');
}

/** An ISO day as a list of dates writes it, `12.04.2021`. */
const asTyped = (day: string): string => day.split('-').reverse().join('.');

/**
 * One end of a period. A month or a year is taken from its first day or to its last, whichever end this is; what
 * is not a date narrows nothing and says so.
 */
export function DayField(props: {
  readonly label: string;
  readonly edge: 'from' | 'to';
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}) {
  const { label, edge, value, onChange } = props;
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState({ text: value === null ? '' : asTyped(value), day: value });
  // Cleared or set from elsewhere (a chip, a saved view): what was typed here no longer stands.
  const text = typed.day === value ? typed.text : value === null ? '' : asTyped(value);
  const unreadable = text.trim() !== '' && value === null;
  const widened = value !== null && asTyped(value) !== text.trim();
  return (
    <TextInput
      {...inputProps({ label, error: unreadable ? t('observations.filters.noDate') : null })}
      {...PLAIN_TYPING}
      description={widened ? format.date(value) : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder="12.04.2021"
      inputMode="numeric"
      value={text}
      onChange={(event) => {
        const written = event.currentTarget.value;
        const day = written.trim() === '' ? null : range(asEdtf(written))[edge];
        setTyped({ text: written, day });
        if (day !== value) onChange(day);
      }}
    />
  );
}
