import { Group, Text, Title } from '@mantine/core';
import { useCallback } from 'react';
import type { OpenConflict } from '@/core/team-doors.ts';
import type { OpenedObservation } from '@/core/workspace.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { OneConflict } from './one-conflict.tsx';

/** On an observation's page: values that stand side by side because nobody had seen the other. */
export function ObservationConflicts({ opened }: { readonly opened: OpenedObservation }) {
  return opened.conflicts.length === 0 ? null : <Open opened={opened} />;
}

function Open({ opened }: { readonly opened: OpenedObservation }) {
  const { id, observation, conflicts } = opened;
  const t = useT();
  const door = useWorkspace().conflicts;
  const ask = useCallback(() => door.list(), [door]);
  // The page knows the versions; what they began from is told with the list of all conflicts, a moment later.
  const all = useAnswer(ask).value;
  const whole = (field: string): OpenConflict | undefined =>
    all?.find((other) => other.record === id && other.field === field);
  return (
    <section aria-labelledby="conflicts" className={classes.conflicts}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ConflictIcon size={22} aria-hidden />
        <div>
          <Title order={2} id="conflicts">
            {t('observation.conflict.title')}
          </Title>
          <Text size="sm">{t('observation.conflict.says')}</Text>
        </div>
      </Group>
      {conflicts.map(({ field, versions }) => (
        <OneConflict
          key={field}
          conflict={{
            record: id,
            type: 'observation',
            title: observation.title.text,
            field,
            versions,
            ancestor: whole(field)?.ancestor ?? null,
          }}
        />
      ))}
    </section>
  );
}
