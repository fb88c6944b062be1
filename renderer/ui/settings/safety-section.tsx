import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import type { About, Progress, Rehearsal, SafetyCopy } from '@/core/workspace.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { Disclosure } from '../kit/disclosure.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AlertIcon, CopyIcon, DoneIcon, FolderIcon } from '../kit/icons.ts';
import { useCodeText, useErrorText } from '../language/error-text.ts';
import { useFormat, useT } from '../language/language.tsx';
import { PassphraseField } from '../vault/passphrase-field.tsx';
import { TypedFolder } from '../vault/typed-folder.tsx';
import { Section } from './section.tsx';
import classes from './settings.module.css';

/** The copy of the vault in another place: where, how old, and whether it opens. */
export function SafetySection() {
  const t = useT();
  const workspace = useWorkspace();
  const [copy, setCopy] = useState<SafetyCopy | null>(null);
  const [mode, setMode] = useState<About['mode'] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(async () => {
    try {
      setCopy(await workspace.safety.state());
    } catch (failure) {
      setError(failure);
    }
  }, [workspace]);
  useEffect(() => {
    void load();
    workspace.about().then((about) => setMode(about.mode), setError);
  }, [load, workspace]);
  useWorkspaceEvent(({ event }) => {
    if (event === 'safety') void load();
  });
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    }
    await load();
    setBusy(false);
  };
  return (
    <Section title={t('settings.safety.title')} says={t('settings.safety.says')}>
      {copy !== null && copy.folder !== null && <CopyState copy={copy} />}
      {error !== null && <ErrorNote error={error} />}
      {busy && <Busy label={t('settings.safety.copying')} />}
      {copy !== null && copy.folder !== null && (
        <>
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<CopyIcon size={18} aria-hidden />}
              disabled={busy}
              onClick={() => void run(() => workspace.safety.copy())}
            >
              {t('settings.safety.copyNow')}
            </Button>
            <Button variant="subtle" disabled={busy} onClick={() => void run(() => workspace.safety.stop())}>
              {t('settings.safety.stop')}
            </Button>
          </Group>
          <Disclosure label={t('settings.safety.rehearse')} icon={<DoneIcon size={18} aria-hidden />}>
            {() => <RehearseForm />}
          </Disclosure>
        </>
      )}
      {mode === 'electron' && (
        <Button
          variant="default"
          leftSection={<FolderIcon size={18} aria-hidden />}
          disabled={busy}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => void run(() => workspace.safety.choose(null))}
        >
          {t('settings.safety.choose')}
        </Button>
      )}
      {mode === 'page' && (
        <TypedFolder
          label={t('settings.safety.path')}
          hint={t('settings.safety.pathHint', { example: 'E:\\copies' })}
          submit={t('settings.safety.use')}
          busy={busy}
          onChoose={(path) => void run(() => workspace.safety.choose(path))}
        />
      )}
    </Section>
  );
}

/** Where, how old, and what is wrong with it, in words. */
function CopyState({ copy }: { readonly copy: SafetyCopy }) {
  const t = useT();
  const format = useFormat();
  const codeText = useCodeText();
  const problem = copy.problem !== null && copy.present ? codeText(copy.problem) : null;
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('settings.safety.folder')}</dt>
        <dd>
          <Code>{copy.folder}</Code>
        </dd>
        <dt>{t('settings.safety.age')}</dt>
        <dd>{copy.at === null ? t('settings.safety.never') : format.relative(copy.at, Date.now())}</dd>
      </dl>
      {!copy.present && <Warning says={t('settings.safety.absent')} />}
      {copy.sameDrive && <Warning says={t('settings.safety.sameDrive')} />}
      {problem !== null && <Warning says={`${problem.says} ${problem.todo}`} />}
      {copy.present && problem === null && copy.at !== null && (
        <Text size="sm" role="status" style={{ display: 'flex', gap: '0.4rem', alignItems: 'center' }}>
          <DoneIcon size={18} aria-hidden />
          {copy.behind ? t('settings.safety.behind') : t('settings.safety.current')}
        </Text>
      )}
    </>
  );
}

function Warning({ says }: { readonly says: string }) {
  return (
    <Alert color="yellow" icon={<AlertIcon aria-hidden />} role="note">
      {says}
    </Alert>
  );
}

/** Opens the copy as another computer would, and says what came of it. */
function RehearseForm() {
  const t = useT();
  const workspace = useWorkspace();
  const errorText = useErrorText();
  const [passphrase, setPassphrase] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [found, setFound] = useState<Rehearsal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;
  const rehearse = async () => {
    setError(null);
    setFound(null);
    setProgress({ step: 'deriving', done: 0, total: 0 });
    try {
      setFound(await workspace.safety.rehearse(passphrase, setProgress));
      setPassphrase('');
    } catch (failure) {
      setError(failure);
    }
    setProgress(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (progress === null && passphrase !== '') void rehearse();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('settings.safety.rehearseSays')}</Text>
        <PassphraseField
          label={t('settings.security.present')}
          value={passphrase}
          readOnly={progress !== null}
          error={wrong && `${wrong.says} ${wrong.todo}`}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setError(null);
          }}
        />
        <Button
          type="submit"
          style={{ alignSelf: 'flex-start' }}
          disabled={progress !== null || passphrase === ''}
        >
          {t('settings.safety.rehearseSubmit')}
        </Button>
        {progress !== null && <Busy progress={progress} />}
        {error !== null && wrong === null && <ErrorNote error={error} />}
        {found !== null && (
          <Alert color={found.result === 'same' ? 'lake' : 'yellow'} role="status">
            {t(`settings.safety.result.${found.result}`, { number: found.observations })}
          </Alert>
        )}
      </Stack>
    </form>
  );
}
