import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTouch } from '../app/idle.ts';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { ChoosePassphrase } from './choose-passphrase.tsx';
import { ConfirmSomeWords } from './confirm-words.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';
import { Restore } from './restore.tsx';
import { Step } from './step.tsx';

const STEPS = 3;

type At = 'welcome' | 'restore' | 'passphrase' | 'words' | 'confirm';

/** From nothing to an open vault: who is it, what opens it, what opens it when that is forgotten. */
export function FirstRun() {
  const { refresh } = useVaultState();
  const [at, setAt] = useState<At>('welcome');
  const [name, setName] = useState('');
  const [words, setWords] = useState<readonly string[]>([]);
  switch (at) {
    case 'welcome':
      return (
        <Welcome
          name={name}
          onName={setName}
          onNext={() => setAt('passphrase')}
          onRestore={() => setAt('restore')}
        />
      );
    case 'restore':
      return <Restore onBack={() => setAt('welcome')} />;
    case 'passphrase':
      return (
        <NewVault
          name={name}
          onBack={() => setAt('welcome')}
          onMade={(made) => {
            setWords(made);
            setAt('words');
          }}
        />
      );
    case 'words':
    case 'confirm':
      return (
        <NewWords
          words={words}
          confirming={at === 'confirm'}
          onConfirm={(confirming) => setAt(confirming ? 'confirm' : 'words')}
          onDone={() => void refresh()}
        />
      );
  }
}

function Welcome(props: {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onNext: () => void;
  readonly onRestore: () => void;
}) {
  const { name, onName, onNext, onRestore } = props;
  const t = useT();
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Step title={t('vault.welcome.title')} figures={{ done: 1, total: STEPS }} first>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') return onNext();
          setMissing(true);
          field.current?.focus();
        }}
      >
        <Stack gap="md">
          <Text>{t('vault.welcome.says')}</Text>
          <LanguageChoice />
          <TextInput
            ref={field}
            label={t('vault.name.label')}
            description={t('vault.name.hint')}
            value={name}
            error={missing ? t('vault.name.missing') : null}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => {
              onName(event.currentTarget.value);
              setMissing(false);
            }}
          />
          <Group gap="sm">
            <WriteButton type="submit">{t('vault.first.next')}</WriteButton>
            <Button variant="subtle" onClick={onRestore}>
              {t('vault.restore.offer')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Step>
  );
}

function NewVault(props: {
  readonly name: string;
  readonly onBack: () => void;
  readonly onMade: (recoveryWords: readonly string[]) => void;
}) {
  const { name, onBack, onMade } = props;
  const t = useT();
  const { locale } = useLanguage();
  const workspace = useWorkspace();
  const [making, setMaking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = async (passphrase: string) => {
    setMaking(true);
    setError(null);
    try {
      const made = await workspace.vault.create({ passphrase, name, locale, demo: false }, () => undefined);
      onMade(made.recoveryWords);
    } catch (failure) {
      setError(failure);
      setMaking(false);
    }
  };
  return (
    <Step title={t('vault.choose.title')} figures={{ done: 2, total: STEPS }}>
      <ChoosePassphrase
        submitLabel={t('vault.first.create')}
        busy={making}
        name={name}
        onSubmit={(passphrase) => void create(passphrase)}
        otherActions={
          <Button variant="subtle" onClick={onBack} disabled={making}>
            {t('vault.first.back')}
          </Button>
        }
      >
        {making && <Busy label={t('vault.first.creating')} />}
        {error !== null && <ErrorNote error={error} />}
      </ChoosePassphrase>
    </Step>
  );
}

/** The vault is open by now, so it is kept awake while somebody writes the words down, and locks when nobody does. */
function NewWords(props: {
  readonly words: readonly string[];
  readonly confirming: boolean;
  readonly onConfirm: (confirming: boolean) => void;
  readonly onDone: () => void;
}) {
  const { words, confirming, onConfirm, onDone } = props;
  const t = useT();
  const [day] = useState(() => new Date().toISOString().slice(0, 10));
  useTouch();
  const figures = { done: 3, total: STEPS };
  return confirming ? (
    <Step key="confirm" title={t('vault.confirm.title')} figures={figures}>
      <ConfirmSomeWords
        words={words}
        onDone={onDone}
        actions={
          <>
            <Button variant="subtle" onClick={() => onConfirm(false)}>
              {t('vault.confirm.back')}
            </Button>
            <Button variant="subtle" onClick={onDone}>
              {t('vault.words.later')}
            </Button>
          </>
        }
      />
    </Step>
  ) : (
    <Step key="words" title={t('vault.words.title')} figures={figures}>
      <RecoverySheet words={words} day={day} onCheck={() => onConfirm(true)} onLater={onDone} />
    </Step>
  );
}
