import { mkdtempSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, type OpenDialogOptions, powerMonitor, screen } from 'electron';
import { firstLocale, type Locale } from '../renderer/core/base/locales.ts';
import { CodedError } from '../renderer/core/host/contract.ts';
import { accountKey } from './account-key.ts';
import { nodeDisk } from './disk.ts';
import { safeFileName, saveAt } from './exports-folder.ts';
import { watchGraphics } from './graphics.ts';
import type { SaveAs } from './handlers/files.ts';
import { readPreferences } from './handlers/system.ts';
import { registerIpc } from './ipc.ts';
import { type LocalHost, openLocalHost } from './local-host.ts';
import { setMenu, showAbout } from './menu.ts';
import { isTooOld } from './old-windows.ts';
import { createOpenedFile } from './opened-file.ts';
import { createOutside } from './outside.ts';
import { defaultHome, defaultMachineFolder, thisMachine } from './places.ts';
import { watchPage } from './recovery.ts';
import { askForMissing, type FolderTalk, showVaultFolder } from './vault-folder.ts';
import { findPlace, noteVault, type Place } from './vault-place.ts';
import { guardSession, openWindow, registerScheme } from './window.ts';
import { keepWindowState, placeWindow, readWindowState } from './window-state.ts';
import { type Say, sayIn } from './words.ts';

/**
 * Start-up as steps. The order matters where a step says so.
 */
interface Options {
  readonly place: Place;
  readonly demo: boolean;
}

const machine = thisMachine();
let window: BrowserWindow | null = null;
let events: LocalHost['events'] | null = null;
/** A file that was double-clicked; whoever opens the vault is shown it. */
const opened = createOpenedFile(nodeDisk, () => events?.tell('file'));
/** In the interface's language, which the person chose, else in the one of the system's that we have. */
let say: Say = sayIn('en');
let locale: Locale | null = null;

function start(): void {
  const options = readOptions();
  const { place } = options;
  speak(place.locale);
  opened.noteArguments(process.argv.slice(1), process.cwd());
  // macOS names a file by this event, which may come before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opened.note(path);
  });
  if (isTooOld(process.platform, release())) {
    dialog.showErrorBox('Baikoo', say('shell.start.windows'));
    app.exit(1);
    return;
  }
  // Before the lock of the single instance, which lives in this folder. A missing one is not made.
  keepProfileInside(place.how === 'missing' ? defaultHome(machine) : place.home);
  registerScheme();
  if (place.how === 'missing') {
    app
      .whenReady()
      .then(() => askForMissing(folderTalk(), place))
      .catch(giveUp);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  watchGraphics(place.home);
  app.on('second-instance', (_event, args, folder) => {
    opened.noteArguments(args.slice(1), folder);
    showWindow();
  });
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(() => run(options))
    .catch(giveUp);
}

function speak(chosen: Locale | null): void {
  locale = chosen;
  say = sayIn(chosen ?? firstLocale(app.getPreferredSystemLanguages()));
}

async function run({ place, demo }: Options): Promise<void> {
  const { home } = place;
  speak((await readPreferences(nodeDisk, home)).locale);
  const host = await openLocalHost({
    home,
    saveAs: askWhere,
    chooseFolder: askFolder,
    openedFile: () => opened.take(),
    showFolder: () => showFolder(place),
    // A demonstration leaves nothing behind.
    ...(demo ? {} : { machineFolder: defaultMachineFolder(machine) }),
    accountKey,
    marksRun: true,
    about: { mode: 'electron', version: app.getVersion() },
    onPreferences: (preferences) => {
      speak(preferences.locale);
      putMenu(host, place);
    },
  });
  events = host.events;
  putMenu(host, place);
  await noteVault(place, machine);
  powerMonitor.on('suspend', () => host.events.tell('suspend'));
  powerMonitor.on('lock-screen', () => host.events.tell('screen-locked'));
  const wasAt = await readWindowState(nodeDisk, home);
  guardSession(join(app.getAppPath(), 'dist', 'renderer'));
  // Before the window, whose first call would find nobody.
  registerIpc(host.dispatch, () => window?.webContents ?? null);
  window = openWindow({
    preload: join(app.getAppPath(), 'dist', 'electron', 'preload.cjs'),
    demo,
    placement: placeWindow(wasAt, workAreas()),
    onGone: () => host.claims.clear(),
    onOutside: createOutside(
      (...asked) => say(...asked),
      () => window,
    ),
  });
  const kept = keepWindowState(nodeDisk, home, window);
  watchPage({
    say: (...asked) => say(...asked),
    window,
    now: () => performance.now(),
    quit: () => app.quit(),
  });
  // Windows gives no time to quit in when a session ends, and that is no crash.
  window.on('session-end', host.endRun);
  window.on('closed', () => {
    window = null;
  });
  letGoAtTheEnd(async () => {
    await Promise.all([kept.settled(), noteVault(place, machine)]);
    await host.close();
  });
}

