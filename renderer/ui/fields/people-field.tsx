import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Observation, Person } from '@/core/model/observation.ts';
import { AddIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';
import { PersonCard } from './person-card.tsx';
import { UndoNote } from './undo-note.tsx';

/** The two members of an observation that say who: people by key, and their real names by the same keys. */
export interface Who {
  readonly people: Observation['people'];
  readonly names: Observation['names'];
}

const NEW_PERSON: Person = { role: 'victim', sex: null, ageGroup: null, characteristics: [] };

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

/**
 * People involved: a role and what matters about each. A real name is a field apart, hidden until it is asked for, and
 * hidden again when it is left.
 */
export function PeopleField(
  props: FieldProps & {
    readonly value: Who;
    readonly onChange: (value: Who) => void;
    /** A fresh random code, the key of a new person. */
    readonly newKey: () => string;
    /** By key of the person: what looks odd about her name, and her history. */
    readonly nameWarningOf?: (key: string) => string | readonly string[] | null | undefined;
    readonly historyOf?: (key: string) => ReactNode;
  },
) {
  const { value, onChange, newKey, id, nameWarningOf, historyOf } = props;
  const { people, names } = value;
  const t = useT();
  const base = useId();
  const [added, setAdded] = useState<string | null>(null);
  const [removed, setRemoved] = useState<{
    readonly key: string;
    readonly person: Person;
    readonly name: string | undefined;
  } | null>(null);
  const roleId = (key: string) => `${base}-${key}`;
  useEffect(() => {
    if (added !== null) document.getElementById(`${base}-${added}`)?.focus();
  }, [added, base]);

  const add = () => {
    const key = newKey();
    onChange({ people: { ...people, [key]: NEW_PERSON }, names });
    setAdded(key);
    setRemoved(null);
  };
  const remove = (key: string, person: Person) => {
    setRemoved({ key, person, name: names[key] });
    onChange({ people: without(people, key), names: without(names, key) });
  };

  return (
    <FieldLabel {...props}>
      <Stack gap="sm">
        {Object.keys(people).length === 0 && (
          <Text size="sm" c="dimmed">
            {t('fields.people.none')}
          </Text>
        )}
        {Object.entries(people).map(([key, person], index) => (
          <PersonCard
            key={key}
            number={index + 1}
            roleId={roleId(key)}
            person={person}
            name={names[key] ?? ''}
            nameWarning={nameWarningOf?.(key)}
            history={historyOf?.(key)}
            onPerson={(next) => onChange({ people: { ...people, [key]: next }, names })}
            onName={(name) =>
              onChange({ people, names: name === '' ? without(names, key) : { ...names, [key]: name } })
            }
            onRemove={() => remove(key, person)}
          />
        ))}
        {removed !== null && (
          <UndoNote
            key={removed.key}
            text={t('fields.people.removed')}
            onUndo={() => {
              const { key, person, name } = removed;
              onChange({
                people: { ...people, [key]: person },
                names: name === undefined ? names : { ...names, [key]: name },
              });
              setRemoved(null);
              setAdded(key);
            }}
          />
        )}
        <Button
          {...(id === undefined ? {} : { id })}
          variant="default"
          leftSection={<AddIcon size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={add}
        >
          {t('fields.people.add')}
        </Button>
      </Stack>
    </FieldLabel>
  );
}
