import { useCallback } from 'react';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './conflicts.module.css';

const NONE: readonly string[] = [];

/** The registers of an observation that hold several versions now; one that is settled elsewhere leaves the list. */
export function useOpenConflicts(record: string | null): readonly string[] {
  const { observations } = useWorkspace();
  const ask = useCallback(
    async () =>
      record === null ? NONE : (await observations.open(record)).conflicts.map(({ field }) => field),
    [observations, record],
  );
  // Whatever is marked is whole without this answer; a failure here shows up where it matters.
  return useAnswer(ask).value ?? NONE;
}

/** Beside an observation's title, wherever it stands: how many of its fields hold several versions. */
export function ConflictMark({ count }: { readonly count: number }) {
  const t = useT();
  if (count === 0) return null;
  return (
    <span className={classes.mark}>
      <ConflictIcon size={14} aria-hidden />
      {t('observations.row.conflicts', { count })}
    </span>
  );
}
