import { describe, expect, test } from 'vitest';
import { MemoryCache } from '../../support/memory-cache.ts';
import {
  laptop,
  openNewVault,
  PASSPHRASE,
  query,
  saveNew,
  silent,
  titled,
  titles,
} from '../../support/vault.ts';

const secret = { passphrase: PASSPHRASE };

describe('a vault', () => {
  test('is absent, then open, then locked, and opens with the passphrase or the twelve words only', async () => {
    const machine = laptop();
    expect(await machine.start().vault.status()).toEqual({ state: 'absent', demo: false });
    machine.host.disk.restart();
    const { workspace, words } = await openNewVault(machine);
    expect(await workspace.vault.status()).toEqual({ state: 'open', demo: false });
    await workspace.vault.lock();
    expect(await workspace.vault.status()).toEqual({ state: 'locked', demo: false });
    expect(() => workspace.observations).toThrowError(expect.objectContaining({ code: 'vault/locked' }));
    await expect(workspace.vault.unlock({ passphrase: 'тоо суу' }, silent)).rejects.toMatchObject({
      code: 'vault/wrong-passphrase',
    });
    await workspace.vault.unlock({ recoveryWords: words.toUpperCase() }, silent);
    await workspace.vault.lock();
    await workspace.vault.unlock(secret, silent);
    expect((await workspace.vault.profile()).name).toBe('Айгүл');
  });

  test('keeps two windows apart: the second is told, and changes nothing', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    const second = machine.start();
    expect(await second.vault.status()).toEqual({ state: 'busy' });
    await expect(second.vault.unlock(secret, silent)).rejects.toMatchObject({ code: 'host/busy' });
    expect(await workspace.vault.status()).toMatchObject({ state: 'open' });
  });

  test('marks the recovery words as confirmed only when they are the right ones', async () => {
    const { workspace, words } = await openNewVault(laptop());
    expect(await workspace.vault.confirmRecoveryWords(words.split(' ').reverse().join(' '))).toBe(false);
    expect((await workspace.vault.profile()).recoveryConfirmed).toBe(false);
    expect(await workspace.vault.confirmRecoveryWords(words)).toBe(true);
    expect((await workspace.vault.profile()).recoveryConfirmed).toBe(true);
  });

  test('changes its passphrase with the recovery words, and the old one stops working', async () => {
    const { workspace, words } = await openNewVault(laptop());
    await workspace.vault.changePassphrase({ recoveryWords: words }, 'алты жаңы сөз керек');
    await workspace.vault.lock();
    await expect(workspace.vault.unlock(secret, silent)).rejects.toMatchObject({
      code: 'vault/wrong-passphrase',
    });
    await workspace.vault.unlock({ passphrase: 'алты  жаңы сөз керек ' }, silent);
  });

  test('cannot be opened after a wipe, and a new one beside its journal starts empty', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('жок кылынат'));
    await workspace.vault.wipe();
    expect(await workspace.vault.status()).toEqual({ state: 'absent', demo: false });
    machine.host.disk.restart();
    const again = await openNewVault(machine);
    expect(await titles(again.workspace)).toEqual([]);
    expect(machine.host.disk.asideNames).toHaveLength(1);
  });

  test('locks by itself when nobody has touched it for its idle minutes', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    const locked = new Promise((resolve) => {
      void workspace.subscribe((event) => {
        if (event.event === 'locked') resolve(event.reason);
      });
    });
    machine.clock.time += 11 * 60_000;
    expect(await locked).toBe('idle');
    expect(await workspace.vault.status()).toMatchObject({ state: 'locked' });
  });
});

