import { List, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { KeychainState } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { Disclosure } from '../kit/disclosure.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { KeyIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { PassphraseForm } from './present-passphrase.tsx';

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

/** What it trades, and the passphrase. */
function Turn({ on, onDone }: { readonly on: boolean; readonly onDone: () => void }) {
  const t = useT();
  const { vault } = useWorkspace();
  const toast = useToast();
  return (
    <PassphraseForm
      submit={t(on ? 'settings.computerKey.turnOff' : 'settings.computerKey.turnOn')}
      progress={<Busy progress={{ step: 'deriving', done: 0, total: 0 }} />}
      onSubmit={async (passphrase) => {
        await (on ? vault.turnKeychainOff(passphrase) : vault.turnKeychainOn(passphrase));
        toast({ text: ({ t }) => t(on ? 'settings.computerKey.isOff' : 'settings.computerKey.isOn') });
        onDone();
      }}
      onCancel={onDone}
    >
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
    </PassphraseForm>
  );
}
