import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CodedError } from '@/core/base/coded-error.ts';
import type { Bridge, Channel, Host } from '@/core/host/contract.ts';
import { CHANNELS } from '@/core/host/contract.ts';
import { chooseHost, wantsDemo } from '@/host/choose-host.ts';
import { remoteHost } from '@/host/remote-host.ts';
import { startServer } from '../../electron/page-server.ts';
import { type Driver, openDriver, scratchFolder, WINDOW } from './scratch.ts';

/** As much of a window as the hosts use; its fetch adds the headers that a browser adds. */
class FakeWindow extends EventTarget {
  readonly store = new Map<string, string>();
  readonly sessionStorage = {
    getItem: (key: string) => this.store.get(key) ?? null,
    setItem: (key: string, value: string) => void this.store.set(key, value),
  };
  location: URL;
  readonly history = {
    replaceState: (_state: unknown, _title: string, url: string) => {
      this.location = new URL(url, this.location);
    },
  };
  host?: Bridge;
  constructor(url: string) {
    super();
    this.location = new URL(url);
  }
  fetch = (path: string, init: RequestInit) =>
    fetch(new URL(path, this.location), {
      ...init,
      headers: { ...init.headers, origin: this.location.origin, 'sec-fetch-site': 'same-origin' },
    });
  get asWindow(): Window {
    return this as unknown as Window;
  }
}

async function overPage(): Promise<{ host: Host; window: FakeWindow; stop: () => Promise<void> }> {
  const folder = await scratchFolder();
  const server = await startServer({
    home: `${folder}/home`,
    exports: `${folder}/exports`,
    port: 0,
    demo: true,
  });
  onTestFinished(() => server.stop());
  const window = new FakeWindow(server.url);
  const host = chooseHost(window.asWindow);
  onTestFinished(() => host.system.release(WINDOW).catch(() => {}));
  return { host, window, stop: () => server.stop() };
}

async function overBridge(): Promise<{ host: Host }> {
  const vault: Driver = await openDriver(await scratchFolder());
  onTestFinished(() => vault.close());
  vault.claims.clear();
  const bridge = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      (claim: string | null, ...params: unknown[]) => vault.dispatch({ channel, claim, params }),
    ]),
  ) as unknown as Bridge;
  const window = new FakeWindow('app://baikoo/');
  window.host = bridge;
  const host = chooseHost(window.asWindow);
  onTestFinished(() => host.system.release(WINDOW).catch(() => {}));
  return { host };
}

describe.each([
  ['page mode', overPage],
  ["Electron's bridge", overBridge],
])('the port over %s', (_what, open) => {
  test('answers as the port promises', async () => {
    const { host } = await open();
    await expect(host.journal.size()).rejects.toMatchObject({ code: 'host/busy' });
    expect(await host.system.claim(WINDOW)).toBe(true);
    expect(await host.journal.append(0, new Uint8Array([1, 2, 3]))).toBe(3);
    expect(new Uint8Array(await host.journal.read(1, 9))).toEqual(new Uint8Array([2, 3]));
    await expect(host.journal.append(0, new Uint8Array([1]))).rejects.toSatisfy(
      (error) => error instanceof CodedError && error.code === 'journal/moved' && error.detail.actual === 3,
    );
    expect(await host.journal.setAside(2)).toMatch(/^journal-aside-2-1\.bkj$/);
    expect(await host.files.read('header.bkv')).toBeNull();
    expect(await host.files.replace('drafts/a.bkd', new Uint8Array([7]))).toBeUndefined();
    expect(await host.files.listDrafts()).toEqual(['a']);
    expect(await host.files.remove('drafts/a.bkd')).toBeUndefined();
    await expect(host.files.read('../x' as 'header.bkv')).rejects.toMatchObject({ code: 'host/refused' });
    await host.system.setPreferences({ locale: 'ky', scheme: 'dark' });
    expect(await host.system.preferences()).toEqual({ locale: 'ky', scheme: 'dark' });
    expect((await host.system.info()).freeBytes).toBeGreaterThan(0);
    const { id, writable } = await host.folders.open(await scratchFolder());
    expect(writable).toBe(true);
    expect(await host.folders.write(id, 'team/head.bkh', new Uint8Array([1, 2, 3]))).toBeUndefined();
    expect(await host.folders.list(id, 'team')).toEqual([{ name: 'head.bkh', size: 3 }]);
    expect(new Uint8Array((await host.folders.read(id, 'team/head.bkh', 9)) ?? [])).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(await host.folders.read(id, 'team/other.bkh', 9)).toBeNull();
    const line = await host.http.open('https://127.0.0.1:9', null);
    const ask = { method: 'GET', path: '/', headers: {}, maxBytes: 9, quietSeconds: 1 } as const;
    await expect(host.http.request(line, ask, new Uint8Array(0))).rejects.toMatchObject({
      code: 'target/unreachable',
    });
    expect(await host.http.close(line)).toBeUndefined();
    await host.system.wipe();
    await host.system.release(WINDOW);
    await expect(host.journal.size()).rejects.toMatchObject({ code: 'host/busy' });
  });
});

describe('page mode', () => {
  test('takes the token out of the address and survives a reload', async () => {
    const { window } = await overPage();
    expect(window.location.hash).toBe('');
    expect(wantsDemo(window.asWindow)).toBe(true);
    expect((await chooseHost(window.asWindow).system.info()).mode).toBe('page');
  });

  test('says that it was opened without a token', () => {
    const window = new FakeWindow('http://127.0.0.1:4420/');
    expect(() => chooseHost(window.asWindow)).toThrowError(
      expect.objectContaining({ code: 'host/no-token' }),
    );
  });

  test('says that the program is gone', async () => {
    const { host, stop } = await overPage();
    await stop();
    await expect(host.system.info()).rejects.toMatchObject({ code: 'host/gone' });
  });

  test('releases its claim when the page goes, so that a reload need not wait', async () => {
    const { host, window } = await overPage();
    await host.system.claim(WINDOW);
    window.dispatchEvent(new Event('pagehide'));
    const reloaded = chooseHost(window.asWindow);
    const other = 'window-after-the-reload';
    await vi.waitFor(async () => expect(await reloaded.system.claim(other)).toBe(true));
    await reloaded.system.release(other);
  });
});

describe('a claim', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is kept alive while it is held, and not after', async () => {
    const calls: [Channel, string | null][] = [];
    const { host } = remoteHost(async (channel, claim) => {
      calls.push([channel, claim]);
      return true;
    });
    await host.system.claim(WINDOW);
    await vi.advanceTimersByTimeAsync(9500);
    expect(calls).toEqual([['system.claim', null], ...Array(3).fill(['journal.size', WINDOW])]);
    await host.system.release(WINDOW);
    calls.length = 0;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls).toEqual([]);
  });

  test('that was lost to another window is not taken back, but a lost connection is no loss', async () => {
    let code: string | null = 'host/gone';
    const claims: (string | null)[] = [];
    const { host, claim } = remoteHost(async (channel, given) => {
      if (channel === 'system.claim') return true;
      claims.push(given);
      if (code !== null) throw new CodedError(code, 'It failed.');
      return 0;
    });
    await host.system.claim(WINDOW);
    await vi.advanceTimersByTimeAsync(3000);
    expect(claim()).toBe(WINDOW);
    code = 'host/busy';
    await vi.advanceTimersByTimeAsync(3000);
    expect(claim()).toBeNull();
    code = null;
    await host.journal.size();
    expect(claims).toEqual([WINDOW, WINDOW, null]);
  });
});