describe('what was saved', () => {
  test('is there after a restart, and the search finds it in another script', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('Өзбек тилинде окутуу', 'мектептин директору айтты'));
    await saveNew(workspace, titled('Мажбурлап үйдөн чыгаруу'));
    const before = await workspace.observations.stateHash();
    await workspace.vault.lock();
    const next = machine.start();
    machine.host.disk.restart();
    const { notices } = await next.vault.unlock(secret, silent);
    expect(notices).toEqual([]);
    expect(await next.observations.stateHash()).toBe(before);
    expect(await titles(next, { text: 'директору' })).toEqual(['Өзбек тилинде окутуу']);
    expect(await titles(next, { text: 'majburlap' })).toEqual(['Мажбурлап үйдөн чыгаруу']);
  });

  test('is rebuilt from the journal when the cache is deleted, damaged or of an earlier day: same state, and it is said', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('биринчи'));
    await workspace.vault.lock();
    await workspace.vault.unlock(secret, silent);
    const early = new Map(machine.cache.entries);
    const id = await saveNew(workspace, titled('экинчи'));
    await workspace.observations.remove([id]);
    await saveNew(workspace, titled('үчүнчү'));
    const hash = await workspace.observations.stateHash();
    await workspace.vault.lock();

    const damaged = new MemoryCache();
    for (const [key, value] of machine.cache.entries) damaged.entries.set(key, value.slice().fill(7, 40, 44));
    const stale = new MemoryCache();
    for (const [key, value] of early) stale.entries.set(key, value);
    for (const [cache, codes] of [
      [new MemoryCache(), ['cache/rebuilt']],
      [damaged, ['cache/rebuilt']],
      [stale, []],
    ] as const) {
      const again = laptop(machine.host, cache);
      machine.host.disk.restart();
      const opened = again.start();
      const { notices } = await opened.vault.unlock(secret, silent);
      expect(notices.map((notice) => notice.code)).toEqual(codes);
      expect(await opened.observations.stateHash()).toBe(hash);
      expect(await titles(opened, { sort: { by: 'title', descending: false } })).toEqual([
        'биринчи',
        'үчүнчү',
      ]);
      await opened.vault.lock();
    }
  });

  test('goes back into a journal that lost it, from the cache', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('калат'));
    const shorter = machine.host.disk.journal;
    await saveNew(workspace, titled('журналдан жоголгон'));
    const hash = await workspace.observations.stateHash();
    await workspace.vault.lock();
    machine.host.disk.journal = shorter;
    const { notices } = await workspace.vault.unlock(secret, silent);
    expect(notices).toEqual([{ code: 'journal/shorter', detail: { recovered: 1 } }]);
    expect(await workspace.observations.stateHash()).toBe(hash);
    await workspace.vault.lock();
    machine.cache.entries.clear();
    await workspace.vault.unlock(secret, silent);
    expect(await workspace.observations.stateHash()).toBe(hash);
  });

  test('is acknowledged although the cache cannot be written, and found again', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    machine.cache.broken = true;
    await saveNew(workspace, titled('кэш толук'));
    await workspace.vault.lock();
    machine.cache.broken = false;
    await workspace.vault.unlock(secret, silent);
    expect(await titles(workspace)).toEqual(['кэш толук']);
  });

  test('is all there after the next unlock when the cache was emptied under the open vault, and that is said', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await saveNew(workspace, titled('биринчи'));
    await workspace.vault.lock();
    await workspace.vault.unlock(secret, silent);
    const told = new Promise((resolve) => {
      void workspace.subscribe((event) => {
        if (event.event === 'notice') resolve(event.notice);
      });
    });
    machine.cache.entries.clear();
    await saveNew(workspace, titled('экинчи'));
    expect(await told).toEqual({ code: 'cache/lost', detail: {} });
    expect(await titles(workspace)).toHaveLength(2);
    await workspace.vault.lock();
    const { notices } = await workspace.vault.unlock(secret, silent);
    expect(notices.map((notice) => notice.code)).toEqual(['cache/rebuilt']);
    expect(await titles(workspace)).toHaveLength(2);
  });

  test('is not acknowledged when the disk is full; the next save works and gets a number of its own', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    machine.host.disk.failWrite(1);
    await expect(saveNew(workspace, titled('батпады'))).rejects.toMatchObject({ code: 'disk/full' });
    expect(await titles(workspace)).toEqual([]);
    const id = await saveNew(workspace, titled('батты'));
    expect(await workspace.observations.history(id)).toHaveLength(1);
    await workspace.vault.lock();
    machine.cache.entries.clear();
    await workspace.vault.unlock(secret, silent);
    expect(await titles(workspace)).toEqual(['батты']);
  });
});

