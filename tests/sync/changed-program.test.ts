import { describe, expect, test } from 'vitest';
import type { Bytes } from '@/core/base/bytes.ts';
import { isoSeconds } from '@/core/base/clock.ts';
import { newId } from '@/core/base/ids.ts';
import type { Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { sealFile } from '@/core/sync/envelope.ts';
import { countUpTo, isHeldByAnother, keptOf } from '@/core/sync/kept.ts';
import type { Membership } from '@/core/sync/roster.ts';
import { proveRenewal, signEntry } from '@/core/sync/team-log.ts';
import { type Device, deviceSigner, renewedDevice } from '@/core/vault/device.ts';
import { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { letIn } from './simulator/let-in.ts';
import { Machine } from './simulator/machine.ts';
import { flagsOf, meet, newcomer, team, titlesOf, write } from './two-machines.ts';

const membershipOf = (machine: Machine) => machine.session.state.membership as Membership;

/** Puts whatever this member's changed program wants into its next own pack. */
async function forge(by: Machine, changes: readonly Change[], log: readonly unknown[] = []): Promise<void> {
  const { session } = by;
  const { workspace, epoch, epochKeys } = membershipOf(by);
  const chain = session.state.chain(session.device.device);
  const fileBytes = await sealFile(
    'BKP1',
    { workspace, seq: chain.seq + 1, prev: chain.hash, epoch },
    { changes, log } as unknown as Json,
    {
      epochKeyBytes: epochKeys.get(epoch) as Bytes,
      signer: session.signer,
      random: new Chance(800 + chain.seq),
    },
  );
  await session.keep([{ entry: { kind: 'pack', own: true, fileBytes } }]);
}

describe('a member whose program was changed', () => {
  test.each([
    {
      what: 'under a key of his own',
      newDevice: async (thief: Machine, victim: Machine): Promise<Device> => ({
        ...(await renewedDevice(thief.session.device, new Chance(55))),
        device: victim.session.device.device,
      }),
    },
    { what: 'under her key', newDevice: async (_thief: Machine, victim: Machine) => victim.session.device },
  ])("cannot enter another's device as his own before her admission, $what", async ({ newDevice }) => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    const victim = await newcomer(one, 'm4', 32);
    for (let i = 0; i < 2; i++) for (const machine of [one, other, third, victim]) await meet(machine, place);
    const { log, workspace } = membershipOf(other);
    const own = other.session.device;
    // Names his own admission only, as if hers was not known yet.
    const admitted = [...log.entries].find(
      ([, { op, body }]) => op === 'admit' && body.device === own.device,
    );
    const device = await newDevice(other, victim);
    const claimed = await signEntry(
      {
        op: 'renew',
        prev: [admitted?.[0] ?? ''],
        at: isoSeconds(other.clock),
        body: {
          device: device.device,
          signing: device.signing.public,
          agreement: device.agreement.public,
          // Her key is hers: he can only say this with his own, or what he has seen her say.
          proof: await proveRenewal(
            workspace,
            own.device,
            device === victim.session.device ? other.session.signer : await deviceSigner(device),
          ),
        },
      },
      other.session.signer,
    );
    await forge(other, [], [claimed]);
    const inHerName = writeChange(
      { device: newId(new Chance(3)), author: victim.session.device.member, next: 1 },
      other.clock,
      { record: newId(new Chance(4)), type: 'observation' },
      { title: { text: 'анын атынан', lang: 'ky' } },
      {},
    );
    await forge(other, [inHerName]);
    for (const machine of [other, one, third]) await meet(machine, place);
    await write(victim, 'менин чыныгы сөзүм');
    for (let i = 0; i < 3; i++) for (const machine of [victim, one, third]) await meet(machine, place);
    for (const machine of [one, third]) {
      expect(membershipOf(machine).roster.devices.get(victim.session.device.device)?.member).toBe(
        victim.session.device.member,
      );
      expect(titlesOf(machine)).toEqual(['менин чыныгы сөзүм']);
      expect(flagsOf(machine)).toContain('sync/refused');
    }
  });

  test('who writes in the name of somebody whose admission is still on its way is told of when it arrives', async () => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    for (let i = 0; i < 2; i++) for (const machine of [one, other, third]) await meet(machine, place);
    const victim = await newcomer(one, 'm4', 32);
    for (const machine of [one, other]) await meet(machine, place);
    // One change under an id and in the name of hers, one in her name only.
    const { device, member } = victim.session.device;
    const words = [device, newId(new Chance(2))].map((writer, i) =>
      writeChange(
        { device: writer, author: member, next: 1 },
        other.clock,
        { record: newId(new Chance(4 + i)), type: 'observation' },
        { title: { text: `анын атынан ${i}`, lang: 'ky' } },
        {},
      ),
    );
    await forge(other, words);
    // The third meets him where nobody else is: neither the log nor the coordinator's packs tell of her.
    const aside = new MemoryPlace();
    await meet(other, aside);
    for (const path of aside.files.keys()) {
      if (!path.includes(other.session.device.device)) aside.files.delete(path);
    }
    await meet(third, aside, 'aside');
    expect(titlesOf(third)).toEqual(['анын атынан 0', 'анын атынан 1']);
    expect(flagsOf(third)).toEqual([]);
    // From the cache, which the lock brings up.
    await third.session.close();
    await third.start();
    for (const machine of [other, one, third]) await meet(machine, place);
    expect(flagsOf(one)).toEqual(['sync/refused']);
    const by = other.session.device;
    const told = { code: 'sync/in-name', detail: { of: member, device: by.device, member: by.member } };
    expect(third.session.state.flags).toMatchObject([told]);
    // It is found again in the journal, and gone once it was read.
    await third.start();
    expect(third.session.state.flags).toMatchObject([told]);
    await third.session.keep([{ entry: { kind: 'local', name: 'flags/dismissed', value: null } }]);
    for (const machine of [victim, one, other, third]) await meet(machine, place);
    await third.start();
    expect(flagsOf(third)).toEqual([]);
  });

  test("a member's earlier writing under a name that nobody knows is told of to nobody", async () => {
    const { one, other, place } = await team();
    const lost = { device: newId(new Chance(1)), author: newId(new Chance(2)), next: 1 };
    const earlier = writeChange(
      lost,
      other.clock,
      { record: newId(new Chance(4)), type: 'observation' },
      { title: { text: 'мурдагы сөз', lang: 'ky' } },
      {},
    );
    await forge(other, [earlier]);
    for (const machine of [other, one]) await meet(machine, place);
    const third = await newcomer(one, 'm3', 31);
    for (let i = 0; i < 2; i++) for (const machine of [one, third, other]) await meet(machine, place);
    for (const machine of [one, third]) {
      expect(titlesOf(machine)).toEqual(['мурдагы сөз']);
      expect(flagsOf(machine)).toEqual([]);
    }
  });

  test('cannot keep the team from admitting anybody, by seventy renewals side by side', async () => {
    const { one, other, place } = await team();
    const { roster, workspace } = membershipOf(other);
    const renewals = await Promise.all(
      Array.from({ length: 70 }, async (_, i) => {
        const next = await renewedDevice(other.session.device, new Chance(1_000 + i));
        return signEntry(
          {
            op: 'renew',
            prev: roster.ends,
            at: isoSeconds(other.clock),
            body: {
              device: next.device,
              signing: next.signing.public,
              agreement: next.agreement.public,
              proof: await proveRenewal(workspace, other.session.device.device, await deviceSigner(next)),
            },
          },
          other.session.signer,
        );
      }),
    );
    await forge(other, [], renewals);
    await meet(other, place);
    await meet(one, place);
    expect(membershipOf(one).roster.ends.length).toBeGreaterThan(64);
    const third = await newcomer(one, 'm3', 31);
    expect(membershipOf(third).roster.members.size).toBe(3);
  });

  test("cannot hide another's observation by calling its record something else", async () => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    const record = await write(one, 'күбөлүк жашырылбасын');
    for (const machine of [one, other]) await meet(machine, place);
    const { session } = other;
    await session.write((pen) => [
      writeChange(pen, session.clock, { record, type: 'view' }, { note: '' }, {}),
    ]);
    // The third gets to know the record by his change alone.
    const aside = new MemoryPlace();
    await meet(other, aside);
    for (const path of aside.files.keys()) {
      if (path.includes(one.session.device.device)) aside.files.delete(path);
    }
    await meet(third, aside);
    expect(titlesOf(third)).toEqual([]);
    for (let i = 0; i < 2; i++) for (const machine of [one, other, third]) await meet(machine, place);
    for (const machine of [one, other, third]) {
      expect(titlesOf(machine)).toEqual(['күбөлүк жашырылбасын']);
      expect(machine.session.store.everyOther().map(({ id }) => id)).not.toContain(record);
    }
    expect(await third.session.stateHash()).toBe(await one.session.stateHash());
  });

  test("cannot make the author's own words count as held by a number used in her name", async () => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 31);
    const inHerName = writeChange(
      { device: one.session.device.device, author: one.session.device.member, next: 999_999_999 },
      other.clock,
      { record: newId(new Chance(4)), type: 'observation' },
      { title: { text: 'анын атынан', lang: 'ky' } },
      {},
    );
    await forge(other, [inHerName]);
    for (const machine of [one, other, third, one]) await meet(machine, place);
    const record = await write(one, 'эч жакка кеткен жок');
    const { state, device, store } = one.session;
    expect(keptOf(state, device.device, await store.changes(record))).toEqual({ state: 'here' });
    expect(countUpTo(state, device.device, [device.device], isHeldByAnother(state, device.device))).toBe(0);
  });
});

test('an invited person who asks as somebody who is in the team gets nothing of hers', async () => {
  const { one, other, place } = await team();
  const thief = new Machine('m3', new Chance(31));
  await thief.start();
  // His device says that it is the coordinator's.
  Object.assign(thief.session.device, { member: one.session.device.member });
  await letIn(one, thief).catch(() => undefined);
  for (const machine of [one, other]) await meet(machine, place);
  const { roster } = membershipOf(other);
  expect(roster.devices.has(thief.session.device.device)).toBe(false);
  expect([...roster.members.values()].map(({ role }) => role).sort()).toEqual(['coordinator', 'monitor']);
});
