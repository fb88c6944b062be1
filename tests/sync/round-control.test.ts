import { expect, test } from 'vitest';
import { RoundControl, type RoundStep } from '@/core/sync/round-control.ts';

const SECOND = 1000;

/** A round's control with a clock that goes by hand. */
function controlled() {
  const clock = {
    time: 0,
    now() {
      return this.time;
    },
  };
  const steps: RoundStep[] = [];
  const control = new RoundControl(clock, (step) => steps.push(step));
  return { clock, control, last: () => steps.at(-1) as RoundStep };
}

/** Files that arrive when told to, of so many bytes each. */
function files(control: RoundControl, bytes: number) {
  const arrivals: (() => void)[] = [];
  const begin = (): Promise<number> =>
    control.transfer(
      'in',
      () => new Promise<number>((arrive) => arrivals.push(() => arrive(bytes))),
      (moved) => moved,
    );
  return { begin, arrivals };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('files that travel beside each other are told at the speed of the line, not of each of them', async () => {
  const { clock, control, last } = controlled();
  const { begin, arrivals } = files(control, 3000);
  control.begin('receiving', 12_000);
  const both = [begin(), begin()];
  await settled();
  clock.time += 2 * SECOND;
  for (const arrive of arrivals) arrive();
  await Promise.all(both);
  // A pause between two files is no time of the line's.
  clock.time += 60 * SECOND;
  expect(last()).toMatchObject({ doneBytes: 6000, bytesPerSecond: 3000, secondsLeft: 2 });
  const third = begin();
  await settled();
  clock.time += SECOND;
  arrivals.at(-1)?.();
  await third;
  expect(last().bytesPerSecond).toBe(3000);
});
