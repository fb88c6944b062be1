import { expect, test } from 'vitest';
import { memoryHost } from '../../support/memory-host.ts';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled, titles } from '../../support/vault.ts';

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

test('a copy that the stick has spoilt is told as damaged', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('one'));
  await saveNew(workspace, titled('two'));
  await workspace.safety.choose('/stick');
  await workspace.safety.copy();
  const { files } = machine.host.disk;
  const honest = machine.host.safety.copy;
  const spoil = (change: (journal: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => {
    Object.assign(machine.host.safety, {
      copy: async (upTo: number) => {
        await honest(upTo);
        files.set('copy/journal', change(files.get('copy/journal') as Uint8Array<ArrayBuffer>));
      },
    });
  };
  spoil((journal) => {
    const middle = Math.floor(journal.length / 2);
    journal[middle] = (journal[middle] as number) ^ 1;
    return journal;
  });
  expect(await workspace.safety.rehearse(PASSPHRASE, silent)).toMatchObject({ result: 'damaged' });
});

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

test('a restored copy opens on another computer as another device, with everything in it', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('В школе закрыли класс'));
  await workspace.safety.choose('/stick');
  await workspace.safety.copy();
  const { device } = await workspace.vault.profile();

  const host = memoryHost();
  host.disk.files.set(
    'header.bkv',
    machine.host.disk.files.get('copy/header.bkv') as Uint8Array<ArrayBuffer>,
  );
  host.disk.journal = machine.host.disk.files.get('copy/journal') as Uint8Array<ArrayBuffer>;
  const other = laptop(host).start();
  const { notices } = await other.vault.unlock({ passphrase: PASSPHRASE }, silent);
  expect(notices.map(({ code }) => code)).toContain('device/renewed');
  expect((await other.vault.profile()).device).not.toBe(device);
  expect(await titles(other)).toEqual(['В школе закрыли класс']);
});
