import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import type { Progress } from '@/core/workspace.ts';
import { useTouch } from '../app/idle.ts';
import { useNotices } from '../app/notices.tsx';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { GrowingText } from '../kit/growing-text.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { ChoosePassphrase } from './choose-passphrase.tsx';
import { Step } from './step.tsx';

/** Opens the vault with the words of the sheet, then asks for a new passphrase: the old one is lost, or was never known. */
export function Recover({ onBack }: { readonly onBack: () => void }) {
  const [words, setWords] = useState<string | null>(null);
  // Whoever left between the two steps starts again at the locked screen.
  useWorkspaceEvent((event) => {
    if (event.event === 'locked') onBack();
  });
  return words === null ? (
    <EnterWords onBack={onBack} onOpened={setWords} />
  ) : (
    <ReplacePassphrase recoveryWords={words} />
  );
}

/** Failures that lie in what was typed: said at the field. */
const TYPED = ['vault/wrong-words', 'words/count', 'words/unknown'];

function EnterWords(props: { readonly onBack: () => void; readonly onOpened: (words: string) => void }) {
  const { onBack, onOpened } = props;
  const t = useT();
  const workspace = useWorkspace();
  const { add } = useNotices();
  const errorText = useErrorText();
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const inField = error !== null && TYPED.includes(codeOf(error)) ? errorText(error) : null;
  const open = async () => {
    setError(null);
    setProgress({ step: 'deriving', done: 0, total: 0 });
    try {
      const { notices } = await workspace.vault.unlock({ recoveryWords: typed }, setProgress);
      add(notices);
      onOpened(typed);
    } catch (failure) {
      setError(failure);
      setProgress(null);
    }
  };
  return (
    <Step title={t('vault.recover.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (progress === null && typed.trim() !== '') void open();
        }}
      >
        <Stack gap="md">
          <Text>{t('vault.recover.says')}</Text>
          <GrowingText
            label={t('vault.recover.words')}
            description={t('vault.confirm.allHint')}
            value={typed}
            readOnly={progress !== null}
            error={inField && `${inField.says} ${inField.todo}`}
            rows={3}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setError(null);
            }}
          />
          {error !== null && inField === null && <ErrorNote error={error} />}
          {progress !== null && <Busy progress={progress} />}
          <Group gap="sm">
            <Button type="submit" disabled={progress !== null || typed.trim() === ''}>
              {t('vault.unlock.submit')}
            </Button>
            <Button variant="subtle" disabled={progress !== null} onClick={onBack}>
              {t('vault.recover.back')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Step>
  );
}

/** The vault was opened by the words: a passphrase that its person knows takes the place of the old one. */
export function ReplacePassphrase({ recoveryWords }: { readonly recoveryWords: string }) {
  const t = useT();
  const workspace = useWorkspace();
  const { refresh } = useVaultState();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTouch();
  const replace = async (passphrase: string) => {
    setBusy(true);
    setError(null);
    try {
      await workspace.vault.changePassphrase({ recoveryWords }, passphrase);
      await refresh();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Step title={t('vault.recover.newTitle')}>
      <Stack gap="md">
        <Text>{t('vault.recover.newSays')}</Text>
        <ChoosePassphrase
          submitLabel={t('vault.recover.replace')}
          busy={busy}
          onSubmit={(passphrase) => void replace(passphrase)}
          otherActions={
            <Button variant="subtle" disabled={busy} onClick={() => void refresh()}>
              {t('vault.recover.notNow')}
            </Button>
          }
        >
          {busy && <Busy label={t('vault.recover.replacing')} />}
          {error !== null && <ErrorNote error={error} />}
        </ChoosePassphrase>
      </Stack>
    </Step>
  );
}
