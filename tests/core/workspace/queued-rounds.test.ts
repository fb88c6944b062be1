import { expect, test } from 'vitest';
import type { MemoryPlace } from '../../support/memory-target.ts';
import { person } from '../../support/team.ts';

test('a round that waits for another is told of, and taken back before it begins', async () => {
  const { machine, workspace, round } = await person();
  const { sync } = workspace;
  await workspace.team.found('Ош');
  const other = await sync.addTarget({
    name: 'Экинчи',
    settings: { kind: 'folder', path: '/stick' },
    automatic: false,
    metered: false,
  });
  await sync.run(other);
  const last = (await sync.overview()).targets.find(({ id }) => id === other)?.lastRound;
  const first = round();
  const waiting = sync.run(other);
  expect((await sync.overview()).queued).toEqual([other]);
  await sync.stop(other);
  expect((await sync.overview()).queued).toEqual([]);
  expect((await first).outcome).toBe('done');
  const place = machine.places.get('/stick') as MemoryPlace;
  const calls = { ...place.counts };
  expect((await waiting).outcome).toBe('stopped');
  expect(place.counts).toEqual(calls);
  // Nothing took place, so the round before it is still the last one.
  expect((await sync.overview()).targets.find(({ id }) => id === other)?.lastRound).toBe(last);
  expect((await sync.run(other)).outcome).toBe('done');
});
