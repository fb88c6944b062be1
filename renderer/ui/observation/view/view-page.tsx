import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Draft, OpenedObservation } from '@/core/workspace.ts';
import { navigate, paths, useRoute } from '../../app/route.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { DuplicateHints } from '../../conflicts/duplicate-hints.tsx';
import { ObservationConflicts } from '../../conflicts/observation-conflicts.tsx';
import { onDraftsChange } from '../../drafts/draft-signal.ts';
import { Busy } from '../../kit/busy.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { ariaChord, type Chord, useHotkey } from '../../kit/hotkey.ts';
import { DeleteIcon, DraftIcon, EditIcon, HistoryIcon, RestoreIcon } from '../../kit/icons.ts';
import { KeyHint } from '../../kit/key-hint.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { useToast } from '../../kit/toasts.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import { WriteButton } from '../../space/write-button.tsx';
import { HISTORY } from '../history/history-button.tsx';
import { HistoryDrawer, useHistoryDrawer } from '../history/history-drawer.tsx';
import { useValueWords } from '../value-words.ts';
import { AnswersView } from './answers.tsx';
import { Aside } from './aside.tsx';
import { LinkedMeasures } from './linked-measures.tsx';
import { Marks } from './marks.tsx';
import { Narrative } from './narrative.tsx';
import { Neighbours } from './neighbours.tsx';
import { PeopleView } from './people.tsx';
import { Unread } from './unread.tsx';
import { useOpened } from './use-opened.ts';
import classes from './view.module.css';

const EDIT: Chord = 'F2';

/** `#/observations/:id`. */
export function ViewPage() {
  const route = useRoute();
  const id = route.name === 'observation' ? route.id : '';
  const { opened, error, reload } = useOpened(id);
  if (error !== null) return <ErrorNote error={error} onRetry={() => void reload()} />;
  if (opened === null) return <Busy />;
  return <ObservationView key={id} opened={opened} within={route.query.in ?? null} />;
}

function ObservationView({
  opened,
  within,
}: {
  readonly opened: OpenedObservation;
  readonly within: string | null;
}) {
  const { id, observation, deleted, conflicts } = opened;
  const t = useT();
  const format = useFormat();
  const words = useValueWords();
  const history = useHistoryDrawer();
  const edit = paths.editObservation(id);
  useHotkey(EDIT, () => navigate(edit), !deleted);
  useHotkey(HISTORY, () => history.show(null));
  const { remove, restore, failure } = useRemoval(opened);

  const title = observation.title.text.trim();
  const where = [
    observation.place === null ? null : words.of('place', observation.place)?.text,
    observation.village,
  ].filter(Boolean);
  return (
    <article className={classes.page}>
      <PageHeader
        title={
          title === '' ? t('observation.view.untitled') : <span lang={observation.title.lang}>{title}</span>
        }
        subtitle={[observation.date === '' ? null : format.date(observation.date), ...where]
          .filter(Boolean)
          .join(' · ')}
        back={{ href: paths.observations(), label: t('app.nav.observations') }}
        actions={
          <>
            <Neighbours id={id} within={within} />
            <Button
              variant="default"
              leftSection={<HistoryIcon size={16} aria-hidden />}
              rightSection={<KeyHint chord={HISTORY} />}
              aria-keyshortcuts={ariaChord(HISTORY)}
              onClick={() => history.show(null)}
            >
              {t('observation.history.title')}
            </Button>
            {!deleted && (
              <>
                <WriteButton
                  variant="default"
                  leftSection={<DeleteIcon size={16} aria-hidden />}
                  onClick={() => void remove()}
                >
                  {t('observation.view.delete')}
                </WriteButton>
                <Button
                  component="a"
                  href={edit}
                  leftSection={<EditIcon size={16} aria-hidden />}
                  rightSection={<KeyHint chord={EDIT} />}
                  aria-keyshortcuts={ariaChord(EDIT)}
                >
                  {t('observation.view.edit')}
                </Button>
              </>
            )}
          </>
        }
      />
      {failure !== null && <ErrorNote error={failure} />}
      {deleted && (
        <Alert color="red" icon={<DeleteIcon aria-hidden />} mb="md">
          <Group gap="sm">
            <Text size="sm">{t('observation.view.isDeleted')}</Text>
            <WriteButton
              size="compact-sm"
              variant="default"
              leftSection={<RestoreIcon size={16} aria-hidden />}
              onClick={() => void restore()}
            >
              {t('observation.view.restore')}
            </WriteButton>
          </Group>
        </Alert>
      )}
      <DraftNote record={id} />
      <Marks observation={observation} conflicts={conflicts.length} />
      {!deleted && <ObservationConflicts opened={opened} />}
      <DuplicateHints id={id} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Narrative observation={observation} onHistory={history.show} />
          <LinkedMeasures links={observation.links} onHistory={history.show} />
          <PeopleView observation={observation} onHistory={history.show} />
          <AnswersView observation={observation} onHistory={history.show} />
          <Unread fields={opened.unread} />
        </div>
        <Aside opened={opened} onHistory={history.show} />
      </div>
      <HistoryDrawer record={id} {...history} />
    </article>
  );
}

/** Deletes with a way back: the toast's undo now, the record's own page at any later time. */
function useRemoval({ id, seen }: OpenedObservation) {
  const toast = useToast();
  const { observations } = useWorkspace();
  const [failure, setFailure] = useState<unknown>(null);
  return {
    failure,
    async remove() {
      try {
        await observations.remove([id], seen);
      } catch (error) {
        setFailure(error);
        return;
      }
      toast({
        text: ({ t }) => t('observation.view.deleted'),
        undo: async () => {
          await observations.restore([id]);
          navigate(paths.observation(id));
        },
      });
      navigate(paths.observations());
    },
    async restore() {
      await observations.restore([id]).then(() => setFailure(null), setFailure);
    },
  };
}

/** Says that the record is being edited in a draft that was not saved. */
function DraftNote({ record }: { readonly record: string }) {
  const t = useT();
  const format = useFormat();
  const { drafts } = useWorkspace();
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    let over = false;
    const load = () => {
      drafts.list().then(
        (list) => {
          if (!over) setDraft(list.find((each) => each.record === record) ?? null);
        },
        // The list of drafts says what is wrong with them.
        () => undefined,
      );
    };
    load();
    const stop = onDraftsChange(load);
    return () => {
      over = true;
      stop();
    };
  }, [drafts, record]);
  if (draft === null) return null;
  return (
    <Alert color="yellow" icon={<DraftIcon aria-hidden />} mb="md">
      <Text size="sm">
        {t('observation.view.hasDraft', { time: format.dateTime(draft.updatedAt) })}{' '}
        <Anchor href={paths.editObservation(record, { draft: draft.id })} c="inherit" td="underline">
          {t('observation.view.openDraft')}
        </Anchor>
      </Text>
    </Alert>
  );
}