describe('an observation', () => {
  test('shows who changed what, from what to what', async () => {
    const { workspace } = await openNewVault(laptop());
    const id = await saveNew(workspace, titled('эски аталыш', 'сөздөр'));
    const opened = await workspace.observations.open(id);
    await workspace.observations.save({
      id,
      base: opened.observation,
      seen: opened.seen,
      observation: { ...opened.observation, title: { text: 'жаңы аталыш', lang: 'ky' } },
      draft: null,
    });
    const [, edit] = await workspace.observations.history(id);
    expect(edit?.fields).toEqual([
      {
        name: 'title',
        value: { text: 'жаңы аталыш', lang: 'ky' },
        before: [{ text: 'эски аталыш', lang: 'ky' }],
      },
    ]);
    const reference = await workspace.reference.all();
    expect(reference.members[edit?.author ?? '']).toBe('Айгүл');
  });

  test('is deleted and brought back', async () => {
    const { workspace } = await openNewVault(laptop());
    const id = await saveNew(workspace, titled('бир'));
    await workspace.observations.remove([id]);
    expect(await titles(workspace)).toEqual([]);
    expect(await titles(workspace, { deleted: true })).toEqual(['бир']);
    await workspace.observations.restore([id]);
    expect(await titles(workspace)).toEqual(['бир']);
  });

  test('edited from two old views of it keeps both values as a conflict until one is chosen', async () => {
    const { workspace } = await openNewVault(laptop());
    const id = await saveNew(workspace, titled('башы'));
    const seen = await workspace.observations.open(id);
    for (const text of ['биринчи', 'экинчи']) {
      await workspace.observations.save({
        id,
        base: seen.observation,
        seen: seen.seen,
        observation: { ...seen.observation, title: { text, lang: 'ky' } },
        draft: null,
      });
    }
    const conflicted = await workspace.observations.open(id);
    expect(conflicted.conflicts.map((conflict) => conflict.field)).toEqual(['title']);
    expect(conflicted.conflicts[0]?.versions).toHaveLength(2);
    expect((await workspace.observations.query('c', query({ conflictsOnly: true }))).total).toBe(1);
    const shown = conflicted.conflicts[0]?.versions.map(({ change }) => change) ?? [];
    await workspace.conflicts.settle(id, 'title', { text: 'үчүнчү', lang: 'ky' }, shown);
    expect((await workspace.observations.open(id)).conflicts).toEqual([]);
    expect(await titles(workspace)).toEqual(['үчүнчү']);
  });

  test('counts for its measure and once for the area', async () => {
    const { workspace } = await openNewVault(laptop());
    const link = { direction: 'regression', comment: '' } as const;
    await saveNew(workspace, {
      ...titled('бир'),
      links: { 'KGZ-2020-D4.3.a': link, 'KGZ-2020-D4.3.b': link },
    });
    const counts = await workspace.reference.counts();
    expect(counts['KGZ-2020-D4.3.a']?.regression).toBe(1);
    expect(counts['KGZ-2020-D4.3']?.regression).toBe(1);
  });
});

describe('a draft', () => {
  test('comes back after a kill, belongs to its record, and is gone once it is saved', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    const id = await saveNew(workspace, titled('жазылган'));
    const opened = await workspace.observations.open(id);
    const draft = await workspace.drafts.newId();
    const typed = { ...opened.observation, title: { text: 'жазылып жат', lang: 'ky' as const } };
    await workspace.drafts.put({
      id: draft,
      record: id,
      base: opened.observation,
      seen: opened.seen,
      observation: typed,
    });
    machine.host.disk.restart();
    const next = machine.start();
    await next.vault.unlock(secret, silent);
    const [kept] = await next.drafts.list();
    expect(kept).toMatchObject({ id: draft, record: id, observation: { title: { text: 'жазылып жат' } } });
    await next.observations.save({
      id,
      base: opened.observation,
      seen: opened.seen,
      observation: typed,
      draft,
    });
    expect(await next.drafts.list()).toEqual([]);
  });

  test('whose saving was acknowledged a moment before a kill is not offered again', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    const draft = await workspace.drafts.newId();
    await workspace.drafts.put({ id: draft, record: null, base: null, seen: {}, observation: titled('бир') });
    const kept = machine.host.disk.files.get(`drafts/${draft}.bkd`) as Uint8Array<ArrayBuffer>;
    await workspace.observations.save({ id: null, base: null, seen: {}, observation: titled('бир'), draft });
    machine.host.disk.files.set(`drafts/${draft}.bkd`, kept);
    expect(await workspace.drafts.list()).toEqual([]);
    expect(machine.host.disk.files.has(`drafts/${draft}.bkd`)).toBe(false);
  });
});

test('a header damaged in the other slot still opens, and it is said', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await workspace.vault.lock();
  const bytes = machine.host.disk.files.get('header.bkv') as Uint8Array<ArrayBuffer>;
  const text = new TextDecoder('latin1').decode(bytes);
  const at = text.indexOf('"wrapped":"', text.indexOf('"recovery"')) + '"wrapped":"'.length;
  bytes[at] = bytes[at] === 65 ? 66 : 65;
  const { notices } = await workspace.vault.unlock(secret, silent);
  expect(notices.map((notice) => notice.code)).toEqual(['header/damaged']);
});
