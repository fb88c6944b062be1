import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ConflictVersion, OpenConflict } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { type Answer, useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useFormat, useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { useRecordNames } from './record-names.ts';
import { VersionWords } from './version-words.tsx';

/** What stands now where there was a conflict; nothing is asked for null. */
export function useStanding(conflict: OpenConflict | null): Answer<readonly ConflictVersion[]> {
  const { conflicts } = useWorkspace();
  const { record, field } = conflict ?? {};
  const ask = useMemo(
    () => (record === undefined || field === undefined ? null : () => conflicts.standing(record, field)),
    [conflicts, record, field],
  );
  return useAnswer(ask);
}

/** Who settled a conflict while somebody here was still writing, and what holds since then. */
export function SettledMeanwhile(props: {
  readonly conflict: OpenConflict;
  readonly standing: Answer<readonly ConflictVersion[]>;
}) {
  const { conflict, standing } = props;
  const { value, error, again } = standing;
  const t = useT();
  const format = useFormat();
  const names = useRecordNames();
  const { members } = useReference();
  return (
    <div role="status">
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value?.map(({ change, author, at, value: now }) => (
        <div key={change}>
          <Text size="sm" mb="xs">
            {t('conflicts.settledBy', { name: members[author] ?? author, time: format.dateTime(at) })}
          </Text>
          <div className={classes.ancestor}>
            <Text size="sm" c="dimmed">
              {t('conflicts.holds')}
            </Text>
            <VersionWords words={[names.words(conflict, now)]} index={0} ancestor={null} />
          </div>
        </div>
      ))}
    </div>
  );
}
