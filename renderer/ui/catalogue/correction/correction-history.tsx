import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { Locale } from '@/core/base/locales.ts';
import { correctedTextSchema } from '@/core/model/correction.ts';
import type { HistoryEntry } from '@/core/workspace.ts';
import { useReference } from '../../app/reference.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { HistoryIcon } from '../../kit/icons.ts';
import { useFormat, useT } from '../../language/language.tsx';
import { wordDiff } from '../../observation/history/word-diff.ts';
import classes from './correction.module.css';
import { useTextName } from './names.ts';

/** Who changed which words of this translation, and when; asked for on request. */
export function CorrectionHistory({ lang, code }: { readonly lang: Locale; readonly code: string }) {
  const t = useT();
  const { corrections } = useWorkspace();
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (error !== null) return <ErrorNote error={error} />;
  if (entries === null) {
    return (
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<HistoryIcon size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => corrections.history(lang, code).then(setEntries, setError)}
      >
        {t('catalogue.correction.history')}
      </Button>
    );
  }
  return (
    <section aria-label={t('catalogue.correction.history')}>
      <Text fw={600} mb={4}>
        {t('catalogue.correction.history')}
      </Text>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('catalogue.correction.noHistory')}
        </Text>
      ) : (
        <Entries entries={entries} lang={lang} />
      )}
    </section>
  );
}

function Entries({ entries, lang }: { readonly entries: readonly HistoryEntry[]; readonly lang: Locale }) {
  const format = useFormat();
  const nameOf = useTextName();
  const { members } = useReference();
  return (
    <ol className={classes.history} reversed>
      {[...entries].reverse().map((entry) => (
        <li key={entry.change}>
          <Text size="sm">
            <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>{' '}
            <b>{members[entry.author] ?? entry.author}</b>
          </Text>
          <dl>
            {entry.fields.map(({ name, value, before }) => (
              <div key={name}>
                <dt>{nameOf(name)}</dt>
                <dd>
                  <Edited value={value} before={before} lang={lang} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

/** Null for Baikoo's own text, and for a value that only a newer version can read. */
const read = (value: Json | undefined) => correctedTextSchema.safeParse(value).data ?? null;

function Edited(props: { readonly value: Json; readonly before: readonly Json[]; readonly lang: Locale }) {
  const { value, before, lang } = props;
  const t = useT();
  const format = useFormat();
  const now = read(value);
  const then = read(before[0]);
  if (now === null) return <Text size="sm">{t('catalogue.correction.seedAgain')}</Text>;
  const { review } = now;
  return (
    <>
      <p lang={lang}>
        {then === null
          ? now.text
          : wordDiff(then.text, now.text).map(({ kind, text }, at) => {
              const Tag = kind === 'gone' ? 'del' : kind === 'new' ? 'ins' : 'span';
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place.
              return <Tag key={at}>{text}</Tag>;
            })}
      </p>
      <Text size="xs" c="dimmed">
        {review === null
          ? t('catalogue.state.draft')
          : review.on === null
            ? t('catalogue.state.reviewedBy', { reviewer: review.reviewer })
            : t('catalogue.state.reviewedByOn', { reviewer: review.reviewer, date: format.date(review.on) })}
      </Text>
    </>
  );
}
