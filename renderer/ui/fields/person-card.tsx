import { ActionIcon, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Person } from '@/core/model/observation.ts';
import { useLabels } from '../app/reference.tsx';
import { CloseIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { CodeMultiSelect } from './code-multi-select.tsx';
import { CodeSelect } from './code-select.tsx';
import classes from './field.module.css';
import { RealName } from './real-name.tsx';

/** One person: what she is in this observation, and her name behind a deliberate step. */
export function PersonCard(props: {
  readonly number: number;
  readonly roleId: string;
  readonly person: Person;
  readonly name: string;
  readonly nameWarning: string | readonly string[] | null | undefined;
  readonly history: ReactNode;
  readonly onPerson: (person: Person) => void;
  readonly onName: (name: string) => void;
  readonly onRemove: () => void;
}) {
  const { number, roleId, person, name, nameWarning, history, onPerson, onName, onRemove } = props;
  const t = useT();
  const labels = useLabels();
  const title = t('fields.people.personRole', { number, role: labels.term('person-roles', person.role) });
  return (
    <Paper withBorder p="sm" role="group" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600}>
            {t('fields.people.person', { number })}
          </Text>
          <Group gap={4} wrap="nowrap">
            {history}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('fields.people.remove', { number })}
              onClick={onRemove}
            >
              <CloseIcon size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
        <div className={classes.person}>
          <CodeSelect
            id={roleId}
            label={t('fields.people.role')}
            vocabulary="person-roles"
            clearable={false}
            value={person.role}
            onChange={(role) => role !== null && onPerson({ ...person, role })}
          />
          <CodeSelect
            label={t('fields.people.sex')}
            vocabulary="sexes"
            value={person.sex}
            onChange={(sex) => onPerson({ ...person, sex })}
          />
          <CodeSelect
            label={t('fields.people.ageGroup')}
            vocabulary="age-groups"
            value={person.ageGroup}
            onChange={(ageGroup) => onPerson({ ...person, ageGroup })}
          />
        </div>
        <CodeMultiSelect
          label={t('fields.people.characteristics')}
          vocabulary="characteristics"
          value={person.characteristics}
          onChange={(characteristics) => onPerson({ ...person, characteristics })}
        />
        <RealName number={number} name={name} onName={onName} warning={nameWarning} />
      </Stack>
    </Paper>
  );
}
