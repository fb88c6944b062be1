import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SyncClock } from '@/core/workspace/sync-clock.ts';
import type { MemoryPlace } from '../../support/memory-target.ts';
import { person } from '../../support/team.ts';
import { saveNew, titled } from '../../support/vault.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Outcome = Parameters<SyncClock['ended']>[1];

/** A clock over one target whose rounds end as told, and the seconds at which they began. */
function clocked(outcome: () => Outcome) {
  const began = Date.now();
  const runs: number[] = [];
  const clock = new SyncClock({
    targets: () => ['t'],
    run: async (id) => {
      runs.push((Date.now() - began) / 1000);
      clock.ended(id, outcome());
    },
  });
  clock.start();
  return { clock, runs };
}

test('a round that a person stopped comes again at its next regular turn, whatever is written meanwhile', async () => {
  let outcome: Outcome = 'stopped';
  const { clock, runs } = clocked(() => outcome);
  await vi.advanceTimersByTimeAsync(MINUTE);
  clock.wake();
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  expect(runs).toEqual([15]);
  outcome = 'done';
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 315]);
  // From then on what is written goes out soon again.
  clock.wake();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toEqual([15, 315, 390]);
  clock.stop();
});

/** What the disk and the keys take is no time of the clock's. */
async function advance(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('a round started by hand holds as well when it is stopped, even where its last file fails', async () => {
  const { machine, workspace, target, round } = await person();
  await workspace.team.found('Ош');
  const place = machine.places.get('/stick') as MemoryPlace;
  place.mishap = (call) => {
    if (call > 1) return null;
    void workspace.sync.stop();
    return { code: 'target/unreachable' };
  };
  expect((await round()).outcome).toBe('failed');
  await workspace.sync.setTarget(target, { automatic: true });
  await saveNew(workspace, titled('а'));
  await advance(4 * MINUTE);
  expect(place.counts).toMatchObject({ get: 1, put: 0 });
  await advance(2 * MINUTE);
  await expect.poll(() => place.counts.put).toBeGreaterThan(0);
  await workspace.vault.lock();
});
