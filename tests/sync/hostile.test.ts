import { describe, expect, test } from 'vitest';
import { newId } from '@/core/base/ids.ts';
import type { Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { JOIN_FILE_LIMIT } from '@/core/sync/join.ts';
import { keptOf } from '@/core/sync/kept.ts';
import { requestPath } from '@/core/sync/layout.ts';
import type { Membership } from '@/core/sync/roster.ts';
import { sealPacks } from '@/core/sync/seal-packs.ts';
import { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { Machine } from './simulator/machine.ts';
import { flagsOf, invited, meet, team, titlesOf, write } from './two-machines.ts';

function thousandsOfLists(): Json {
  let deep: Json = [];
  for (let i = 0; i < 2_000; i++) deep = [deep];
  return deep;
}

describe('a place', () => {
  test('that is wiped gets everything back, also what a laptop wrote that is gone, and is told of', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    await write(other, 'экинчи ишим');
    await meet(other, place);
    one.crash();
    place.files.clear();
    await meet(other, place);
    expect(flagsOf(other)).toEqual(['sync/rolled-back']);
    const third = new Machine('m1', new Chance(9), one);
    await third.start();
    await meet(third, place);
    expect(titlesOf(third)).toEqual(['биринчи', 'экинчи ишим']);
    // Both the lost laptop's packs and the own ones are there again.
    const devices = new Set(
      [...place.files.keys()].filter((path) => path.endsWith('.bkp')).map((p) => p.split('/')[1]),
    );
    expect(devices.size).toBe(2);
  });

  test('that shows an older state harms nothing, and is told of', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const before = new Map(place.files);
    await write(one, 'экинчи ишим');
    await meet(one, place);
    await meet(other, place);
    place.files.clear();
    for (const [path, bytes] of before) place.files.set(path, bytes);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим']);
    expect(flagsOf(other)).toContain('sync/rolled-back');
    await meet(one, place);
    await write(other, 'үчүнчү иш бар');
    await meet(other, place);
    await meet(one, place);
    expect(titlesOf(one)).toHaveLength(3);
  });

  test('that withholds a pack is told of after a few rounds, and the pack comes back from who has it', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const pack = [...place.files.keys()].find((path) => path.endsWith('.bkp')) as string;
    place.files.delete(pack);
    for (let round = 0; round < 3; round++) await meet(other, place);
    expect(titlesOf(other)).toEqual([]);
    expect(flagsOf(other)).toContain('sync/withheld');
    await meet(one, place);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи']);
  });

  test('whose copy of a pack stays unreadable is told of once, until who has it puts it there again', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const [path, bytes] = [...place.files].find(([name]) => name.endsWith('.bkp')) as [string, Uint8Array];
    place.files.set(path, new Chance(3).bytes(bytes.length));
    await meet(other, place);
    expect(flagsOf(other)).toEqual([]);
    await meet(other, place);
    expect(flagsOf(other)).toEqual(['sync/unreadable']);
    expect(other.session.state.flags[0]?.detail).toMatchObject({ target: 'place' });
    await meet(one, place);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи']);
    expect(flagsOf(other).filter((code) => code === 'sync/unreadable')).toHaveLength(1);
  });

  test('whose copy of a head nobody has seen whole is told of', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const { device, member } = one.session.device;
    const path = [...place.files.keys()].find((name) => name.endsWith(`${device}/head.bkh`)) as string;
    const whole = place.files.get(path) as Uint8Array<ArrayBuffer>;
    delete other.session.state.target('place').shown[device];
    place.files.set(path, new Chance(3).bytes(300));
    await meet(other, place);
    expect(flagsOf(other)).toEqual([]);
    await meet(other, place);
    expect(flagsOf(other)).toEqual(['sync/unreadable']);
    expect(other.session.state.flags[0]?.detail).toEqual({ device, member, target: 'place' });
    place.files.set(path, whole);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи']);
  });

  test('full of noise, renamed packs and conflicted copies gives every pack all the same', async () => {
    const { one, other, place } = await team();
    for (const title of ['биринчи', 'экинчи ишим', 'үчүнчү иш бар']) {
      await write(one, title);
      await meet(one, place);
    }
    for (const [path, bytes] of [...place.files]) {
      if (!path.endsWith('.bkp')) continue;
      place.files.delete(path);
      place.files.set(path.replace('.bkp', ' (конфликт 2).bkp'), bytes);
      place.files.set(path.replace(/[^/]+$/, 'ZZZ.BKP'), bytes.slice(0, 50));
      place.files.set(path.replace(/[^/]+$/, 'noise.bkp'), new Chance(1).bytes(500));
    }
    await meet(other, place);
    expect(titlesOf(other)).toHaveLength(3);
    expect(flagsOf(other)).toEqual([]);
  });

  test('costs a few hundred bytes in a round in which nothing is new', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    for (let i = 0; i < 3; i++) for (const machine of [one, other]) await meet(machine, place);
    const before = { ...place.counts };
    await meet(one, place);
    const { list, get, put, bytesIn, bytesOut } = place.counts;
    // The log and two heads are asked for, each answered with "unchanged".
    expect([list - before.list, get - before.get, put - before.put]).toEqual([0, 3, 0]);
    expect([bytesIn - before.bytesIn, bytesOut - before.bytesOut]).toEqual([0, 0]);
  });

  test('that breaks off after any call leaves a round that goes on where it was', async () => {
    const calls = async (failAt: number): Promise<number> => {
      const { one, other, place } = await team();
      await write(one, 'биринчи');
      await write(other, 'экинчи ишим');
      const begun = place.counts.get + place.counts.put + place.counts.list;
      if (failAt > 0) place.failCall(failAt, { code: 'target/unreachable', keep: 40 });
      for (const machine of [one, other, one]) await meet(machine, place).catch(() => undefined);
      const made = place.counts.get + place.counts.put + place.counts.list - begun;
      for (const machine of [one, other, one, other, one]) await meet(machine, place);
      expect(await one.session.stateHash(), `broken at call ${failAt}`).toBe(await other.session.stateHash());
      expect(titlesOf(one)).toHaveLength(2);
      return made;
    };
    const all = await calls(0);
    for (let at = 1; at <= all; at++) await calls(at);
  });
});

