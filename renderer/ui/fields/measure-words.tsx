import { Text } from '@mantine/core';
import { SeveralVersions } from '../conflicts/several-versions.tsx';
import classes from './field.module.css';
import type { MeasureWords } from './measures.ts';

/** A measure in its sentence: what it shares with its neighbours stands back. */
export function MeasureSentence(props: {
  readonly words: MeasureWords;
  readonly lang: string;
  readonly size?: 'xs' | 'sm';
  readonly dimmed?: boolean;
}) {
  const { words, lang, size = 'sm', dimmed = false } = props;
  const around = (text: string) => (
    <Text span inherit className={classes.second}>
      {text}
    </Text>
  );
  return (
    <Text size={size} lang={lang} {...(dimmed ? { className: classes.second } : {})}>
      {words.leadIn !== '' && <>{around(words.leadIn)} </>}
      {words.text}
      {words.trailing !== '' && <> {around(words.trailing)}</>}
      {words.contested === true && (
        <>
          {' '}
          <SeveralVersions />
        </>
      )}
    </Text>
  );
}
