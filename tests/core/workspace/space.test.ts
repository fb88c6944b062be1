import { expect, test } from 'vitest';
import type { SpaceState } from '@/core/host/host.ts';
import type { Space, WorkspaceEvent } from '@/core/workspace.ts';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled, titles } from '../../support/vault.ts';

const FULL: SpaceState = { freeBytes: 3_000_000, level: 'full' };
const ENOUGH: SpaceState = { freeBytes: 3_000_000_000, level: 'enough' };

test('on a full disk a person’s last words are saved, and everything that can wait is refused', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  const id = await saveNew(workspace, titled('before'));
  machine.host.disk.space = FULL;
  await workspace.space.look();

  await workspace.drafts.put({
    id: 'draft1',
    record: null,
    base: null,
    seen: {},
    observation: titled('last'),
  });
  await workspace.observations.save({
    id: null,
    base: null,
    seen: {},
    observation: titled('last'),
    draft: 'draft1',
  });
  expect(await workspace.drafts.list()).toEqual([]);

  const before = machine.host.disk.journalLength;
  for (const refused of [
    () => workspace.observations.bulk([id], { status: 'approved' }, silent),
    () => workspace.observations.remove([id]),
    () => workspace.organisation.setSettings({ organisation: 'Ак жол' }, { organisation: '' }),
    () => workspace.team.found('Ак жол'),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: 'disk/full' });
  }
  expect(machine.host.disk.journalLength).toBe(before);
  expect((await titles(workspace)).sort()).toEqual(['before', 'last']);

  // Nobody has to say that there is room again.
  machine.host.disk.space = ENOUGH;
  await workspace.observations.remove([id]);
  expect(await titles(workspace)).toEqual(['last']);
});

test('no vault is made on a full disk', async () => {
  const machine = laptop();
  machine.host.disk.space = FULL;
  const workspace = machine.start();
  await workspace.space.look();
  const made = workspace.vault.create(
    { passphrase: PASSPHRASE, name: 'Айгүл', locale: 'ky', demo: false },
    silent,
  );
  await expect(made).rejects.toMatchObject({ code: 'disk/full' });
  expect([...machine.host.disk.files.keys()]).toEqual([]);
});

test('a vault opens on a full disk, and says so', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('before'));
  await workspace.vault.lock();
  machine.host.disk.space = FULL;
  machine.host.disk.restart();
  const again = machine.start();
  await again.vault.unlock({ passphrase: PASSPHRASE }, silent);
  expect(await titles(again)).toEqual(['before']);
  expect(await again.space.state()).toEqual(FULL);
});

test('the drive is looked at while somebody listens, and what changed is told once', async () => {
  const machine = laptop();
  const workspace = machine.start();
  const told: Space[] = [];
  const stop = await workspace.subscribe((event: WorkspaceEvent) => {
    if (event.event === 'space') told.push(event.space);
  });
  await expect.poll(() => told.length).toBe(1);
  await workspace.space.look();
  machine.host.disk.space = FULL;
  await workspace.space.look();
  await workspace.space.look();
  expect(told.map(({ level }) => level)).toEqual(['enough', 'full']);
  stop();
});

test('the ballast that went is told while the vault is open, and locks nothing', async () => {
  const machine = laptop();
  let tell: (event: 'space') => void = () => undefined;
  machine.host.disk.nextEvent = () =>
    new Promise((resolve) => {
      tell = resolve;
    });
  const { workspace } = await openNewVault(machine);
  const events: string[] = [];
  const stop = await workspace.subscribe(({ event }) => events.push(event));
  machine.host.disk.space = FULL;
  tell('space');
  await expect.poll(async () => (await workspace.space.state()).level).toBe('full');
  expect(events).toEqual(['space']);
  expect((await workspace.vault.status()).state).toBe('open');
  stop();
});
