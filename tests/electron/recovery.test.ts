import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginRun } from '../../electron/run-marker.ts';
import { type App, type AppOptions, PASSPHRASE, startApp } from '../support/app.ts';
import { launchStandIn } from '../support/electron-stand-in/launch.ts';
import { textOf } from '../support/texts.ts';
import { makeScratch, scratchFolder } from './scratch.ts';

describe('the mark of a run', () => {
  test('is found by the next start when the program did not end in good order, and only then', async () => {
    const home = await scratchFolder();
    const first = beginRun(home);
    expect(first.afterUncleanEnd).toBe(false);
    expect(beginRun(home).afterUncleanEnd).toBe(true);
    first.end();
    first.end();
    expect(beginRun(home).afterUncleanEnd).toBe(false);
  });

  test('in a folder that cannot be written is no reason not to start', () => {
    const run = beginRun('/proc/no-such-folder');
    expect(run.afterUncleanEnd).toBe(false);
    run.end();
  });
});

describe('a page that is gone', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ host: 'stand-in' });
    await app.createVault();
  });
  afterAll(() => app.stop());

  interface Asked {
    readonly message: string;
    readonly detail: string;
    readonly buttons: readonly string[];
  }
  /** Whoever sits there presses the button with this number from now on; what was asked is kept. */
  const answerWith = (response: number) =>
    app.shell.evaluate(
      `({ dialog }, response) => {
        globalThis.asked = [];
        dialog.showMessageBox = async (_window, options) => {
          asked.push(options);
          if (response >= 0) return { response };
          return new Promise((resolve) => {
            options.signal?.addEventListener('abort', () => resolve({ response: options.cancelId }));
          });
        };
      }`,
      response,
    );
  const asked = () =>
    app.shell.evaluate<undefined, Asked[]>(
      '() => globalThis.asked.map(({ message, detail, buttons }) => ({ message, detail, buttons }))',
    );
  const inMain = (source: string) => app.shell.evaluate(source);
  const speak = (page: Page, locale: string) =>
    page.evaluate(
      (chosen) => window.host?.['system.setPreferences'](null, { locale: chosen as 'en', scheme: 'auto' }),
      locale,
    );
  /** Does what ends the page and resolves with the one that is opened instead. */
  const reopened = async (end: () => Promise<unknown>): Promise<Page> => {
    const next = app.browser.waitForEvent('page');
    await end();
    const page = await next;
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };
  const crash = () =>
    inMain('({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer()');

  test('is opened again when the person says so, three times at most, and what was typed is a draft', async () => {
    await app.go('#/observations/new');
    await app.page
      .getByLabel(app.t('observation.fields.title'), { exact: true })
      .fill('typed until the crash');
    await app.page.locator('[data-draft="kept"]').waitFor();
    await answerWith(0);
    let page = await reopened(crash);
    expect(await asked()).toEqual([
      {
        message: app.t('shell.crash.gone'),
        detail: app.t('shell.crash.says'),
        buttons: [app.t('shell.crash.reopen'), app.t('shell.menu.quit')],
      },
    ]);
    await page.getByLabel(app.t('vault.unlock.passphrase'), { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: app.t('vault.unlock.submit'), exact: true }).click();
    await page.getByRole('button', { name: app.t('app.lock'), exact: true }).waitFor();
    await page.evaluate(() => {
      window.location.hash = '#/drafts';
    });
    await page.getByText('typed until the crash').first().waitFor();

    // One that does not answer is ended first, and that is no second question.
    await answerWith(1);
    page = await reopened(() =>
      inMain(`({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].emit('unresponsive')`),
    );
    expect((await asked()).map(({ message }) => message)).toEqual([app.t('shell.crash.hung')]);

    // One that answers again by itself takes the question away, and stays.
    await answerWith(-1);
    await inMain(`({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window.emit('unresponsive');
      window.emit('responsive');
    }`);
    await expect.poll(async () => (await asked()).length).toBe(1);
    await page.getByRole('heading', { level: 1 }).waitFor();

    // In the language of the interface, and after the third time the page is left closed.
    await speak(page, 'ky');
    await answerWith(0);
    page = await reopened(crash);
    expect((await asked()).map(({ message }) => message)).toEqual([textOf('ky', 'shell.crash.gone')]);
    await speak(page, 'uz-Latn');
    await answerWith(-1);
    await crash();
    await expect.poll(asked).toEqual([
      {
        message: textOf('uz-Latn', 'shell.crash.often'),
        detail: textOf('uz-Latn', 'shell.crash.oftenSays'),
        buttons: [textOf('uz-Latn', 'shell.menu.quit')],
      },
    ]);
  });
});

describe('a program that did not end in good order', () => {
  test.each<[string, AppOptions]>([
    ['the shell', { host: 'stand-in' }],
    ['page mode', { ownProcess: true }],
  ])('is told of once, after the next unlocking, in %s', async (_host, options) => {
    const app = await startApp(options);
    await app.createVault();
    const told = () => app.page.getByText(app.t('notices.exit.unclean.says'));
    // Of a page whose program is gone.
    app.forgive();
    await app.kill();
    expect(existsSync(join(app.home, 'running'))).toBe(true);
    await app.restart();
    await app.unlock();
    await told().waitFor();
    await app.page.getByRole('button', { name: app.t('app.lock'), exact: true }).click();
    await app.unlock();
    expect(await told().count()).toBe(1);
    await app.close();
    expect(existsSync(join(app.home, 'running'))).toBe(false);
    await app.stop();
  });
});

describe('a session that Windows ends', () => {
  // The event is the stand-in's, and so is the kill that follows it; Windows itself never ran here.
  test('is no crash: the program may be gone a moment later, and nothing is told at the next start', async () => {
    const app = await startApp({ host: 'stand-in' });
    await app.createVault();
    expect(existsSync(join(app.home, 'running'))).toBe(true);
    await app.shell.evaluate(
      `({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].emit('session-end', { reasons: ['shutdown'] })`,
    );
    // At once: there is no time to wait for anything.
    expect(existsSync(join(app.home, 'running'))).toBe(false);
    app.forgive();
    await app.kill();
    await app.restart();
    await app.unlock();
    expect(await app.page.getByText(app.t('notices.exit.unclean.says')).count()).toBe(0);
    await app.stop();
  });
});

describe('graphics', () => {
  const scratch = makeScratch();
  test('that crash twice in a run are not used from the next start on, until there is a newer version', async () => {
    const home = scratch.folder('home');
    const isAccelerated = '(_electron, _arg, standIn) => standIn.isAccelerated()';
    const first = await launchStandIn(['--home', home]);
    await first.page();
    expect(await first.evaluate(isAccelerated)).toBe(true);
    const gone = (reason: string) =>
      first.evaluate(
        `({ app }, reason) => app.emit('child-process-gone', {}, { type: 'GPU', reason })`,
        reason,
      );
    await gone('crashed');
    await gone('clean-exit');
    expect(existsSync(join(home, 'graphics.json'))).toBe(false);
    await gone('crashed');
    expect(await first.quit()).toBe(0);
    const second = await launchStandIn(['--home', home]);
    await second.page();
    expect(await second.evaluate(isAccelerated)).toBe(false);
    expect(await second.quit()).toBe(0);
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'graphics.json'), JSON.stringify({ brokenWith: '0.0.1' }));
    const third = await launchStandIn(['--home', home]);
    await third.page();
    expect(await third.evaluate(isAccelerated)).toBe(true);
    expect(await third.quit()).toBe(0);
  });
});
