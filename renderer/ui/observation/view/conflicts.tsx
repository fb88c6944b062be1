import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Json } from '@/core/base/json.ts';
import { isEdtf } from '@/core/model/edtf.ts';
import type { Conflict, OpenedObservation } from '@/core/workspace.ts';
import { useReference } from '../../app/reference.tsx';
import { paths } from '../../app/route.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { ConflictIcon } from '../../kit/icons.ts';
import { useToast } from '../../kit/toasts.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { wordDiff } from '../history/word-diff.ts';
import { DATES, useValueWords, type Words } from '../value-words.ts';
import { isEditableHere, RegisterEditor } from './register-editor.tsx';
import classes from './view.module.css';

/** Values that stand side by side because nobody had seen the other: who wrote which, and a choice. */
export function Conflicts({ opened }: { readonly opened: OpenedObservation }) {
  const t = useT();
  if (opened.conflicts.length === 0) return null;
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
      {opened.conflicts.map((conflict) =>
        conflict.field === 'deleted' ? (
          <DeletedBesideEdit key="deleted" id={opened.id} conflict={conflict} />
        ) : (
          <OneConflict key={conflict.field} id={opened.id} conflict={conflict} />
        ),
      )}
    </section>
  );
}

function useSettle(): {
  readonly error: unknown;
  settle(write: () => Promise<void>): Promise<void>;
} {
  const t = useT();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  return {
    error,
    async settle(write) {
      try {
        await write();
        setError(null);
        toast({ text: t('observation.conflict.settled') });
      } catch (failure) {
        setError(failure);
      }
    },
  };
}

function WhoWhen({ author, at }: { readonly author: string; readonly at: string }) {
  const { members } = useReference();
  const format = useFormat();
  return (
    <Group gap="xs">
      <b>{members[author] ?? author}</b>
      <Text size="sm" c="dimmed" component="time" dateTime={at}>
        {format.dateTime(at)}
      </Text>
    </Group>
  );
}

function DeletedBesideEdit({ id, conflict }: { readonly id: string; readonly conflict: Conflict }) {
  const t = useT();
  const { observations } = useWorkspace();
  const { error, settle } = useSettle();
  return (
    <div className={classes.conflict}>
      <Title order={3}>{t('observation.conflict.deleted')}</Title>
      {conflict.versions.map(({ change, author, at }) => (
        <WhoWhen key={change} author={author} at={at} />
      ))}
      {error !== null && <ErrorNote error={error} />}
      <Group gap="xs" mt="xs">
        <Button size="xs" onClick={() => void settle(() => observations.restore([id]))}>
          {t('observation.conflict.keep')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void settle(() => observations.remove([id]))}>
          {t('observation.conflict.delete')}
        </Button>
      </Group>
    </div>
  );
}

function OneConflict({ id, conflict }: { readonly id: string; readonly conflict: Conflict }) {
  const { field, versions } = conflict;
  const t = useT();
  const nameOf = useFieldNames();
  const valueWords = useValueWords();
  const { observations } = useWorkspace();
  const { error, settle } = useSettle();
  const [third, setThird] = useState<Json>(null);
  const words = versions.map(({ value }) => valueWords.of(field, value));
  const notADate = DATES.includes(field) && typeof third === 'string' && third !== '' && !isEdtf(third);
  return (
    <div className={classes.conflict}>
      <Title order={3} mb="xs">
        {nameOf(field)}
      </Title>
      <div className={classes.versions}>
        {versions.map(({ value, change, author, at }, i) => (
          <div key={change} className={classes.version} data-version={i + 1}>
            <WhoWhen author={author} at={at} />
            <VersionWords words={words} index={i} />
            <Group gap="xs" mt="auto">
              <Button size="xs" onClick={() => void settle(() => observations.settle(id, field, value))}>
                {t('observation.conflict.take')}
              </Button>
              {isEditableHere(field, value) && (
                <Button size="xs" variant="default" onClick={() => setThird(value)}>
                  {t('observation.conflict.third')}
                </Button>
              )}
            </Group>
          </div>
        ))}
      </div>
      {versions.every(({ value }) => !isEditableHere(field, value)) && (
        <Anchor href={paths.editObservation(id, { field })} size="sm">
          {t('observation.conflict.thirdInForm')}
        </Anchor>
      )}
      {third !== null && (
        <Stack gap="xs" mt="sm">
          <RegisterEditor register={field} value={third} onChange={setThird} />
          <Group gap="xs">
            <Button
              size="xs"
              disabled={notADate}
              onClick={() => void settle(() => observations.settle(id, field, third))}
            >
              {t('observation.conflict.saveThird')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setThird(null)}>
              {t('kit.cancel')}
            </Button>
          </Group>
        </Stack>
      )}
      {error !== null && <ErrorNote error={error} />}
    </div>
  );
}

/** A version's words; of two running texts, what the other does not have is marked. */
function VersionWords({
  words,
  index,
}: {
  readonly words: readonly (Words | null)[];
  readonly index: number;
}) {
  const t = useT();
  const own = words[index] ?? null;
  const [first, second] = words;
  if (own === null) return <Text c="dimmed">{t('observation.values.empty')}</Text>;
  if (own.secret) return <Text>{t('observation.names.hidden')}</Text>;
  const comparable = words.length === 2 && first?.prose === true && second?.prose === true;
  const wanted = index === 0 ? 'gone' : 'new';
  return (
    <div lang={own.lang ?? undefined} className={classes.asTyped}>
      {comparable
        ? wordDiff(first.text, second.text)
            .filter(({ kind }) => kind === 'same' || kind === wanted)
            .map(({ kind, text }, i) =>
              kind === 'same' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place.
                <span key={i}>{text}</span>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <mark key={i}>{text}</mark>
              ),
            )
        : own.text}
    </div>
  );
}
