import { Alert, Stack, Text } from '@mantine/core';
import type { FormProblem } from '@/core/model/form.ts';
import { AlertIcon } from '../kit/icons.ts';
import { useCodeText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import classes from './settings.module.css';

const BEFORE = 60;
const AFTER = 40;

/** The line of the fault, cut to what is near it, and a mark under its column; null when there is no such line. */
export function excerptOf(text: string, line: number, column: number): string | null {
  const found = text.split(/\r\n|\r|\n/)[line - 1];
  if (found === undefined || found.trim() === '') return null;
  const from = Math.max(0, column - 1 - BEFORE);
  const shown = found.slice(from, column - 1 + AFTER).replaceAll('\t', ' ');
  const [head, tail] = [from > 0 ? '…' : '', from + shown.length < found.length ? '…' : ''];
  return `${head}${shown}${tail}\n${' '.repeat(head.length + column - 1 - from)}^`;
}

/** Why a form file was refused: in which line and column, for what reason, and the line itself. */
export function FormRefusal(props: {
  readonly file: string;
  readonly text: string;
  readonly problem: FormProblem;
  readonly onClose: () => void;
}) {
  const { file, text, problem, onClose } = props;
  const t = useT();
  const words = useCodeText()(problem.code, problem.detail);
  const excerpt = excerptOf(text, problem.line, problem.column);
  return (
    <Alert
      color="red"
      icon={<AlertIcon aria-hidden />}
      title={t('settings.forms.refused', { file })}
      withCloseButton
      closeButtonLabel={t('kit.close')}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm">
          {t('settings.forms.place', { line: problem.line, column: problem.column })} {words.says}
        </Text>
        {excerpt !== null && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
          <section className={classes.excerpt} tabIndex={0} aria-label={t('settings.forms.excerpt')}>
            {excerpt}
          </section>
        )}
        <Text size="sm">{words.todo}</Text>
      </Stack>
    </Alert>
  );
}
