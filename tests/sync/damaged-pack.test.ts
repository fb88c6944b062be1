import { describe, expect, test } from 'vitest';
import type { StoredPack } from '@/core/sync/chain.ts';
import { keptOf } from '@/core/sync/kept.ts';
import type { MemoryPlace } from '../support/memory-target.ts';
import type { Machine } from './simulator/machine.ts';
import { flagsOf, meet, team, titlesOf, write } from './two-machines.ts';

const TITLES = ['биринчи', 'экинчи ишим', 'үчүнчү иш бар'];

function damage(machine: Machine, { place }: StoredPack): void {
  const { disk } = machine.host;
  const bytes = disk.journal;
  const at = place.offset + Math.floor(place.length / 2);
  bytes[at] = (bytes[at] as number) ^ 0xff;
  disk.journal = bytes;
}

/** A sector under a pack in the machine's journal goes bad, and the cache goes with it. */
async function losePack(machine: Machine, device: string, seq: number): Promise<void> {
  const pack = machine.session.state.chain(device).all.find((one) => one.seq === seq);
  if (pack === undefined) throw new Error('There is no such pack.');
  await machine.session.close();
  machine.crash();
  damage(machine, pack);
  machine.cache.entries.clear();
  await machine.start();
}

async function exchange(place: MemoryPlace, ...machines: readonly Machine[]): Promise<void> {
  for (let round = 0; round < 6; round++) for (const machine of machines) await meet(machine, place);
}

/** Seals what was written and does not get it out. */
async function sealOnly(machine: Machine, place: MemoryPlace): Promise<void> {
  place.mishap = (_call, method, path) =>
    method === 'put' && path.endsWith('.bkp') ? { code: 'target/unreachable' } : null;
  await expect(meet(machine, place)).rejects.toMatchObject({ code: 'target/unreachable' });
  place.mishap = null;
}

describe('a pack that a bad sector took out of the journal', () => {
  test('from another device is not said to be held until it has come again', async () => {
    const { one, other, place } = await team();
    const records: string[] = [];
    for (const title of TITLES) {
      records.push(await write(one, title));
      await meet(one, place);
    }
    await meet(other, place);
    await losePack(other, one.session.device.device, 2);
    expect(titlesOf(other)).toEqual([TITLES[0], TITLES[2]]);
    expect(other.session.state.chain(one.session.device.device).ends.map(([seq]) => seq)).toEqual([1]);
    await exchange(place, other, one);
    expect(titlesOf(other)).toEqual([...TITLES].sort());
    const changes = await one.session.store.changes(records[1] as string);
    expect(keptOf(one.session.state, one.session.device.device, changes)).toEqual({
      state: 'held',
      devices: 1,
    });
  });

  test('of one’s own that never left goes out under a new number, and is not said to be out before', async () => {
    const { one, other, place } = await team();
    const records: string[] = [];
    for (const title of TITLES) {
      records.push(await write(other, title));
      if (title === TITLES[0]) await meet(other, place);
      else await sealOnly(other, place);
    }
    const { device } = other.session.device;
    const pack = other.session.state.chain(device).all.find(({ seq }) => seq === 2);
    // While the vault is open, so that everything else is known as before.
    damage(other, pack as StoredPack);
    await meet(other, place);
    expect(other.session.device.device).not.toBe(device);
    const changes = await other.session.store.changes(records[1] as string);
    expect(keptOf(other.session.state, other.session.device.device, changes)).toEqual({ state: 'here' });
    await exchange(place, other, one);
    expect(titlesOf(one)).toEqual([...TITLES].sort());
    expect(await one.session.stateHash()).toBe(await other.session.stateHash());
    expect(flagsOf(other)).toEqual(['sync/renewed']);
  });

  test('of one’s own that never left is sealed anew with those behind it', async () => {
    const { one, other, place } = await team();
    for (const title of TITLES.slice(0, 2)) {
      await write(other, title);
      await sealOnly(other, place);
    }
    await losePack(other, other.session.device.device, 1);
    await write(other, TITLES[2] as string);
    await exchange(place, other, one);
    expect(titlesOf(one)).toEqual([...TITLES].sort());
    expect(await one.session.stateHash()).toBe(await other.session.stateHash());
    expect([...flagsOf(one), ...flagsOf(other)]).toEqual([]);
  });

  test('of one’s own that others have is packed again by another device, and nothing is there twice', async () => {
    const { one, other, place } = await team();
    const records: string[] = [];
    for (const title of TITLES.slice(0, 2)) {
      records.push(await write(other, title));
      await exchange(place, other, one);
    }
    const { device } = other.session.device;
    await losePack(other, device, 1);
    await write(other, TITLES[2] as string);
    await exchange(place, other, one);
    expect(other.session.device.device).not.toBe(device);
    expect(titlesOf(one)).toEqual([...TITLES].sort());
    expect(await one.session.stateHash()).toBe(await other.session.stateHash());
    for (const record of records) expect(await one.session.store.changes(record)).toHaveLength(1);
  });
});
