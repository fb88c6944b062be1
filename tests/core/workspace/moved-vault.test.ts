import { describe, expect, test } from 'vitest';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled, titles } from '../../support/vault.ts';

const [HERE, ELSEWHERE] = ['a'.repeat(32), 'b'.repeat(32)];

/** Unlocks the vault of a host in a fresh program; resolves with the codes of its notices. */
async function unlock(host: MemoryHost): Promise<{ workspace: Workspace; codes: string[] }> {
  host.disk.restart();
  const workspace = laptop(host, new MemoryCache()).start();
  const { notices } = await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  return { workspace, codes: notices.map(({ code }) => code).filter((code) => code.startsWith('device/')) };
}

async function vaultHere() {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('биринчи'));
  const profile = await workspace.vault.profile();
  await workspace.vault.lock();
  return { host: machine.host, profile };
}

describe('a vault on another machine than the last', () => {
  test('goes on as a new device of the same person, says so once, and says it again when it moves back', async () => {
    const { host, profile } = await vaultHere();
    host.disk.machine = ELSEWHERE;
    const first = await unlock(host);
    expect(first.codes).toEqual(['device/moved']);
    const moved = await first.workspace.vault.profile();
    expect(moved.device).not.toBe(profile.device);
    expect(moved).toMatchObject({ member: profile.member, name: profile.name });
    await saveNew(first.workspace, titled('экинчи'));
    await first.workspace.vault.lock();

    const second = await unlock(host);
    expect(second.codes).toEqual([]);
    expect((await second.workspace.vault.profile()).device).toBe(moved.device);
    expect((await titles(second.workspace)).sort()).toEqual(['биринчи', 'экинчи']);
    await second.workspace.vault.lock();

    host.disk.machine = HERE;
    const back = await unlock(host);
    expect(back.codes).toEqual(['device/moved']);
    expect((await back.workspace.vault.profile()).device).not.toBe(moved.device);
  });

  test('never writes under the id that the other machine writes under', async () => {
    const { host, profile } = await vaultHere();
    const copy = host.disk.clone();
    copy.disk.machine = ELSEWHERE;
    const one = await unlock(host);
    const other = await unlock(copy);
    const ids: string[] = [];
    for (const { workspace } of [one, other]) {
      const id = await saveNew(workspace, titled('экөө тең'));
      const [latest] = (await workspace.observations.history(id)).slice(-1);
      ids.push((latest as { change: string }).change);
    }
    expect(ids[0]?.split(':')[0]).toBe(profile.device);
    expect(ids[1]?.split(':')[0]).not.toBe(profile.device);
  });

  test('opens to be read where nothing can be written, and moves once it can', async () => {
    const { host, profile } = await vaultHere();
    host.disk.machine = ELSEWHERE;
    host.disk.readOnly = true;
    const reading = await unlock(host);
    expect(reading.codes).toEqual([]);
    expect(await titles(reading.workspace)).toEqual(['биринчи']);
    expect((await reading.workspace.vault.profile()).device).toBe(profile.device);
    await reading.workspace.vault.lock();
    host.disk.readOnly = false;
    expect((await unlock(host)).codes).toEqual(['device/moved']);
  });

  test('is not suspected where nobody can tell one machine from another', async () => {
    const { host, profile } = await vaultHere();
    host.disk.machine = null;
    const nowhere = await unlock(host);
    expect(nowhere.codes).toEqual([]);
    await nowhere.workspace.vault.lock();
    host.disk.machine = HERE;
    const again = await unlock(host);
    expect(again.codes).toEqual([]);
    expect((await again.workspace.vault.profile()).device).toBe(profile.device);
  });

  test('that was made before machines were known is taken to be where it is', async () => {
    const machine = laptop();
    machine.host.disk.machine = null;
    const { workspace } = await openNewVault(machine);
    const { device } = await workspace.vault.profile();
    await workspace.vault.lock();
    machine.host.disk.machine = HERE;
    const first = await unlock(machine.host);
    expect(first.codes).toEqual([]);
    expect((await first.workspace.vault.profile()).device).toBe(device);
    await first.workspace.vault.lock();
    machine.host.disk.machine = ELSEWHERE;
    expect((await unlock(machine.host)).codes).toEqual(['device/moved']);
  });
});
