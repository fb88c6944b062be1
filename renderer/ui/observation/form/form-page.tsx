import { Anchor } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sameJson } from '@/core/base/json.ts';
import type { Locale } from '@/core/base/locales.ts';
import { toFields } from '@/core/model/fields.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import type { Draft, Workspace } from '@/core/workspace.ts';
import { navigate, paths, useRoute } from '../../app/route.ts';
import { useWorkspace, useWorkspaceEvent } from '../../app/workspace.tsx';
import { Busy } from '../../kit/busy.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { DraftIcon } from '../../kit/icons.ts';
import { useLanguage, useT } from '../../language/language.tsx';
import { takeOver } from './draft-keeper.ts';
import { ObservationForm } from './observation-form.tsx';
import type { FormStart } from './use-draft.ts';

interface Wanted {
  readonly record: string | null;
  readonly draft: string | null;
  /** A measure that a new observation starts with. */
  readonly measure: string | null;
}

type Session =
  | { readonly state: 'ready'; readonly key: string; readonly start: FormStart }
  /** The address names a draft that is not there any more: it was saved, or discarded. */
  | { readonly state: 'gone' }
  /** The disk is full and there is no draft to finish. */
  | { readonly state: 'no-room' }
  | { readonly state: 'failed'; readonly error: unknown };

function fresh(wanted: Wanted, locale: Locale): FormStart {
  const empty = emptyObservation(locale);
  const observation: Observation =
    wanted.measure === null
      ? empty
      : { ...empty, links: { [wanted.measure]: { direction: 'no-change', comment: '' } } };
  return {
    record: null,
    base: null,
    seen: {},
    blank: observation,
    observation,
    draft: null,
    moved: false,
    unwritten: false,
  };
}

function fromDraft(draft: Draft, locale: Locale, now: Observation | null): FormStart {
  const { record, base, seen, id, updatedAt } = draft;
  const unwritten = takeOver(id);
  const { observation } = unwritten ?? draft;
  return {
    record,
    base,
    seen,
    blank: base ?? emptyObservation(locale),
    observation,
    draft: { id, updatedAt },
    moved: base !== null && now !== null && !sameJson(toFields(base), toFields(now)),
    unwritten: unwritten !== null,
  };
}

/** What a form starts from: the draft that is wanted or belongs to the record, else the record, else an empty sheet. */
async function begin(
  workspace: Workspace,
  wanted: Wanted,
  locale: Locale,
): Promise<FormStart | 'gone' | 'no-room'> {
  const { record } = wanted;
  const hasRoom = async () => (await workspace.space.state()).level !== 'full';
  if (record === null && wanted.draft === null) return (await hasRoom()) ? fresh(wanted, locale) : 'no-room';
  const drafts = await workspace.drafts.list();
  const draft = drafts.find(({ id }) => id === wanted.draft);
  if (record === null) return draft === undefined ? 'gone' : fromDraft(draft, locale, null);
  const opened = await workspace.observations.open(record);
  const own = draft ?? drafts.find((other) => other.record === record);
  if (own?.record === record) return fromDraft(own, locale, opened.observation);
  if (!(await hasRoom())) return 'no-room';
  const { observation, seen } = opened;
  return {
    record,
    base: observation,
    seen,
    blank: observation,
    observation,
    draft: null,
    moved: false,
    unwritten: false,
  };
}

/** `#/observations/new` and `#/observations/:id/edit`. */
export function FormPage() {
  const route = useRoute();
  const workspace = useWorkspace();
  const { locale } = useLanguage();
  const t = useT();
  const record = route.name === 'observation-edit' ? route.id : null;
  const draft = route.query.draft ?? null;
  const measure = route.query.measure ?? null;
  const address = JSON.stringify([record, draft, measure]);
  /** The address of the form on the screen, and those it had before its draft was kept. */
  const current = useRef<string | null>(null);
  const language = useRef(locale);
  const [session, setSession] = useState<Session | null>(null);

  useEffect(() => {
    language.current = locale;
  }, [locale]);

  const load = useCallback(() => {
    current.current = address;
    setSession(null);
    begin(workspace, { record, draft, measure }, language.current)
      .then(
        (start): Session =>
          typeof start === 'string' ? { state: start } : { state: 'ready', key: address, start },
        (error: unknown): Session => ({ state: 'failed', error }),
      )
      .then((next) => {
        // Another address may have come while this one was loaded.
        if (current.current === address) setSession(next);
      });
  }, [workspace, address, record, draft, measure]);
  useEffect(() => {
    if (current.current !== address) load();
  }, [address, load]);
  useWorkspaceEvent((event) => {
    if (event.event === 'space' && event.space.level !== 'full' && session?.state === 'no-room') load();
  });

  // From now on a reload opens this draft again; the form stays as it is.
  const onFirstKept = useCallback(
    (id: string) => {
      current.current = JSON.stringify([record, id, null]);
      navigate(
        record === null ? paths.newObservation({ draft: id }) : paths.editObservation(record, { draft: id }),
        {
          replace: true,
        },
      );
    },
    [record],
  );

  if (session === null) return <Busy />;
  if (session.state === 'failed') return <ErrorNote error={session.error} />;
  if (session.state === 'gone') {
    return (
      <EmptyState
        order={1}
        icon={<DraftIcon size={40} />}
        title={t('observation.draft.gone')}
        action={<Anchor href={paths.drafts()}>{t('observation.draft.toDrafts')}</Anchor>}
      >
        {t('observation.draft.goneSays')}
      </EmptyState>
    );
  }
  if (session.state === 'no-room') {
    return (
      <EmptyState
        order={1}
        icon={<DraftIcon size={40} />}
        title={t('space.form.title')}
        action={<Anchor href={paths.drafts()}>{t('observation.draft.toDrafts')}</Anchor>}
      >
        {t('space.form.says')}
      </EmptyState>
    );
  }
  return (
    <ObservationForm
      key={session.key}
      start={session.start}
      goTo={route.query.field ?? null}
      onFirstKept={onFirstKept}
    />
  );
}
