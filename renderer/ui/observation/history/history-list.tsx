import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { HistoryEntry } from '@/core/workspace.ts';
import { useReference } from '../../app/reference.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { useValueWords, type Words } from '../value-words.ts';
import classes from './history.module.css';
import { wordDiff } from './word-diff.ts';

/** Edits, the newest first: order is that of the journal, times are the devices' own. */
export function HistoryList(props: {
  readonly entries: readonly HistoryEntry[];
  readonly device: string;
  /** The field's name stands above already. */
  readonly ofOneField: boolean;
}) {
  const { entries, device, ofOneField } = props;
  const t = useT();
  const format = useFormat();
  const nameOf = useFieldNames();
  const { members } = useReference();
  const [names, setNames] = useState(false);
  const secret = entries.some(({ fields }) => fields.some(({ name }) => name.startsWith('names/')));
  return (
    <>
      {secret && (
        <Button
          size="compact-sm"
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setNames(!names)}
        >
          {t(names ? 'observation.names.hide' : 'observation.names.show')}
        </Button>
      )}
      <ol className={classes.entries} reversed>
        {[...entries].reverse().map((entry) => (
          <li key={entry.change} className={classes.entry}>
            <div className={classes.who}>
              <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
              <b>{members[entry.author] ?? entry.author}</b>
              <Text span size="sm" c="dimmed">
                {entry.device === device
                  ? t('observation.history.thisDevice')
                  : t('observation.history.device', { code: entry.device.slice(0, 6) })}
              </Text>
            </div>
            <dl className={classes.fields}>
              {entry.fields.map(({ name, value, before }) => (
                <div key={name}>
                  {!(ofOneField && !name.includes('/')) && <dt>{nameOf(name)}</dt>}
                  <dd>
                    <Edited register={name} value={value} before={before} names={names} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  );
}

/** One register's edit: before and after; running text with the words that went and came. */
function Edited(props: {
  readonly register: string;
  readonly value: Json;
  readonly before: readonly Json[];
  readonly names: boolean;
}) {
  const { register, value, before, names } = props;
  const t = useT();
  const words = useValueWords();
  const after = words.of(register, value);
  const old = before.map((each) => words.of(register, each)).filter((each) => each !== null);
  const [first] = old;
  if (first === undefined) {
    return after === null ? <Nothing /> : <Version words={after} names={names} kind="first" />;
  }
  if (old.length === 1 && first.prose && after?.prose === true) {
    return (
      <div lang={after.lang ?? undefined} className={classes.prose}>
        {wordDiff(first.text, after.text).map(({ kind, text }, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place.
          if (kind === 'gone') return <del key={i}>{text}</del>;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          if (kind === 'new') return <ins key={i}>{text}</ins>;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          return <span key={i}>{text}</span>;
        })}
      </div>
    );
  }
  return (
    <div className={classes.versions}>
      {old.map((each, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: versions have no identity but their place.
        <Version key={i} words={each} names={names} kind="gone" />
      ))}
      <span aria-hidden>→</span>
      {after === null ? (
        <span>{t('observation.values.removed')}</span>
      ) : (
        <Version words={after} names={names} kind="new" />
      )}
    </div>
  );
}

function Nothing() {
  const t = useT();
  return <Text c="dimmed">{t('observation.values.removed')}</Text>;
}

/** Long enough to recognise, short enough that a list of edits stays one. */
const LONG = 320;

function Version(props: {
  readonly words: Words;
  readonly names: boolean;
  readonly kind: 'gone' | 'new' | 'first';
}) {
  const { words, names, kind } = props;
  const t = useT();
  const [whole, setWhole] = useState(false);
  const text = words.secret && !names ? t('observation.names.hidden') : words.text;
  const long = text.length > LONG;
  const shown = long && !whole ? `${text.slice(0, LONG).trimEnd()}…` : text;
  const Tag = kind === 'gone' ? 'del' : kind === 'new' ? 'ins' : 'span';
  return (
    <div className={classes.version}>
      <Tag lang={words.lang ?? undefined} className={classes.prose}>
        {shown}
      </Tag>
      {long && (
        <Button size="compact-xs" variant="subtle" onClick={() => setWhole(!whole)}>
          {t(whole ? 'observation.history.less' : 'observation.history.more')}
        </Button>
      )}
    </div>
  );
}
