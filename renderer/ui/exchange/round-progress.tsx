import { Progress as Bar, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { RoundProgress as Round } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { PauseIcon, ResumeIcon, StopIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import classes from './exchange.module.css';
import { useExchange } from './exchange-state.tsx';

/** A round under way: what it does, in kilobytes and minutes at the speed measured, and ways to hold and to stop it. */
export function RoundProgress({ round }: { readonly round: Round }) {
  const { target, step, state, doneBytes, totalBytes } = round;
  const t = useT();
  const format = useFormat();
  const { sync } = useWorkspace();
  const { again } = useExchange();
  const [error, setError] = useState<unknown>(null);
  const held = state === 'pausing' || state === 'paused';
  const words = t(`exchange.progress.${state === 'going' ? step : state}`);
  const done = doneBytes > 0 ? format.fileSize(doneBytes) : '';
  const figures =
    totalBytes === null
      ? done
      : t('kit.figures', { done: format.fileSize(doneBytes), total: format.fileSize(totalBytes) });
  const act = (deed: () => Promise<void>) => {
    deed().then(() => {
      setError(null);
      again();
    }, setError);
  };
  return (
    <div className={classes.progress}>
      <Group gap="xs" justify="space-between">
        <Text fw={600} role="status">
          {words}
        </Text>
        <Text size="sm">{figures}</Text>
      </Group>
      <Bar.Root size="lg">
        <Bar.Section
          value={totalBytes ? (100 * doneBytes) / totalBytes : 0}
          aria-label={words}
          aria-valuetext={figures === '' ? words : figures}
        />
      </Bar.Root>
      {state === 'going' && (
        <Text size="sm" c="dimmed">
          <Pace round={round} />
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={state === 'stopping'}
          leftSection={held ? <ResumeIcon size={16} aria-hidden /> : <PauseIcon size={16} aria-hidden />}
          onClick={() => act(() => (held ? sync.resume() : sync.pause()))}
        >
          {t(held ? 'exchange.progress.resume' : 'exchange.progress.pause')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={state === 'stopping'}
          leftSection={<StopIcon size={16} aria-hidden />}
          onClick={() => act(() => sync.stop(target))}
        >
          {t('exchange.progress.stop')}
        </Button>
      </Group>
      {error !== null && <ErrorNote error={error} />}
    </div>
  );
}

function Pace({ round }: { readonly round: Round }) {
  const { bytesPerSecond, secondsLeft } = round;
  const t = useT();
  const format = useFormat();
  if (bytesPerSecond === null) return t('exchange.progress.unknown');
  const speed = t('exchange.progress.speed', { size: format.fileSize(bytesPerSecond) });
  if (secondsLeft === null) return speed;
  const left =
    secondsLeft < 60
      ? t('exchange.progress.soon')
      : t('exchange.progress.minutes', { figure: format.number(Math.ceil(secondsLeft / 60)) });
  return `${speed}, ${left}`;
}
