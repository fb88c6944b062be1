import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RoundEnd, SyncClock } from '@/core/workspace/sync-clock.ts';
import type { MemoryPlace } from '../../support/memory-target.ts';
import { person } from '../../support/team.ts';
import { saveNew, titled } from '../../support/vault.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

/** A clock over one target whose rounds end as told, and the seconds at which they began. */
function clocked(end: () => RoundEnd, seconds = 0) {
  const began = Date.now();
  const runs: number[] = [];
  const wall = { ahead: 0, now: () => Date.now() + wall.ahead };
  const clock = new SyncClock({
    targets: () => ['t'],
    run: async (id) => {
      runs.push((Date.now() - began) / 1000);
      clock.ended(id, end(), seconds);
    },
    wall,
  });
  clock.start();
  return { clock, runs, wall };
}

test('a round that a person stopped comes again at its next regular turn, whatever is written meanwhile', async () => {
  let end: RoundEnd = 'stopped';
  const { clock, runs } = clocked(() => end);
  await vi.advanceTimersByTimeAsync(MINUTE);
  clock.wake();
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  expect(runs).toEqual([15]);
  end = 'done';
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 315]);
  // From then on what is written goes out soon again.
  clock.wake();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 315, 390]);
});

/** The longest time between two of these moments, in seconds. */
const longestGap = (moments: readonly number[]): number =>
  Math.max(...moments.map((at, i) => at - (moments[i - 1] ?? 0)));

test('a line that was down all day is noticed within two minutes, a stick within a quarter of one', async () => {
  const line = clocked(() => 'no-line');
  const stick = clocked(() => 'away');
  await vi.advanceTimersByTimeAsync(8 * 60 * MINUTE);
  expect(longestGap(line.runs)).toBeLessThan(120);
  // A few hundred bytes a try.
  expect(line.runs.length).toBeLessThan(330);
  expect(longestGap(stick.runs)).toBe(15);
});

test('who answers with an error is asked less and less, whatever is written meanwhile', async () => {
  const { clock, runs } = clocked(() => 'failed');
  for (let minute = 0; minute < 8 * 60; minute++) {
    await vi.advanceTimersByTimeAsync(MINUTE);
    clock.wake();
  }
  expect(runs.length).toBeLessThan(24);
  expect(longestGap(runs)).toBeLessThanOrEqual(30 * 60);
});

test('a server that names a time to come back is left alone until then', async () => {
  const { runs } = clocked(() => 'failed', 1200);
  await vi.advanceTimersByTimeAsync(40 * MINUTE);
  expect(runs).toEqual([15, 1215]);
});

test('a line that the system tells of is tried at once, and one that comes and goes is no hail of tries', async () => {
  let end: RoundEnd = 'no-line';
  const { clock, runs } = clocked(() => end);
  await vi.advanceTimersByTimeAsync(10 * MINUTE + 1000);
  clock.lineAppeared();
  await vi.advanceTimersByTimeAsync(1);
  expect(runs.at(-1)).toBe(601);
  end = 'failed';
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  const before = runs.length;
  for (let i = 0; i < 60; i++) {
    clock.lineAppeared();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(runs.length - before).toBeLessThanOrEqual(7);
});

test('a machine that wakes from sleep tries at once, and not what a person stopped', async () => {
  let end: RoundEnd = 'done';
  const { runs, wall } = clocked(() => end);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15]);
  end = 'stopped';
  wall.ahead += 3 * 60 * MINUTE;
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 75]);
  wall.ahead += 3 * 60 * MINUTE;
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 75]);
});

test('the time that one round takes is waiting time of the other targets', async () => {
  const began = Date.now();
  const runs: number[] = [];
  const clock = new SyncClock({
    targets: () => ['silent', 'other'],
    run: async (id) => {
      if (id === 'other') runs.push((Date.now() - began) / 1000);
      // A server that says nothing for as long as it is waited for.
      else await new Promise<void>((resolve) => void setTimeout(resolve, MINUTE));
      clock.ended(id, 'no-line');
    },
    wall: { now: () => 0 },
  });
  clock.start();
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(longestGap(runs.slice(1))).toBeLessThanOrEqual(165);
});

/** What the disk and the keys take is no time of the clock's. */
async function advance(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
}

