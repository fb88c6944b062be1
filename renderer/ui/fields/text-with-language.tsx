import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TextLang } from '@/core/base/locales.ts';
import type { Text } from '@/core/model/observation.ts';
import { guessLanguage } from '@/core/model/typing.ts';
import { GrowingText } from '../kit/growing-text.tsx';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { LanguageChip } from './language-chip.tsx';
import { correctRange, type TextControl } from './typing/insert.ts';
import { LettersOpener } from './typing/letters-opener.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/**
 * Text that knows its language: guessed from its letters until the person chooses one. A text that came with another
 * language than its letters suggest was chosen before, and stays so. Give the field a `key` per record.
 */
export function TextWithLanguage(
  props: FieldProps & {
    readonly value: Text;
    readonly onChange: (value: Text) => void;
    /** A textarea that grows with its text. */
    readonly multiline?: boolean;
    readonly minRows?: number;
    readonly placeholder?: string;
  },
) {
  const { value, onChange, multiline = false, minRows = 3, placeholder } = props;
  const { text, lang } = value;
  const [chosen, setChosen] = useState(() => text !== '' && guessLanguage(text, lang) !== lang);
  const input = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const control = (): TextControl | null => area.current ?? input.current;
  const switchedTo = useRef<TextLang | null>(null);

  const switchTo = (next: TextLang, typed: string) => {
    if (next !== lang) switchedTo.current = next;
    onChange({ text: typed, lang: next });
  };
  const type = (typed: string) => {
    // A text begun anew may be in another language.
    if (typed === '') setChosen(false);
    switchTo(chosen ? lang : guessLanguage(typed, lang), typed);
  };

  // Words typed before the text was known to be Uzbek Latin get the right letters too, in one step that can be undone.
  // A browser refuses the command inside of another one's events, so it waits until they are over.
  useEffect(() => {
    const switched = switchedTo.current === lang && lang === 'uz-Latn';
    switchedTo.current = null;
    if (!switched) return;
    queueMicrotask(() => {
      const field = area.current ?? input.current;
      if (field !== null) correctRange(field, 0, field.value.length);
    });
  }, [lang]);

  const shared = {
    ...inputProps(props, 'wide'),
    ...PLAIN_TYPING,
    placeholder,
    lang: lang === 'other' ? '' : lang,
  };
  return (
    <FieldShell
      history={props.history}
      slots={
        <>
          <LettersOpener focus={() => control()?.focus()} />
          <LanguageChip
            lang={lang}
            guessed={!chosen}
            onChoose={(next) => {
              setChosen(true);
              switchTo(next, text);
              control()?.focus();
            }}
          />
        </>
      }
    >
      {multiline ? (
        <GrowingText
          {...shared}
          ref={area}
          rows={minRows}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...shared}
          ref={input}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
    </FieldShell>
  );
}
