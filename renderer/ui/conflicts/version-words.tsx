import { Text } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { wordDiff } from '../observation/history/word-diff.ts';
import type { Words } from '../observation/value-words.ts';
import classes from './conflicts.module.css';

/**
 * One version's words. Where the common ancestor is known, what was added to it and taken from it is marked; of two
 * running texts without one, what the other does not have.
 */
export function VersionWords(props: {
  readonly words: readonly (Words | null)[];
  readonly index: number;
  readonly ancestor: Words | null;
}) {
  const { words, index, ancestor } = props;
  const t = useT();
  const own = words[index] ?? null;
  if (own === null) return <Text c="dimmed">{t('observation.values.empty')}</Text>;
  if (own.secret) return <Text>{t('observation.names.hidden')}</Text>;
  const other = words.length === 2 ? (words[1 - index] ?? null) : null;
  const before = ancestor ?? other;
  const comparable = own.prose && before?.prose === true;
  return (
    <div lang={own.lang ?? undefined} className={classes.asTyped}>
      {comparable
        ? wordDiff(before.text, own.text)
            .filter(({ kind }) => ancestor !== null || kind !== 'gone')
            .map(({ kind, text }, i) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place.
              if (kind === 'same') return <span key={i}>{text}</span>;
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              if (kind === 'gone') return <del key={i}>{text}</del>;
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              return <mark key={i}>{text}</mark>;
            })
        : own.text}
    </div>
  );
}
