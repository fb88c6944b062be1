import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import type { CopyContent, CopyToRestore, Progress, Secret } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { GrowingText } from '../kit/growing-text.tsx';
import { DoneIcon, UnlockIcon } from '../kit/icons.ts';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { PassphraseField } from './passphrase-field.tsx';

/** Failures that lie in what was typed: said at the field. */
const TYPED = ['vault/wrong-passphrase', 'vault/wrong-words', 'words/count', 'words/unknown'];

/** Opens a found copy by what a person knows, says what is in it, and only then offers to put it in place. */
export function OpenCopy(props: {
  readonly copy: CopyToRestore;
  readonly busy: boolean;
  readonly onRestore: (secret: Secret) => void;
}) {
  const { copy, busy, onRestore } = props;
  const t = useT();
  const workspace = useWorkspace();
  const errorText = useErrorText();
  const [byWords, setByWords] = useState(false);
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [content, setContent] = useState<CopyContent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const inField = error !== null && TYPED.includes(codeOf(error)) ? errorText(error) : null;
  const secret: Secret = byWords ? { recoveryWords: typed } : { passphrase: typed };

  const open = async () => {
    setError(null);
    setProgress({ step: 'deriving', done: 0, total: 0 });
    try {
      setContent(await workspace.restore.open(copy.id, secret, setProgress));
    } catch (failure) {
      setError(failure);
    }
    setProgress(null);
  };
  const onType = (text: string) => {
    setTyped(text);
    setError(null);
  };
  const field = {
    value: typed,
    readOnly: progress !== null || content !== null,
    error: inField && `${inField.says} ${inField.todo}`,
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (progress === null && content === null && typed.trim() !== '') void open();
      }}
    >
      <Stack gap="md">
        {byWords ? (
          <GrowingText
            {...field}
            label={t('vault.recover.words')}
            description={t('vault.confirm.allHint')}
            rows={3}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => onType(event.currentTarget.value)}
          />
        ) : (
          <PassphraseField
            {...field}
            label={t('vault.unlock.passphrase')}
            onChange={(event) => onType(event.currentTarget.value)}
          />
        )}
        {error !== null && inField === null && <ErrorNote error={error} />}
        {progress !== null && <Busy progress={progress} />}
        {content === null ? (
          <Group gap="sm">
            <Button
              type="submit"
              disabled={progress !== null || typed.trim() === ''}
              leftSection={<UnlockIcon size={18} aria-hidden />}
            >
              {t('vault.restore.open')}
            </Button>
            <Button
              variant="subtle"
              disabled={progress !== null}
              onClick={() => {
                setByWords(!byWords);
                onType('');
              }}
            >
              {byWords ? t('vault.restore.byPassphrase') : t('vault.restore.byWords')}
            </Button>
          </Group>
        ) : (
          <>
            <Alert
              color={content.damaged ? 'yellow' : 'lake'}
              role="status"
              icon={<DoneIcon aria-hidden />}
              title={t('vault.restore.content', { number: content.observations })}
            >
              <Stack gap="xs">
                {content.damaged && <Text size="sm">{t('vault.restore.damaged')}</Text>}
                <Text size="sm">{t('vault.restore.device')}</Text>
              </Stack>
            </Alert>
            <Button disabled={busy} style={{ alignSelf: 'flex-start' }} onClick={() => onRestore(secret)}>
              {t('vault.restore.submit')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}
