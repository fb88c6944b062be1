import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import type { KeychainState } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { Disclosure } from '../kit/disclosure.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { KeyIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { PassphraseField } from '../vault/passphrase-field.tsx';

/** The extra way in by the key that the system keeps for this account; nothing where there is none, as in page mode. */
export function ComputerKey() {
  const t = useT();
  const workspace = useWorkspace();
  const [state, setState] = useState<KeychainState | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => workspace.vault.keychain().then(setState, setError), [workspace]);
  useEffect(() => {
    void load();
  }, [load]);
  if (error !== null) return <ErrorNote error={error} onRetry={() => void load()} />;
  if (state === null || (state.system === 'none' && !state.on)) return null;
  if (state.system === 'unprotected' && !state.on) {
    return (
      <Text size="sm" c="dimmed">
        {t('settings.computerKey.unprotected')}
      </Text>
    );
  }
  return (
    <Disclosure
      label={t(state.on ? 'settings.computerKey.off' : 'settings.computerKey.on')}
      icon={<KeyIcon size={18} aria-hidden />}
    >
      {(close) => (
        <Turn
          on={state.on}
          onDone={() => {
            close();
            void load();
          }}
        />
      )}
    </Disclosure>
  );
}

/** What it trades, and the passphrase: an open vault is no proof that its owner sits in front of it. */
function Turn({ on, onDone }: { readonly on: boolean; readonly onDone: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const toast = useToast();
  const errorText = useErrorText();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const wrong = error !== null && codeOf(error) === 'vault/wrong-passphrase' ? errorText(error) : null;
  const turn = async () => {
    setBusy(true);
    setError(null);
    try {
      await (on ? workspace.vault.turnKeychainOff(passphrase) : workspace.vault.turnKeychainOn(passphrase));
      toast({ text: ({ t }) => t(on ? 'settings.computerKey.isOff' : 'settings.computerKey.isOn') });
      onDone();
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
        if (!busy && passphrase !== '') void turn();
      }}
    >
      <Stack gap="sm">
        {on ? (
          <Text size="sm">{t('settings.computerKey.offSays')}</Text>
        ) : (
          <>
            <Text size="sm">{t('settings.computerKey.says')}</Text>
            <List size="sm" spacing="xs">
              <List.Item>{t('settings.computerKey.anybody')}</List.Item>
              <List.Item>{t('settings.computerKey.lock')}</List.Item>
              <List.Item>{t('settings.computerKey.gone')}</List.Item>
            </List>
          </>
        )}
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
        {busy && <Busy progress={{ step: 'deriving', done: 0, total: 0 }} />}
        {error !== null && wrong === null && <ErrorNote error={error} />}
        <Group gap="sm">
          <Button type="submit" disabled={busy || passphrase === ''}>
            {t(on ? 'settings.computerKey.turnOff' : 'settings.computerKey.turnOn')}
          </Button>
          <Button variant="subtle" disabled={busy} onClick={onDone}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
