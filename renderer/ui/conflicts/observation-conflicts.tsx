import { Group, Text, Title } from '@mantine/core';
import { useCallback } from 'react';
import type { OpenConflict } from '@/core/team-doors.ts';
import type { OpenedObservation } from '@/core/workspace.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { useLostFocus } from '../kit/lost-focus.ts';
import { useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { OneConflict } from './one-conflict.tsx';
import { useWithOwn } from './own-version.tsx';

/** On an observation's page: values that stand side by side because nobody had seen the other. */
export function ObservationConflicts({ opened }: { readonly opened: OpenedObservation }) {
  const { id, observation } = opened;
  const shown = useWithOwn(
    opened.conflicts.map(({ field, versions }) => ({
      record: id,
      type: 'observation',
      title: observation.title.text,
      field,
      versions,
      ancestor: null,
      unseen: [],
    })),
    (record) => record === id,
  );
  const focus = useLostFocus('[data-conflict]', 'main h1');
  return shown.length === 0 ? null : (
    <div {...focus}>
      <Shown id={id} shown={shown} />
    </div>
  );
}

function Shown({ id, shown }: { readonly id: string; readonly shown: readonly OpenConflict[] }) {
  const t = useT();
  const door = useWorkspace().conflicts;
  const ask = useCallback(() => door.list(), [door]);
  // The page knows the versions; what they began from is told with the list of all conflicts, a moment later.
  const all = useAnswer(ask).value;
  const whole = (field: string): OpenConflict | undefined =>
    all?.find((other) => other.record === id && other.field === field);
  const open = shown.some(({ versions }) => versions.length > 0);
  return (
    <section aria-labelledby="conflicts" className={classes.conflicts}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ConflictIcon size={22} aria-hidden />
        <div>
          <Title order={2} id="conflicts">
            {t(open ? 'observation.conflict.title' : 'conflicts.ownVersion')}
          </Title>
          {open && <Text size="sm">{t('observation.conflict.says')}</Text>}
        </div>
      </Group>
      {shown.map((conflict) => (
        <div key={conflict.field} data-conflict tabIndex={-1}>
          <OneConflict
            conflict={{
              ...conflict,
              ancestor: whole(conflict.field)?.ancestor ?? null,
              unseen: whole(conflict.field)?.unseen ?? [],
            }}
          />
        </div>
      ))}
    </section>
  );
}
