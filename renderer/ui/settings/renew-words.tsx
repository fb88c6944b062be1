import { Button, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { ConfirmSomeWords } from '../vault/confirm-words.tsx';
import { PassphraseField } from '../vault/passphrase-field.tsx';
import { RecoverySheet } from '../vault/recovery-sheet.tsx';

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
  const workspace = useWorkspace();
  const errorText = useErrorText();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;
  const renew = async () => {
    setBusy(true);
    setError(null);
    try {
      onMade((await workspace.vault.renewRecoveryWords(passphrase)).recoveryWords);
    } catch (failure) {
      setError(failure);
      setBusy(false);
      field.current?.select();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && passphrase !== '') void renew();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('settings.security.renewSays')}</Text>
        <PassphraseField
          ref={field}
          label={t('settings.security.present')}
          value={passphrase}
          readOnly={busy}
          error={wrong && `${wrong.says} ${wrong.todo}`}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setError(null);
          }}
        />
        {busy && <Busy label={t('settings.security.renewing')} />}
        {error !== null && wrong === null && <ErrorNote error={error} />}
        <Group gap="sm">
          <Button type="submit" disabled={busy || passphrase === ''}>
            {t('settings.security.renewSubmit')}
          </Button>
          <Button variant="subtle" disabled={busy} onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
