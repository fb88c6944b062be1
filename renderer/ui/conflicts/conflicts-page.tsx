import { Anchor, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { OpenConflict } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useTypedFields } from '../drafts/use-field-drafts.tsx';
import { Busy } from '../kit/busy.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { useLostFocus } from '../kit/lost-focus.ts';
import { PageHeader } from '../kit/page-header.tsx';
import stack from '../kit/stack.module.css';
import { useFormat, useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { DuplicatePair } from './duplicate-pair.tsx';
import { OneConflict } from './one-conflict.tsx';
import { keyOf, useWithOwn } from './own-version.tsx';
import { useRecordNames } from './record-names.ts';

/** `#/conflicts`: what waits for somebody's choice, and pairs that may be one event. */
export function ConflictsPage() {
  const t = useT();
  const { conflicts } = useWorkspace();
  const ask = useCallback(() => conflicts.list(), [conflicts]);
  const { value, error, again } = useAnswer(ask);
  const focus = useLostFocus('[data-conflict]', 'main h1');
  return (
    <div className={classes.page} {...focus}>
      <PageHeader title={t('app.nav.conflicts')} subtitle={t('conflicts.says')} />
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value === null && error === null && <Busy />}
      {value !== null && <List open={value} />}
      <Duplicates />
    </div>
  );
}

function None() {
  const t = useT();
  return (
    <EmptyState icon={<ConflictIcon size={40} />} title={t('conflicts.none')}>
      {t('conflicts.noneSays')}
    </EmptyState>
  );
}

/** Shown at once; more on request. */
const PAGE = 20;

function List({ open }: { readonly open: readonly OpenConflict[] }) {
  const t = useT();
  const conflicts = useWithOwn(open);
  const typed = useTypedFields();
  const begun = new Set(
    typed.filter(({ words }) => words.of === 'conflict').map(({ words }) => keyOf(words)),
  );
  const [shown, setShown] = useState(PAGE);
  const keys = conflicts.map(keyOf);
  const [unfolded, unfold] = useUnfolded(keys, begun);
  if (conflicts.length === 0) return <None />;
  return (
    <section aria-label={t('conflicts.list')}>
      <ul className={stack.list}>
        {conflicts.slice(0, shown).map((conflict) => (
          <Item
            key={keyOf(conflict)}
            conflict={conflict}
            begun={begun.has(keyOf(conflict))}
            open={unfolded === keyOf(conflict)}
            onToggle={() => unfold(unfolded === keyOf(conflict) ? null : keyOf(conflict))}
          />
        ))}
      </ul>
      {conflicts.length > shown && (
        <Button variant="default" mt="sm" onClick={() => setShown(shown + PAGE)}>
          {t('conflicts.more', { rest: conflicts.length - shown })}
        </Button>
      )}
    </section>
  );
}

/**
 * The one item that is unfolded; null where a person has folded it. Until somebody chooses, it is one in which words of
 * their own wait, or the only one: nobody should have to open that. Whatever else arrives, it stays unfolded.
 */
function useUnfolded(
  keys: readonly string[],
  begun: ReadonlySet<string>,
): [string | null, (key: string | null) => void] {
  const [unfolded, setUnfolded] = useState<string | null | undefined>(undefined);
  const gone = typeof unfolded === 'string' && !keys.includes(unfolded);
  const first = keys.find((key) => begun.has(key)) ?? (keys.length === 1 ? keys[0] : undefined);
  if (gone || (unfolded === undefined && first !== undefined)) setUnfolded(first);
  return [unfolded ?? null, setUnfolded];
}

function Item(props: {
  readonly conflict: OpenConflict;
  /** Words of one's own wait in it. */
  readonly begun: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { conflict, begun, open, onToggle } = props;
  const t = useT();
  const format = useFormat();
  const names = useRecordNames();
  const { members } = useReference();
  const name = names.record(conflict);
  const href = names.href(conflict);
  const toggle = t(open ? 'conflicts.hide' : 'conflicts.show');
  return (
    <li className={classes.item} data-open={open || undefined} data-conflict tabIndex={-1}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
          {href === null ? <b>{name}</b> : <Anchor href={href}>{name}</Anchor>}
          <Group gap="xs" mt={4}>
            <Badge
              color="orange"
              leftSection={<ConflictIcon size={14} aria-hidden />}
              className={classes.field}
            >
              {names.field(conflict)}
            </Badge>
            <Text size="sm" c="dimmed">
              {conflict.versions
                .map(({ author, at }) => `${members[author] ?? author}, ${format.dateTime(at)}`)
                .join(' · ')}
            </Text>
          </Group>
          {begun && (
            <Text size="sm" fw={600}>
              {t('conflicts.ownVersion')}
            </Text>
          )}
        </div>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={`${toggle}: ${name}, ${names.field(conflict)}`}
          onClick={onToggle}
        >
          {toggle}
        </Button>
      </Group>
      {open && <OneConflict conflict={conflict} order={2} />}
    </li>
  );
}

function Duplicates() {
  const t = useT();
  const { conflicts } = useWorkspace();
  const [shown, setShown] = useState(3);
  const ask = useCallback(() => conflicts.duplicates(), [conflicts]);
  const { value, error, again } = useAnswer(ask);
  const focus = useLostFocus('[data-pair]', '#duplicates');
  return (
    <section aria-labelledby="duplicates" className={classes.duplicates} {...focus}>
      <Title order={2} id="duplicates" tabIndex={-1}>
        {t('duplicates.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('duplicates.says')}
      </Text>
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value !== null && value.length === 0 && <Text>{t('duplicates.none')}</Text>}
      <ul className={stack.list}>
        {value?.slice(0, shown).map((hint) => (
          <li key={`${hint.one} ${hint.other}`} className={classes.item} data-pair tabIndex={-1}>
            <DuplicatePair hint={hint} />
          </li>
        ))}
      </ul>
      {value !== null && value.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {t('conflicts.more', { rest: value.length - shown })}
        </Button>
      )}
    </section>
  );
}
