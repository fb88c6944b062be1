import { Anchor, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { OpenConflict } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ConflictIcon } from '../kit/icons.ts';
import { PageHeader } from '../kit/page-header.tsx';
import stack from '../kit/stack.module.css';
import { useFormat, useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { DuplicatePair } from './duplicate-pair.tsx';
import { OneConflict } from './one-conflict.tsx';
import { useRecordNames } from './record-names.ts';

/** `#/conflicts`: what waits for somebody's choice, and pairs that may be one event. */
export function ConflictsPage() {
  const t = useT();
  const { conflicts } = useWorkspace();
  const ask = useCallback(() => conflicts.list(), [conflicts]);
  const { value, error, again } = useAnswer(ask);
  return (
    <div className={classes.page}>
      <PageHeader title={t('app.nav.conflicts')} subtitle={t('conflicts.says')} />
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value === null && error === null && <Busy />}
      {value !== null && (value.length === 0 ? <None /> : <List conflicts={value} />)}
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

const keyOf = ({ record, field }: OpenConflict): string => `${record}/${field}`;
/** Shown at once; more on request. */
const PAGE = 20;

function List({ conflicts }: { readonly conflicts: readonly OpenConflict[] }) {
  const t = useT();
  const [shown, setShown] = useState(PAGE);
  const [open, setOpen] = useState<string | null>(null);
  // Where there is one only, nobody should have to open it.
  const alone = conflicts.length === 1;
  return (
    <section aria-label={t('conflicts.list')}>
      <ul className={stack.list}>
        {conflicts.slice(0, shown).map((conflict) => (
          <Item
            key={keyOf(conflict)}
            conflict={conflict}
            open={alone || open === keyOf(conflict)}
            onToggle={() => setOpen(open === keyOf(conflict) ? null : keyOf(conflict))}
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

function Item(props: {
  readonly conflict: OpenConflict;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { conflict, open, onToggle } = props;
  const t = useT();
  const format = useFormat();
  const names = useRecordNames();
  const { members } = useReference();
  const name = names.record(conflict);
  const href = names.href(conflict);
  const toggle = t(open ? 'conflicts.hide' : 'conflicts.show');
  return (
    <li className={classes.item} data-open={open || undefined}>
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
  return (
    <section aria-labelledby="duplicates" className={classes.duplicates}>
      <Title order={2} id="duplicates">
        {t('duplicates.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('duplicates.says')}
      </Text>
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value !== null && value.length === 0 && <Text>{t('duplicates.none')}</Text>}
      <ul className={stack.list}>
        {value?.slice(0, shown).map((hint) => (
          <li key={`${hint.one} ${hint.other}`} className={classes.item}>
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
