import { describe, expect, test } from 'vitest';
import { type Bytes, concat, toB64, utf8 } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import { canonical, type Json } from '@/core/base/json.ts';
import { sealFile } from '@/core/sync/envelope.ts';
import { headPath, packPath } from '@/core/sync/layout.ts';
import type { Membership } from '@/core/sync/roster.ts';
import { runRound } from '@/core/sync/round.ts';
import { RoundControl } from '@/core/sync/round-control.ts';
import type { Target } from '@/core/sync/target.ts';
import type { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import type { Machine } from './simulator/machine.ts';
import { flagsOf, invited, meet, newcomer, team, titlesOf, write } from './two-machines.ts';

const MB = 1_000_000;
const hashOfAll = (byte: number): string => toB64(new Uint8Array(32).fill(byte));
const membershipOf = (machine: Machine) => machine.session.state.membership as Membership;

/** Puts a head of `machine` that says what its program never would. */
async function putHead(machine: Machine, place: MemoryPlace, says: Readonly<Record<string, Json>>) {
  const { session } = machine;
  const { workspace, epoch, epochKeys } = membershipOf(machine);
  const content = {
    seq: 0,
    hash: '',
    recent: [],
    frontier: {},
    wants: [],
    at: '2021-04-12T08:00:00Z',
    ...says,
  };
  const bytes = await sealFile('BKH1', { workspace, seq: content.seq, prev: '', epoch }, content, {
    epochKeyBytes: epochKeys.get(epoch) as Bytes,
    signer: session.signer,
    random: new Chance(77),
  });
  await place.open().put(headPath(workspace, session.device.device), bytes);
}

/** Has the outline of a pack, and nothing else of one. */
function forgedPack(workspace: string, device: string, seq: number, length: number): Bytes {
  const header = {
    v: 1,
    workspace,
    device,
    seq,
    prev: hashOfAll(seq % 256),
    epoch: 1,
    salt: hashOfAll(1),
    commitment: hashOfAll(2),
    length,
  };
  const headerBytes = utf8(canonical(header));
  const front = new Uint8Array(8);
  front.set(utf8('BKP1'));
  new DataView(front.buffer).setUint32(4, headerBytes.length);
  return concat(front, headerBytes, new Uint8Array(length), new Uint8Array(64));
}

describe('a log with one garbled letter, so that it says it is of a later version,', () => {
  test('is written over, and a device that moved to another machine stays in the team', async () => {
    const { one, other, place } = await team();
    for (const machine of [one, other]) await meet(machine, place);
    const path = [...place.files.keys()].find((name) => name.endsWith('log.bkl')) as string;
    const garbled = (place.files.get(path) as Bytes).slice();
    garbled.set(utf8('BKL3'));
    place.files.set(path, garbled);
    await other.session.renewHere();
    await write(other, 'жаңы машинада');
    for (let i = 0; i < 3; i++) for (const machine of [other, one]) await meet(machine, place);
    expect(titlesOf(one)).toEqual(['жаңы машинада']);
  });
});

describe('half a file of joining', () => {
  test.each(['request', 'answer'])('of an upload that broke off, here the %s, is put again', async (what) => {
    const { one, other, place, id, join } = await invited(31);
    const path = `join/${id}/${what}.bkj`;
    let once = true;
    place.mishap = (_count, method, where) => {
      if (method !== 'put' || where !== path || !once) return null;
      once = false;
      return { code: 'target/unreachable', keep: 60 };
    };
    for (let i = 0; i < 4; i++) {
      for (const machine of [other, one]) await join(machine).catch(() => undefined);
      if ((await one.team.invitations())[0]?.state === 'asked') await one.team.admit(id);
    }
    expect(once).toBe(false);
    expect((await other.team.joining())?.state).toBe('answered');
  });
});

describe('a place without keys', () => {
  test('cannot make a device hold a line of long files that are no packs', async () => {
    const { one, other, place } = await team();
    for (let i = 0; i < 40; i++) {
      await write(one, `иш ${'а'.repeat(i)}`);
      await meet(one, place);
    }
    const { workspace } = membershipOf(one);
    const { device } = one.session.device;
    let handed = 0;
    const open = (): Target => {
      const target = place.open();
      return {
        list: async (folder) => (await target.list(folder)).filter(({ name }) => !name.endsWith('.bkp')),
        put: (name, bytes) => target.put(name, bytes),
        async get(path, options) {
          if (!path.includes(`/${device}/`) || !path.endsWith('.bkp')) return target.get(path, options);
          const seq = Number(/\/(\d{6})-/.exec(path)?.[1]);
          const bytes = forgedPack(workspace, device, seq, 9 * MB);
          if (bytes.length > options.maxBytes)
            throw new CodedError('target/too-long', 'Longer than asked for.');
          handed += 1;
          return { state: 'found', bytes, tag: null };
        },
      };
    };
    await meet(other, { open });
    expect(handed).toBeGreaterThan(0);
    expect(handed).toBeLessThan(4);
    await meet(other, place);
    expect(titlesOf(other)).toHaveLength(40);
  });

  test('full of more litter than can be remembered is told of, and not read again at every round', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const [path, pack] = [...place.files].find(([name]) => name.endsWith('.bkp')) as [string, Bytes];
    place.files.delete(path);
    const noise = new Chance(4).bytes(20_000);
    for (let i = 0; i < 1_500; i++) place.files.set(path.replace(/[^/]+$/, `${i}.bkp`), noise);
    const read: number[] = [];
    for (let i = 0; i < 6; i++) {
      const { bytesIn } = place.counts;
      await meet(other, place);
      read.push(place.counts.bytesIn - bytesIn);
    }
    expect(flagsOf(other)).toContain('sync/unreadable');
    expect(Math.max(...read)).toBeLessThan(6 * MB);
    expect(read.filter((bytes) => bytes > MB).length).toBeLessThan(4);
    place.files.set(path, pack);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи']);
  });

  test('that says of noise it is of a later version blames nobody, and is not read at every round', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const [path] = [...place.files].find(([name]) => name.endsWith('.bkp')) as [string, Bytes];
    place.files.delete(path);
    place.files.set(path.replace(/[^/]+$/, 'x.bkp'), concat(utf8('BKP9'), new Uint8Array(3 * MB)));
    const before = place.counts.bytesIn;
    for (let i = 0; i < 5; i++) await meet(other, place);
    expect(place.counts.bytesIn - before).toBeLessThan(10 * MB);
    const newer = other.session.state.flags.filter(({ code }) => code === 'sync/newer');
    expect(newer.map(({ detail }) => detail)).toEqual([{ target: 'place' }]);
  });
});

