import { Anchor, Button, Checkbox, Code, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Release, UpdateState } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useFormat, useLanguage, useT } from '../language/language.tsx';

type Source = NonNullable<UpdateState['source']>;

/** Whether there is a newer version: what asking reveals, a button, and a quiet line with what is known. */
export function UpdatesPart() {
  const t = useT();
  const updates = useWorkspace().updates;
  const [state, setState] = useState<UpdateState | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    updates.state().then(setState, () => undefined);
  }, [updates]);
  if (state === null) return null;

  const run = async (step: () => Promise<UpdateState>): Promise<void> => {
    setFailure(null);
    try {
      setState(await step());
    } catch (error) {
      setFailure(error);
    }
  };
  /** Ticked at once; taken back when it could not be kept. */
  const choose = async (weekly: boolean) => {
    setState({ ...state, weekly });
    await run(() =>
      updates.setWeekly(weekly).catch((error: unknown) => {
        setState(state);
        throw error;
      }),
    );
  };
  const check = async () => {
    setAsking(true);
    await run(() => updates.check());
    setAsking(false);
  };

  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3}>{t('settings.about.updates.title')}</Title>
      {state.source === null ? (
        <Text size="sm">{t('settings.about.updates.none')}</Text>
      ) : (
        <>
          <Text size="sm">{t('settings.about.updates.says', { server: state.source.server })}</Text>
          <Checkbox
            label={t('settings.about.updates.weekly')}
            checked={state.weekly}
            onChange={({ currentTarget: { checked } }) => void choose(checked)}
          />
          {/* Not disabled while it asks: a button that goes away takes the keyboard's place with it. */}
          <Button variant="default" aria-disabled={asking} onClick={() => asking || void check()}>
            {t('settings.about.updates.check')}
          </Button>
          <div role="status">
            {asking ? (
              <Text size="sm">{t('settings.about.updates.checking', { server: state.source.server })}</Text>
            ) : (
              <Known state={state} source={state.source} />
            )}
          </div>
          {failure !== null && <ErrorNote error={failure} />}
        </>
      )}
    </Stack>
  );
}

function Known({ state, source }: { readonly state: UpdateState; readonly source: Source }) {
  const t = useT();
  const format = useFormat();
  const { newer, checkedAt } = state;
  if (checkedAt === null) return <Text size="sm">{t('settings.about.updates.never')}</Text>;
  const when = format.dateTime(checkedAt);
  if (newer === null) return <Text size="sm">{t('settings.about.updates.newest', { when })}</Text>;
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" fw={600}>
        {t('settings.about.updates.newer', { version: newer.version, when })}
      </Text>
      <Announced release={newer} page={source.page} />
    </Stack>
  );
}

function Announced({ release, page }: { readonly release: Release; readonly page: string }) {
  const t = useT();
  const format = useFormat();
  const { locale } = useLanguage();
  return (
    <>
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
        {release.notes[locale]}
      </Text>
      <Anchor size="sm" href={page} target="_blank" rel="noopener noreferrer">
        {t('settings.about.updates.page')}
      </Anchor>
      <Code>{page}</Code>
      <details>
        <Anchor component="summary" size="sm">
          {t('settings.about.updates.hashes')}
        </Anchor>
        <ul>
          {release.files.map(({ name, bytes, sha256 }) => (
            <li key={name} style={{ overflowWrap: 'anywhere' }}>
              {name} ({format.fileSize(bytes)}): <Code>{sha256}</Code>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
