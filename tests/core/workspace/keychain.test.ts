import { describe, expect, test } from 'vitest';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled } from '../../support/vault.ts';

const wrong = { code: 'vault/wrong-passphrase' };
const gone = { code: 'keychain/gone' };

/** An open vault on a machine whose system keeps secrets. */
async function withKeychain() {
  const machine = laptop();
  machine.host.disk.keychain = 'ready';
  return { machine, ...(await openNewVault(machine)) };
}

describe("the computer's own key", () => {
  test('is off until somebody proves the passphrase, and opens the vault from then on', async () => {
    const { machine, workspace } = await withKeychain();
    const { vault } = workspace;
    expect(await vault.keychain()).toEqual({ system: 'ready', on: false });
    await expect(vault.turnKeychainOn('тоо суу')).rejects.toMatchObject(wrong);
    expect(machine.host.disk.files.has('keychain.bkk')).toBe(false);
    const id = await saveNew(workspace, titled('Көз салуу'));
    await vault.turnKeychainOn(PASSPHRASE);
    await vault.lock();
    expect(await vault.keychain()).toEqual({ system: 'ready', on: true });
    await vault.unlock({ keychain: true }, silent);
    expect((await workspace.observations.open(id)).observation.title.text).toBe('Көз салуу');
  });

  test('never replaces the passphrase or the words', async () => {
    const { machine, workspace, words } = await withKeychain();
    await workspace.vault.turnKeychainOn(PASSPHRASE);
    machine.host.disk.files.delete('keychain.bkk');
    for (const secret of [{ passphrase: PASSPHRASE }, { recoveryWords: words }]) {
      await workspace.vault.lock();
      await expect(workspace.vault.unlock({ keychain: true }, silent)).rejects.toMatchObject(gone);
      await workspace.vault.unlock(secret, silent);
    }
    expect(await workspace.vault.keychain()).toEqual({ system: 'ready', on: false });
  });

  test('is turned off with the passphrase only, and then no old secret opens the vault', async () => {
    const { machine, workspace } = await withKeychain();
    await workspace.vault.turnKeychainOn(PASSPHRASE);
    const secret = machine.host.disk.files.get('keychain.bkk') as Uint8Array<ArrayBuffer>;
    await expect(workspace.vault.turnKeychainOff('тоо суу')).rejects.toMatchObject(wrong);
    await workspace.vault.turnKeychainOff(PASSPHRASE);
    expect(machine.host.disk.files.has('keychain.bkk')).toBe(false);
    await workspace.vault.lock();
    machine.host.disk.files.set('keychain.bkk', secret);
    expect(await workspace.vault.keychain()).toEqual({ system: 'ready', on: false });
    await expect(workspace.vault.unlock({ keychain: true }, silent)).rejects.toMatchObject(gone);
  });

  test('goes with a quick wipe', async () => {
    const { machine, workspace } = await withKeychain();
    await workspace.vault.turnKeychainOn(PASSPHRASE);
    await workspace.vault.lock();
    await workspace.vault.wipe();
    expect([...machine.host.disk.files.keys()]).not.toContain('keychain.bkk');
    await expect(workspace.vault.unlock({ keychain: true }, silent)).rejects.toMatchObject({
      code: 'vault/absent',
    });
  });

  test.each(['none', 'unprotected'] as const)(
    'is refused where the system is %s, and the vault stays as it was',
    async (system) => {
      const { machine, workspace } = await withKeychain();
      machine.host.disk.keychain = system;
      await expect(workspace.vault.turnKeychainOn(PASSPHRASE)).rejects.toMatchObject({
        code: 'keychain/unavailable',
      });
      expect(await workspace.vault.keychain()).toEqual({ system, on: false });
    },
  );
});
