import { Button, Stack } from '@mantine/core';
import type { Observation } from '@/core/model/observation.ts';
import { useT } from '../language/language.tsx';
import { CodeSelect } from './code-select.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';

/** The two members of an observation that say who: people by key, and their real names by the same keys. */
export interface Who {
  readonly people: Observation['people'];
  readonly names: Observation['names'];
}

/** People involved. A person is a role and what matters about her; the real name is a field apart, hidden until asked for. */
export function PeopleField(
  props: FieldProps & {
    readonly value: Who;
    readonly onChange: (value: Who) => void;
    /** A fresh random code, the key of a new person. */
    readonly newKey: () => string;
  },
) {
  const { value, onChange, newKey } = props;
  const t = useT();
  return (
    <FieldLabel {...props}>
      <Stack gap="sm">
        {Object.entries(value.people).map(([key, person]) => (
          <Stack key={key} gap="xs">
            <CodeSelect
              label={t('fields.people.role')}
              vocabulary="person-roles"
              value={person.role}
              clearable={false}
              onChange={(role) =>
                role !== null &&
                onChange({ ...value, people: { ...value.people, [key]: { ...person, role } } })
              }
            />
            <LineField
              label={t('fields.people.name')}
              value={value.names[key] ?? ''}
              onChange={(name) => onChange({ ...value, names: { ...value.names, [key]: name } })}
            />
          </Stack>
        ))}
        <Button
          variant="default"
          onClick={() =>
            onChange({
              ...value,
              people: {
                ...value.people,
                [newKey()]: { role: 'victim', sex: null, ageGroup: null, characteristics: [] },
              },
            })
          }
        >
          {t('fields.people.add')}
        </Button>
      </Stack>
    </FieldLabel>
  );
}
