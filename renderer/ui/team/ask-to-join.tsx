import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { codeOf } from '@/core/base/coded-error.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useErrorText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { WayForm } from './way-form.tsx';

/** The eight words of an invitation, which make a request. */
export function AskToJoin({ onCancel }: { readonly onCancel: () => void }) {
  const t = useT();
  const errorText = useErrorText();
  const { team } = useWorkspace();
  const [words, setWords] = useState('');
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  // A word that is mistyped is mended in the field it stands in.
  const mistyped = error !== null && codeOf(error).startsWith('words/') ? errorText(error) : null;
  return (
    <WayForm
      ready={words.trim() !== ''}
      submitLabel={t('team.join.ask')}
      onSubmit={() => team.ask(words)}
      onCancel={onCancel}
      error={mistyped === null ? error : null}
      onError={(failure) => {
        setError(failure);
        if (failure !== null) field.current?.focus();
      }}
    >
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
    </WayForm>
  );
}
