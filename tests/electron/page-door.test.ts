import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CHANNELS } from '@/core/host/contract.ts';
import { CALL_TYPE, decodeAnswer, encodeCall, TOKEN_HEADER } from '@/core/host/framing.ts';
import { type PageServer, startServer } from '../../electron/page-server.ts';
import { filesBelow, scratchFolder, WINDOW } from './scratch.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

interface Attempt {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: Uint8Array | string;
}

/** As Node sends it, which forges any header, as no page can. */
function send(server: PageServer, { method = 'POST', path, headers = {}, body }: Attempt): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
    const call = request(
      {
        host: '127.0.0.1',
        port: server.port,
        method,
        path,
        headers: Object.fromEntries(given),
        setHost: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** The headers of our own page. */
const ours = (server: PageServer): Record<string, string> => ({
  host: `127.0.0.1:${server.port}`,
  origin: server.origin,
  'sec-fetch-site': 'same-origin',
  'content-type': CALL_TYPE,
  [TOKEN_HEADER]: server.token,
});

async function start(): Promise<{ server: PageServer; home: string }> {
  const folder = await scratchFolder();
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Baikoo</title>');
  await writeFile(join(renderer, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(renderer, 'notes.key'), 'not for the page');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const home = join(folder, 'home');
  const server = await startServer({ home, exports: join(folder, 'exports'), port: 0, renderer });
  onTestFinished(() => server.stop());
  return { server, home };
}

const claimCall = encodeCall('system.claim', null, [WINDOW]);
const PATH = '/host/system.claim';

describe('our own page', () => {
  test('gets in, claims, appends and reads back', async () => {
    const { server } = await start();
    const call = async (channel: (typeof CHANNELS)[number], ...params: unknown[]) => {
      const body = encodeCall(channel, WINDOW, params);
      const reply = await send(server, { path: `/host/${channel}`, headers: ours(server), body });
      expect(reply.status).toBe(200);
      expect(reply.headers['cache-control']).toBe('no-store');
      return decodeAnswer(channel, reply.body);
    };
    expect(await call('system.claim', WINDOW)).toBe(true);
    expect(await call('system.claim', `${WINDOW}2`)).toBe(false);
    expect(await call('journal.append', 0, new Uint8Array([1, 2, 3]))).toBe(3);
    expect(await call('journal.read', 1, 9)).toEqual(Buffer.from([2, 3]));
    expect(await call('files.read', 'header.bkv')).toBeNull();
    expect(await call('files.saveAs', 'list.csv', new Uint8Array([9]))).toMatchObject({
      path: expect.stringMatching(/exports[/\\]list\.csv$/),
    });
    await expect(call('files.read', '../x' as never)).rejects.toMatchObject({ code: 'host/refused' });
    expect(await call('system.info')).toMatchObject({ mode: 'page', readOnly: false });
  });

  test('is served under a strict policy, and nothing beside it is', async () => {
    const { server } = await start();
    const get = (path: string, more = {}) =>
      send(server, { method: 'GET', path, headers: { host: `127.0.0.1:${server.port}`, ...more } });
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
    );
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await get('/?demo=1')).status).toBe(200);
    expect((await get('/assets/index-abc.js')).headers['cache-control']).toContain('immutable');
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/assets/../../secret.txt',
      '//secret.txt',
      '/notes.key',
      '/assets',
      '/%00',
      '/%zz',
      '/index.html%00.js',
    ]) {
      const reply = await get(path);
      expect(reply.status, path).toBe(404);
      expect(reply.body.toString(), path).not.toContain('secret');
    }
  });
});

