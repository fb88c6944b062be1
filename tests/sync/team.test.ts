import { describe, expect, test } from 'vitest';
import type { MemoryPlace } from '../support/memory-target.ts';
import { person, team } from '../support/team.ts';
import { PASSPHRASE, saveNew, silent, titled, titles } from '../support/vault.ts';

describe('a team', () => {
  test('takes a newcomer in by words, and both see the same number', async () => {
    const one = await person();
    const other = await person(one.machine.places);
    await one.workspace.team.found('Ош мониторинг');
    const { words, id } = await one.workspace.team.invite('monitor');
    expect(words).toHaveLength(8);
    await other.workspace.team.ask(words.join(' '));
    expect((await other.round()).outcome).toBe('done');
    expect((await one.round()).error).toBeNull();
    const [asked] = await one.workspace.team.invitations();
    expect(asked).toMatchObject({ id, state: 'asked', request: { name: 'Айгүл' } });
    const joining = await other.workspace.team.joining();
    expect(joining?.safety.newcomer).toBe(asked?.request?.safety.newcomer);
    await one.workspace.team.admit(id);
    await one.round();
    await other.round();
    const answered = await other.workspace.team.joining();
    expect(answered).toMatchObject({ state: 'answered', workspaceName: 'Ош мониторинг', role: 'monitor' });
    expect(answered?.safety).toEqual(asked?.request?.safety);
    await other.workspace.team.enter();
    expect((await other.workspace.team.team())?.members).toHaveLength(2);
    await one.round();
    expect(await one.workspace.team.invitations()).toMatchObject([{ id, state: 'answered' }]);
    await other.round();
    await one.round();
    expect(await one.workspace.team.invitations()).toMatchObject([{ id, state: 'joined' }]);
  });

  test('keeps to the first who asked with an invitation’s words, and says that another asked as well', async () => {
    const one = await person();
    await one.workspace.team.found('Ош мониторинг');
    const { words, id } = await one.workspace.team.invite('monitor');
    const requestOf = async (): Promise<Uint8Array> => {
      const { machine, workspace } = await person(one.machine.places);
      await workspace.team.ask(words.join(' '));
      const saved = await workspace.team.saveRequest();
      return machine.host.disk.files.get(saved?.path ?? '') as Uint8Array;
    };
    const [first, second] = [await requestOf(), await requestOf()];
    expect(await one.workspace.team.openFile(first)).toBe('request');
    const [asked] = await one.workspace.team.invitations();
    await expect(one.workspace.team.openFile(second)).rejects.toMatchObject({
      code: 'team/asked-by-another',
    });
    expect(await one.workspace.team.invitations()).toEqual([asked]);
    expect(await one.workspace.team.openFile(first)).toBe('request');
    await one.workspace.team.cancelInvitation(id);
    await expect(one.workspace.team.openFile(second)).rejects.toMatchObject({ code: 'team/used' });
  });

  test('brings what each wrote to the other, and tells who holds it', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('Ала качуу'));
    const mine = await saveNew(other.workspace, titled('Мектеп'));
    expect(await one.workspace.sync.kept([id])).toEqual([{ state: 'here' }]);
    expect((await one.round()).error).toBeNull();
    expect(await one.workspace.sync.kept([id])).toEqual([{ state: 'handed-over' }]);
    expect((await other.round()).error).toBeNull();
    await one.round();
    expect(await one.workspace.sync.kept([id, mine])).toEqual([
      { state: 'held', devices: 1 },
      { state: 'held', devices: 1 },
    ]);
    expect((await titles(one.workspace)).sort()).toEqual(['Ала качуу', 'Мектеп']);
    expect((await titles(other.workspace)).sort()).toEqual(['Ала качуу', 'Мектеп']);
    expect(await one.workspace.observations.stateHash()).toBe(await other.workspace.observations.stateHash());
    const { own } = await one.workspace.sync.overview();
    expect(own.held).toBe(own.changes);
  });

  test('gets an observation whose tag is a pasted sentence', async () => {
    const { one, other } = await team();
    const tag = 'сөз '.repeat(500).trim();
    await saveNew(other.workspace, { ...titled('узун белги'), tags: { [tag]: true } });
    await other.round();
    await one.round();
    expect(await titles(one.workspace)).toEqual(['узун белги']);
    expect((await one.workspace.sync.overview()).flags).toEqual([]);
  });

  test('knows after a restart who holds what, and carries on what the others put, from the cache', async () => {
    const { one, other } = await team();
    const place = one.machine.places.get('/stick') as MemoryPlace;
    const id = await saveNew(one.workspace, titled('биринчи'));
    await one.round();
    await other.round();
    await saveNew(other.workspace, titled('экинчи ишим'));
    await other.round();
    await one.round();
    await one.workspace.vault.lock();
    await one.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect(await one.workspace.sync.kept([id])).toEqual([{ state: 'held', devices: 1 }]);
    // A wiped stick gets the other's packs back, and the head that leads to them.
    const heads = [...place.files.keys()].filter((path) => path.endsWith('head.bkh'));
    place.files.clear();
    await one.round();
    expect([...place.files.keys()].filter((path) => path.endsWith('head.bkh')).sort()).toEqual(heads.sort());
  });

  test('goes on after a restart, with and without the cache', async () => {
    const { one, other } = await team();
    await saveNew(one.workspace, titled('биринчи'));
    await one.round();
    await other.round();
    for (const wipe of [false, true]) {
      await one.workspace.vault.lock();
      await other.workspace.vault.lock();
      if (wipe) one.machine.cache.entries.clear();
      if (wipe) other.machine.cache.entries.clear();
      await one.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
      await other.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
      await saveNew(other.workspace, titled(`кийинки ${wipe}`));
      expect((await other.round()).error).toBeNull();
      expect((await one.round()).error).toBeNull();
      expect(await one.workspace.observations.stateHash()).toBe(
        await other.workspace.observations.stateHash(),
      );
      expect((await one.workspace.sync.overview()).flags).toEqual([]);
    }
    expect(await titles(one.workspace)).toHaveLength(3);
  });
});
