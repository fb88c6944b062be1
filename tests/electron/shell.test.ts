import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNELS } from '@/core/host/contract.ts';
import { built } from '../support/built.ts';
import { launchStandIn, type StandIn } from '../support/electron-stand-in/launch.ts';
import { textOf } from '../support/texts.ts';
import { makeScratch } from './scratch.ts';

/**
 * main.ts and preload.ts as they are bundled for production, on the stand-in for Electron with a real Chromium behind
 * it. What the stand-in decides in Electron's place is said on top of its files; none of this ran in Electron.
 */
const ORIGIN = 'http://baikoo.localhost';

type Call = (
  claim: string | null,
  ...params: unknown[]
) => Promise<{ ok: boolean; error?: { code: string } }>;

const scratch = makeScratch();
let shell: StandIn;
let page: Page;

beforeAll(async () => {
  await built();
  shell = await launchStandIn(['--home', scratch.folder('home')]);
  page = await shell.page();
  await page.getByRole('heading', { level: 1 }).waitFor();
});
afterAll(async () => {
  const code = await shell.quit();
  expect(shell.complaints()).toBe('');
  expect(code).toBe(0);
});

/** Puts a person in front of the dialogs who gives this answer; what they and the browser were asked is kept. */
const answerWith = (response: number) =>
  shell.evaluate(
    `({ dialog, shell }, response) => {
      globalThis.asked = [];
      globalThis.opened = [];
      dialog.showMessageBox = async (_window, options) => {
        asked.push(options);
        return { response };
      };
      shell.openExternal = async (url) => void opened.push(url);
    }`,
    response,
  );
const asked = () =>
  shell.evaluate<undefined, { message: string; detail: string; buttons: string[] }[]>(
    '() => globalThis.asked',
  );
const opened = () => shell.evaluate<undefined, string[]>('() => globalThis.opened');
const until = async <T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> => {
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    await page.waitForTimeout(30);
  }
};