describe('a page on another origin', () => {
  const attempts: Record<string, (server: PageServer) => Attempt & { readonly expected: number }> = {
    'without a token': () => ({ headers: { [TOKEN_HEADER]: null }, expected: 401 }),
    'with a wrong token': (server) => ({
      headers: { [TOKEN_HEADER]: server.token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
      expected: 401,
    }),
    'with a prefix of the token': (server) => ({
      headers: { [TOKEN_HEADER]: server.token.slice(0, -1) },
      expected: 401,
    }),
    'with the token in the address': (server) => ({
      path: `${PATH}?token=${server.token}`,
      headers: { [TOKEN_HEADER]: null },
      expected: 401,
    }),
    'from its own origin': () => ({ headers: { origin: 'https://evil.example' }, expected: 403 }),
    'from another port': () => ({ headers: { origin: 'http://127.0.0.1:9' }, expected: 403 }),
    'from localhost by name': (server) => ({
      headers: { origin: `http://localhost:${server.port}` },
      expected: 403,
    }),
    'from a sandboxed frame': () => ({ headers: { origin: 'null' }, expected: 403 }),
    'without saying from where': () => ({ headers: { origin: null }, expected: 403 }),
    'across sites': () => ({ headers: { 'sec-fetch-site': 'cross-site' }, expected: 403 }),
    'from the same site but another port': () => ({
      headers: { 'sec-fetch-site': 'same-site' },
      expected: 403,
    }),
    'as if typed by a person': () => ({ headers: { 'sec-fetch-site': 'none' }, expected: 403 }),
    'under a rebound name': (server) => ({ headers: { host: `evil.example:${server.port}` }, expected: 421 }),
    'under localhost': (server) => ({ headers: { host: `localhost:${server.port}` }, expected: 421 }),
    'under another port': () => ({ headers: { host: '127.0.0.1:1' }, expected: 421 }),
    'as a form post': () => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      expected: 415,
    }),
    'as a multipart form': () => ({
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      expected: 415,
    }),
    'as plain text': () => ({ headers: { 'content-type': 'text/plain' }, expected: 415 }),
    'without a content type': () => ({ headers: { 'content-type': null }, expected: 415 }),
    'with our content type and more': () => ({
      headers: { 'content-type': `${CALL_TYPE}, text/plain` },
      expected: 415,
    }),
    'by GET': () => ({ method: 'GET', body: '', expected: 405 }),
    'by PUT': () => ({ method: 'PUT', expected: 405 }),
    'by a preflight': () => ({
      method: 'OPTIONS',
      body: '',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': TOKEN_HEADER },
      expected: 405,
    }),
    'on a channel that does not exist': () => ({ path: '/host/system.exec', expected: 404 }),
    'on a property of every object': () => ({ path: '/host/constructor', expected: 404 }),
    'with more than the channel takes': () => ({
      headers: { 'content-length': '99999999' },
      body: '',
      expected: 413,
    }),
    'without a length': () => ({ headers: { 'transfer-encoding': 'chunked' }, expected: 413 }),
  };

  test.each(Object.keys(attempts))('does not get in %s', async (what) => {
    const { server, home } = await start();
    const attempt = (attempts[what] as (typeof attempts)[string])(server);
    const sized = attempt.headers && 'transfer-encoding' in attempt.headers;
    const reply = await send(server, {
      path: PATH,
      body: claimCall,
      ...attempt,
      headers: {
        ...ours(server),
        ...(sized ? {} : { 'content-length': String((attempt.body ?? claimCall).length) }),
        ...attempt.headers,
      },
    });
    expect(reply.status).toBe(attempt.expected);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(reply.body.toString()).not.toContain(server.token);
    // Had the call come through, the vault would be held by that window now.
    const body = encodeCall('system.claim', null, ['window-of-our-own-page']);
    const honest = await send(server, { path: PATH, headers: ours(server), body });
    expect(decodeAnswer('system.claim', honest.body)).toBe(true);
    expect(await filesBelow(home)).toEqual([]);
  });

  test('cannot even frame, script or link to the page', async () => {
    const { server } = await start();
    for (const site of ['cross-site', 'same-site']) {
      for (const path of ['/', '/assets/index-abc.js']) {
        const headers = { host: `127.0.0.1:${server.port}`, 'sec-fetch-site': site };
        expect((await send(server, { method: 'GET', path, headers })).status).toBe(403);
      }
    }
  });

  test('does not bring the server down with broken requests', async () => {
    const { server } = await start();
    for (const raw of [
      'GET\r\n\r\n',
      `POST ${PATH} HTTP/1.1\r\n\r\n`,
      `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: -1\r\n\r\n`,
      `GET /${'a'.repeat(40_000)} HTTP/1.1\r\n\r\n`,
      '\0\xff\x16\x03\x01',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, '127.0.0.1', () => socket.end(raw));
        socket
          .on('error', () => resolve())
          .on('close', () => resolve())
          .resume();
      });
    }
    const reply = await send(server, { path: PATH, headers: ours(server), body: claimCall });
    expect(reply.status).toBe(200);
  });

  test('is not reached from outside this machine: the server listens on 127.0.0.1 only', async () => {
    const { server } = await start();
    const refused = await new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.2');
      socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    });
    expect(refused).toBe(true);
  });
});

test('two runs never share a token', async () => {
  const tokens = new Set<string>();
  for (let run = 0; run < 3; run++) tokens.add((await start()).server.token);
  expect(tokens.size).toBe(3);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
