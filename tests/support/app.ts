import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Locale } from '@/core/base/locales.ts';
import type { ServerOptions } from '../../electron/page-server.ts';
import { type HostName, type Running, type RunningOptions, STARTERS } from './app-hosts.ts';
import type { StandIn } from './electron-stand-in/launch.ts';
import { textOf } from './texts.ts';

/**
 * The app as people use it: the built renderer in one of its hosts (page mode unless another is named), in a real
 * Chromium with a profile of its own. Nothing here reaches into the page: vaults are made and opened through the
 * interface, by role and name.
 */

export const PASSPHRASE = 'seven grey horses by the lake';

export interface AppOptions {
  /** What the interface runs in. */
  readonly host?: HostName;
  /** The browser's language, so the one the app starts in; English by default. */
  readonly locale?: Locale;
  /** The vault's folder; a temporary one, removed by `stop`, by default. */
  readonly home?: string;
  readonly exports?: string;
  readonly scheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Runs page mode's server as a process of its own, so that `kill` can end it as a power cut would. */
  readonly ownProcess?: boolean;
  /** Another update server than the build's own; in page mode without a process of its own. */
  readonly updates?: ServerOptions['updates'];
}

export interface App {
  readonly locale: Locale;
  readonly home: string;
  readonly exports: string;
  /** Chromium's profile folder. */
  readonly profile: string;
  /** Where Chromium keeps the database of the sealed cache. */
  readonly database: string;
  /** What the page was opened with; changes with every start. */
  readonly url: string;
  /** The page; another one after every `restart`. */
  readonly page: Page;
  /** The shell's main process; there is none but on the stand-in. */
  readonly shell: StandIn;
  /** The browser's one profile, which survives `restart`. */
  readonly browser: BrowserContext;
  /** The interface's words for a key, in `locale`. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** From the first screen to an open vault; the recovery words are read off the sheet and confirming them is put off. */
  createVault(vault?: {
    readonly passphrase?: string;
    readonly name?: string;
  }): Promise<{ readonly recoveryWords: readonly string[] }>;
  /** From the locked screen to an open vault. */
  unlock(passphrase?: string): Promise<void>;
  /** Goes to an address of the app, such as `#/settings`. */
  go(hash: string): Promise<void>;
  /** Ends the program in good order; then `restart`. */
  close(): Promise<void>;
  /** Ends the program, if it runs, and starts it again on the same folder, profile and port. */
  restart(): Promise<void>;
  /** Ends the server's process with SIGKILL and closes the browser, saving nothing; then `restart`. Needs `ownProcess`. */
  kill(): Promise<void>;
  /** A second tab of the same browser on the same vault. */
  openTab(): Promise<Page>;
  /** Errors of the page are expected from now on (a killed server, a full disk): `stop` does not throw for them. */
  forgive(): void;
  /** Ends everything. Throws when a page reported an error or asked any other address for something. */
  stop(): Promise<void>;
}

/** Playwright's names for our locales: what `navigator.languages` says. */
const BROWSER_LOCALES: Readonly<Record<Locale, string>> = {
  en: 'en-GB',
  ru: 'ru-RU',
  ky: 'ky-KG',
  'uz-Latn': 'uz-Latn-UZ',
  'uz-Cyrl': 'uz-Cyrl-UZ',
};

export async function startApp(options: AppOptions = {}): Promise<App> {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-app-'));
  const home = options.home ?? join(scratch, 'home');
  const exports = options.exports ?? join(scratch, 'exports');
  const locale = options.locale ?? 'en';
  const troubles: string[] = [];
  let forgiven = false;
  let running: Running;
  const wish: RunningOptions = {
    home,
    exports,
    profile: join(scratch, 'profile'),
    ownProcess: options.ownProcess ?? false,
    locale: BROWSER_LOCALES[locale],
    scheme: options.scheme ?? 'light',
    viewport: options.viewport ?? { width: 1366, height: 768 },
    ...(options.updates && { updates: options.updates }),
  };

  const start = async (port: number) => {
    running = await STARTERS[options.host ?? 'page'](wish, port);
    const { context, origin } = running;
    context.setDefaultTimeout(30_000);
    context.on('weberror', (error) => troubles.push(`page error: ${error.error().stack}`));
    context.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
    });
    context.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) {
        troubles.push(`request to another address: ${request.url()}`);
      }
    });
    await running.open();
  };
  await start(0);

  const t: App['t'] = (key, values) => textOf(locale, key, values);
  const button = (key: string) => running.page.getByRole('button', { name: t(key), exact: true });
  const field = (key: string) => running.page.getByLabel(t(key), { exact: true });
  /** Only an open vault can be locked. */
  const opened = () => button('app.lock').waitFor();

  const app: App = {
    locale,
    home,
    exports,
    get shell() {
      if (running.shell === undefined)
        throw new Error('Only the stand-in lets a test into the main process.');
      return running.shell;
    },
    get profile() {
      return running.profile;
    },
    get database() {
      return running.database;
    },
    get url() {
      return running.url;
    },
    get page() {
      return running.page;
    },
    get browser() {
      return running.context;
    },
    t,
    async createVault({ passphrase = PASSPHRASE, name = 'Aigul' } = {}) {
      await field('vault.name.label').fill(name);
      await button('vault.first.next').click();
      await running.page.getByRole('radio', { name: t('vault.choose.own') }).check();
      await field('vault.choose.passphrase').fill(passphrase);
      await field('vault.choose.again').fill(passphrase);
      await button('vault.first.create').click();
      const sheet = running.page.getByRole('list', { name: t('vault.words.list') });
      await sheet.waitFor();
      const recoveryWords = await sheet.getByRole('listitem').allInnerTexts();
      await button('vault.words.later').click();
      await opened();
      return { recoveryWords: recoveryWords.map((word) => word.trim()) };
    },
    async unlock(passphrase = PASSPHRASE) {
      await field('vault.unlock.passphrase').fill(passphrase);
      await button('vault.unlock.submit').click();
      await opened();
    },
    async go(hash) {
      await running.page.evaluate((address) => {
        window.location.hash = address;
      }, hash);
    },
    async close() {
      troubles.push(...(await running.close()));
    },
    async restart() {
      await app.close();
      await start(running.port);
    },
    kill: () => running.kill(),
    async openTab() {
      const page = await running.context.newPage();
      await page.goto(running.url);
      return page;
    },
    forgive() {
      forgiven = true;
    },
    async stop() {
      await app.close();
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
      if (!forgiven && troubles.length > 0) throw new Error(`The page had troubles:\n${troubles.join('\n')}`);
    },
  };
  return app;
}
