import { describe, expect, test } from 'vitest';
import { newId } from '@/core/base/ids.ts';
import { writeChange } from '@/core/changes/edit.ts';
import type { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import type { Machine } from './simulator/machine.ts';
import { meet, team, titlesOf, write } from './two-machines.ts';

/** Two machines that hold the same twenty observations; `other` was opened from its image, and none is in memory. */
async function stocked(): Promise<{ one: Machine; other: Machine; place: MemoryPlace; ids: string[] }> {
  const { one, other, place } = await team();
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) ids.push(await write(one, `окуя ${i}`, newId(new Chance(500 + i))));
  for (const machine of [one, other]) await meet(machine, place);
  await other.session.close();
  await restart(other);
  return { one, other, place, ids };
}

async function restart(machine: Machine): Promise<void> {
  machine.crash();
  await machine.start();
}

function tell(machine: Machine, record: string | undefined, text: string): Promise<string> {
  const { session } = machine;
  const target = { record: record as string, type: 'observation' };
  return session.write((pen) => [
    writeChange(pen, session.clock, target, { narrative: { text, lang: 'ky' } }, {}),
  ]);
}

/** While it runs, reading out of the machine's cache fails. */
async function unreadable<T>(machine: Machine, task: () => Promise<T>): Promise<T> {
  const { cache } = machine;
  const { getMany } = cache;
  cache.getMany = async () => {
    throw new Error('UnknownError: Internal error.');
  };
  try {
    return await task();
  } finally {
    cache.getMany = getMany;
  }
}

describe('a cache that is emptied under an open vault', () => {
  test('hides nothing behind an edit that comes in, which is fetched after the next unlock', async () => {
    const { one, other, place, ids } = await stocked();
    other.cache.entries.clear();
    await tell(one, ids[0], 'кошумча');
    await meet(one, place);
    await expect(meet(other, place)).rejects.toMatchObject({ code: 'cache/unreadable' });
    expect(titlesOf(other)).toEqual(titlesOf(one));
    await other.session.store.flush();
    await restart(other);
    await meet(other, place);
    expect(await other.session.stateHash()).toBe(await one.session.stateHash());
  });

  test('is not written to: the next unlock has every record and the team from the journal', async () => {
    const { one, other, place, ids } = await stocked();
    await other.session.store.changes(ids[0] as string);
    other.cache.entries.clear();
    // Memory still knows what lies in this one's chunk, and nothing has to be read for the other.
    await tell(other, ids[0], 'эстен өзгөрдү');
    await write(other, 'жаңы окуя');
    await other.session.store.flush();
    expect(other.session.store.lost).toBe(true);
    expect([...other.cache.entries.keys()]).toEqual([]);
    await write(other, 'жоготкондон кийин да сакталат');
    await other.session.close();
    await restart(other);
    expect(titlesOf(other)).toHaveLength(22);
    for (const machine of [other, one]) await meet(machine, place);
    expect(await other.session.stateHash()).toBe(await one.session.stateHash());
  });

  test('is not taken for whole where another image lies in its place', async () => {
    const { other, ids } = await stocked();
    const earlier = new Map(other.cache.entries);
    await write(other, 'биринчи кошумча');
    await other.session.store.flush();
    other.cache.entries.clear();
    for (const [key, value] of earlier) other.cache.entries.set(key, value);
    await write(other, 'экинчи жолу жазылган');
    await other.session.store.flush();
    expect(other.session.store.lost).toBe(true);
    await restart(other);
    expect(titlesOf(other)).toHaveLength(22);
    expect(await other.session.store.changes(ids[0] as string)).toHaveLength(1);
  });
});

describe('a cache that cannot be read for a moment', () => {
  test('fails a save as a whole: nothing of it is in the journal, and the next one works', async () => {
    const { other, ids } = await stocked();
    const { session, host } = other;
    const before = host.disk.journal.length;
    await expect(unreadable(other, () => tell(other, ids[0], 'биринчи'))).rejects.toMatchObject({
      code: 'cache/unreadable',
    });
    expect(host.disk.journal).toHaveLength(before);
    await tell(other, ids[0], 'экинчи');
    const hash = await session.stateHash();
    other.cache.entries.clear();
    await restart(other);
    const known = (await other.session.store.changes(ids[0] as string)).map(({ id }) => id);
    expect(new Set(known).size).toBe(known.length);
    expect(known).toHaveLength(2);
    expect(await other.session.stateHash()).toBe(hash);
  });

  test('keeps a pack out that came then, and the next round fetches it', async () => {
    const { one, other, place, ids } = await stocked();
    await tell(one, ids[0], 'бул сөз жоголбошу керек');
    await meet(one, place);
    await expect(unreadable(other, () => meet(other, place))).rejects.toMatchObject({
      code: 'cache/unreadable',
    });
    await tell(one, ids[19], 'дагы');
    for (const machine of [one, other]) await meet(machine, place);
    await other.session.close();
    await restart(other);
    expect(await other.session.stateHash()).toBe(await one.session.stateHash());
  });
});

test('an image that does not open where the end of the journal needs it is made anew', async () => {
  const { other, ids } = await stocked();
  await tell(other, ids[0], 'кэшке жетпеген');
  const hash = await other.session.stateHash();
  const chunk = other.cache.entries.get('r:00000000') as Uint8Array;
  other.cache.entries.set('r:00000000', chunk.slice().fill(7, 40, 44));
  await restart(other);
  expect(await other.session.stateHash()).toBe(hash);
});
