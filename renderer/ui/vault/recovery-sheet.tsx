import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { AlertIcon, PrintIcon } from '../kit/icons.ts';
import { PrintedSheet, WordList } from '../kit/printed-sheet.tsx';
import { useFormat, useT } from '../language/language.tsx';

/**
 * Twelve recovery words, shown once. They leave the screen by printer or by hand: there is no copying and no file.
 * `day` is the ISO day they were made on.
 */
export function RecoverySheet(props: {
  readonly words: readonly string[];
  readonly day: string;
  readonly onCheck: () => void;
  readonly onLater: () => void;
}) {
  const { words, day, onCheck, onLater } = props;
  const t = useT();
  const format = useFormat();
  return (
    <Stack gap="md">
      <Text>{t('vault.words.says')}</Text>
      <WordList words={words} label={t('vault.words.list')} />
      <PrintedSheet
        words={words}
        label={t('vault.words.list')}
        title={t('vault.words.sheetTitle')}
        date={t('vault.words.sheetDate', { date: format.date(day) })}
        says={[t('vault.words.sheetFor'), t('vault.words.sheetHow'), t('vault.words.sheetKeep')]}
      />
      <Alert icon={<AlertIcon aria-hidden />} color="yellow">
        {t('vault.words.once')}
      </Alert>
      <Group gap="sm">
        <Button
          leftSection={<PrintIcon size={18} aria-hidden />}
          variant="default"
          onClick={() => window.print()}
        >
          {t('vault.words.print')}
        </Button>
        <Button onClick={onCheck}>{t('vault.words.check')}</Button>
        <Button variant="subtle" onClick={onLater}>
          {t('vault.words.later')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('vault.words.laterSays')}
      </Text>
    </Stack>
  );
}
