import { expect, test } from 'vitest';
import { laptop, openNewVault, PASSPHRASE, silent } from '../../support/vault.ts';

test('a setting that is being written when the lock comes does not open the vault again', async () => {
  const { workspace, words } = await openNewVault(laptop());
  const writing = workspace.vault.setProfile({ idleMinutes: 5 });
  await workspace.vault.lock();
  await writing;
  expect(await workspace.vault.status()).toMatchObject({ state: 'locked' });

  await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  expect((await workspace.vault.profile()).idleMinutes).toBe(5);
  const confirming = workspace.vault.confirmRecoveryWords(words);
  await workspace.vault.lock();
  await confirming.catch(() => undefined);
  expect(await workspace.vault.status()).toMatchObject({ state: 'locked' });
});

test('a locked vault can be wiped without its passphrase; nothing opens it afterwards', async () => {
  const machine = laptop();
  const { workspace, words } = await openNewVault(machine);
  await workspace.vault.lock();
  await workspace.vault.wipe();
  expect(await workspace.vault.status()).toMatchObject({ state: 'absent' });
  expect(machine.host.disk.files.has('header.bkv')).toBe(false);
  expect(machine.host.disk.journalLength).toBeGreaterThan(0);
  await expect(workspace.vault.unlock({ recoveryWords: words }, silent)).rejects.toMatchObject({
    code: 'vault/absent',
  });
});

test('an own form is listed by itself, gone when removed, and back when the removal is taken back', async () => {
  const { workspace } = await openNewVault(laptop());
  const { forms } = await workspace.reference.all();
  const shipped = forms[0];
  expect(await workspace.organisation.forms()).toEqual([]);
  const { form } = await workspace.organisation.addForm(JSON.stringify({ ...shipped, code: 'our-own' }));
  if (form === null) throw new Error('The form is a good one.');
  const codes = async () => (await workspace.organisation.forms()).map((form) => form.code);
  expect(await codes()).toEqual(['our-own']);
  await workspace.organisation.removeForm(form);
  expect(await codes()).toEqual([]);
  await workspace.organisation.restoreForm('our-own');
  expect(await codes()).toEqual(['our-own']);
});

test('an own form that names a list or a theme nobody has is refused with its line, when added and when looked at', async () => {
  const { workspace } = await openNewVault(laptop());
  const { forms } = await workspace.reference.all();
  const shipped = forms.find(({ code }) => code === 'forced-eviction');
  const own = JSON.stringify({ ...shipped, code: 'our-own' }, null, 1);
  for (const [from, to, code] of [
    [/"themes": \[\s+"[^"]+"/, '"themes": [\n"moonlight"', 'form/unknown-theme'],
    [/"vocabulary": "[^"]+"/, '"vocabulary": "moons"', 'form/unknown-vocabulary'],
  ] as const) {
    const file = own.replace(from, to);
    const problem = { code, line: file.slice(0, file.indexOf('moon')).split('\n').length };
    expect(await workspace.organisation.addForm(file)).toMatchObject({ form: null, problem });
    expect(await workspace.incoming.look(new TextEncoder().encode(file))).toMatchObject({
      kind: 'bad-form',
      problem,
    });
  }
  expect(await workspace.organisation.forms()).toEqual([]);
});
