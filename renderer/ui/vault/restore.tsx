import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { About, CopyToRestore, Secret } from '@/core/workspace.ts';
import { useNotices } from '../app/notices.tsx';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AlertIcon, FolderIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import { OpenCopy } from './open-copy.tsx';
import { ReplacePassphrase } from './recover.tsx';
import { Step } from './step.tsx';
import { TypedFolder } from './typed-folder.tsx';

/** From a stick with a safety copy to an open vault: where is it, what opens it, what is in it, and only then in place. */
export function Restore({ onBack }: { readonly onBack: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const { refresh } = useVaultState();
  const { add } = useNotices();
  const [copies, setCopies] = useState<readonly CopyToRestore[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState<'looking' | 'restoring' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [words, setWords] = useState<string | null>(null);

  const find = async (typed: string | null) => {
    setBusy('looking');
    setError(null);
    setCopies(null);
    try {
      const found = await workspace.restore.find(typed);
      setCopies(found);
      setChosen(found?.find(({ state }) => state === 'whole')?.id ?? null);
    } catch (failure) {
      setError(failure);
    }
    setBusy(null);
  };
  const restore = async (copy: CopyToRestore, secret: Secret) => {
    setBusy('restoring');
    setError(null);
    try {
      await workspace.restore.restore(copy.id);
      const { notices } = await workspace.vault.unlock(secret, () => undefined);
      add(notices);
      // Whoever came by the recovery words has no passphrase that works for her.
      if ('recoveryWords' in secret) setWords(secret.recoveryWords);
      else await refresh();
    } catch (failure) {
      setError(failure);
      setBusy(null);
    }
  };

  if (words !== null) return <ReplacePassphrase recoveryWords={words} />;
  const copy = copies?.find(({ id }) => id === chosen);
  return (
    <Step title={t('vault.restore.title')}>
      <Stack gap="md">
        <Text>{t('vault.restore.says')}</Text>
        <ChooseFolder busy={busy !== null} onChoose={(typed) => void find(typed)} />
        {busy === 'looking' && <Busy label={t('vault.restore.looking')} />}
        {copies !== null && copies.length === 0 && (
          <Alert color="yellow" role="status" icon={<AlertIcon aria-hidden />}>
            {t('vault.restore.none')}
          </Alert>
        )}
        {copies !== null && copies.length > 0 && (
          <Copies copies={copies} chosen={chosen} busy={busy !== null} onChoose={setChosen} />
        )}
        {copy !== undefined && (
          <OpenCopy
            key={copy.id}
            copy={copy}
            busy={busy !== null}
            onRestore={(secret) => void restore(copy, secret)}
          />
        )}
        {busy === 'restoring' && <Busy label={t('vault.restore.restoring')} />}
        {error !== null && <ErrorNote error={error} />}
        <Group>
          <Button variant="subtle" disabled={busy !== null} onClick={onBack}>
            {t('vault.first.back')}
          </Button>
        </Group>
      </Stack>
    </Step>
  );
}

function ChooseFolder(props: { readonly busy: boolean; readonly onChoose: (typed: string | null) => void }) {
  const { busy, onChoose } = props;
  const t = useT();
  const workspace = useWorkspace();
  const [mode, setMode] = useState<About['mode'] | null>(null);
  useEffect(() => {
    // A host that does not answer is told as soon as something is asked of it.
    workspace.about().then(
      (about) => setMode(about.mode),
      () => undefined,
    );
  }, [workspace]);
  if (mode === 'electron') {
    return (
      <Button
        variant="default"
        leftSection={<FolderIcon size={18} aria-hidden />}
        disabled={busy}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChoose(null)}
      >
        {t('settings.safety.choose')}
      </Button>
    );
  }
  if (mode === null) return null;
  return (
    <TypedFolder
      label={t('vault.restore.folder')}
      hint={t('vault.restore.folderHint', { example: 'E:\\copies' })}
      submit={t('vault.restore.look')}
      busy={busy}
      onChoose={onChoose}
    />
  );
}

function Copies(props: {
  readonly copies: readonly CopyToRestore[];
  readonly chosen: string | null;
  readonly busy: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const { copies, chosen, busy, onChoose } = props;
  const t = useT();
  const format = useFormat();
  const made = ({ at, journalBytes }: CopyToRestore) =>
    t('vault.restore.made', {
      age: format.relative(at, Date.now()),
      time: format.dateTime(at),
      size: format.fileSize(journalBytes),
    });
  return (
    <Radio.Group label={t('vault.restore.found')} value={chosen} onChange={onChoose}>
      <Stack gap="xs" mt="xs">
        {copies.map((copy) => (
          <Radio
            key={copy.id}
            value={copy.id}
            disabled={busy || copy.state !== 'whole'}
            label={copy.state === 'newer' ? t('vault.restore.newer') : made(copy)}
            description={
              copy.state === 'torn'
                ? t('vault.restore.torn')
                : copy.before
                  ? t('vault.restore.before')
                  : undefined
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
