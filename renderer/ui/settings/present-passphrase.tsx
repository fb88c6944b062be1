import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { ErrorNote } from '../kit/error-note.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { PassphraseField } from '../vault/passphrase-field.tsx';

/**
 * Asks for the present passphrase before something is done with it: an open vault is no proof that its owner sits in
 * front of it. `run` does `work`, and keeps what was typed when it fails; after a success the form is the caller's to
 * take away. A wrong passphrase is said at `field`, anything else in `failure`.
 */
export function usePresentPassphrase() {
  const t = useT();
  const errorText = useErrorText();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;
  const run = async (work: (passphrase: string) => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work(passphrase);
    } catch (failure) {
      setError(failure);
      setBusy(false);
      input.current?.select();
    }
  };
  const field = (
    <PassphraseField
      ref={input}
      label={t('settings.security.present')}
      value={passphrase}
      readOnly={busy}
      error={wrong && `${wrong.says} ${wrong.todo}`}
      onChange={(event) => {
        setPassphrase(event.currentTarget.value);
        setError(null);
      }}
    />
  );
  const failure = error !== null && wrong === null ? <ErrorNote error={error} /> : null;
  return { isEmpty: passphrase === '', busy, run, field, failure };
}

/** What will be done, in words; the passphrase; and a button that does it. */
export function PassphraseForm(props: {
  readonly children: ReactNode;
  readonly submit: string;
  /** Shown while it is done. */
  readonly progress: ReactNode;
  readonly onSubmit: (passphrase: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { children, submit, progress, onSubmit, onCancel } = props;
  const t = useT();
  const { isEmpty, busy, run, field, failure } = usePresentPassphrase();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !isEmpty) void run(onSubmit);
      }}
    >
      <Stack gap="sm">
        {children}
        {field}
        {busy && progress}
        {failure}
        <Group gap="sm">
          <Button type="submit" disabled={busy || isEmpty}>
            {submit}
          </Button>
          <Button variant="subtle" disabled={busy} onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