describe('on the way into a team', () => {
  test('a file too long for a request is passed over, and the request is put in its place', async () => {
    const { one, other, place, id, join } = await invited(31);
    place.files.set(requestPath(id), new Uint8Array(JOIN_FILE_LIMIT + 1));
    await join(one);
    await join(other);
    await join(one);
    expect((await one.team.invitations()).map(({ state }) => state)).toEqual(['asked']);
  });
});

describe('a copied laptop', () => {
  test('goes on as a new device of the same person, and nothing of either is lost', async () => {
    const { one, other, place } = await team();
    const record = await write(other, 'чогуу');
    await meet(other, place);
    await meet(one, place);
    const copy = new Machine('m3', new Chance(11), other);
    await copy.start();
    await write(other, 'түпкү нускада жазылган', record);
    await write(copy, 'көчүрмөдө жазылган сөз', record);
    await meet(other, place);
    await meet(copy, place);
    await meet(copy, place);
    expect(flagsOf(copy)).toContain('sync/renewed');
    expect(copy.session.device.device).not.toBe(other.session.device.device);
    expect(copy.session.device.member).toBe(other.session.device.member);
    for (const machine of [one, other, copy, one, other]) await meet(machine, place);
    const hash = await one.session.stateHash();
    expect(await other.session.stateHash()).toBe(hash);
    expect(await copy.session.stateHash()).toBe(hash);
    const texts = JSON.stringify(await one.session.store.changes(record));
    expect(texts).toContain('түпкү нускада жазылган');
    expect(texts).toContain('көчүрмөдө жазылган сөз');
    expect(one.session.store.row(record)?.conflicts).toBe(1);
  });

  test("is not told that others hold its words when they hold its twin's of the same number", async () => {
    const { one, other, place } = await team();
    await write(other, 'чогуу');
    for (const machine of [other, one, other]) await meet(machine, place);
    const copy = new Machine('m3', new Chance(11), other);
    await copy.start();
    const keptBy = async (machine: Machine, record: string) =>
      keptOf(
        machine.session.state,
        machine.session.device.device,
        await machine.session.store.changes(record),
      );
    const original = await write(other, 'түпкү нускада жазылган');
    const twin = await write(copy, 'көчүрмөдө жазылган сөз');
    for (const machine of [other, one, other]) await meet(machine, place);
    expect(await keptBy(other, original)).toEqual({ state: 'held', devices: 1 });
    for (let i = 0; i < 2; i++) await meet(copy, place);
    expect(flagsOf(copy)).toContain('sync/renewed');
    // The first holds the original's pack, which has a change of that number too.
    expect((await keptBy(copy, twin)).state).toBe('handed-over');
    for (const machine of [one, other, copy]) await meet(machine, place);
    expect(await keptBy(copy, twin)).toEqual({ state: 'held', devices: 2 });
    await meet(other, place);
    expect(await keptBy(other, original)).toEqual({ state: 'held', devices: 2 });
  });
});

