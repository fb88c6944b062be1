import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { createPortal } from 'react-dom';
import { AlertIcon, PrintIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import print from './print.module.css';
import classes from './vault.module.css';

/** The words in order; numbers are drawn by the style, so a screen reader counts the list itself. */
function WordList(props: { readonly words: readonly string[]; readonly className: string | undefined }) {
  const t = useT();
  return (
    <ol className={props.className} aria-label={t('vault.words.list')}>
      {props.words.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal words apart.
        <li key={index}>{word}</li>
      ))}
    </ol>
  );
}

/** What comes out of the printer: the words and what they are for, nothing of the vault and nobody's name. */
function PrintedSheet(props: { readonly words: readonly string[]; readonly day: string }) {
  const { words, day } = props;
  const t = useT();
  const format = useFormat();
  return createPortal(
    <div className={print.sheet}>
      <h1>{t('vault.words.sheetTitle')}</h1>
      <p>{t('vault.words.sheetDate', { date: format.date(day) })}</p>
      <WordList words={words} className={print.words} />
      <p>{t('vault.words.sheetFor')}</p>
      <p>{t('vault.words.sheetHow')}</p>
      <p>{t('vault.words.sheetKeep')}</p>
    </div>,
    document.body,
  );
}

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
  return (
    <Stack gap="md">
      <Text>{t('vault.words.says')}</Text>
      <WordList words={words} className={classes.sheet} />
      <PrintedSheet words={words} day={day} />
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
