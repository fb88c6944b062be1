import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog } from 'electron';
import { CodedError } from '../renderer/core/host/contract.ts';
import { nodeDisk } from './disk.ts';
import { safeFileName, saveAt } from './exports-folder.ts';
import type { SaveAs } from './handlers/files.ts';
import { registerIpc } from './ipc.ts';
import { type LocalHost, openLocalHost } from './local-host.ts';
import { defaultHome, thisMachine } from './places.ts';
import { guardSession, openWindow, registerScheme } from './window.ts';

/**
 * Start-up as steps. The order matters where a step says so.
 */
interface Options {
  readonly home: string;
  readonly demo: boolean;
}

let window: BrowserWindow | null = null;

function start(): void {
  const options = readOptions();
  // Before the lock of the single instance, which lives in this folder.
  keepProfileInside(options.home);
  registerScheme();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(() => run(options))
    .catch(giveUp);
}

async function run({ home, demo }: Options): Promise<void> {
  const host = await openLocalHost({
    home,
    saveAs: askWhere,
    about: { mode: 'electron', version: app.getVersion() },
  });
  letGoAtTheEnd(host);
  guardSession(join(app.getAppPath(), 'dist', 'renderer'));
  // Before the window, whose first call would find nobody.
  registerIpc(host.dispatch, () => window?.webContents ?? null);
  window = openWindow({
    preload: join(app.getAppPath(), 'dist', 'electron', 'preload.cjs'),
    demo,
    onGone: () => host.claims.clear(),
  });
  window.on('closed', () => {
    window = null;
  });
}

function readOptions(): Options {
  const { values } = parseArgs({
    args: process.argv.slice(app.isPackaged ? 1 : 2),
    options: { home: { type: 'string' }, demo: { type: 'boolean' } },
    // Chromium's own switches come in the same list.
    strict: false,
  });
  const machine = thisMachine();
  const demo = values.demo === true;
  if (typeof values.home === 'string') return { home: resolve(values.home), demo };
  return { home: demo ? throwAwayHome() : defaultHome(machine), demo };
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

/** The folder is let go of once nothing is under way; a kill lets go of it as well. */
function letGoAtTheEnd(host: LocalHost): void {
  let gone = false;
  app.on('will-quit', (event) => {
    if (gone) return;
    event.preventDefault();
    void host.close().finally(() => {
      gone = true;
      app.quit();
    });
  });
}

/** There is no window yet to say it in a person's language, so that the code must do. */
function giveUp(error: unknown): void {
  const code = error instanceof CodedError ? error.code : 'internal/unexpected';
  dialog.showErrorBox('Baikoo', code === 'host/busy' ? 'Baikoo is already running on this folder.' : code);
  app.exit(code === 'host/busy' ? 3 : 1);
}

start();
