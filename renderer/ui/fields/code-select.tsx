import { Select, Text } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { type ChoiceSource, filterBy, useChoices } from './choices.ts';
import classes from './field.module.css';
import { type FieldProps, FieldShell, IN_PLACE, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** A long list opens where its chosen option is. */
function showChosen(): void {
  requestAnimationFrame(() =>
    document.querySelector('[data-combobox-active]')?.scrollIntoView({ block: 'nearest' }),
  );
}

/** One code of a vocabulary, found by its label in any language and script. */
export function CodeSelect(
  props: FieldProps &
    ChoiceSource & {
      readonly value: string | null;
      readonly onChange: (value: string | null) => void;
      /** False where one of the codes always holds, like a status. */
      readonly clearable?: boolean;
      readonly placeholder?: string;
    },
) {
  const { value, onChange, clearable = true, placeholder } = props;
  const t = useT();
  const choices = useChoices(props, value === null ? [] : [value]);
  return (
    <FieldShell history={props.history}>
      <Select
        {...inputProps(props, props.history !== undefined)}
        {...PLAIN_TYPING}
        data={choices.map(({ value: code, label }) => ({ value: code, label }))}
        filter={filterBy(choices)}
        value={value}
        // A narrow window may cut it off.
        title={choices.find((choice) => choice.value === value)?.label}
        onChange={onChange}
        comboboxProps={IN_PLACE}
        searchable
        openOnFocus={false}
        selectFirstOptionOnChange
        // Without it, Mantine forgets the mark that the first letter has set, and Enter takes nothing.
        selectFirstOptionOnDropdownOpen
        onDropdownOpen={showChosen}
        allowDeselect={false}
        clearable={clearable}
        clearButtonProps={{ 'aria-label': t('fields.clear', { label: props.label }) }}
        placeholder={placeholder ?? t('fields.choose')}
        nothingFoundMessage={t('fields.nothing')}
        renderOption={({ option }) => {
          const hint = choices.find((choice) => choice.value === option.value)?.hint ?? null;
          return (
            <div>
              {option.label}
              {hint !== null && (
                <Text size="xs" className={classes.second}>
                  {hint}
                </Text>
              )}
            </div>
          );
        }}
      />
    </FieldShell>
  );
}
