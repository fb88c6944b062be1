import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Draft } from '@/core/workspace.ts';
import { paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictMark, useOpenConflicts } from '../conflicts/conflict-mark.tsx';
import { Busy } from '../kit/busy.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AddIcon, DraftIcon, RestoreIcon } from '../kit/icons.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { draftsChanged, onDraftsChange } from './draft-signal.ts';
import classes from './drafts.module.css';
import { FieldDraftItem } from './field-draft-item.tsx';
import { useTypedFields } from './use-field-drafts.tsx';

/** Where a draft is opened again: the new form, or the form of its record. */
export const draftPath = ({ id, record }: Pick<Draft, 'id' | 'record'>): string =>
  record === null ? paths.newObservation({ draft: id }) : paths.editObservation(record, { draft: id });

/** `#/drafts`: everything that was typed and not saved. */
export function DraftsPage() {
  const t = useT();
  const { drafts } = useWorkspace();
  const typed = useTypedFields();
  const [list, setList] = useState<readonly Draft[] | null>(null);
  /** Discarded ones stay in their place, with a way back, until the page is left. */
  const [discarded, setDiscarded] = useState<ReadonlySet<string>>(new Set());
  const kept = useRef(discarded);
  useEffect(() => {
    kept.current = discarded;
  }, [discarded]);
  const [error, setError] = useState<unknown>(null);

  const load = useCallback(() => {
    setError(null);
    drafts.list().then(
      (now) =>
        setList((old) => {
          const gone = (old ?? []).filter(
            ({ id }) => kept.current.has(id) && !now.some((draft) => draft.id === id),
          );
          return [...now, ...gone].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
        }),
      setError,
    );
  }, [drafts]);
  useEffect(() => {
    load();
    return onDraftsChange(load);
  }, [load]);

  const mark = (id: string, gone: boolean) => {
    setDiscarded((now) => new Set(gone ? [...now, id] : [...now].filter((other) => other !== id)));
    draftsChanged();
  };
  const discard = ({ id }: Draft) => {
    drafts.discard(id).then(() => mark(id, true), setError);
  };
  const bringBack = (draft: Draft) => {
    const { updatedAt, ...content } = draft;
    drafts.put(content).then(() => mark(draft.id, false), setError);
  };

  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  if (list === null) return <Busy />;
  if (list.length === 0 && typed.length === 0) {
    return (
      <EmptyState
        order={1}
        icon={<DraftIcon size={40} />}
        title={t('drafts.empty')}
        action={
          <Button component="a" href={paths.newObservation()} leftSection={<AddIcon size={18} aria-hidden />}>
            {t('app.newObservation')}
          </Button>
        }
      >
        {t('drafts.emptySays')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.page}>
      <PageHeader title={t('drafts.title')} subtitle={t('drafts.says')} />
      <ul className={classes.list}>
        {typed.map((kept) => (
          <li key={`${kept.words.of} ${kept.words.record}/${kept.words.field}`} className={classes.item}>
            <FieldDraftItem kept={kept} />
          </li>
        ))}
        {list.map((draft) => (
          <li key={draft.id} className={classes.item}>
            {discarded.has(draft.id) ? (
              <Group gap="sm" role="status">
                <Text size="sm" c="dimmed">
                  {t('drafts.discarded')}
                </Text>
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<RestoreIcon size={16} aria-hidden />}
                  onClick={() => bringBack(draft)}
                >
                  {t('kit.undo')}
                </Button>
              </Group>
            ) : (
              <DraftItem draft={draft} onDiscard={() => discard(draft)} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A draft without a title is known by how it begins. */
const BEGINNING = 100;

function DraftItem({ draft, onDiscard }: { readonly draft: Draft; readonly onDiscard: () => void }) {
  const { observation, record, base, updatedAt } = draft;
  const t = useT();
  const format = useFormat();
  const conflicts = useOpenConflicts(record);
  const written = [observation.title, observation.narrative].find(({ text }) => text.trim() !== '');
  const text = written?.text.trim() ?? '';
  const title = text.length > BEGINNING ? `${text.slice(0, BEGINNING)}…` : text;
  const recordTitle = base?.title.text.trim() ?? '';
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Anchor href={draftPath(draft)} fw={600} lang={written?.lang}>
          {title === '' ? t('observation.view.untitled') : title}
        </Anchor>
        <Text size="sm" c="dimmed">
          {record === null
            ? t('drafts.ofNew')
            : t('drafts.ofRecord', {
                title: recordTitle === '' ? t('observation.view.untitled') : recordTitle,
              })}
          {' · '}
          <time dateTime={updatedAt}>{t('drafts.kept', { time: format.dateTime(updatedAt) })}</time>
        </Text>
        <ConflictMark count={conflicts.length} />
      </Stack>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('drafts.discardOf', { title: title === '' ? t('observation.view.untitled') : title })}
        onClick={onDiscard}
      >
        {t('drafts.discard')}
      </Button>
    </Group>
  );
}
