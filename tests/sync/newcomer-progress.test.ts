import { expect, test } from 'vitest';
import type { RoundProgress } from '@/core/team-doors.ts';
import type { MemoryPlace } from '../support/memory-target.ts';
import { person } from '../support/team.ts';
import { saveNew, titled } from '../support/vault.ts';

const BYTES_PER_SECOND = 6_000;

/** Words that no packing makes shorter. */
const words = (count: number): string =>
  Array.from({ length: count }, () => Math.random().toString(36)).join(' ');

test('a newcomer is told from the beginning about how long all packs will take, not those alone that heads name', async () => {
  const one = await person();
  const other = await person(one.machine.places);
  await one.workspace.team.found('Ош');
  for (let i = 0; i < 90; i++) {
    await saveNew(one.workspace, titled(`а ${i}`, words(i % 3 === 0 ? 400 : 150)));
    await one.round();
  }
  const { words: invitation, id } = await one.workspace.team.invite('monitor');
  await other.workspace.team.ask(invitation.join(' '));
  await other.round();
  await one.round();
  await one.workspace.team.admit(id);
  await one.round();
  await other.round();
  await other.workspace.team.enter();

  const place = other.machine.places.get('/stick') as MemoryPlace;
  const { clock } = other.machine;
  place.mishap = (_call, method, path) => {
    if (method === 'get') clock.time += (1000 * (place.files.get(path)?.length ?? 0)) / BYTES_PER_SECOND;
    return null;
  };
  const seen: (RoundProgress & { readonly at: number })[] = [];
  await other.workspace.subscribe(({ event }) => {
    if (event !== 'sync') return;
    const { time } = clock;
    void other.workspace.sync.overview().then(({ running }) => {
      if (running?.step === 'receiving') seen.push({ ...running, at: time });
    });
  });
  expect((await other.round()).error).toBeNull();
  const end = Math.max(...seen.map(({ at }) => at));
  const wrong = seen
    .map(({ at, secondsLeft }) => ({
      told: secondsLeft ?? Number.POSITIVE_INFINITY,
      left: (end - at) / 1000,
    }))
    .filter(({ told, left }) => Math.abs(told - left) > 5 + 0.35 * left);
  expect(seen.length).toBeGreaterThan(90);
  expect(wrong).toEqual([]);
}, 60_000);
