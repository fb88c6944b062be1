import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, CHANNELS, type Channel, CodedError, specOf } from '@/core/host/contract.ts';
import { decodeAnswer, decodeCall, encodeAnswer, encodeCall } from '@/core/host/framing.ts';
import { type Disk, nodeDisk } from '../../electron/disk.ts';
import { registerIpc } from '../../electron/ipc.ts';
import { type LocalHost, openLocalHost } from '../../electron/local-host.ts';
import { filesBelow, scratchFolder, WINDOW } from '../electron/scratch.ts';
import { deliver } from '../support/electron-stand-in/ipc-main.ts';

// ipc.ts as it is, on the stand-in's ipcMain: sender check, clone, schema, claim, handler. window.ts, of which ipc.ts
// takes the origin, is loaded with it and not called.
vi.mock('electron', async () => ({
  ipcMain: (await import('../support/electron-stand-in/ipc-main.ts')).ipcMain,
  BrowserWindow: null,
  protocol: null,
  session: null,
}));

const isNotCloneable = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'DataCloneError' || error.message === 'trap');

const HOSTILE_TEXT = fc.constantFrom(
  '../outside',
  '..\\outside',
  '/etc/passwd',
  'C:\\outside',
  '\\\\server\\share',
  'header.bkv\0',
  'header.bkv ',
  'HEADER.BKV',
  'header.bkv:stream',
  'drafts/../header.bkv',
  'drafts/../../outside.bkd',
  'drafts/.bkd',
  'drafts/con.bkd',
  'drafts/a/b.bkd',
  'journal.bkj',
  'preferences.json',
  '__proto__',
  'constructor',
  'toString',
  '',
);
const HOSTILE_NUMBER = fc.constantFrom(
  -1,
  -0,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  2 ** 31,
  1e300,
);
const GET = { method: 'GET', path: '/x', headers: {}, maxBytes: 10, quietSeconds: 1 };
/** Between hostile ones, so that a call also gets past the first of its checks. */
const PLAUSIBLE = fc.constantFrom(
  0,
  3,
  'header.bkv',
  'device.bkv',
  'x.csv',
  WINDOW,
  new Uint8Array([1, 2, 3]),
  'team/head.bkh',
  '/tmp',
  'https://127.0.0.1:9',
  GET,
  null,
  {
    locale: 'ky',
    scheme: 'dark',
  },
);
const hostile = fc.oneof(
  PLAUSIBLE,
  HOSTILE_TEXT,
  HOSTILE_NUMBER,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  }),
  fc.uint8Array({ maxLength: 64 }),
  fc.constant({ [Symbol.toStringTag]: 'Uint8Array', length: 3 }),
  fc.constant(
    new Proxy(
      { [fc.toStringMethod]: () => 'a trap' },
      {
        get(target, name) {
          if (name === fc.toStringMethod) return target[fc.toStringMethod];
          throw new Error('trap');
        },
      },
    ),
  ),
);
const params = fc.oneof(fc.array(hostile, { maxLength: 4 }), hostile);

/** Durability is not in question here, and ten thousand fsyncs a channel would take the night. */
const quickDisk: Disk = {
  ...nodeDisk,
  open: async (path, how) => ({ ...(await nodeDisk.open(path, how)), sync: async () => {} }),
  syncFolder: async () => {},
};
const CASES = 10_000;
const contents = {} as WebContents;
const PAGE = { url: 'app://baikoo/', parent: null };
const SENDERS = {
  'our page': { sender: contents, senderFrame: PAGE },
  'a subframe': { sender: contents, senderFrame: { url: 'app://baikoo/', parent: PAGE } },
  'another window': { sender: {}, senderFrame: PAGE },
  'another origin': { sender: contents, senderFrame: { url: 'app://baikoo.evil/', parent: null } },
  'no frame': { sender: contents, senderFrame: null },
};
const sender = fc.oneof(
  { weight: 9, arbitrary: fc.constant('our page' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(SENDERS) as (keyof typeof SENDERS)[])) },
);
const claim = fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(WINDOW) }, hostile);

