import { Select, Stack } from '@mantine/core';
import type { PlaceRef } from '@/core/model/observation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { useT } from '../language/language.tsx';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { LineField } from './line-field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** The three members of an observation that say where. */
export interface Where {
  readonly place: PlaceRef | null;
  readonly village: string;
  readonly placeNote: string;
}

/** A unit found by its name in any language, with the village or street and a note beside it. */
export function PlaceField(
  props: FieldProps & {
    readonly value: Where;
    readonly onChange: (value: Where) => void;
  },
) {
  const { value, onChange } = props;
  const t = useT();
  const { places } = useReference();
  const labels = useLabels();
  return (
    <Stack gap="sm">
      <FieldShell history={props.history}>
        <Select
          {...inputProps(props, props.history !== undefined)}
          {...PLAIN_TYPING}
          data={places.map(({ id }) => ({ value: id, label: labels.place(id) }))}
          value={value.place?.unit ?? null}
          onChange={(unit) =>
            onChange({ ...value, place: unit === null ? null : { unit, label: labels.place(unit) } })
          }
          searchable
          clearable
        />
      </FieldShell>
      <LineField
        label={t('fields.place.village')}
        value={value.village}
        onChange={(village) => onChange({ ...value, village })}
      />
      <LineField
        label={t('fields.place.note')}
        multiline
        value={value.placeNote}
        onChange={(placeNote) => onChange({ ...value, placeNote })}
      />
    </Stack>
  );
}
