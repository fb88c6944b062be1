import { describe, expect, test } from 'vitest';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { memoryHost } from '../../support/memory-host.ts';
import { type Person, team } from '../../support/team.ts';
import {
  type Laptop,
  laptop,
  openNewVault,
  PASSPHRASE,
  saveNew,
  silent,
  titled,
  titles,
} from '../../support/vault.ts';

const COPY = ['copy/header.bkv', 'copy/device.bkv', 'copy/journal'];

/** Another computer, with nothing on it but the stick that the copy is on. */
function newLaptop(machine: Laptop): Laptop {
  const host = memoryHost();
  host.disk.machine = 'b'.repeat(32);
  for (const name of COPY) {
    host.disk.files.set(name, machine.host.disk.files.get(name) as Uint8Array<ArrayBuffer>);
  }
  return laptop(host, new MemoryCache(), machine.places);
}

/** From the first-run screen to an open vault; resolves with the codes of its notices. */
async function restore(workspace: Workspace, secret = { passphrase: PASSPHRASE }): Promise<string[]> {
  const [copy] = (await workspace.restore.find('/stick')) ?? [];
  await workspace.restore.restore(copy?.id ?? '');
  const { notices } = await workspace.vault.unlock(secret, silent);
  return notices.map(({ code }) => code);
}

test('a safety copy is made by itself once a folder is chosen, and opens with the same state', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('В школе закрыли класс'));
  await workspace.safety.choose('/stick');
  await expect.poll(() => machine.host.disk.files.has('copy/journal')).toBe(true);
  const found = await workspace.safety.rehearse(PASSPHRASE, silent);
  expect(found).toEqual({ result: 'same', observations: 1 });
  await expect(workspace.safety.rehearse('another passphrase', silent)).rejects.toMatchObject({
    code: 'vault/wrong-passphrase',
  });
});

test.each(['copy/journal', 'copy/device.bkv'])(
  'a copy whose %s the stick has spoilt is told as damaged',
  async (name) => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('one'));
    await saveNew(workspace, titled('two'));
    await workspace.safety.choose('/stick');
    await workspace.safety.copy();
    const { files } = machine.host.disk;
    const honest = machine.host.safety.copy;
    Object.assign(machine.host.safety, {
      copy: async (upTo: number, device: Uint8Array) => {
        await honest(upTo, device);
        const bytes = files.get(name) as Uint8Array<ArrayBuffer>;
        const middle = Math.floor(bytes.length / 2);
        bytes[middle] = (bytes[middle] as number) ^ 1;
      },
    });
    expect(await workspace.safety.rehearse(PASSPHRASE, silent)).toMatchObject({ result: 'damaged' });
  },
);

test('a passphrase that was changed no longer opens the copies', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await workspace.safety.choose('/stick');
  await workspace.safety.copy();
  const before = machine.host.disk.files.get('copy/header.bkv');
  await workspace.vault.changePassphrase({ passphrase: PASSPHRASE }, 'an entirely new passphrase');
  await expect.poll(() => machine.host.disk.files.get('copy/header.bkv')).not.toEqual(before);
  expect(await workspace.safety.rehearse('an entirely new passphrase', silent)).toMatchObject({
    result: 'same',
  });
});

describe('restoring a safety copy', () => {
  async function copied() {
    const machine = laptop();
    const { workspace, words } = await openNewVault(machine);
    await saveNew(workspace, titled('В школе закрыли класс'));
    await workspace.safety.choose('/stick');
    await workspace.safety.copy();
    return { machine, workspace, words };
  }

  test('shows what the copy holds before anything is changed, by passphrase or recovery words', async () => {
    const { machine, words } = await copied();
    const other = newLaptop(machine);
    const { restore: door } = other.start();
    const [found] = (await door.find('/stick')) ?? [];
    expect(found).toMatchObject({ at: '2021-04-12T08:00:00.000Z', state: 'whole', before: false });
    const id = found?.id ?? '';
    const content = { observations: 1, damaged: false };
    expect(await door.open(id, { passphrase: PASSPHRASE }, silent)).toEqual(content);
    expect(await door.open(id, { recoveryWords: words }, silent)).toEqual(content);
    await expect(door.open(id, { passphrase: 'another one entirely' }, silent)).rejects.toMatchObject({
      code: 'vault/wrong-passphrase',
    });
    await expect(door.open('f'.repeat(12), { passphrase: PASSPHRASE }, silent)).rejects.toMatchObject({
      code: 'safety/none',
    });
    expect([...other.host.disk.files.keys()].sort()).toEqual([...COPY].sort());
    expect(other.host.disk.journalLength).toBe(0);
  });

  test('opens on another computer as another device of the same person, with everything in it', async () => {
    const { machine, workspace } = await copied();
    const before = await workspace.vault.profile();
    const other = newLaptop(machine).start();
    expect(await restore(other)).toContain('device/restored');
    const after = await other.vault.profile();
    expect(after.device).not.toBe(before.device);
    expect(after).toMatchObject({ member: before.member, name: before.name });
    expect(await titles(other)).toEqual(['В школе закрыли класс']);
    await other.vault.lock();
    const { notices } = await other.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect(notices.filter(({ code }) => code.startsWith('device/'))).toEqual([]);
    expect((await other.vault.profile()).device).toBe(after.device);
  });

  test.each(['the same machine', 'a machine that nobody can tell'])(
    'takes a new device id on %s too, since counters would be used twice',
    async (where) => {
      const { machine, workspace } = await copied();
      const { device } = await workspace.vault.profile();
      const other = newLaptop(machine);
      other.host.disk.machine = where === 'the same machine' ? machine.host.disk.machine : null;
      const restored = other.start();
      expect(await restore(restored)).toContain('device/restored');
      const renewed = (await restored.vault.profile()).device;
      expect(renewed).not.toBe(device);
      await restored.vault.lock();
      await restored.vault.unlock({ passphrase: PASSPHRASE }, silent);
      expect((await restored.vault.profile()).device).toBe(renewed);
    },
  );

  test('is refused over a vault', async () => {
    const { workspace } = await copied();
    const [copy] = (await workspace.restore.find('/stick')) ?? [];
    await expect(workspace.restore.restore(copy?.id ?? '')).rejects.toMatchObject({ code: 'vault/exists' });
  });
});

