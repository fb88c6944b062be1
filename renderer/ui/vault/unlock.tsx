import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import type { Progress, UnlockSecret } from '@/core/workspace.ts';
import { useNotices } from '../app/notices.tsx';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { HereIcon, UnlockIcon } from '../kit/icons.ts';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { Step } from './step.tsx';
import { WipeOpener } from './wipe.tsx';

/** The locked vault's screen. */
export function Unlock(props: { readonly first: boolean; readonly onRecover: () => void }) {
  const { first, onRecover } = props;
  const t = useT();
  const workspace = useWorkspace();
  const { refresh } = useVaultState();
  const { add } = useNotices();
  const errorText = useErrorText();
  const [passphrase, setPassphrase] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;

  // Offered where somebody turned it on; a question that fails costs nothing but this button.
  const [hasKey, setHasKey] = useState(false);
  useEffect(() => {
    let gone = false;
    workspace.vault.keychain().then(
      ({ system, on }) => gone || setHasKey(on && system === 'ready'),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [workspace]);

  const unlock = async (secret: UnlockSecret) => {
    setError(null);
    setProgress({ step: 'deriving', done: 0, total: 0 });
    try {
      const { notices } = await workspace.vault.unlock(secret, setProgress);
      add(notices);
      await refresh();
    } catch (failure) {
      setError(failure);
      setProgress(null);
      field.current?.select();
      if (codeOf(failure) === 'host/busy') await refresh();
    }
  };

  return (
    <Step title={t('vault.unlock.title')} first={first}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (progress === null && passphrase !== '') void unlock({ passphrase });
        }}
      >
        <Stack gap="md">
          <PassphraseField
            ref={field}
            // The only thing anybody comes here for.
            autoFocus={first}
            label={t('vault.unlock.passphrase')}
            value={passphrase}
            readOnly={progress !== null}
            error={wrong && `${wrong.says} ${wrong.todo}`}
            onChange={(event) => {
              setPassphrase(event.currentTarget.value);
              setError(null);
            }}
          />
          {error !== null && wrong === null && <ErrorNote error={error} />}
          {progress !== null && <Busy progress={progress} />}
          <Group gap="sm">
            <Button
              type="submit"
              disabled={progress !== null || passphrase === ''}
              leftSection={<UnlockIcon size={18} aria-hidden />}
            >
              {t('vault.unlock.submit')}
            </Button>
            {hasKey && (
              <Button
                variant="default"
                disabled={progress !== null}
                leftSection={<HereIcon size={18} aria-hidden />}
                onClick={() => void unlock({ keychain: true })}
              >
                {t('vault.unlock.computerKey')}
              </Button>
            )}
            <Button variant="subtle" disabled={progress !== null} onClick={onRecover}>
              {t('vault.unlock.recover')}
            </Button>
          </Group>
          <WipeOpener />
        </Stack>
      </form>
    </Step>
  );
}
