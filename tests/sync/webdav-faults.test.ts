import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { encodeFrame } from '@/core/base/frame.ts';
import type { Host, HttpCall } from '@/core/host/host.ts';
import { openTarget } from '@/core/sync/open-target.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import { openWebdavTarget, type WebdavSettings } from '@/core/sync/webdav-target.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { Apache, apacheServer, PASSWORD, USER } from '../support/apache.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { openRealHost, type RealHost } from '../support/real-host.ts';
import { codeOfFailure, noise } from './target-suite.ts';

if (!apacheServer.found && !apacheServer.required) {
  console.warn('NOT RUN, apache2 was not found: WebDAV over bad lines and bad servers');
}

describe.skipIf(!apacheServer.found && !apacheServer.required)('WebDAV with Apache behind', () => {
  let apache: Apache;
  let proxy: FaultProxy;
  let real: RealHost;

  beforeAll(async () => {
    apache = await Apache.start();
    proxy = await FaultProxy.to(apache.port, apache.certificate);
    real = await openRealHost();
  });
  afterAll(async () => {
    await real?.close();
    await proxy?.close();
    await apache?.stop();
  });
  beforeEach(async () => {
    proxy.calm();
    await rm(join(apache.files, 'team'), { recursive: true, force: true });
  });

  async function open(
    way: 'basic' | 'digest' | 'brief-digest' | 'plain' | 'read-only' = 'plain',
    more: Partial<WebdavSettings> = {},
  ): Promise<OpenTarget> {
    const url = `https://127.0.0.1:${proxy.port}/${way}/`;
    const { fingerprint } = apache.certificate;
    const settings = { kind: 'webdav', url, user: USER, password: PASSWORD, fingerprint, ...more } as const;
    const target = await openTarget(real.host, settings, systemRandom);
    onTestFinished(() => target.close());
    return target;
  }
  const stored = () => readFile(join(apache.files, 'team', 'pack.bkp'));
  const get = (target: OpenTarget, unless: string | null = null) =>
    target.get('team/pack.bkp', { maxBytes: 300_000, unless });
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => 'it did not fail',
      ({ code, detail }) => ({ code, ...detail }),
    );

  describe('a status', () => {
    test.each([
      [423, {}, { code: 'target/busy', seconds: null }],
      [429, { 'retry-after': '120' }, { code: 'target/busy', seconds: 120 }],
      [429, { 'retry-after': '999999999' }, { code: 'target/busy', seconds: 3600 }],
      [429, { 'retry-after': 'soon' }, { code: 'target/busy', seconds: null }],
      [
        503,
        { 'retry-after': 'Wed, 25 Nov 2026 10:01:30 GMT', date: 'Wed, 25 Nov 2026 10:00:00 GMT' },
        { code: 'target/busy', seconds: 90 },
      ],
      [507, {}, { code: 'target/full' }],
      [500, {}, { code: 'target/failed' }],
      [413, {}, { code: 'target/failed' }],
      [401, {}, { code: 'target/refused' }],
      [403, {}, { code: 'target/refused' }],
      [301, { location: 'http://127.0.0.1:1/' }, { code: 'target/failed' }],
      [302, { location: '/elsewhere' }, { code: 'target/failed' }],
      [307, { location: 'https://127.0.0.1:1/' }, { code: 'target/failed' }],
      [206, {}, { code: 'target/failed' }],
    ] as const)('%i %j is %j, and the next call goes on', async (status, headers, expected) => {
      const target = await open();
      await target.put('team/pack.bkp', noise(1000));
      for (const [method, call] of [
        ['PROPFIND', () => target.list('team')],
        ['GET', () => get(target)],
        ['PUT', () => target.put('team/pack.bkp', noise(1000, 2))],
      ] as const) {
        proxy.calm();
        proxy.on(method, { status, headers });
        expect(await failure(call()), method).toMatchObject({ ...expected, status });
        expect(proxy.seen.filter((request) => request.method === method)).toHaveLength(1);
        expect(await get(target)).toMatchObject({ bytes: noise(1000) });
      }
    });

    test('that refuses writing is target/refused where only reading is allowed', async () => {
      await (await open()).put('team/pack.bkp', noise(50));
      const target = await open('read-only');
      expect(await get(target)).toMatchObject({ bytes: noise(50) });
      expect(await target.list('team')).toEqual([{ name: 'pack.bkp', size: 50 }]);
      expect(await codeOfFailure(target.put('team/pack.bkp', noise(50, 2)))).toBe('target/refused');
      expect(await stored()).toEqual(Buffer.from(noise(50)));
    });
  });

  describe('a connection', () => {
    test.each([0, 1, 100, 8191, 8192, 99_999])(
      'cut after %i bytes of an upload leaves the old file, and putting again is right',
      async (cutRequestAfter) => {
        const target = await open();
        await target.put('team/pack.bkp', noise(500, 1));
        // As often as it takes: a connection that was kept may be cut by a server that gives it up, and is replaced once.
        proxy.on('PUT', { cutRequestAfter }, Number.POSITIVE_INFINITY);
        expect(await codeOfFailure(target.put('team/pack.bkp', noise(100_000, 2)))).toBe(
          'target/unreachable',
        );
        expect(await stored()).toEqual(Buffer.from(noise(500, 1)));
        proxy.calm();
        await target.put('team/pack.bkp', noise(100_000, 2));
        expect(Buffer.compare(await stored(), noise(100_000, 2))).toBe(0);
        expect(await readdir(join(apache.files, 'team'))).toEqual(['pack.bkp']);
      },
    );

    test.each([0, 1, 50_000, 99_999])(
      'cut after %i bytes of a download gives no part of it',
      async (cutAnswerAfter) => {
        const target = await open();
        await target.put('team/pack.bkp', noise(100_000));
        proxy.on('GET', { cutAnswerAfter });
        expect(await codeOfFailure(get(target))).toBe('target/unreachable');
        expect((await get(target)).state).toBe('found');
        proxy.on('PROPFIND', { cutAnswerAfter: Math.min(cutAnswerAfter, 200) });
        expect(await codeOfFailure(target.list('team'))).toBe('target/unreachable');
        expect(await target.list('team')).toHaveLength(1);
      },
    );

    test('cut at any byte of the encrypted line, both ways, fails or succeeds and never half', async () => {
      const line = await FaultyLine.to(proxy.port);
      onTestFinished(() => line.close());
      for (let bytes = 1; bytes < 6000; bytes += 397) {
        for (const way of ['up', 'down'] as const) {
          const target = await open('basic', { url: `https://127.0.0.1:${line.port}/basic/` });
          line.cutAfter = { way, bytes };
          const code = await target.put('team/pack.bkp', noise(2000, bytes)).then(
            () => null,
            (error: { code: string }) => error.code,
          );
          expect([null, 'target/unreachable']).toContain(code);
          await target.put('team/pack.bkp', noise(2000, bytes));
          expect(Buffer.compare(await stored(), noise(2000, bytes))).toBe(0);
          await target.close();
        }
      }
    });

    test('that the server gave up while it was idle is not noticed', async () => {
      const target = await open();
      await Promise.all([1, 2, 3].map((i) => target.put(`team/${i}.bkp`, noise(10, i))));
      proxy.dropConnections();
      await Promise.all([1, 2, 3].map((i) => target.put(`team/${i}.bkp`, noise(20, i))));
      expect(await target.list('team')).toHaveLength(3);
    });

    test('that falls silent is given up, and so is one that is closed meanwhile', async () => {
      const line = await real.host.http.open(
        `https://127.0.0.1:${proxy.port}`,
        apache.certificate.fingerprint,
      );
      const ask = { method: 'GET', path: '/plain/', headers: {}, maxBytes: 10_000, quietSeconds: 1 } as const;
      proxy.on('GET', { silence: true }, 2);
      expect(await codeOfFailure(real.host.http.request(line, ask, new Uint8Array()))).toBe(
        'target/unreachable',
      );
      const waiting = real.host.http.request(line, { ...ask, quietSeconds: 300 }, new Uint8Array());
      await expect.poll(() => proxy.seen.length).toBe(2);
      await real.host.http.close(line);
      expect(await codeOfFailure(waiting)).toBe('target/unreachable');
      expect(await codeOfFailure(real.host.http.request(line, ask, new Uint8Array()))).toBe(
        'target/unreachable',
      );
    });

    test('that is slow holds up nothing of the vault', async () => {
      const target = await open();
      proxy.on('GET', { silence: true });
      const waiting = codeOfFailure(get(target));
      await expect.poll(() => proxy.seen.length).toBe(1);
      const size = await real.host.journal.size();
      expect(await real.host.journal.append(size, noise(100))).toBe(size + 100);
      await target.close();
      expect(await waiting).toBe('target/unreachable');
    });
  });

  describe('an answer', () => {
    test('longer than asked for is given up at the cap, whether it says so or not', async () => {
      const target = await open();
      await target.put('team/pack.bkp', noise(10));
      proxy.on('GET', { changeBody: () => Buffer.alloc(5_000_000) });
      expect(await codeOfFailure(get(target))).toBe('target/too-long');
    });

    test('that was packed although nobody asked for it is none', async () => {
      const target = await open();
      await target.put('team/pack.bkp', noise(10));
      proxy.on('GET', { changeHeaders: { 'content-encoding': 'gzip' } });
      expect(await codeOfFailure(get(target))).toBe('target/failed');
    });

    test('without a tag, or with one that cannot be sent back, is read anew each time', async () => {
      const target = await open();
      await target.put('team/pack.bkp', noise(10));
      for (const etag of [null, 'unquoted', '"with space"', `"${'x'.repeat(300)}"`]) {
        proxy.on('GET', { changeHeaders: { etag } });
        expect(await get(target)).toMatchObject({ state: 'found', tag: null });
      }
      proxy.calm();
      expect(await get(target, 'unquoted')).toMatchObject({ state: 'found', bytes: noise(10) });
      expect(proxy.seen[0]?.headers['if-none-match']).toBeUndefined();
    });

    test('with a wrong tag costs a second reading and no more', async () => {
      const target = await open();
      await target.put('team/pack.bkp', noise(10));
      proxy.on('GET', { changeHeaders: { etag: '"wrong"' } });
      expect(await get(target)).toMatchObject({ state: 'found', tag: '"wrong"' });
      expect(await get(target, '"wrong"')).toMatchObject({ state: 'found', bytes: noise(10) });
    });

    test('that claims nothing has changed, to somebody who knew nothing, is a failure', async () => {
      const target = await open();
      proxy.on('GET', { status: 304 });
      expect(await codeOfFailure(get(target))).toBe('target/failed');
    });

    test('that an upload was taken is not believed when the file has another length', async () => {
      const target = await open();
      await target.put('team/pack.bkp', noise(10));
      proxy.on('PUT', { status: 204 });
      expect(await failure(target.put('team/pack.bkp', noise(5000)))).toMatchObject({
        code: 'target/failed',
        sent: 5000,
        held: 10,
      });
    });

    test.each([
      ['no listing', 'hello'],
      ['cut short', '<d:multistatus xmlns:d="DAV:"><d:response>'],
      [
        'of something else',
        '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/other/</d:href></d:response></d:multistatus>',
      ],
      ['with an entity', '<!DOCTYPE d [<!ENTITY x "y">]><d:multistatus xmlns:d="DAV:">&x;</d:multistatus>'],
    ])('to a listing that is %s is a failure and no empty folder', async (_what, body) => {
      const target = await open();
      proxy.on('PROPFIND', { status: 207, body });
      expect(await failure(target.list('team'))).toMatchObject({ code: 'target/failed', reason: 'listing' });
    });
  });

  describe('a certificate', () => {
    test('that nobody vouches for is shown and nothing is sent', async () => {
      const target = await open('basic', { fingerprint: null });
      const shown = await failure(target.list('team'));
      expect(shown).toMatchObject({ code: 'target/untrusted', fingerprint: apache.certificate.fingerprint });
      expect(proxy.seen).toEqual([]);
      const trusted = await open('basic', { fingerprint: (shown as { fingerprint: string }).fingerprint });
      expect(await trusted.list('team')).toEqual([]);
    });

    test('other than the one that was compared is not good', async () => {
      const fingerprint = apache.certificate.fingerprint.replace(/^./, (first) =>
        first === '0' ? '1' : '0',
      );
      expect(await failure((await open('basic', { fingerprint })).list('team'))).toMatchObject({
        code: 'target/untrusted',
        fingerprint: apache.certificate.fingerprint,
      });
      expect(proxy.seen).toEqual([]);
    });
  });

  describe.each(['basic', 'digest'] as const)('a login by %s', (way) => {
    test('is answered once, before anything large is sent, and then carried along', async () => {
      const target = await open(way);
      await target.put('team/pack.bkp', noise(50_000));
      await target.put('team/pack.bkp', noise(50_000, 2));
      const puts = proxy.seen.filter(({ method }) => method === 'PUT');
      expect(puts).toHaveLength(2);
      expect(proxy.seen.filter(({ headers }) => headers.authorization === undefined)).toHaveLength(1);
      expect(proxy.seen[0]?.method).toBe('PROPFIND');
    });

    test('with a wrong password is refused after two requests', async () => {
      const target = await open(way, { password: 'wrong' });
      expect(await failure(target.list('team'))).toMatchObject({ code: 'target/refused', status: 401 });
      expect(proxy.seen).toHaveLength(2);
    });

    test('never goes with a redirect, wherever it leads', async () => {
      const elsewhere = await FaultProxy.to(apache.port, apache.certificate);
      onTestFinished(() => elsewhere.close());
      const target = await open(way);
      await target.list('team');
      proxy.on('GET', { status: 302, headers: { location: `https://127.0.0.1:${elsewhere.port}/x` } });
      expect(await codeOfFailure(get(target))).toBe('target/failed');
      expect(elsewhere.seen).toEqual([]);
    });
  });

  test('a Digest nonce serves many requests, each with a count of its own', async () => {
    const target = await open('digest');
    await target.list('team');
    proxy.calm();
    await Promise.all(Array.from({ length: 12 }, () => target.list('team')));
    const sent = proxy.seen.map(({ headers }) => String(headers.authorization));
    expect(new Set(sent.map((header) => /nonce="([^"]+)"/.exec(header)?.[1])).size).toBe(1);
    expect(new Set(sent.map((header) => /nc=([0-9a-f]+)/.exec(header)?.[1])).size).toBe(12);
  });

  test('a Digest nonce that went stale is replaced without a word, and the next one is taken where it is offered', async () => {
    const target = await open('brief-digest');
    await target.put('team/pack.bkp', noise(10));
    // Two requests for one call: the refusal of the stale nonce, and the one with the new. The other way round, Apache
    // gives the next nonce along with an answer, so that a call in time needs one.
    const requests = async () => {
      proxy.calm();
      expect(await get(target)).toMatchObject({ bytes: noise(10) });
      return proxy.seen.length;
    };
    await expect.poll(requests, { interval: 2200, timeout: 60_000 }).toBe(2);
    await expect.poll(requests, { interval: 10, timeout: 60_000 }).toBe(1);
    const nonces = new Set<string | undefined>();
    await expect
      .poll(
        async () => {
          await requests();
          nonces.add(/nonce="([^"]+)"/.exec(String(proxy.seen[0]?.headers.authorization))?.[1]);
          return nonces.size;
        },
        { interval: 10, timeout: 60_000 },
      )
      .toBeGreaterThan(1);
  });

  test('names that hide a way out of the folder are not listed', async () => {
    const target = await open();
    await mkdir(join(apache.files, 'team'));
    await writeFile(join(apache.files, 'team', 'a%2Fb.bkp'), 'x');
    apache.adopt();
    const names = ['..', '..%2Foutside.bkp', '%00.bkp', 'a%5Cb.bkp', '%', 'good%20one.bkp'];
    const hrefs = ['', ...names].map(
      (name) => `<d:response><d:href>/plain/team/${name}</d:href></d:response>`,
    );
    expect((await target.list('team')).map(({ name }) => name)).toEqual(['a%2Fb.bkp']);
    const body = `<d:multistatus xmlns:d="DAV:">${hrefs.join('')}</d:multistatus>`;
    proxy.on('PROPFIND', { status: 207, body });
    expect((await target.list('team')).map(({ name }) => name)).toEqual(['good one.bkp']);
  });

  test.each([
    'http://127.0.0.1/dav',
    'https://user:password@127.0.0.1/dav',
    'https://127.0.0.1/dav?share=1',
    'https://127.0.0.1/%2e%2e%2fx',
    'dav.example.org',
    'file:///etc',
    '',
  ])('the address %j is none', async (url) => {
    expect(await failure(open('plain', { url }))).toMatchObject({ code: 'target/failed', reason: 'address' });
  });
});

test('an upload may be silent for as long as two kilobytes a second take to carry it, within what the host waits', async () => {
  const calls: HttpCall[] = [];
  const answers: Record<string, number> = { PROPFIND: 207, MKCOL: 201, PUT: 201, HEAD: 200 };
  const http: Host['http'] = {
    open: async () => 'line',
    async request(_line, call) {
      calls.push(call);
      return encodeFrame({ status: answers[call.method] ?? 500, headers: {} }, new Uint8Array());
    },
    close: async () => undefined,
  };
  const settings = { url: 'https://example.org/', user: USER, password: PASSWORD, fingerprint: null };
  const target = await openWebdavTarget({ http }, settings, systemRandom);
  await target.put('team/pack.bkp', noise(256 * 1024));
  await target.put('team/large.bkp', noise(4 * 1024 * 1024));
  const quiet = (method: string) =>
    calls.filter((call) => call.method === method).map(({ quietSeconds }) => quietSeconds);
  expect(quiet('PUT')).toEqual([192, 300]);
  expect(new Set(quiet('HEAD'))).toEqual(new Set([60]));
});
