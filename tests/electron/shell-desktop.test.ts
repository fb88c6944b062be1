import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { textOf } from '../support/texts.ts';

/** What the desktop gives the shell, on the stand-in for Electron: power, menu, crash. */
let app: App;

beforeAll(async () => {
  app = await startApp({ host: 'stand-in' });
  await app.createVault();
});
afterAll(() => app.stop());

const inMain = <R>(source: string) => app.shell.evaluate<undefined, R>(source);
const locked = () => app.page.getByLabel(app.t('vault.unlock.passphrase'), { exact: true }).waitFor();

test.each([
  ['the machine goes to sleep', `({ powerMonitor }) => powerMonitor.emit('suspend')`],
  ['the screen is locked', `({ powerMonitor }) => powerMonitor.emit('lock-screen')`],
  [
    'Lock is chosen in the menu',
    `({ Menu }) => {
      for (const { submenu } of Menu.getApplicationMenu().items) {
        submenu.find(({ id }) => id === 'lock')?.click();
      }
    }`,
  ],
])('the vault locks when %s, and what was being typed is a draft', async (_what, happens) => {
  const title = `typed until ${_what}`;
  await app.go('#/observations/new');
  await app.page.getByLabel(app.t('observation.fields.title'), { exact: true }).fill(title);
  await inMain(happens);
  await locked();
  await app.unlock();
  await app.go('#/drafts');
  await app.page.getByText(title).first().waitFor();
});

test.each([
  ['by a second start', `({ app }, file) => app.emit('second-instance', {}, ['baikoo', file], '/', null)`],
  ['by the event of macOS', `({ app }, file) => app.emit('open-file', { preventDefault() {} }, file)`],
])('a file that the system opens %s is shown for what it is', async (_how, opens) => {
  const file = join(app.exports, 'strange.bkj');
  writeFileSync(file, 'no request at all');
  await app.shell.evaluate<string, void>(opens, file);
  const dialog = app.page.getByRole('dialog');
  await dialog.getByText(app.t('incoming.refused.unknown')).waitFor();
  await app.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('the dialogs about the vault folder open from the settings as from the menu', async () => {
  await app.go('#/settings');
  const open = app.page.getByRole('button', { name: app.t('shell.menu.folder') });
  await open.waitFor();
  // A person who looks and closes.
  await inMain(`({ dialog }, _arg) => {
    globalThis.folderAsked = new Promise((resolve) => {
      dialog.showMessageBox = async (_window, options) => {
        resolve(options);
        return { response: options.cancelId };
      };
    });
  }`);
  await open.click();
  const asked = await inMain<{ detail: string; buttons: string[] }>('() => globalThis.folderAsked');
  expect(asked.detail).toContain(app.home);
  expect(asked.detail).toContain(app.t('shell.folder.named'));
  expect(asked.buttons).toEqual([app.t('shell.about.close')]);
});

test('menu and about box speak the language of the interface, and follow it', async () => {
  const labels = `({ Menu }) =>
    Menu.getApplicationMenu().items.map(({ label, submenu }) => [
      label,
      submenu.flatMap((item) => (item.label === undefined ? [] : [item.label])),
    ])`;
  for (const locale of ['ky', 'ru', 'uz-Latn', 'uz-Cyrl', 'en'] as const) {
    await app.page.evaluate(
      (chosen) => window.host?.['system.setPreferences'](null, { locale: chosen, scheme: 'auto' }),
      locale,
    );
    const menu = await inMain<[string, string[]][]>(labels);
    const word = (key: string) => textOf(locale, `shell.menu.${key}`);
    expect(menu.map(([label]) => label)).toEqual(['file', 'edit', 'view', 'help'].map(word));
    expect(menu.flatMap(([, items]) => items)).toContain(word('lock'));
    const about = await inMain<{ detail: string; buttons: string[] }>(`async ({ Menu, dialog }) => {
      let shown;
      dialog.showMessageBox = async (_window, options) => {
        shown = options;
        return { response: 0 };
      };
      for (const { submenu } of Menu.getApplicationMenu().items) {
        submenu.find(({ id }) => id === 'about')?.click();
      }
      return shown;
    }`);
    expect(about.buttons).toEqual([textOf(locale, 'shell.about.close')]);
    expect(about.detail).toBe(textOf(locale, 'shell.about.says', { version: '0.1.0' }));
  }
});
