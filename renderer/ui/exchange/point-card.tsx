import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { fromWire } from '@/core/base/coded-error.ts';
import type { RoundProgress as Round, TargetState } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExchangeIcon, FolderIcon, RelayIcon, ServerIcon, SettingsIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useFormat, useT } from '../language/language.tsx';
import { useWriting } from '../space/write-button.tsx';
import classes from './exchange.module.css';
import { useExchange } from './exchange-state.tsx';
import { PointForm } from './point-form.tsx';
import { RoundProgress } from './round-progress.tsx';
import type { Rounds } from './use-rounds.ts';

const ICONS = { folder: FolderIcon, webdav: ServerIcon, relay: RelayIcon } as const;

/** One exchange point: what it still lacks, how the last round went, the round under way, and its switches. */
export function PointCard(props: {
  readonly target: TargetState;
  readonly running: Round | null;
  /** Its round waits for another one to end. */
  readonly waits: boolean;
  readonly rounds: Rounds;
}) {
  const { target, running, waits, rounds } = props;
  const { id, name, kind, address, waiting } = target;
  const t = useT();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const here = running?.target === id ? running : null;
  const queued = here === null && (waits || rounds.asked.has(id));
  const Icon = ICONS[kind];
  return (
    <li className={stack.card}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" style={{ flex: '1 1 14rem', minWidth: 0 }}>
          <Icon size={22} aria-hidden className={classes.pointIcon} />
          <div style={{ minWidth: 0 }}>
            <Title order={3}>{name}</Title>
            <Text size="sm" c="dimmed" className={stack.path}>
              {t(`exchange.kinds.${kind}`)} · {address}
            </Text>
          </div>
        </Group>
        {here === null && (
          <Button
            leftSection={<ExchangeIcon size={18} aria-hidden />}
            aria-label={t('exchange.point.nowWith', { name })}
            disabled={queued}
            onClick={() => rounds.run(id)}
          >
            {t('exchange.point.now')}
          </Button>
        )}
      </Group>
      {here !== null && <RoundProgress round={here} />}
      {queued && (
        <Group gap="sm">
          <Text size="sm" role="status">
            {running === null ? t('exchange.progress.looking') : t('exchange.point.queued')}
          </Text>
          <Button size="xs" variant="default" onClick={() => rounds.cancel(id)}>
            {t('kit.cancel')}
          </Button>
        </Group>
      )}
      <Stack gap={2}>
        <Text size="sm" fw={waiting > 0 ? 600 : undefined}>
          {waiting > 0
            ? t('exchange.point.waiting', { figure: format.number(waiting) })
            : t('exchange.point.hasAll')}
        </Text>
        <LastRound target={target} />
      </Stack>
      {rounds.errors.has(id) && <ErrorNote error={rounds.errors.get(id)} onRetry={() => rounds.run(id)} />}
      {target.lastRound?.error && here === null && !queued && (
        <ErrorNote error={fromWire(target.lastRound.error)} onRetry={() => rounds.run(id)} />
      )}
      <Switches target={target} />
      {editing ? (
        <PointForm target={target} onClose={() => setEditing(false)} />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<SettingsIcon size={16} aria-hidden />}
          aria-label={t('exchange.point.settingsOf', { name })}
          style={{ justifySelf: 'start' }}
          onClick={() => setEditing(true)}
        >
          {t('exchange.point.settings')}
        </Button>
      )}
    </li>
  );
}

function LastRound({ target }: { readonly target: TargetState }) {
  const { lastRound } = target;
  const t = useT();
  const format = useFormat();
  if (lastRound === null) {
    return (
      <Text size="sm" c="dimmed" data-round="">
        {t('exchange.point.never')}
      </Text>
    );
  }
  const { outcome, at, sentBytes, receivedBytes, changesOut, changesIn } = lastRound;
  return (
    <Text size="sm" c="dimmed" data-round={at} data-outcome={outcome}>
      {t(`exchange.point.${outcome}`, { when: format.dateTime(at) })}
      {sentBytes + receivedBytes > 0 && (
        <>
          <br />
          {t('exchange.point.figures', {
            sent: format.fileSize(sentBytes),
            out: format.number(changesOut),
            received: format.fileSize(receivedBytes),
            in: format.number(changesIn),
          })}
        </>
      )}
    </Text>
  );
}

function Switches({ target }: { readonly target: TargetState }) {
  const { id, automatic, metered } = target;
  const t = useT();
  const { sync } = useWorkspace();
  const { again } = useExchange();
  const shut = useWriting();
  const [error, setError] = useState<unknown>(null);
  const set = (edit: { readonly automatic?: boolean; readonly metered?: boolean }) => {
    sync.setTarget(id, edit).then(() => {
      setError(null);
      again();
    }, setError);
  };
  return (
    <div className={classes.switches}>
      <Switch
        label={t('exchange.point.automatic')}
        description={shut}
        checked={automatic && !metered}
        disabled={metered || shut !== null}
        onChange={(event) => set({ automatic: event.currentTarget.checked })}
      />
      <Switch
        label={t('exchange.point.metered')}
        description={shut ?? t('exchange.point.meteredSays')}
        checked={metered}
        disabled={shut !== null}
        onChange={(event) => set({ metered: event.currentTarget.checked })}
      />
      {error !== null && <ErrorNote error={error} />}
    </div>
  );
}
