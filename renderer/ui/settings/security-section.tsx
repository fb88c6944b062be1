import { Alert, Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Profile } from '@/core/workspace.ts';
import { LOCK } from '../app/top-bar.tsx';
import { useLock, useWorkspace } from '../app/workspace.tsx';
import { Disclosure } from '../kit/disclosure.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ariaChord } from '../kit/hotkey.ts';
import { DoneIcon, KeyIcon, LockIcon } from '../kit/icons.ts';
import { KeyHint } from '../kit/key-hint.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { ConfirmAllWords } from '../vault/confirm-words.tsx';
import { ChangePassphrase } from './change-passphrase.tsx';
import { ComputerKey } from './computer-key.tsx';
import { RenewWords } from './renew-words.tsx';
import { Section } from './section.tsx';

const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120];

/** How the vault locks and what opens it. */
export function SecuritySection(props: { readonly profile: Profile; readonly onChanged: () => void }) {
  const { profile, onChanged } = props;
  const t = useT();
  const lock = useLock();
  return (
    <Section title={t('settings.security.title')} says={t('settings.security.says')}>
      <IdleMinutes profile={profile} onChanged={onChanged} />
      <Button
        variant="default"
        leftSection={<LockIcon size={18} aria-hidden />}
        rightSection={<KeyHint chord={LOCK} />}
        aria-keyshortcuts={ariaChord(LOCK)}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => void lock()}
      >
        {t('settings.security.lockNow')}
      </Button>
      <Disclosure label={t('settings.security.change')} icon={<KeyIcon size={18} aria-hidden />}>
        {(close) => <ChangePassphrase onDone={close} />}
      </Disclosure>
      <RecoveryState profile={profile} onChanged={onChanged} />
      <Disclosure label={t('settings.security.renew')} icon={<KeyIcon size={18} aria-hidden />}>
        {(close) => (
          <RenewWords
            onDone={() => {
              close();
              onChanged();
            }}
          />
        )}
      </Disclosure>
      <ComputerKey />
    </Section>
  );
}

function IdleMinutes(props: { readonly profile: Profile; readonly onChanged: () => void }) {
  const { profile, onChanged } = props;
  const t = useT();
  const workspace = useWorkspace();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const choices = [...new Set([...MINUTES, profile.idleMinutes])].sort((one, other) => one - other);
  const keep = async (idleMinutes: number) => {
    await workspace.vault.setProfile({ idleMinutes });
    onChanged();
  };
  const choose = async (minutes: number) => {
    const before = profile.idleMinutes;
    setError(null);
    try {
      await keep(minutes);
      toast({
        text: ({ t }) => t('settings.kept', { what: t('settings.security.idle') }),
        undo: () => keep(before),
      });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      <NativeSelect
        label={t('settings.security.idle')}
        description={t('settings.security.idleHint')}
        value={profile.idleMinutes}
        maw="24rem"
        onChange={(event) => void choose(Number(event.currentTarget.value))}
        data={choices.map((count) => ({
          value: String(count),
          label: t('settings.security.minutes', { minutes: count }),
        }))}
      />
      {error !== null && <ErrorNote error={error} />}
    </>
  );
}

function RecoveryState(props: { readonly profile: Profile; readonly onChanged: () => void }) {
  const { profile, onChanged } = props;
  const t = useT();
  // Nobody was shown the words of a practice vault.
  if (profile.demo) return null;
  if (profile.recoveryConfirmed) {
    return (
      <Text size="sm" style={{ display: 'flex', gap: '0.4rem', alignItems: 'center' }}>
        <DoneIcon size={18} aria-hidden />
        {t('settings.security.confirmed')}
      </Text>
    );
  }
  return (
    <Alert color="lake" icon={<KeyIcon aria-hidden />} title={t('vault.reminder.title')} role="note">
      <Stack gap="sm">
        <Text size="sm">{t('vault.reminder.says')}</Text>
        <Disclosure label={t('settings.security.confirm')}>
          {() => <ConfirmAllWords onDone={onChanged} />}
        </Disclosure>
      </Stack>
    </Alert>
  );
}
