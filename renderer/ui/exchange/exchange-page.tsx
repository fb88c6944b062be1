import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { paths } from '../app/route.ts';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AddIcon, TeamIcon } from '../kit/icons.ts';
import { PageHeader } from '../kit/page-header.tsx';
import stack from '../kit/stack.module.css';
import { useT } from '../language/language.tsx';
import { NoTeam } from '../team/no-team.tsx';
import { useExchange } from './exchange-state.tsx';
import { Flags } from './flags.tsx';
import { OwnState } from './own-state.tsx';
import { PointCard } from './point-card.tsx';
import { PointForm } from './point-form.tsx';
import { PointsEmpty } from './points-empty.tsx';
import { useRounds } from './use-rounds.ts';

/** `#/exchange`: where this device's edits are, and the points through which they reach the others. */
export function ExchangePage() {
  const t = useT();
  const { value, error, again } = useExchange();
  return (
    <div className={stack.page}>
      <PageHeader
        title={t('app.nav.exchange')}
        subtitle={t('exchange.says')}
        actions={
          value?.team && (
            <Button
              component="a"
              href={paths.team()}
              variant="default"
              leftSection={<TeamIcon size={16} aria-hidden />}
            >
              {t('app.nav.team')}
            </Button>
          )
        }
      />
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value === null && error === null && <Busy />}
      {value !== null && (
        <>
          <OwnState own={value.overview.own} />
          <Flags overview={value.overview} />
          {/* Who has asked to join needs a way for the request and its answer. */}
          {value.team === null && value.joining === null ? <NoTeam /> : <Points />}
        </>
      )}
    </div>
  );
}

function Points() {
  const t = useT();
  const { value } = useExchange();
  const rounds = useRounds();
  const [adding, setAdding] = useState(false);
  const targets = value?.overview.targets ?? [];
  const running = value?.overview.running ?? null;
  const queued = value?.overview.queued ?? [];
  return (
    <section aria-labelledby="exchange-points">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="exchange-points">
          {t('exchange.points.title')}
        </Title>
        {targets.length > 0 && !adding && (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<AddIcon size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('exchange.points.add')}
          </Button>
        )}
      </Group>
      {adding && <PointForm target={null} onClose={() => setAdding(false)} />}
      {targets.length === 0 && !adding && <PointsEmpty onAdd={() => setAdding(true)} />}
      <ul className={stack.list}>
        {targets.map((target) => (
          <PointCard
            key={target.id}
            target={target}
            running={running}
            waits={queued.includes(target.id)}
            rounds={rounds}
          />
        ))}
      </ul>
    </section>
  );
}
