import { Button, Stack } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { PlaceRef } from '@/core/model/observation.ts';
import { AddIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import type { FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';
import { UnitCombobox } from './unit-combobox.tsx';

/** The three members of an observation that say where. */
export interface Where {
  readonly place: PlaceRef | null;
  readonly village: string;
  readonly placeNote: string;
}

/**
 * Where it was: a unit of the list, the village in one's own words, and a note where one is needed. Error, warning and
 * hint are about the unit.
 */
export function PlaceField(
  props: FieldProps & {
    readonly value: Where;
    readonly onChange: (value: Where) => void;
    /** The history slots of the village and the note. */
    readonly villageHistory?: FieldProps['history'];
    readonly noteHistory?: FieldProps['history'];
  },
) {
  const { value, onChange, villageHistory, noteHistory } = props;
  const { place, village, placeNote } = value;
  const t = useT();
  const noteId = useId();
  const [noting, setNoting] = useState(false);
  useEffect(() => {
    if (noting) document.getElementById(noteId)?.focus();
  }, [noting, noteId]);
  return (
    <Stack gap="sm">
      <UnitCombobox
        {...props}
        value={place}
        onChange={(next) => onChange({ place: next, village, placeNote })}
      />
      <LineField
        label={t('fields.place.village')}
        history={villageHistory}
        value={village}
        onChange={(next) => onChange({ place, village: next, placeNote })}
      />
      {placeNote !== '' || noting ? (
        <LineField
          id={noteId}
          label={t('fields.place.note')}
          history={noteHistory}
          multiline
          value={placeNote}
          onChange={(next) => onChange({ place, village, placeNote: next })}
        />
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<AddIcon size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setNoting(true)}
        >
          {t('fields.place.addNote')}
        </Button>
      )}
    </Stack>
  );
}
