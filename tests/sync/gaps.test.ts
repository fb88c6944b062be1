import { expect, test } from 'vitest';
import type { Bytes } from '@/core/base/bytes.ts';
import { packName } from '@/core/sync/layout.ts';
import { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { Machine } from './simulator/machine.ts';
import { flagsOf, meet, newcomer, team, titlesOf, write } from './two-machines.ts';

/** A place that holds of another one only the packs with these numbers of one device. */
function placeWith(from: MemoryPlace, device: string, numbers: readonly number[]): MemoryPlace {
  const place = new MemoryPlace();
  for (const [path, bytes] of from.files) {
    const number = Number(/\/(\d{6})-/.exec(path)?.[1]);
    if (path.includes(`/${device}/`) && numbers.includes(number)) place.files.set(path, bytes);
  }
  return place;
}

async function loseCache(machine: Machine): Promise<void> {
  machine.crash();
  machine.cache.entries.clear();
  await machine.start();
}

const TITLES = ['биринчи', 'экинчи ишим', 'үчүнчү иш бар', 'төртүнчү ишти жаздым'];

// Which of a lost device's packs a place holds that never saw its head: whoever has the rest puts it there.
test.each([[[]], [[1]], [[2]], [[4]], [[1, 3]], [[2, 4]], [[1, 2, 4]]])(
  'a lost device leaves four packs, of which a place holds %j: all come to who has none',
  async (numbers) => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    for (const title of TITLES) {
      await write(one, title);
      await meet(one, place);
    }
    await meet(other, place);
    const second = placeWith(place, one.session.device.device, numbers);
    // Heads are in the cache alone: now nobody has that of the lost device.
    await loseCache(other);
    for (let round = 0; round < 12; round++)
      for (const machine of [other, third]) await meet(machine, second);
    expect(titlesOf(third)).toEqual([...TITLES].sort());
    expect(await third.session.stateHash()).toBe(await other.session.stateHash());
  },
);

test.each([[[]], [[2]], [[3]], [[4]], [[2, 3]], [[2, 4]]])(
  "a copy of a laptop went on and is lost; of its packs a place holds %j, and the other's holder has them all",
  async (numbers) => {
    const { one, other, place } = await team();
    await write(other, TITLES[0] as string);
    await meet(other, place);
    const { device } = other.session.device;
    other.crash();
    const copy = new Machine('copy', new Chance(32), other);
    await other.start();
    await copy.start();
    for (const title of TITLES.slice(1)) {
      await write(copy, title);
      await meet(copy, place);
    }
    await meet(one, place);
    await loseCache(one);
    const second = placeWith(place, device, numbers);
    await write(other, 'мен да жаздым, билбей туруп');
    for (let round = 0; round < 12; round++) for (const machine of [other, one]) await meet(machine, second);
    expect(titlesOf(one)).toHaveLength(5);
    expect(await one.session.stateHash()).toBe(await other.session.stateHash());
    expect(other.session.device.device).not.toBe(device);
    expect(flagsOf(other)).toContain('sync/renewed');
  },
);

/** A laptop and its copy, which have both written nothing since; the original holds a pack that the copy lacks. */
async function copied() {
  const { one, other, place } = await team();
  await write(other, TITLES[0] as string);
  for (const machine of [one, other]) await meet(machine, place);
  other.crash();
  const copy = new Machine('copy', new Chance(32), other);
  await other.start();
  await write(one, TITLES[1] as string);
  for (const machine of [one, other, one]) await meet(machine, place);
  const { seq, hash } = other.session.state.chain(one.session.device.device);
  const damage = (at: MemoryPlace): void => {
    const path = [...at.files.keys()].find((name) => name.endsWith(packName(seq, hash))) ?? '';
    at.files.set(
      path,
      (at.files.get(path) as Bytes).map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
    );
  };
  await copy.start();
  return { one, other, copy, place, damage };
}

test('a copy that lacks what the other laptop holds goes on as another one, and gets it', async () => {
  const { one, other, copy, place, damage } = await copied();
  damage(place);
  for (let round = 0; round < 6; round++)
    for (const machine of [copy, other, one]) await meet(machine, place);
  expect(titlesOf(copy)).toEqual(TITLES.slice(0, 2));
  expect(await copy.session.stateHash()).toBe(await one.session.stateHash());
  expect(copy.session.device.device).not.toBe(other.session.device.device);
  expect(flagsOf(copy)).toContain('sync/renewed');
  expect(flagsOf(other)).not.toContain('sync/renewed');
});

test('what a copy lacks is put where the other laptop never comes, although the latest receipt of its id is for it', async () => {
  const { one, copy, damage } = await copied();
  const aside = new MemoryPlace();
  for (const machine of [copy, one]) await meet(machine, aside, 'aside');
  damage(aside);
  for (let round = 0; round < 6; round++)
    for (const machine of [copy, one]) await meet(machine, aside, 'aside');
  expect(titlesOf(copy)).toEqual(TITLES.slice(0, 2));
});