describe('in a team', () => {
  /** Two people in one team who have written, edited, deleted and exchanged. */
  async function busyTeam(): Promise<{ one: Person; other: Person }> {
    const { one, other } = await team();
    const mine = await saveNew(one.workspace, titled('Ала качуу'));
    const gone = await saveNew(other.workspace, titled('Жок болот'));
    for (const { round } of [one, other, one]) expect((await round()).error).toBeNull();
    // Both write in one field before they meet again: two versions side by side.
    for (const [{ workspace }, title] of [
      [one, 'Ала качуу, Өзгөн'],
      [other, 'Ала качуу, Ош'],
    ] as const) {
      const { observation, seen } = await workspace.observations.open(mine);
      const edited = { ...observation, title: { text: title, lang: 'ky' as const } };
      await workspace.observations.save({
        id: mine,
        base: observation,
        seen,
        observation: edited,
        draft: null,
      });
    }
    await other.workspace.observations.remove([gone]);
    for (const { round } of [one, other, one]) expect((await round()).error).toBeNull();
    return { one, other };
  }

  test('a rehearsal finds the same state, with others’ packs, a conflict and a deletion in it', async () => {
    const { one, other } = await busyTeam();
    await saveNew(one.workspace, titled('Өзүмдө гана'));
    for (const [{ workspace }, observations] of [
      [one, 2],
      [other, 1],
    ] as const) {
      await workspace.safety.choose('/stick');
      expect(await workspace.safety.rehearse(PASSPHRASE, silent)).toEqual({ result: 'same', observations });
    }
  });

  test('a restored copy goes on in the team, under a new device of the same member, and loses nothing', async () => {
    const { one, other } = await busyTeam();
    const id = await saveNew(one.workspace, titled('Өзүмдө гана'));
    await one.workspace.safety.choose('/stick');
    await one.workspace.safety.copy();
    const before = await one.workspace.vault.profile();
    await saveNew(one.workspace, titled('Көчүрмөдөн кийин'));
    expect((await one.round()).error).toBeNull();
    await one.workspace.vault.lock();

    const again = newLaptop(one.machine).start();
    expect(await restore(again)).toContain('device/restored');
    const [target] = (await again.sync.overview()).targets;
    const round = () => again.sync.run(target?.id ?? '');
    await saveNew(again, titled('Жаңы ноутбукта'));
    for (const turn of [round, other.round, round]) expect((await turn()).error).toBeNull();
    // What the lost laptop had handed over after the copy comes back from the team.
    const all = ['Көчүрмөдөн кийин', 'Жаңы ноутбукта', 'Өзүмдө гана'];
    expect(await titles(again)).toEqual(expect.arrayContaining(all));
    expect(await titles(other.workspace)).toEqual(expect.arrayContaining(all));
    expect(await again.observations.stateHash()).toBe(await other.workspace.observations.stateHash());
    // The lost laptop, which had them too, is no other device: it is gone.
    for (const workspace of [again, other.workspace]) {
      expect(await workspace.sync.kept([id])).toEqual([{ state: 'held', devices: 1 }]);
    }
    const after = await again.vault.profile();
    const members = (await other.workspace.team.team())?.members ?? [];
    expect(members).toHaveLength(2);
    expect(members.find(({ member }) => member === before.member)?.devices.toSorted()).toEqual(
      [before.device, after.device].toSorted(),
    );
  });

  test('a vault that came from another computer goes on in the team, and the one that stayed does too', async () => {
    const { one, other } = await busyTeam();
    await one.workspace.vault.lock();
    const host = one.machine.host.disk.clone();
    host.disk.machine = 'c'.repeat(32);
    const moved = laptop(host, new MemoryCache(), one.machine.places).start();
    const { notices } = await moved.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect(notices.map(({ code }) => code)).toContain('device/moved');
    await one.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
    await saveNew(one.workspace, titled('калган'));
    await saveNew(moved, titled('көчкөн'));
    const [target] = (await moved.sync.overview()).targets;
    const round = () => moved.sync.run(target?.id ?? '');
    for (const turn of [one.round, round, other.round, one.round]) expect((await turn()).error).toBeNull();
    const hash = await other.workspace.observations.stateHash();
    expect(await one.workspace.observations.stateHash()).toBe(hash);
    expect(await moved.observations.stateHash()).toBe(hash);
    expect(await titles(moved)).toEqual(expect.arrayContaining(['калган', 'көчкөн']));
    // Nobody met their own id elsewhere: the ways parted before anything was written.
    for (const { flags } of [await one.workspace.sync.overview(), await other.workspace.sync.overview()]) {
      expect(flags).toEqual([]);
    }
  });
});
