import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { useT } from '../language/language.tsx';
import { ConfirmSomeWords } from '../vault/confirm-words.tsx';
import { RecoverySheet } from '../vault/recovery-sheet.tsx';
import { PassphraseForm } from './present-passphrase.tsx';

/** Twelve new words: the passphrase, the sheet, its check. */
export function RenewWords({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const [words, setWords] = useState<readonly string[] | null>(null);
  const [checking, setChecking] = useState(false);
  const [day] = useState(() => new Date().toISOString().slice(0, 10));
  if (words === null) return <Ask onMade={setWords} onCancel={onDone} />;
  if (!checking) {
    return <RecoverySheet words={words} day={day} onCheck={() => setChecking(true)} onLater={onDone} />;
  }
  return (
    <ConfirmSomeWords
      words={words}
      onDone={onDone}
      actions={
        <>
          <Button variant="subtle" onClick={() => setChecking(false)}>
            {t('vault.confirm.back')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('vault.words.later')}
          </Button>
        </>
      }
    />
  );
}

function Ask(props: { readonly onMade: (words: readonly string[]) => void; readonly onCancel: () => void }) {
  const { onMade, onCancel } = props;
  const t = useT();
  const { vault } = useWorkspace();
  return (
    <PassphraseForm
      submit={t('settings.security.renewSubmit')}
      progress={<Busy label={t('settings.security.renewing')} />}
      onSubmit={async (passphrase) => onMade((await vault.renewRecoveryWords(passphrase)).recoveryWords)}
      onCancel={onCancel}
    >
      <Text size="sm">{t('settings.security.renewSays')}</Text>
    </PassphraseForm>
  );
}
