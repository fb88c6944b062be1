import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { CHANNELS } from '@/core/host/contract.ts';
import { registerIpc } from '../../electron/ipc.ts';
import { guardSession, openWindow, registerScheme } from '../../electron/window.ts';
import { BrowserWindow, FakeContents, handlers, schemes, told } from './fake-electron.ts';
import { openDriver, scratchFolder, WINDOW } from './scratch.ts';

// These tests run against small fakes: they show what our code asks of Electron, not what Electron then does.
vi.mock('electron', () => import('./fake-electron.ts'));

describe('the IPC', () => {
  const contents = new FakeContents();
  const mainFrame = { url: 'app://baikoo/', parent: null };

  async function registered() {
    handlers.clear();
    const vault = await openDriver(await scratchFolder());
    registerIpc(vault.dispatch, () => contents as unknown as WebContents);
    const call = (event: unknown, channel: string, ...sent: unknown[]) =>
      handlers.get(`host:${channel}`)?.(event, ...sent);
    return { vault, call };
  }

  test('answers on every channel of the contract and on no other', async () => {
    const { vault } = await registered();
    expect([...handlers.keys()].sort()).toEqual(CHANNELS.map((channel) => `host:${channel}`).sort());
    await vault.close();
  });

  test('lets our page append and read, and gives it codes for what fails', async () => {
    const { vault, call } = await registered();
    const event = { sender: contents, senderFrame: mainFrame };
    expect(await call(event, 'journal.append', WINDOW, 0, new Uint8Array([1, 2]))).toEqual({
      ok: true,
      value: 2,
    });
    expect(await call(event, 'journal.read', WINDOW, 0, 9)).toEqual({
      ok: true,
      value: new Uint8Array([1, 2]),
    });
    expect(await call(event, 'journal.append', WINDOW, 0, new Uint8Array(1))).toMatchObject({
      ok: false,
      error: { code: 'journal/moved', detail: { believed: 0, actual: 2 } },
    });
    expect(await call(event, 'journal.size', null)).toMatchObject({
      ok: false,
      error: { code: 'host/busy' },
    });
    expect(await call(event, 'files.read', WINDOW, '../x')).toMatchObject({
      error: { code: 'host/refused' },
    });
    await vault.close();
  });

  test.each([
    ['another window', { sender: new FakeContents(), senderFrame: mainFrame }],
    ['a frame that is gone', { sender: contents, senderFrame: null }],
    ['a subframe', { sender: contents, senderFrame: { url: 'app://baikoo/', parent: mainFrame } }],
    ['a web page', { sender: contents, senderFrame: { url: 'https://evil.example/', parent: null } }],
    ['another host of our scheme', { sender: contents, senderFrame: { url: 'app://evil/', parent: null } }],
    [
      'a name that begins like ours',
      { sender: contents, senderFrame: { url: 'app://baikoo.evil/', parent: null } },
    ],
    ['a local file', { sender: contents, senderFrame: { url: 'file:///baikoo/', parent: null } }],
    ['a blank page', { sender: contents, senderFrame: { url: '', parent: null } }],
  ])('refuses %s on every channel', async (_who, event) => {
    const { vault, call } = await registered();
    for (const channel of CHANNELS) {
      expect(await call(event, channel, WINDOW)).toMatchObject({
        ok: false,
        error: { code: 'host/refused' },
      });
    }
    expect(await vault.call('journal.size')).toBe(0);
    await vault.close();
  });
});

describe('the window', () => {
  const open = (demo = false) => {
    const gone = vi.fn();
    openWindow({ preload: '/preload.cjs', demo, onGone: gone });
    return { window: BrowserWindow.last as BrowserWindow, gone };
  };

  test('is isolated, in the sandbox and without Node', () => {
    const { window } = open();
    expect(window.options.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    expect(window.loaded).toBe('app://baikoo/');
    expect(open(true).window.loaded).toBe('app://baikoo/?demo=1');
  });

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays on our page on %s', (name) => {
    const stay = open().window.webContents.listeners.get(name) as unknown as (event: object) => void;
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://evil/',
      'app://baikoo.evil/',
      'data:x',
    ]) {
      const preventDefault = vi.fn();
      stay({ url, preventDefault });
      expect(preventDefault, url).toHaveBeenCalledOnce();
    }
    const preventDefault = vi.fn();
    stay({ url: 'app://baikoo/#/list', preventDefault });
    expect(preventDefault).not.toHaveBeenCalled();
  });

  test('opens nothing else and takes no webview', () => {
    const { webContents } = open().window;
    expect(webContents.openHandler?.()).toEqual({ action: 'deny' });
    const preventDefault = vi.fn();
    (webContents.listeners.get('will-attach-webview') as unknown as (event: object) => void)({
      preventDefault,
    });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('gives up the claim when its page is gone, but not on a step within it', () => {
    const { window, gone } = open();
    const navigated = window.webContents.listeners.get('did-start-navigation') as unknown as (
      d: object,
    ) => void;
    navigated({ isMainFrame: true, isSameDocument: true });
    navigated({ isMainFrame: false, isSameDocument: false });
    expect(gone).not.toHaveBeenCalled();
    navigated({ isMainFrame: true, isSameDocument: false });
    (window.webContents.listeners.get('render-process-gone') as unknown as () => void)();
    expect(gone).toHaveBeenCalledTimes(2);
  });
});

describe('the session', () => {
  test('serves only packaged files of our own host, by GET', async () => {
    const folder = await scratchFolder();
    const renderer = join(folder, 'renderer');
    await mkdir(renderer);
    await writeFile(join(renderer, 'index.html'), 'page');
    await writeFile(join(folder, 'secret.txt'), 'secret');
    guardSession(renderer);
    const get = async (url: string, init?: RequestInit) =>
      told.serve?.(new Request(url, init)) as Promise<Response>;
    const page = await get('app://baikoo/');
    expect(await page.text()).toBe('page');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const url of [
      'app://evil/',
      'app://baikoo/%2e%2e%2fsecret.txt',
      'app://baikoo/..%5csecret.txt',
      'app://baikoo/x.js',
    ]) {
      expect((await get(url)).status, url).toBe(404);
    }
    expect((await get('app://baikoo/', { method: 'POST' })).status).toBe(404);
  });

  test('grants no permission, checks no spelling and reaches no network', async () => {
    guardSession(await scratchFolder());
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'notifications']) {
      const decide = vi.fn();
      told.permission?.(null, permission, decide);
      expect(decide).toHaveBeenCalledExactlyOnceWith(false);
    }
    expect([told.check?.(), told.device?.(), told.spelling]).toEqual([false, false, false]);
    const cancelled = (url: string) => {
      let cancel: boolean | null = null;
      told.request?.({ url }, (answer) => {
        cancel = answer.cancel;
      });
      return cancel;
    };
    for (const url of [
      'http://127.0.0.1/',
      'https://evil.example/',
      'ws://x/',
      'ftp://x/',
      'file:///etc/passwd',
    ]) {
      expect(cancelled(url), url).toBe(true);
    }
    for (const url of ['app://baikoo/x.js', 'blob:app://baikoo/1', 'data:,x'])
      expect(cancelled(url), url).toBe(false);
  });

  test('knows our scheme as one with an origin', () => {
    registerScheme();
    expect(schemes).toEqual([
      { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) },
    ]);
    expect(JSON.stringify(schemes)).not.toContain('bypassCSP');
  });
});
