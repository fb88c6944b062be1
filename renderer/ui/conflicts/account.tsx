import { Anchor, Text } from '@mantine/core';
import { useCallback } from 'react';
import type { OpenedObservation } from '@/core/workspace.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { ConflictMark } from './conflict-mark.tsx';
import classes from './conflicts.module.css';

/** Enough of a narrative to see whether it tells of the same. */
const BEGINNING = 600;

/** An observation, asked for by its id; null until it is there. */
export function useAccount(id: string): {
  readonly opened: OpenedObservation | null;
  readonly error: unknown;
} {
  const { observations } = useWorkspace();
  const ask = useCallback(() => observations.open(id), [observations, id]);
  const { value, error } = useAnswer(ask);
  return { opened: value, error };
}

export function useAccountTitle(): (opened: OpenedObservation) => string {
  const t = useT();
  return ({ observation }) => {
    const title = observation.title.text.trim();
    return title === '' ? t('observation.view.untitled') : title;
  };
}

/** One of two accounts that are compared: who wrote it, when and where it was, and how it begins. */
export function Account({ id }: { readonly id: string }) {
  const t = useT();
  const format = useFormat();
  const labels = useLabels();
  const titleOf = useAccountTitle();
  const { members } = useReference();
  const { opened, error } = useAccount(id);
  if (error !== null) return <ErrorNote error={error} />;
  if (opened === null) return <div className={classes.version} aria-busy />;
  const { observation, author, conflicts } = opened;
  const { title, narrative, date, place, village } = observation;
  const where = [place === null ? '' : labels.place(place.unit), village].filter((part) => part !== '');
  const text = narrative.text.trim();
  return (
    <article className={classes.version}>
      <div>
        <Anchor href={paths.observation(id)} fw={600} lang={title.lang}>
          {titleOf(opened)}
        </Anchor>
        <Text size="sm" c="dimmed">
          {[
            members[author] ?? author,
            date === '' ? t('observations.row.noDate') : format.date(date),
            ...where,
          ].join(' · ')}
        </Text>
        <ConflictMark count={conflicts.length} />
      </div>
      <div lang={narrative.lang} className={classes.asTyped}>
        {text.length > BEGINNING ? `${text.slice(0, BEGINNING).trimEnd()}…` : text}
      </div>
    </article>
  );
}
