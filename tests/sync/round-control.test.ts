import { expect, test } from 'vitest';
import { RoundControl, type RoundStep, Stopped } from '@/core/sync/round-control.ts';

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
  return { clock, control, steps, last: () => steps.at(-1) as RoundStep };
}

/** Files that arrive when told to, of so many bytes each. */
function files(control: RoundControl, bytes: number) {
  const arrivals: (() => void)[] = [];
  const begin = (): Promise<number> =>
    control.transfer(
      'in',
      () => new Promise<number>((arrive) => arrivals.push(() => arrive(bytes))),
      (moved) => moved,
      bytes,
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

test('no end is told of what nobody knows the length of, and of what travels beside no bytes of the whole', async () => {
  const { clock, control, last } = controlled();
  const move = async (bytes: number, told?: number | null) =>
    control.transfer(
      'in',
      async () => {
        clock.time += SECOND;
        return bytes;
      },
      (moved) => moved,
      told,
    );
  control.begin('looking');
  await move(967);
  expect(last()).toMatchObject({ doneBytes: 967, totalBytes: null, bytesPerSecond: 967, secondsLeft: null });
  control.begin('receiving', 3000);
  await move(500);
  expect(last()).toMatchObject({ doneBytes: 0, totalBytes: 3000 });
  // Another length than was told, and none at all.
  await move(1200, 1000);
  await move(0, 1000);
  expect(last()).toMatchObject({ doneBytes: 1200, totalBytes: 2200 });
  control.expect(4000);
  expect(last()).toMatchObject({ doneBytes: 1200, totalBytes: 6200 });
  await move(700, null);
  expect(last()).toMatchObject({ doneBytes: 1900, totalBytes: null, secondsLeft: null });
});

test('a speed that is not there any more is taken back, and an old one gives way to that of the last minute', async () => {
  const { clock, control, last } = controlled();
  const { begin, arrivals } = files(control, 10_000);
  const carry = async (seconds: number) => {
    const file = begin();
    await settled();
    clock.time += seconds * SECOND;
    control.look();
    arrivals.pop()?.();
    await file;
  };
  control.begin('sending', 2_000_000);
  for (let i = 0; i < 60; i++) await carry(1);
  expect(last().bytesPerSecond).toBe(10_000);
  const silent = begin();
  await settled();
  clock.time += 10 * SECOND;
  control.look();
  expect(last()).toMatchObject({ bytesPerSecond: 10_000, secondsLeft: 140 });
  clock.time += 10 * SECOND;
  control.look();
  expect(last()).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
  arrivals.pop()?.();
  await silent;
  expect(last().bytesPerSecond).toBeLessThan(8_000);
  for (let i = 0; i < 40; i++) await carry(10);
  expect(last().bytesPerSecond).toBeCloseTo(1000, -2);
});

test('pauses and stops once what is under way has ended, and says so until then', async () => {
  const { control, last } = controlled();
  const { begin, arrivals } = files(control, 1000);
  control.begin('sending', 3000);
  const first = begin();
  await settled();
  control.pause();
  expect(last().state).toBe('pausing');
  arrivals.pop()?.();
  await first;
  const second = begin().catch((error: unknown) => error);
  await settled();
  expect(last()).toMatchObject({ state: 'paused', doneBytes: 1000 });
  control.resume();
  await settled();
  expect(last().state).toBe('going');
  control.pause();
  control.stop();
  expect(last().state).toBe('stopping');
  arrivals.pop()?.();
  await second;
  await expect(begin()).rejects.toBeInstanceOf(Stopped);
});

test('a round that is stopped while it is paused ends at once and never looks as if it went on', async () => {
  const { control, last, steps } = controlled();
  const { begin } = files(control, 1000);
  control.begin('sending', 3000);
  control.pause();
  const waiting = expect(begin()).rejects.toBeInstanceOf(Stopped);
  await settled();
  expect(last().state).toBe('paused');
  const before = steps.length;
  control.stop();
  await waiting;
  expect(steps.slice(before).map(({ state }) => state)).toEqual(['stopping']);
});
