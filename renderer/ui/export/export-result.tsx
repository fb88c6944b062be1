import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { GrowingText } from '../kit/growing-text.tsx';
import { AlertIcon, CheckIcon, CopyIcon, DoneIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import type { ExportedFile } from './use-export.ts';

/** Where the file is, and that from now on it is only as safe as the disk it lies on. */
export function ExportResult(props: { readonly result: ExportedFile; readonly onClose: () => void }) {
  const { result, onClose } = props;
  const t = useT();
  const format = useFormat();
  const path = useRef<HTMLTextAreaElement>(null);
  const copyButton = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => copyButton.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(result.path);
      setCopied(true);
    } catch {
      // Where the clipboard is refused, the path stands marked and Ctrl+C takes it.
      path.current?.select();
    }
  };
  return (
    <Stack gap="md">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Text c="var(--mantine-color-success)" component="span" lh={1}>
          <DoneIcon size={22} aria-hidden />
        </Text>
        <Text role="status" fw={600}>
          {t('export.done.says', { size: format.fileSize(result.bytes) })}
        </Text>
      </Group>
      <Group gap="xs" align="flex-end" wrap="wrap">
        <GrowingText
          ref={path}
          readOnly
          label={t('export.done.path')}
          value={result.path}
          style={{ flex: '1 1 16rem' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          ref={copyButton}
          variant="default"
          leftSection={copied ? <CheckIcon size={16} aria-hidden /> : <CopyIcon size={16} aria-hidden />}
          onClick={() => void copy()}
        >
          {copied ? t('export.done.copied') : t('export.done.copy')}
        </Button>
      </Group>
      <Alert color="yellow" icon={<AlertIcon aria-hidden />} title={t('export.done.clear')}>
        <Text size="sm">{t('export.done.clearTodo')}</Text>
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('kit.close')}</Button>
      </Group>
    </Stack>
  );
}
