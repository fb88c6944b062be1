import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile } from '../browser.ts';
import { toChromium } from './addresses.ts';
import { createApp } from './app.ts';
import { BrowserWindow, openWindows, setShelf } from './browser-window.ts';
import {
  type Answers,
  type Area,
  answerInAdvance,
  createScreen,
  dialog,
  Menu,
  nativeTheme,
  powerMonitor,
  safeStorage,
  shell,
} from './desktop.ts';
import { type Gate, openGate } from './gate.ts';
import { deliver, handledChannels, ipcMain } from './ipc-main.ts';
import { refusing } from './refusing.ts';
import { createProtocolModule, createSessionModule, PERMISSIONS, standInSession } from './session.ts';

/**
 * `electron FOLDER …`, as far as it goes: runs the program that FOLDER's package.json names, with the stand-in where it
 * requires 'electron'. Started by `launch.ts`, with which it speaks over Node's own channel between parent and child.
 */
export interface StandInSettings {
  /** Which of the machine's languages the browser says it prefers. */
  readonly locale: string;
  readonly scheme: 'light' | 'dark';
  /** Work areas of the displays, the primary one first. */
  readonly displays?: readonly [Area, ...Area[]];
  readonly answers?: Answers;
}

const ONE_DISPLAY: readonly [Area, ...Area[]] = [{ x: 0, y: 0, width: 1920, height: 1040 }];

const [folder = '.', ...rest] = process.argv.slice(2);
const root = resolve(folder);
const settings = JSON.parse(process.env.BAIKOO_STAND_IN ?? '{}') as StandInSettings;
const { main, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  main: string;
  version: string;
};
process.argv = [process.execPath, root, ...rest];

const displays = settings.displays ?? ONE_DISPLAY;
if (settings.answers !== undefined) answerInAdvance(settings.answers);

let context: BrowserContext | null = null;
let gate: Gate | null = null;
let blank: Page | null = null;

const life = createApp({
  root,
  version,
  locale: settings.locale,
  relaunch: (program) => process.send?.({ relaunched: program }),
  async start(profile) {
    gate = await openGate({
      isWatched: () => openWindows.length > 0,
      cancels: (url) => standInSession.cancels(url),
      serves: (request) => standInSession.serves(request),
    });
    context = await launchProfile(profile, {
      locale: settings.locale,
      colorScheme: settings.scheme,
      reducedMotion: 'reduce',
      // The window's size is the page's size, as in Electron.
      viewport: null,
      proxy: { server: `http://127.0.0.1:${gate.port}` },
      args: ['--remote-debugging-port=0', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
    });
    blank = context.pages()[0] ?? null;
    setShelf({
      display: displays[0],
      context: () => context as BrowserContext,
      async page() {
        const page = blank ?? (await (context as BrowserContext).newPage());
        blank = null;
        await applyPermissions(page);
        return page;
      },
      onClosed: () => {
        if (openWindows.length === 0) life.allWindowsClosed();
      },
    });
  },
  async closeWindows() {
    for (const window of [...openWindows]) {
      if (!(await window.closeForQuit())) return false;
    }
    return true;
  },
  async stop() {
    await context?.close();
    gate?.close();
  },
});

const APP = 'app://baikoo/';

/** Asks the app's handlers once for every permission there is and hands the answers to Chromium. */
async function applyPermissions(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(toChromium(APP));
  for (const [permission, names] of Object.entries(PERMISSIONS)) {
    const setting = (await standInSession.grants(permission, APP)) ? 'granted' : 'denied';
    for (const name of names) {
      await session.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
  }
  // Not detached: some Chromiums take back what was decided when who decided it leaves.
}

const electron = refusing('electron', {
  app: life.app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol: createProtocolModule(life.isReady),
  safeStorage,
  screen: createScreen(displays, life.isReady),
  session: createSessionModule(life.isReady),
  shell,
});

// biome-ignore lint/suspicious/noExplicitAny: Node's loader has no public type.
const loader = Module as any;
const load = loader._load;
loader._load = (request: string, ...more: unknown[]) =>
  request === 'electron' ? electron : load(request, ...more);

/** What tests may look at beside Electron itself. */
const standIn = {
  deliver,
  handledChannels,
  session: standInSession,
  isAccelerated: life.isAccelerated,
  escaped: () => gate?.escaped ?? [],
};

process.on('message', async ({ id, source, arg }: { id: number; source: string; arg: unknown }) => {
  try {
    const value = await runInThisContext(`(${source})`)(electron, arg, standIn);
    process.send?.({ id, value: value === undefined ? null : value });
  } catch (error) {
    process.send?.({ id, failure: String((error as Error)?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit(1));

createRequire(join(root, 'package.json'))(join(root, main));
setImmediate(() => {
  life.begin().then(
    () => {
      const profile = life.app.getPath('userData');
      process.send?.({ ready: true, port: debuggingPort(profile) });
    },
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});

/** Chromium writes where it listens into its profile. */
function debuggingPort(profile: string): number {
  return Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
}
