import { Anchor } from '@mantine/core';
import { useCallback } from 'react';
import { paths } from '../app/route.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './conflicts.module.css';

/** Says whether a record, or one field of it, holds several versions. */
export type IsContested = (record: string, field?: string) => boolean;

/** For what the team sets: settings, forms, views, names. Nothing is contested until it is known, or `wanted`. */
export function useContested(wanted = true): IsContested {
  const { conflicts } = useWorkspace();
  const ask = useCallback(() => conflicts.list(), [conflicts]);
  // Whatever is marked is whole without this answer; a failure here shows up where it matters.
  const { value } = useAnswer(wanted ? ask : null);
  return useCallback(
    (record, field) =>
      value?.some((open) => open.record === record && (field === undefined || open.field === field)) ?? false,
    [value],
  );
}

/** Beside words that stand in for several versions. */
export function SeveralVersions() {
  const t = useT();
  return (
    <span className={classes.mark}>
      <ConflictIcon size={14} aria-hidden />
      {t('conflicts.several')}
    </span>
  );
}

/** The same where the versions are not at hand, with the way to them. */
export function ChooseVersion() {
  const t = useT();
  return (
    <Anchor href={paths.conflicts()} className={classes.mark}>
      <ConflictIcon size={14} aria-hidden />
      {t('conflicts.choose')}
    </Anchor>
  );
}