describe('a laptop that was set back to a backup', () => {
  /** Set back on `one`; what it wrote since the backup is on `other` alone, whose cache is gone with everybody's heads. */
  async function setBack(): Promise<{ one: Machine; other: Machine; fresh: MemoryPlace }> {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    for (const machine of [one, other]) await meet(machine, place);
    const backup = new Machine('m3', new Chance(11), one);
    for (const title of ['экинчи ишим', 'үчүнчү иш бар']) {
      await write(one, title);
      for (const machine of [one, other]) await meet(machine, place);
    }
    await other.session.close();
    other.crash();
    other.cache.entries.clear();
    await other.start();
    await backup.start();
    return { one: backup, other, fresh: new MemoryPlace() };
  }

  test('gets back what it lost from who holds it, at a place that never saw it, under another id', async () => {
    const { one, other, fresh } = await setBack();
    const { device } = one.session.device;
    await write(one, 'артка кайткандан кийин');
    for (let i = 0; i < 4; i++) for (const machine of [one, other]) await meet(machine, fresh);
    expect(titlesOf(one)).toEqual(['артка кайткандан кийин', 'биринчи', 'экинчи ишим', 'үчүнчү иш бар']);
    expect(titlesOf(other)).toEqual(titlesOf(one));
    expect(one.session.device.device).not.toBe(device);
    expect(flagsOf(one)).toContain('sync/renewed');
  });
});

describe('a member', () => {
  test("who writes in another's name is refused, the rest of the pack is taken, and a person is told", async () => {
    const { one, other, place } = await team();
    const { session } = other;
    const mine = writeChange(
      { device: session.device.device, author: session.device.member, next: 50 },
      session.clock,
      { record: newId(new Chance(21)), type: 'observation' },
      { title: { text: 'менин сөзүм', lang: 'ky' } },
      {},
    );
    const forged = writeChange(
      { device: one.session.device.device, author: one.session.device.member, next: 51 },
      session.clock,
      { record: newId(new Chance(22)), type: 'observation' },
      { title: { text: 'башканын атынан', lang: 'ky' } },
      {},
    );
    const membership = session.state.membership as Membership;
    // A member who changed the program would not ask who the author is.
    const roster = { ...membership.roster, members: new Map() };
    const packs = await sealPacks(
      { state: session.state, signer: session.signer, random: new Chance(23), member: session.device.member },
      { ...membership, roster },
      [mine, forged],
    );
    await session.keep(packs);
    await meet(other, place);
    await meet(one, place);
    expect(titlesOf(one)).toEqual(['менин сөзүм']);
    expect(one.session.state.flags[0]).toMatchObject({ code: 'sync/refused', detail: { changes: 1 } });
  });

  test.each([
    ['a value of thousands of lists in one another', 'answers/kidnapping/who', thousandsOfLists()],
    ['a register called as what every object has', 'constructor', 'Object'],
    ['a register called as the ancestor of every object', '__proto__', { title: 'Object' }],
    ['an element called so', 'links/__proto__', { direction: 'supports', comment: '' }],
  ])('who sends %s has it refused, and the rest is taken', async (_what, name, value) => {
    const { one, other, place } = await team();
    const { session } = other;
    const pen = { device: session.device.device, author: session.device.member };
    const record = newId(new Chance(24));
    const target = { record, type: 'observation' };
    const title = { text: 'тереңдик жок', lang: 'ky' };
    const hostile = writeChange({ ...pen, next: 51 }, session.clock, target, { title }, {});
    const fields = JSON.parse(JSON.stringify({ name: [value, []] }).replace('"name"', JSON.stringify(name)));
    const packs = await sealPacks(
      { state: session.state, signer: session.signer, random: new Chance(25), member: session.device.member },
      session.state.membership as Membership,
      [
        writeChange({ ...pen, next: 50 }, session.clock, target, { title }, {}),
        { ...hostile, fields } as Change,
      ],
    );
    await session.keep(packs);
    await meet(other, place);
    await meet(one, place);
    expect(titlesOf(one)).toEqual(['тереңдик жок']);
    expect(one.session.state.flags[0]).toMatchObject({ code: 'sync/refused', detail: { changes: 1 } });
  });

  test('whose clock is ten years ahead is told of, and decides nothing', async () => {
    const { one, other, place } = await team();
    const record = await write(one, 'биринчи');
    for (const machine of [one, other]) await meet(machine, place);
    other.clock.time += 10 * 365 * 86_400_000;
    await write(other, 'келечектен жазылган сөз', record);
    await write(one, 'азыр жазылган сөз бар', record);
    for (const machine of [other, one, other, one]) await meet(machine, place);
    expect(flagsOf(one)).toEqual(['sync/clock']);
    expect(one.session.store.row(record)?.conflicts).toBe(1);
    expect(await one.session.stateHash()).toBe(await other.session.stateHash());
  });
});
