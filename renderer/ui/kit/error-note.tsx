import { Alert, Button, Stack, Text } from '@mantine/core';
import { codeOf } from '@/core/base/coded-error.ts';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { AlertIcon } from './icons.ts';

/** A failure where it happened: what it was, what to do now, and a code to give to whoever helps. Read out at once. */
export function ErrorNote(props: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { error, onRetry } = props;
  const t = useT();
  const text = useErrorText()(error);
  return (
    <Alert color="red" icon={<AlertIcon aria-hidden />} title={text.says}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text.todo}</Text>
        <Text size="xs" c="dimmed">
          {t('kit.code', { code: codeOf(error) })}
        </Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('kit.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
