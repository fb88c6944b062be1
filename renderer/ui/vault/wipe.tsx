import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ariaChord, type Chord, useHotkey } from '../kit/hotkey.ts';
import { WipeIcon } from '../kit/icons.ts';
import { KeyHint } from '../kit/key-hint.tsx';
import { useT } from '../language/language.tsx';

/** Opens the question, never more: the deed itself takes a typed word. */
export const WIPE: Chord = 'Ctrl+Shift+KeyX';

const OpenWipe = createContext<() => void>(() => undefined);

/**
 * Makes the quick wipe reachable from every screen of a vault, locked or open. It asks for no passphrase: whoever
 * holds the computer could delete the folder as well, and whoever has to hurry may have no time to type one.
 */
export function WipeProvider({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const { status } = useVaultState();
  const [asking, setAsking] = useState(false);
  const there = status.state === 'open' || status.state === 'locked';
  useHotkey(WIPE, () => setAsking(true), there);
  return (
    <OpenWipe.Provider value={() => setAsking(true)}>
      {children}
      <Modal.Root opened={asking && there} onClose={() => setAsking(false)} size="lg">
        <Modal.Overlay />
        <Modal.Content>
          {/* Modal.Header would be a second banner of the page. */}
          <Modal.Body pt="md">
            <Group justify="space-between" wrap="nowrap" mb="sm">
              <Modal.Title fz="h3" fw={600}>
                {t('vault.wipe.title')}
              </Modal.Title>
              <Modal.CloseButton aria-label={t('kit.close')} />
            </Group>
            <Wipe onCancel={() => setAsking(false)} onDone={() => setAsking(false)} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </OpenWipe.Provider>
  );
}

const DOES = ['keys', 'passphrase', 'fast'] as const;
const DOES_NOT = ['journal', 'drive', 'copies', 'exports'] as const;

function Wipe(props: { readonly onCancel: () => void; readonly onDone: () => void }) {
  const { onCancel, onDone } = props;
  const t = useT();
  const workspace = useWorkspace();
  const { refresh } = useVaultState();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const word = t('vault.wipe.word');
  const agreed = typed.trim().toLowerCase() === word.toLowerCase();
  const wipe = async () => {
    setBusy(true);
    setError(null);
    try {
      await workspace.vault.wipe();
      onDone();
      await refresh();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (agreed && !busy) void wipe();
      }}
    >
      <Stack gap="sm">
        <Text>{t('vault.wipe.says')}</Text>
        <TextInput
          data-autofocus
          label={t('vault.wipe.type', { word })}
          value={typed}
          disabled={busy}
          autoComplete="off"
          autoCapitalize="off"
          maw="20rem"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {busy && <Busy label={t('vault.wipe.busy')} />}
        {error !== null && <ErrorNote error={error} />}
        <Group gap="sm">
          <Button type="submit" color="red" disabled={!agreed || busy}>
            {t('vault.wipe.submit')}
          </Button>
          <Button variant="default" disabled={busy} onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
        <WipeFacts />
      </Stack>
    </form>
  );
}

/** What the wipe achieves and what it cannot. */
export function WipeFacts() {
  const t = useT();
  return (
    <>
      <Text size="sm" fw={600}>
        {t('vault.wipe.doesTitle')}
      </Text>
      <List size="sm" spacing={4}>
        {DOES.map((fact) => (
          <List.Item key={fact}>{t(`vault.wipe.does.${fact}`)}</List.Item>
        ))}
      </List>
      <Text size="sm" fw={600}>
        {t('vault.wipe.doesNotTitle')}
      </Text>
      <List size="sm" spacing={4}>
        {DOES_NOT.map((fact) => (
          <List.Item key={fact}>{t(`vault.wipe.doesNot.${fact}`)}</List.Item>
        ))}
      </List>
    </>
  );
}

/** Opens the question from a screen; quiet on the locked one, where it is a last resort. */
export function WipeOpener({ quiet = true }: { readonly quiet?: boolean }) {
  const t = useT();
  const open = useContext(OpenWipe);
  return (
    <Button
      variant={quiet ? 'subtle' : 'outline'}
      color={quiet ? 'gray' : 'red'}
      {...(quiet ? { c: 'dimmed' } : {})}
      size={quiet ? 'xs' : 'sm'}
      leftSection={<WipeIcon size={16} aria-hidden />}
      rightSection={<KeyHint chord={WIPE} />}
      aria-keyshortcuts={ariaChord(WIPE)}
      style={{ alignSelf: 'flex-start' }}
      onClick={open}
    >
      {t('vault.wipe.open')}
    </Button>
  );
}