test.each([
  { end: 'done', soon: true },
  { end: 'no-line', soon: true },
  { end: 'failed', soon: false },
] as const)(
  'what is written while a round runs comes soon after it, unless it $end',
  async ({ end, soon }) => {
    const begun: number[] = [];
    const clock: SyncClock = new SyncClock({
      wall: { now: () => Date.now() },
      targets: () => ['a'],
      run: async () => {
        begun.push(Date.now());
        // A minute long; somebody saves in the middle of the sixth.
        await new Promise((resolve) => setTimeout(resolve, MINUTE / 2));
        if (begun.length === 6) clock.wake();
        await new Promise((resolve) => setTimeout(resolve, MINUTE / 2));
        clock.ended('a', end);
      },
    });
    clock.start();
    for (let i = 0; i < 600 && begun.length < 7; i++) await advance(15_000);
    clock.stop();
    const [sixth = 0, seventh = 0] = begun.slice(5);
    expect(seventh - sixth - MINUTE <= 45_000).toBe(soon);
  },
);

test('a round started by hand holds as well when it is stopped', async () => {
  const { machine, workspace, target, round } = await person();
  await workspace.team.found('Ош');
  const place = machine.places.get('/stick') as MemoryPlace;
  place.mishap = (call) => {
    if (call > 1) return null;
    void workspace.sync.stop(target);
    return { code: 'target/unreachable' };
  };
  expect((await round()).outcome).toBe('stopped');
  await workspace.sync.setTarget(target, { automatic: true });
  await saveNew(workspace, titled('а'));
  await advance(4 * MINUTE);
  expect(place.counts).toMatchObject({ get: 1, put: 0 });
  await advance(2 * MINUTE);
  await expect.poll(() => place.counts.put).toBeGreaterThan(0);
  await workspace.vault.lock();
});

test('what is written goes out within three quarters of a minute where that is allowed', async () => {
  const { machine, workspace, target, round } = await person();
  await workspace.team.found('Ош');
  const place = machine.places.get('/stick') as MemoryPlace;
  await round();
  const { get } = place.counts;
  await workspace.sync.setTarget(target, { automatic: true });
  await advance(MINUTE);
  // The round that the new setting brings is over.
  await expect.poll(() => place.counts.get).toBeGreaterThan(get);
  await expect.poll(async () => (await workspace.sync.overview()).running).toBeNull();
  const before = place.counts.put;
  await saveNew(workspace, titled('жаңы'));
  await advance(45_000);
  await expect.poll(() => place.counts.put).toBeGreaterThan(before);
  await workspace.vault.lock();
});

test('a stick that is not there is looked for in silence, and met as soon as it is', async () => {
  const { machine, workspace, target, round } = await person();
  await workspace.team.found('Ош');
  const place = machine.places.get('/stick') as MemoryPlace;
  machine.places.delete('/stick');
  expect((await round()).error?.code).toBe('target/unreachable');
  await workspace.sync.setTarget(target, { automatic: true });
  const events = vi.fn();
  await workspace.subscribe(events);
  await advance(60 * MINUTE);
  expect(events).not.toHaveBeenCalled();
  machine.places.set('/stick', place);
  await advance(15_000);
  await expect
    .poll(async () => (await workspace.sync.overview()).targets[0]?.lastRound?.outcome)
    .toBe('done');
  await workspace.vault.lock();
});

test('a folder that refuses is no folder that is away, nor is a server that is silent one', async () => {
  const { machine, workspace, target } = await person();
  await workspace.team.found('Ош');
  const place = machine.places.get('/stick') as MemoryPlace;
  place.mishap = () => ({ code: 'target/failed' });
  const settings = {
    kind: 'webdav',
    url: 'https://a.kg',
    user: 'a',
    password: 'b',
    fingerprint: null,
  } as const;
  const server = await workspace.sync.addTarget({ name: 'С', settings, automatic: true, metered: false });
  await workspace.sync.setTarget(target, { automatic: true });
  const rounds = { [target]: new Set<string>(), [server]: new Set<string>() };
  for (let i = 0; i < 80; i++) {
    await advance(15_000);
    // Not as much as passes: the vault would lock.
    machine.clock.time += 1000;
    for (const { id, lastRound } of (await workspace.sync.overview()).targets) {
      if (lastRound !== null) rounds[id]?.add(lastRound.at);
    }
  }
  expect(rounds[target]?.size).toBeLessThan(8);
  expect(rounds[server]?.size).toBeGreaterThanOrEqual(12);
  expect(rounds[server]?.size).toBeLessThan(18);
  await workspace.vault.lock();
});
