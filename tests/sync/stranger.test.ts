import { expect, test } from 'vitest';
import type { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { letIn } from './simulator/let-in.ts';
import { Machine } from './simulator/machine.ts';
import { flagsOf, meet, team, titlesOf, write } from './two-machines.ts';

async function loseDeviceFile(machine: Machine): Promise<void> {
  await machine.session.close();
  machine.crash();
  machine.host.disk.files.delete('device.bkv');
  await machine.start();
}

async function exchange(place: MemoryPlace, ...machines: readonly Machine[]): Promise<void> {
  for (let round = 0; round < 4; round++) for (const machine of machines) await meet(machine, place);
}

test('a member whose device file is lost is told that nothing goes out, and comes back by a new invitation', async () => {
  const { one, other, place } = await team();
  await write(other, 'биринчи');
  await exchange(place, other, one);
  await loseDeviceFile(other);
  await write(other, 'файл жоголгондон кийин');
  await exchange(place, other, one);
  expect(titlesOf(one)).toEqual(['биринчи']);
  expect(flagsOf(other)).toEqual(['sync/not-a-member']);
  expect(await other.team.team()).toMatchObject({ stranger: true, role: 'monitor' });
  await letIn(one, other, 'monitor', place);
  expect(await other.team.team()).toMatchObject({ stranger: false });
  await write(one, 'жооп');
  await exchange(place, other, one);
  expect(titlesOf(one)).toEqual(['биринчи', 'жооп', 'файл жоголгондон кийин']);
  expect(await one.session.stateHash()).toBe(await other.session.stateHash());
  expect(flagsOf(one)).toEqual([]);
  const hash = await other.session.stateHash();
  other.crash();
  other.cache.entries.clear();
  await other.start();
  expect(await other.session.stateHash()).toBe(hash);
  expect(await other.team.team()).toMatchObject({ stranger: false });
});

test('who is no stranger stays in the team, and a stranger goes into no other one', async () => {
  const { one, other } = await team();
  const { words } = await one.team.invite('monitor');
  await expect(other.team.ask(words.join(' '))).rejects.toMatchObject({ code: 'team/already' });
  await loseDeviceFile(other);
  await expect(other.team.found('Баткен')).rejects.toMatchObject({ code: 'team/already' });
  const stranger = new Machine('m3', new Chance(41));
  await stranger.start();
  await stranger.team.found('Баткен');
  // The answer is left where it lies, so the request can still be given up.
  await expect(letIn(stranger, other)).rejects.toMatchObject({ code: 'team/not-answered' });
  expect(await other.team.joining()).toMatchObject({ state: 'asked' });
  expect((await other.team.team())?.name).toBe('Ош');
});