/** The displays without their task bars, the primary one first. */
function workAreas() {
  const others = screen.getAllDisplays().map(({ workArea }) => workArea);
  return [screen.getPrimaryDisplay().workArea, ...others] as const;
}

function putMenu({ events }: LocalHost, place: Place): void {
  setMenu(say, {
    lock: () => events.tell('lock'),
    folder: () => void showFolder(place),
    about: () => window && showAbout(say, app.getVersion(), window),
  });
}

/** While the dialogs about the vault's folder are open, whoever asks for them waits for those. */
let folderShown: Promise<void> | null = null;

function showFolder(place: Place): Promise<void> {
  folderShown ??= showVaultFolder(folderTalk(), place)
    .catch(() => undefined)
    .finally(() => {
      folderShown = null;
    });
  return folderShown;
}

const folderTalk = (): FolderTalk => ({ say, locale, machine, window, askFolder });

function readOptions(): Options {
  const { values } = parseArgs({
    args: process.argv.slice(app.isPackaged ? 1 : 2),
    options: { home: { type: 'string' }, demo: { type: 'boolean' } },
    // Chromium's own switches come in the same list.
    strict: false,
  });
  const demo = values.demo === true;
  const named = typeof values.home === 'string' ? resolve(values.home) : demo ? throwAwayHome() : undefined;
  return { place: findPlace(named, machine), demo };
}

/** A demonstration leaves nothing behind, as far as Chromium lets go of its files in time. */
function throwAwayHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'baikoo-demo-'));
  process.on('exit', () => {
    try {
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The system's own cleaning takes what is left in the temporary folder.
    }
  });
  return home;
}

/** Chromium's profile, with the sealed cache in it, lies in local application data, not in the roaming one. */
function keepProfileInside(home: string): void {
  app.setPath('userData', join(home, 'shell'));
  app.setPath('sessionData', join(home, 'shell'));
  app.setAppLogsPath(join(home, 'shell', 'logs'));
}

function showWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

const askWhere: SaveAs = async (suggestedName, bytes) => {
  const name = safeFileName(suggestedName);
  const ask = { defaultPath: join(app.getPath('downloads'), name) };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, ask)
    : dialog.showSaveDialog(ask));
  return canceled || !filePath ? null : saveAt(nodeDisk, filePath, bytes);
};

async function askFolder(): Promise<string | null> {
  const ask: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'] };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, ask)
    : dialog.showOpenDialog(ask));
  return canceled ? null : (filePaths[0] ?? null);
}

/** The folder is let go of once nothing is under way; a kill lets go of it as well. */
function letGoAtTheEnd(letGo: () => Promise<void>): void {
  let gone = false;
  app.on('will-quit', (event) => {
    if (gone) return;
    event.preventDefault();
    void letGo().finally(() => {
      gone = true;
      app.quit();
    });
  });
}

function giveUp(error: unknown): void {
  const code = error instanceof CodedError ? error.code : 'internal/unexpected';
  const text = code === 'host/busy' ? say('shell.start.busy') : say('shell.start.failed', { code });
  dialog.showErrorBox('Baikoo', text);
  app.exit(code === 'host/busy' ? 3 : 1);
}

start();
