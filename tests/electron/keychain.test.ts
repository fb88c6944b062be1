import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeDisk } from '../../electron/disk.ts';
import { type AccountKey, createKeychain } from '../../electron/handlers/keychain.ts';
import { type App, startApp } from '../support/app.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

describe('a secret in the keychain', () => {
  const account: AccountKey = {
    system: async () => 'ready',
    seal: async (text) => Buffer.from(`sealed:${[...text].reverse().join('')}`),
    async open(sealed) {
      const text = sealed.toString();
      if (!text.startsWith('sealed:')) throw new Error('Another account.');
      return [...text.slice(7)].reverse().join('');
    },
  };
  const secret = new Uint8Array([1, 2, 3, 250]);

  test('comes back as it was, and is gone once forgotten', async () => {
    const home = await scratchFolder();
    const keychain = createKeychain(nodeDisk, home, account);
    expect(await keychain.read()).toBeNull();
    await keychain.forget();
    await keychain.keep(secret);
    expect(await keychain.state()).toEqual({ system: 'ready', kept: true });
    expect(await keychain.read()).toEqual(secret);
    await keychain.forget();
    expect(await keychain.state()).toEqual({ system: 'ready', kept: false });
    expect(await filesBelow(home)).toEqual([]);
  });

  test('that this account cannot open reads as none, without an error', async () => {
    const home = await scratchFolder();
    await writeFile(join(home, 'keychain.bkk'), 'of another account');
    expect(await createKeychain(nodeDisk, home, account).read()).toBeNull();
  });

  test('is never given to a system that would not protect it', async () => {
    const home = await scratchFolder();
    const keychain = createKeychain(nodeDisk, home, { ...account, system: async () => 'unprotected' });
    await expect(keychain.keep(secret)).rejects.toMatchObject({ code: 'keychain/unavailable' });
    expect(await filesBelow(home)).toEqual([]);
  });

  test('does not exist in page mode, and a wipe destroys what the shell left', async () => {
    const home = await scratchFolder();
    const page = await openDriver(home);
    expect(await page.call('keychain.state')).toEqual({ system: 'none', kept: false });
    expect(await page.code('keychain.keep', secret)).toBe('keychain/unavailable');
    await writeFile(join(home, 'keychain.bkk'), 'x');
    await page.call('system.wipe');
    expect(await filesBelow(home)).toEqual([]);
    await page.close();
  });
});

describe("this computer's key", () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ host: 'stand-in' });
    await app.createVault();
  });
  afterAll(() => app.stop());

  const button = (key: string) => app.page.getByRole('button', { name: app.t(key), exact: true });
  const asAccount = (name: string, keptWith = 'gnome_libsecret') =>
    app.shell.evaluate(`({ safeStorage }, [name, keptWith]) => safeStorage.standInAccount(name, keptWith)`, [
      name,
      keptWith,
    ]);
  const turn = async (opener: string, submit: string) => {
    await app.go('#/settings');
    await button(`settings.computerKey.${opener}`).click();
    await app.page.getByLabel(app.t('settings.security.present'), { exact: true }).fill('not this one');
    await button(`settings.computerKey.${submit}`).click();
    await app.page.getByText(app.t('errors.vault.wrong-passphrase.says')).waitFor();
    await app.page
      .getByLabel(app.t('settings.security.present'), { exact: true })
      .fill('seven grey horses by the lake');
    await button(`settings.computerKey.${submit}`).click();
  };

  test('is not offered where the system would not protect it, and opens the vault where it would', async () => {
    await asAccount('a person', 'basic_text');
    await app.go('#/settings');
    await app.page.getByText(app.t('settings.computerKey.unprotected')).waitFor();
    expect(await button('settings.computerKey.on').count()).toBe(0);

    await asAccount('a person');
    await app.go('#/drafts');
    await turn('on', 'turnOn');
    await button('settings.computerKey.off').waitFor();
    const sealed = await readFile(join(app.home, 'keychain.bkk'));
    expect(sealed.length).toBeGreaterThan(32);

    await button('app.lock').click();
    await button('vault.unlock.computerKey').click();
    await button('app.lock').waitFor();
  });

  test('does not open the vault in another account, where the passphrase does; once off it is not offered', async () => {
    await button('app.lock').click();
    await button('vault.unlock.computerKey').waitFor();
    await asAccount('somebody else');
    await button('vault.unlock.computerKey').click();
    await app.page.getByText(app.t('errors.keychain.gone.says')).waitFor();
    await app.unlock();
    await asAccount('a person');
    await turn('off', 'turnOff');
    await button('settings.computerKey.on').waitFor();
    expect(await filesBelow(app.home)).not.toContain('keychain.bkk');
    await button('app.lock').click();
    await app.page.getByLabel(app.t('vault.unlock.passphrase'), { exact: true }).waitFor();
    expect(await button('vault.unlock.computerKey').count()).toBe(0);
  });
});
