import { Button, Text } from '@mantine/core';
import { useRef } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { OpenedText } from '@/core/model/correction.ts';
import { useReference } from '../../app/reference.tsx';
import { FieldShell, inputProps } from '../../fields/field.tsx';
import { LettersOpener } from '../../fields/typing/letters-opener.tsx';
import { PLAIN_TYPING } from '../../fields/typing/plain-typing.ts';
import { GrowingText } from '../../kit/growing-text.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import classes from './correction.module.css';
import { useTextName } from './names.ts';

/** A text of the source, and its translation to be written beside it. */
export function TranslatedField(props: {
  readonly text: OpenedText;
  readonly lang: Locale;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly first: boolean;
}) {
  const { text, lang, value, onChange, first } = props;
  const { name, original, seed, versions } = text;
  const t = useT();
  const nameOf = useTextName();
  const { catalogue } = useReference();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={classes.field}>
      <div className={classes.original}>
        <span className={classes.caption}>{t('catalogue.correction.original')}</span>
        <p lang={catalogue.source.lang}>{original}</p>
      </div>
      <div className={classes.own}>
        <FieldShell slots={<LettersOpener focus={() => area.current?.focus()} />}>
          <GrowingText
            {...inputProps({ label: nameOf(name) }, true)}
            {...PLAIN_TYPING}
            {...(first ? { 'data-autofocus': true } : {})}
            ref={area}
            lang={lang}
            rows={2}
            maxLength={20_000}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </FieldShell>
        {versions.length > 1 && <Versions text={text} lang={lang} onUse={onChange} />}
        {seed !== null && seed !== value.trim() && (
          <div className={classes.seed}>
            <Text size="xs" c="dimmed">
              {t('catalogue.correction.seed')}
            </Text>
            <p lang={lang}>{seed}</p>
            <Button size="compact-xs" variant="default" onClick={() => onChange(seed)}>
              {t('catalogue.correction.useSeed')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Wordings that people wrote without knowing of one another: whichever is saved settles it. */
function Versions(props: {
  readonly text: OpenedText;
  readonly lang: Locale;
  readonly onUse: (value: string) => void;
}) {
  const { text, lang, onUse } = props;
  const t = useT();
  const format = useFormat();
  const { members } = useReference();
  return (
    <div className={classes.conflict}>
      <Text size="sm" fw={600}>
        {t('catalogue.correction.conflict')}
      </Text>
      <ul>
        {text.versions.map(({ value, change, author, at }) => {
          const words = value?.text ?? text.seed ?? '';
          return (
            <li key={change}>
              <Text size="xs" c="dimmed">
                {members[author] ?? author} · {format.dateTime(at)}
              </Text>
              <p lang={lang}>{words}</p>
              <Button size="compact-xs" variant="default" onClick={() => onUse(words)}>
                {t('catalogue.correction.useThis')}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