describe('every channel, given anything', () => {
  beforeAll(
    () =>
      void registerIpc(
        (call) => open.dispatch(call),
        () => contents,
      ),
  );
  let open: LocalHost;

  test.each(CHANNELS.map((channel) => [channel]))(
    `answers %s with a result or a code ${CASES} times and touches nothing outside the folder`,
    async (channel) => {
      const folder = await scratchFolder();
      const home = join(folder, 'home');
      await mkdir(home);
      await writeFile(join(folder, 'outside'), 'outside');
      open = await openLocalHost({
        home,
        saveAs: async () => null,
        about: { mode: 'page', version: '0' },
        disk: quickDisk,
        accountKey: {
          system: async () => 'ready',
          seal: async (text) => Buffer.from(text),
          open: async (sealed) => sealed.toString(),
        },
      });
      // Nobody waits for an event that does not come.
      open.events.close();
      let arrived = 0;
      await fc.assert(
        fc.asyncProperty(sender, claim, params, async (who, claimed, given) => {
          await open.dispatch({ channel: 'system.claim', claim: null, params: [WINDOW] });
          const args = [claimed, ...(Array.isArray(given) ? given : [given])];
          let answer: Answer;
          try {
            answer = (await deliver(`host:${channel}`, SENDERS[who], args)) as Answer;
            if (who !== 'our page') expect(answer).toMatchObject({ error: { code: 'host/refused' } });
          } catch (error) {
            // What cannot be cloned does not leave a renderer; the dispatch must stand it all the same.
            if (!isNotCloneable(error)) throw error;
            answer = await open.dispatch({ channel, claim: claimed, params: given });
          }
          arrived += 1;
          if (!answer.ok) expect(answer.error.code).toMatch(/^[a-z]+\/[a-z-]+$/);
          expect(JSON.stringify(answer)).not.toContain(folder.slice(1, -1).concat('/outside'));
        }),
        { numRuns: CASES },
      );
      expect(arrived).toBe(CASES);
      expect(await readFile(join(folder, 'outside'), 'utf8')).toBe('outside');
      const allowed =
        /^(outside|home\/(header|device)\.bkv|home\/keychain\.bkk|home\/ballast\.bin|home\/journal[-0-9a-z]*\.bkj|home\/(preferences|safety|updates)\.json)$/;
      for (const file of await filesBelow(folder)) {
        expect(file.replaceAll('\\', '/')).toMatch(allowed);
      }
      await open.close();
    },
  );

  test('refuses a channel that does not exist', async () => {
    const host = await openLocalHost({
      home: await scratchFolder(),
      saveAs: async () => null,
      about: { mode: 'page', version: '0' },
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(HOSTILE_TEXT, fc.anything()), async (channel) => {
        const answer = await host.dispatch({ channel, claim: WINDOW, params: [] });
        expect(answer).toMatchObject({ ok: false, error: { code: 'host/refused' } });
      }),
    );
    await host.close();
  });

  test('refuses every channel that needs a claim without one, and with any other', async () => {
    const home = await scratchFolder();
    const host = await openLocalHost({
      home,
      saveAs: async () => null,
      about: { mode: 'page', version: '0' },
    });
    const good: Record<string, unknown[]> = {
      'journal.size': [],
      'journal.read': [0, 1],
      'journal.append': [0, new Uint8Array(1)],
      'journal.setAside': [0],
      'files.listDrafts': [],
      'files.read': ['header.bkv'],
      'files.replace': ['header.bkv', new Uint8Array(1)],
      'files.remove': ['header.bkv'],
      'files.saveAs': ['x.csv', new Uint8Array(1)],
      'system.machine': [],
      'system.openedFile': [],
      'system.showFolder': [],
      'system.nextEvent': [],
      'system.wipe': [],
      'keychain.state': [],
      'keychain.keep': [new Uint8Array(32)],
      'keychain.read': [],
      'keychain.forget': [],
      'folders.choose': [],
      'folders.open': [home],
      'folders.list': ['grant', 'team'],
      'folders.read': ['grant', 'team/head.bkh', 10],
      'folders.write': ['grant', 'team/head.bkh', new Uint8Array(1)],
      'folders.volumes': [],
      'http.open': ['https://127.0.0.1', null],
      'http.request': ['line', GET, new Uint8Array(0)],
      'http.close': ['line'],
      'safety.state': [],
      'safety.choose': [null],
      'safety.stop': [],
      'safety.copy': [0, new Uint8Array(1)],
      'safety.read': ['header', 0, 1],
      'safety.find': [null],
      'safety.readFound': ['0'.repeat(12), 'header', 0, 1],
      'safety.restore': ['0'.repeat(12)],
      'socket.open': ['ws://127.0.0.1:1', { fingerprint: null }],
      'socket.send': ['some socket', new Uint8Array(1)],
      'socket.receive': ['some socket'],
      'socket.close': ['some socket'],
      'updates.state': [],
      'updates.setWeekly': [false],
      'updates.check': [],
    };
    expect(Object.keys(good).sort()).toEqual(CHANNELS.filter((channel) => specOf(channel).claimed).sort());
    await host.dispatch({ channel: 'system.claim', claim: null, params: [WINDOW] });
    for (const [channel, params] of Object.entries(good)) {
      for (const claim of [null, undefined, '', `${WINDOW}x`, 1, [WINDOW], { toString: () => WINDOW }]) {
        const answer = await host.dispatch({ channel, claim, params });
        expect(answer, channel).toMatchObject({ ok: false, error: { code: 'host/busy' } });
      }
    }
    expect(await filesBelow(home)).toEqual([]);
    await host.close();
  });
});

describe('the framing', () => {
  test('carries every call there unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANNELS), fc.uint8Array(), fc.string(), (channel, bytes, name) => {
        const at = specOf(channel).bytesParam;
        const given: unknown[] = [name, name, name].slice(0, (at ?? 0) + 1);
        if (at !== undefined) given[at] = bytes;
        expect(decodeCall(channel, encodeCall(channel, WINDOW, given))).toEqual({
          claim: WINDOW,
          params: given,
        });
      }),
    );
  });

  test('carries bytes, null, values and errors back unchanged', () => {
    const back = (channel: Channel, value: unknown) =>
      decodeAnswer(channel, encodeAnswer(channel, { ok: true, value }));
    expect(back('journal.read', new Uint8Array([1, 2, 3]))).toEqual(new Uint8Array([1, 2, 3]));
    expect(back('journal.read', new Uint8Array(0))).toEqual(new Uint8Array(0));
    expect(back('files.read', null)).toBeNull();
    expect(back('files.remove', undefined)).toBeUndefined();
    expect(back('system.claim', false)).toBe(false);
    const error = { code: 'disk/full', message: 'The disk is full.', detail: { errno: 'ENOSPC' } };
    expect(() =>
      decodeAnswer('journal.size', encodeAnswer('journal.size', { ok: false, error })),
    ).toThrowError(new CodedError(error.code, error.message, error.detail));
  });

  test('takes any bytes for a call or refuses them with a code', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANNELS), fc.uint8Array({ maxLength: 100 }), (channel, frame) => {
        try {
          const { params } = decodeCall(channel, frame);
          expect(Array.isArray(params)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'host/refused' });
        }
      }),
      { numRuns: 3000 },
    );
  });
});