describe('the page', () => {
  test('has the channels of the contract, each a function that cannot be replaced, and nothing of Node or Electron', async () => {
    const found = await page.evaluate(() => {
      const host = window.host as unknown as Record<string, unknown>;
      let replaced = true;
      try {
        ('use strict');
        host['journal.size'] = () => 0;
        replaced = host['journal.size'] !== undefined && String(host['journal.size']) === '() => 0';
      } catch {
        replaced = false;
      }
      const global = globalThis as unknown as Record<string, unknown>;
      return {
        channels: Object.keys(host).sort(),
        functions: Object.values(host).every((member) => typeof member === 'function'),
        replaced,
        node: [
          'require',
          'process',
          'module',
          'Buffer',
          'electron',
          'ipcRenderer',
          'standInSend',
          'standInAnswer',
        ].filter((name) => global[name] !== undefined),
      };
    });
    expect(found).toEqual({ channels: [...CHANNELS].sort(), functions: true, replaced: false, node: [] });
  });

  test('gets clones: bytes arrive as bytes, and what cannot be cloned does not leave it', async () => {
    const found = await page.evaluate(async () => {
      const host = window.host as unknown as Record<string, Call>;
      const info = await (host['system.info'] as Call)(null);
      const cloned = await (host['journal.read'] as Call)(null, () => 1).then(
        () => 'cloned',
        (error: Error) => error.name,
      );
      return { info, cloned };
    });
    expect(found.info).toMatchObject({ ok: true, value: { mode: 'electron', readOnly: false } });
    expect(found.cloned).toBe('DataCloneError');
  });

  test('is a secure context of its own origin under the strict policy, with workers, wasm and a database', async () => {
    const response = await page.goto(`${ORIGIN}/`);
    expect(response?.headers()['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-/,
    );
    await page.getByRole('heading', { level: 1 }).waitFor();
    const found = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(event.effectiveDirective),
      );
      const script = document.createElement('script');
      script.textContent = 'window.inline = true';
      document.head.append(script);
      const frame = document.createElement('iframe');
      frame.src = '/';
      document.body.append(frame);
      const image = new Image();
      image.src = 'https://evil.example/pixel.png';
      await fetch('https://evil.example/').catch(() => {});
      // Of a page's own accord: what the test itself runs is exempt from the policy.
      setTimeout('window.evaluated = true' as never);
      await new Promise((resolve) => setTimeout(resolve, 100));
      frame.remove();
      return {
        secure: isSecureContext && indexedDB !== undefined,
        wasm: WebAssembly.validate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
        ran: ['inline', 'evaluated'].filter((name) => name in window),
        violations: [...new Set(violations)].sort(),
      };
    });
    expect(found).toEqual({
      secure: true,
      wasm: true,
      ran: [],
      violations: ['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem'],
    });
  });

  test('is served packaged files only', async () => {
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/',
        '/../package.json',
        '/%2e%2e/electron/main.cjs',
        '/..%5cpackage.json',
        '/package.json',
        '/x.js',
      ];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
  });

  test('reaches no other address, even with its content policy out of the way', async () => {
    const session = await shell.context.newCDPSession(page);
    await session.send('Page.enable');
    await session.send('Page.setBypassCSP', { enabled: true });
    await page.reload();
    const reached = await page.evaluate(async () => {
      const tries: Promise<string>[] = [
        'https://evil.example/',
        'http://evil.example/',
        'http://127.0.0.1:80/',
        'http://evil.localhost/',
      ].map((url) =>
        fetch(url, { mode: 'no-cors' }).then(
          () => url,
          () => '',
        ),
      );
      const worker = new Worker(
        URL.createObjectURL(
          new Blob([
            "fetch('http://evil.example/w', { mode: 'no-cors' }).then(() => postMessage('worker'), () => postMessage(''))",
          ]),
        ),
      );
      tries.push(new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data))));
      const socket = new WebSocket('ws://evil.example/');
      tries.push(
        new Promise((resolve) => {
          socket.onopen = () => resolve('socket');
          socket.onerror = () => resolve('');
        }),
      );
      return (await Promise.all(tries)).filter((url) => url !== '');
    });
    expect(reached).toEqual([]);
    // Cancelled by our session, not merely unreachable here.
    expect(await shell.evaluate('(_electron, _arg, { escaped }) => escaped()')).toEqual([]);
    await session.detach();
    await page.reload();
  });

  test('is granted nothing but the clipboard for what it copies', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'camera', 'microphone', 'midi', 'clipboard-write'];
      const found: Record<string, string> = {};
      for (const name of names) {
        found[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
      }
      return found;
    });
    expect(states).toEqual({
      geolocation: 'denied',
      camera: 'denied',
      microphone: 'denied',
      midi: 'denied',
      'clipboard-write': 'granted',
    });
    const session = '(_electron, _arg, { session }) => [session.grantsDevices(), session.isSpellChecked()]';
    expect(await shell.evaluate(session)).toEqual([false, false]);
  });
});

describe('a link', () => {
  const press = (url: string, target = '') =>
    page.evaluate(
      ([href, to]) => {
        const link = document.createElement('a');
        link.href = href as string;
        link.target = to as string;
        link.rel = 'noopener';
        document.body.append(link);
        link.click();
        link.remove();
      },
      [url, target],
    );

  test.each([
    ['in the window', ''],
    ['in a new window', '_blank'],
  ])('%s leads outside after a question in the language of the interface', async (_where, target) => {
    await page.evaluate(() => window.host?.['system.setPreferences'](null, { locale: 'ky', scheme: 'auto' }));
    await answerWith(0);
    const address = 'https://www.ohchr.org/ky';
    await press(address, target);
    const [question] = await until(asked, (seen) => seen.length > 0);
    expect(question).toMatchObject({
      message: textOf('ky', 'shell.outside.title'),
      detail: `${address}\n\n${textOf('ky', 'shell.outside.says')}`,
      buttons: [textOf('ky', 'shell.outside.open'), textOf('ky', 'shell.outside.stay')],
    });
    expect(await until(opened, (seen) => seen.length > 0)).toEqual([address]);
    expect(page.url()).toMatch(new RegExp(`^${ORIGIN}/`));
    await until(
      async () => shell.context.pages().length,
      (count) => count === 1,
    );
  });

  test('stays closed when the person says so', async () => {
    await answerWith(1);
    await press('https://evil.example/');
    await until(asked, (seen) => seen.length > 0);
    await page.waitForTimeout(100);
    expect(await opened()).toEqual([]);
  });

  test.each([
    'file:///etc/passwd',
    'https://user:word@evil.example/',
    'ms-settings:privacy',
    'javascript:alert(1)',
  ])('to %s is not even asked about', async (url) => {
    await answerWith(0);
    await press(url);
    await press(url, '_blank');
    await page.waitForTimeout(200);
    expect(await asked()).toEqual([]);
    expect(page.url()).toMatch(new RegExp(`^${ORIGIN}/`));
    await until(
      async () => shell.context.pages().length,
      (count) => count === 1,
    );
  });
});

