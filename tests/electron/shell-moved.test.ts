import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emptyObservation } from '@/core/model/observation.ts';
import type { Workspace } from '@/core/workspace.ts';
import { type App, PASSPHRASE, startApp } from '../support/app.ts';
import { fillVault, readVault } from '../support/filled-vault.ts';
import { scratchFolder } from './scratch.ts';

/**
 * A vault's work that reaches another laptop, through the shell's own window, on the stand-in for Electron: who sits at
 * the system's folder dialog is stood in for, and the other laptop is another folder for the machine's mark.
 */
const TITLE = 'Ала качуу, Өзгөн';

let app: App | null = null;
afterEach(async () => {
  await app?.stop();
  app = null;
});

const write = async ({ observations }: Workspace): Promise<void> => {
  const observation = { ...emptyObservation('ky'), title: { text: TITLE, lang: 'ky' as const } };
  await observations.save({ id: null, base: null, seen: {}, observation, draft: null });
};
const deviceOf = (home: string) =>
  readVault(home, async ({ vault }) => {
    const { device } = await vault.profile();
    return device;
  });

test('a safety copy is restored on the first screen, from the folder that was chosen in the dialog', async () => {
  const scratch = await scratchFolder();
  const [old, stick, home] = ['old', 'stick', 'new'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(stick);
  await fillVault(old, async (workspace) => {
    await write(workspace);
    await workspace.safety.choose(stick);
    await workspace.safety.copy();
  });

  app = await startApp({ host: 'stand-in', home });
  const { page, t } = app;
  await app.shell.evaluate(
    `({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }`,
    stick,
  );
  await page.getByRole('button', { name: t('vault.restore.offer'), exact: true }).click();
  await page.getByRole('button', { name: t('settings.safety.choose'), exact: true }).click();
  await page.getByLabel(t('vault.unlock.passphrase'), { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByText(t('vault.restore.content', { number: 1 })).waitFor();
  expect(existsSync(join(home, 'header.bkv'))).toBe(false);
  await page.getByRole('button', { name: t('vault.restore.submit'), exact: true }).click();
  await page.getByText(t('notices.device.restored.says')).waitFor();
  await app.go('#/observations');
  await page.getByText(TITLE).first().waitFor();
});

test('a vault folder that is moved to another laptop goes on there as a new device, and the person is told once', async () => {
  const scratch = await scratchFolder();
  const [old, home] = [join(scratch, 'old'), join(scratch, 'carried')];
  await fillVault(old, write, { machineFolder: join(scratch, 'mark of the old laptop') });
  const before = await deviceOf(old);
  await rename(old, home);

  app = await startApp({ host: 'stand-in', home });
  await app.unlock();
  const told = () => (app as App).page.getByText((app as App).t('notices.device.moved.says'));
  await told().waitFor();
  await app.go('#/observations');
  await app.page.getByText(TITLE).first().waitFor();

  await app.restart();
  await app.unlock();
  await app.go('#/observations');
  await app.page.getByText(TITLE).first().waitFor();
  expect(await told().count()).toBe(0);
  await app.close();
  expect(await deviceOf(home)).not.toBe(before);
});
