import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { ChoosePassphrase } from '../vault/choose-passphrase.tsx';
import { PassphraseField } from '../vault/passphrase-field.tsx';

/** The present passphrase shows who asks: an open vault is no proof that its owner sits in front of it. */
export function ChangePassphrase({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const toast = useToast();
  const errorText = useErrorText();
  const [present, setPresent] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;
  const change = async (passphrase: string) => {
    setBusy(true);
    setError(null);
    try {
      await workspace.vault.changePassphrase({ passphrase: present }, passphrase);
      toast({ text: ({ t }) => t('settings.security.changed') });
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
      field.current?.select();
    }
  };
  return (
    <ChoosePassphrase
      submitLabel={t('vault.recover.replace')}
      busy={busy}
      onSubmit={(passphrase) => void change(passphrase)}
      before={
        <PassphraseField
          ref={field}
          label={t('settings.security.present')}
          value={present}
          readOnly={busy}
          error={wrong && `${wrong.says} ${wrong.todo}`}
          onChange={(event) => {
            setPresent(event.currentTarget.value);
            setError(null);
          }}
        />
      }
      otherActions={
        <Button variant="subtle" disabled={busy} onClick={onDone}>
          {t('kit.cancel')}
        </Button>
      }
    >
      {busy && <Busy label={t('vault.recover.replacing')} />}
      {error !== null && wrong === null && <ErrorNote error={error} />}
    </ChoosePassphrase>
  );
}
