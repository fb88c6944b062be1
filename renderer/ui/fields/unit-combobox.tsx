import { Combobox, Text, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PlaceRef } from '@/core/model/observation.ts';
import { useReference } from '../app/reference.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { PlaceIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { useEarlyEnter } from './early-enter.ts';
import classes from './field.module.css';
import { type FieldProps, FieldShell, IN_PLACE, inputProps } from './field.tsx';
import { fullName, usePlaceNames } from './place-names.ts';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** More would be scrolled past, not read. */
const MOST = 12;

/**
 * One administrative unit, found by its name or alias in any of the five languages. Arrows and Enter choose; a line
 * that was emptied and left takes the unit away; any other text goes when the line is left.
 */
export function UnitCombobox(
  props: FieldProps & {
    readonly value: PlaceRef | null;
    readonly onChange: (value: PlaceRef | null) => void;
  },
) {
  const { value, onChange, label } = props;
  const t = useT();
  const { reference } = useWorkspace();
  const { places } = useReference();
  const names = usePlaceNames();
  const [query, setQuery] = useState<string | null>(null);
  const [found, setFound] = useState<readonly string[]>([]);
  const asked = useRef(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  const known = value === null ? undefined : names.get(value.unit);
  const shown = value === null ? '' : known === undefined ? value.label : fullName(known);
  const searching = query !== null && query.trim() !== '';
  const offered = searching
    ? found.slice(0, MOST)
    : places.filter(({ level }) => level === 1).map(({ id }) => id);

  const take = (unit: string) => {
    const chosen = names.get(unit);
    if (chosen !== undefined) onChange({ unit, label: fullName(chosen) });
    setQuery(null);
    combobox.closeDropdown();
  };
  const enter = useEarlyEnter(take);

  const search = async (text: string) => {
    setQuery(text);
    const turn = ++asked.current;
    if (text.trim() === '') {
      enter.answered(undefined);
      return setFound([]);
    }
    enter.asked();
    // What stands there answers an older question: it can be pointed at, but Enter must not take it.
    combobox.resetSelectedOption();
    const ids = await reference.searchPlaces(text).catch(() => []);
    // An answer to an older question is no answer.
    if (turn !== asked.current) return;
    const units = ids.filter((id) => names.has(id));
    setFound(units);
    enter.answered(units[0]);
  };

  // What Enter would choose is marked as soon as it is there.
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (searching && found.length > 0) selectFirstOption();
  }, [searching, found, selectFirstOption]);

  const leave = () => {
    combobox.closeDropdown();
    if (query !== null && query.trim() === '' && value !== null) onChange(null);
    setQuery(null);
    if (!enter.waits()) asked.current++;
  };

  return (
    <FieldShell history={props.history}>
      <Combobox store={combobox} {...IN_PLACE} onOptionSubmit={take}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            {...inputProps(props, props.history !== undefined)}
            {...PLAIN_TYPING}
            leftSection={<PlaceIcon size={16} aria-hidden />}
            rightSection={
              value === null ? null : (
                <Combobox.ClearButton
                  aria-label={t('fields.clear', { label })}
                  onClear={() => {
                    setQuery(null);
                    onChange(null);
                  }}
                />
              )
            }
            placeholder={t('fields.place.placeholder')}
            value={query ?? shown}
            // A narrow window may cut it off.
            title={query === null ? shown : undefined}
            onKeyDown={enter.onKeyDown}
            onClick={() => combobox.openDropdown()}
            onBlur={leave}
            onChange={(event) => {
              combobox.openDropdown();
              void search(event.currentTarget.value);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={label} mah={320} style={{ overflowY: 'auto' }}>
            {offered.map((id) => {
              const place = names.get(id);
              if (place === undefined) return null;
              return (
                <Combobox.Option key={id} value={id} active={id === value?.unit}>
                  <span>
                    {place.name}
                    {place.above.length > 0 && (
                      <Text span className={classes.second}>
                        , {place.above.join(', ')}
                      </Text>
                    )}
                  </span>
                  <Text size="xs" className={classes.second}>
                    {[...place.others].map(([name, lang], at) => (
                      <span key={lang}>
                        {at > 0 && ' · '}
                        <span lang={lang}>{name}</span>
                      </span>
                    ))}
                  </Text>
                </Combobox.Option>
              );
            })}
            {searching && offered.length === 0 && (
              <Combobox.Empty>{t('fields.place.nothing')}</Combobox.Empty>
            )}
          </Combobox.Options>
          {!searching && <Combobox.Footer>{t('fields.place.search')}</Combobox.Footer>}
        </Combobox.Dropdown>
      </Combobox>
    </FieldShell>
  );
}