describe('a head with a number that nobody can have written', () => {
  const numbers: { what: string; says: (device: string) => Readonly<Record<string, Json>> }[] = [
    { what: 'of its own packs', says: () => ({ seq: 1_000_000_000, hash: hashOfAll(9) }) },
    {
      what: 'in its receipt',
      says: (device) => ({ frontier: { [device]: [[1_000_000_000, hashOfAll(9)]] } }),
    },
  ];
  test.each(numbers)('$what does not make its readers list folder after folder', async ({ says }) => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    await write(one, 'биринчи');
    for (const machine of [one, third, other]) await meet(machine, place);
    await putHead(other, place, says(one.session.device.device));
    const before = place.counts.list;
    await meet(third, place);
    expect(place.counts.list - before).toBeLessThan(20);
  });

  test('can be stopped by a person', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    for (const machine of [one, other]) await meet(machine, place);
    await putHead(other, place, { seq: 200_000, hash: hashOfAll(9) });
    const control = new RoundControl(one.clock);
    let lists = 0;
    const target = place.open();
    const counting: Target = {
      get: (path, options) => target.get(path, options),
      put: (path, bytes) => target.put(path, bytes),
      list: async () => {
        lists += 1;
        control.stop();
        // Never empty, so that nothing else ends it.
        return [{ name: `${lists}.bkp`, size: FAR_TOO_LONG }];
      },
    };
    const round = runRound({
      ledger: one.session,
      target: counting,
      memory: one.session.state.target('place'),
      name: 'place',
      control,
    });
    await expect(round).rejects.toThrow();
    expect(lists).toBe(1);
  });
});

const FAR_TOO_LONG = 100 * MB;

test("a receipt for a pack that never was, beside one's own under its name, makes nobody take another id", async () => {
  const { one, other, place } = await team();
  await write(one, 'биринчи');
  for (const machine of [one, other, one]) await meet(machine, place);
  const { device } = one.session.device;
  const own = [...place.files].find(([path]) => path.includes(`/${device}/`) && path.endsWith('.bkp'));
  await place.open().put(packPath(membershipOf(one).workspace, device, 1, hashOfAll(8)), own?.[1] as Bytes);
  // The second line makes it the later head.
  const nobody = 'd'.repeat(26);
  await putHead(other, place, {
    frontier: { [device]: [[1, hashOfAll(8)]], [nobody]: [[100, hashOfAll(7)]] },
  });
  await write(one, 'кийинки иш');
  await meet(one, place);
  expect(one.session.device.device).toBe(device);
  expect(flagsOf(one)).not.toContain('sync/renewed');
});

test("more lines of one device than a head may tell of leave everybody else's heads readable", async () => {
  const { one, other, place } = await team();
  const third = await newcomer(one, 'm3', 31);
  const { session } = other;
  const { workspace, epoch, epochKeys } = membershipOf(other);
  const { device } = session.device;
  const first = session.state.chain(device);
  for (let i = 0; i < 70; i++) {
    const fileBytes = await sealFile(
      'BKP1',
      { workspace, seq: first.seq + 1, prev: first.hash, epoch },
      { changes: [], log: [] },
      {
        epochKeyBytes: epochKeys.get(epoch) as Bytes,
        signer: session.signer,
        random: new Chance(2_000 + i),
      },
    );
    await one.session.keep([{ entry: { kind: 'pack', own: false, fileBytes } }]);
  }
  expect(one.session.state.chain(device).ends.length).toBeGreaterThan(64);
  await write(one, 'экинчи ишим');
  for (const machine of [one, third]) await meet(machine, place);
  expect(titlesOf(third)).toEqual(['экинчи ишим']);
});
