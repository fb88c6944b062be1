import { MultiSelect } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { type ChoiceSource, filterBy, useChoices } from './choices.ts';
import { type FieldProps, FieldShell, IN_PLACE, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** Any number of codes of a vocabulary, found by their labels in any language and script. */
export function CodeMultiSelect(
  props: FieldProps &
    ChoiceSource & {
      readonly value: readonly string[];
      readonly onChange: (value: string[]) => void;
      readonly placeholder?: string;
    },
) {
  const { value, onChange, placeholder } = props;
  const t = useT();
  const choices = useChoices(props, value);
  return (
    <FieldShell history={props.history}>
      <MultiSelect
        {...inputProps(props, props.history !== undefined)}
        {...PLAIN_TYPING}
        data={choices.map(({ value: code, label }) => ({ value: code, label }))}
        filter={filterBy(choices)}
        value={[...value]}
        onChange={onChange}
        comboboxProps={IN_PLACE}
        searchable
        hidePickedOptions
        selectFirstOptionOnChange
        placeholder={value.length === 0 ? (placeholder ?? t('fields.choose')) : undefined}
        nothingFoundMessage={t('fields.nothing')}
      />
    </FieldShell>
  );
}
