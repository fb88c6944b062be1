import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type BrowserContext, type ElectronApplication, type Page } from 'playwright-core';
import { electronProgram, whyNoWindow } from '../../build/electron-runtime.mjs';
import { type ServerOptions, startServer } from '../../electron/page-server.ts';
import { launchProfile } from './browser.ts';
import { built, builtRenderer } from './built.ts';
import { launchStandIn, type StandIn } from './electron-stand-in/launch.ts';
import { startServerProcess } from './server-process.ts';

/**
 * What the interface runs in: page mode, the shell on the stand-in for Electron, or Electron itself. The same tests
 * run in all of them; where Electron's runtime is missing, `whyNoElectron` says so.
 */
export type HostName = 'page' | 'stand-in' | 'electron';

export interface RunningOptions {
  readonly home: string;
  readonly exports: string;
  /** The browser's profile; the shell keeps its own below `home`. */
  readonly profile: string;
  readonly ownProcess: boolean;
  readonly locale: string;
  readonly scheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  /** Page mode's, where it runs in the test's own process. */
  readonly updates?: ServerOptions['updates'];
}

/** The program with its one window. */
export interface Running {
  readonly url: string;
  readonly port: number;
  /** What the page's addresses begin with. */
  readonly origin: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The program itself, on the stand-in only. */
  readonly shell?: StandIn;
  /** Chromium's profile folder. */
  readonly profile: string;
  readonly database: string;
  /** Shows the app, where the program does not do so by itself. */
  open(): Promise<void>;
  /** Ends the program in good order; nothing when it has ended. Resolves with what went wrong on its side. */
  close(): Promise<readonly string[]>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Why the tests cannot run in Electron itself on this machine; null when they can. */
export function whyNoElectron(): string | null {
  if (electronProgram(root) === null) return "Electron's runtime is not installed";
  return whyNoWindow({ platform: process.platform, env: process.env, uid: process.getuid?.() });
}

export const STARTERS: Readonly<
  Record<HostName, (options: RunningOptions, port: number) => Promise<Running>>
> = { page: startPage, 'stand-in': startOnStandIn, electron: startElectron };

async function startPage(options: RunningOptions, wantedPort: number): Promise<Running> {
  const { home, exports, profile, locale, scheme, viewport } = options;
  const renderer = await builtRenderer();
  const own = options.ownProcess ? await startServerProcess({ home, exports, port: wantedPort }) : null;
  const updates = options.updates && { updates: options.updates };
  const server = own ?? (await startServer({ home, exports, port: wantedPort, renderer, ...updates }));
  const context = await launchProfile(profile, {
    locale,
    colorScheme: scheme,
    viewport,
    reducedMotion: 'reduce',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  let ended = false;
  return {
    url: server.url,
    port: server.port,
    origin: new URL(server.url).origin,
    context,
    page,
    profile,
    database: join(profile, 'Default', 'IndexedDB'),
    open: async () => void (await page.goto(server.url)),
    async close() {
      await context.close();
      if (!ended) await server.stop();
      ended = true;
      return [];
    },
    async kill() {
      if (own === null) throw new Error('Only an app with `ownProcess` can be killed.');
      await own.kill();
      ended = true;
      await context.close();
    },
  };
}

interface SaveDialog {
  showSaveDialog(
    ...args: { readonly defaultPath?: string }[]
  ): Promise<{ canceled: boolean; filePath: string }>;
}

/** A person who agrees to the name that the app suggests, in the folder that the test wants. Runs in the main process. */
function alwaysInto({ dialog }: { dialog: SaveDialog }, folder: string): void {
  dialog.showSaveDialog = async (...args) => {
    const name = args.at(-1)?.defaultPath?.split(/[\\/]/).pop();
    return { canceled: false, filePath: `${folder}/${name}` };
  };
}

async function startOnStandIn(options: RunningOptions): Promise<Running> {
  await built();
  const { home, exports, locale, scheme } = options;
  mkdirSync(exports, { recursive: true });
  const program = await launchStandIn(['--home', home], { locale, scheme });
  await program.evaluate(alwaysInto.toString(), exports);
  const page = await program.page();
  let ended = false;
  return {
    url: page.url(),
    port: 0,
    origin: 'http://baikoo.localhost',
    context: program.context,
    page,
    shell: program,
    profile: join(home, 'shell'),
    database: join(home, 'shell', 'Default', 'IndexedDB'),
    open: async () => {},
    async close() {
      if (ended) return [];
      ended = true;
      const escaped = await program.evaluate<undefined, string[]>(
        '(_electron, _arg, { escaped }) => escaped()',
      );
      const code = await program.quit();
      const troubles = escaped.map((url) => `request to another address: ${url}`);
      if (code !== 0) troubles.push(`the shell ended with ${code}`);
      if (program.complaints() !== '') troubles.push(`the shell said: ${program.complaints()}`);
      return troubles;
    },
    async kill() {
      ended = true;
      await program.kill();
    },
  };
}

async function startElectron(options: RunningOptions): Promise<Running> {
  await built();
  const { home, exports, locale, scheme } = options;
  mkdirSync(exports, { recursive: true });
  const program: ElectronApplication = await _electron.launch({
    executablePath: electronProgram(root) ?? '',
    args: [root, '--home', home],
    locale,
    colorScheme: scheme,
  });
  await program.evaluate(alwaysInto as never, exports);
  const page = await program.firstWindow();
  let ended = false;
  return {
    url: page.url(),
    port: 0,
    origin: 'app://baikoo',
    context: program.context(),
    page,
    profile: join(home, 'shell'),
    database: join(home, 'shell', 'IndexedDB'),
    open: async () => {},
    async close() {
      if (!ended) await program.close();
      ended = true;
      return [];
    },
    async kill() {
      ended = true;
      program.process().kill('SIGKILL');
    },
  };
}
