import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { navigate, paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import classes from './team.module.css';

/** The eight words of an invitation, which make a request. */
export function AskToJoin({ onCancel }: { readonly onCancel: () => void }) {
  const t = useT();
  const errorText = useErrorText();
  const { team } = useWorkspace();
  const { again } = useExchange();
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  // A word that is mistyped is mended in the field it stands in.
  const mistyped = error !== null && codeOf(error).startsWith('words/') ? errorText(error) : null;
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      await team.ask(words);
      again();
      navigate(paths.team());
    } catch (failure) {
      setError(failure);
      setBusy(false);
      field.current?.focus();
    }
  };
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && words.trim() !== '') void ask();
      }}
    >
      <Stack gap="sm">
        <Textarea
          ref={field}
          label={t('team.join.words')}
          description={t('team.join.wordsHint')}
          value={words}
          error={mistyped && `${mistyped.says} ${mistyped.todo}`}
          autosize
          minRows={2}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setError(null);
          }}
        />
        {error !== null && mistyped === null && <ErrorNote error={error} />}
        <Group gap="xs">
          <Button type="submit" disabled={busy || words.trim() === ''}>
            {t('team.join.ask')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