describe('a sender that is not our page', () => {
  /** Every channel, called as the preload script would; what comes back, once each. */
  const EVERY = `async (channels) => {
    const codes = new Set();
    for (const channel of channels) {
      const answer = await new Promise((resolve) => {
        globalThis.standInAnswer = (_id, failure, text) => resolve(failure ?? text);
        standInSend(JSON.stringify({ id: 1, channel: 'host:' + channel, args: '["a",[["v",null]]]' }));
      });
      codes.add(/host\\/refused/.test(answer) ? 'host/refused' : answer);
    }
    return [...codes];
  }`;

  test('is refused on every channel as a subframe, even in the world of the preload script', async () => {
    const session = await shell.context.newCDPSession(page);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>inside</p>';
      document.body.append(frame);
    });
    const { frameTree } = await session.send('Page.getFrameTree');
    const frameId = frameTree.childFrames?.[0]?.frame.id as string;
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId,
      worldName: 'Electron Isolated Context',
    });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `(${EVERY})(${JSON.stringify(CHANNELS)})`,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    expect(result.value).toEqual(['host/refused']);
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    await session.detach();
  });

  test('is refused on every channel as another window, whatever it shows', async () => {
    const appeared = shell.context.waitForEvent('page');
    await shell.evaluate(
      `({ BrowserWindow, app }) => {
        const preload = app.getAppPath() + '/dist/electron/preload.cjs';
        globalThis.second = new BrowserWindow({
          webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false },
        });
        void second.loadURL('app://baikoo/');
      }`,
    );
    const other = await appeared;
    await other.waitForFunction(() => window.host !== undefined);
    const codes = await other.evaluate(async (channels) => {
      const host = window.host as unknown as Record<string, Call>;
      const found = new Set<string | undefined>();
      for (const channel of channels) found.add((await (host[channel] as Call)(null)).error?.code);
      return [...found];
    }, CHANNELS);
    expect(codes).toEqual(['host/refused']);
    await shell.evaluate('() => globalThis.second.close()');
    await until(
      async () => shell.context.pages().length,
      (count) => count === 1,
    );
  });

  test('is refused on every channel as our own window that was led to another host of our scheme', async () => {
    await shell.evaluate(`({ BrowserWindow, session }, _arg, standIn) => {
      globalThis.handler = standIn.session.handler;
      const headers = { 'content-type': 'text/html' };
      session.defaultSession.protocol.handle('app', async () => new Response('<h1>evil</h1>', { headers }));
      void BrowserWindow.getAllWindows()[0].loadURL('app://evil/');
    }`);
    await page.waitForURL(/evil/);
    const codes = await page.evaluate(async (channels) => {
      const host = window.host as unknown as Record<string, Call>;
      const found = new Set<string | undefined>();
      for (const channel of channels) found.add((await (host[channel] as Call)(null)).error?.code);
      return [...found];
    }, CHANNELS);
    expect(codes).toEqual(['host/refused']);
    await shell.evaluate(`({ BrowserWindow, session }) => {
      session.defaultSession.protocol.handle('app', globalThis.handler);
      void BrowserWindow.getAllWindows()[0].loadURL('app://baikoo/');
    }`);
    await page.waitForURL(`${ORIGIN}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
});
