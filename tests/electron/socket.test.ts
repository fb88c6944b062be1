import { once } from 'node:events';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { CodedError } from '@/core/base/coded-error.ts';
import { createSockets } from '../../electron/handlers/socket.ts';
import { selfSigned } from '../support/certificate.ts';
import { openDriver, scratchFolder } from './scratch.ts';

const NONE = { fingerprint: null };
const text = (value: string) => new TextEncoder().encode(value);

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A WebSocket server that does `serve` with who connects. */
async function socketServer(serve: (socket: WebSocket) => void, server = createHttp()): Promise<number> {
  new WebSocketServer({ server }).on('connection', serve);
  return listen(server);
}

const echo = (socket: WebSocket) => socket.on('message', (data) => socket.send(data));

function sockets(patience?: Parameters<typeof createSockets>[0]) {
  const made = createSockets(patience);
  onTestFinished(() => made.closeAll());
  return made.host;
}

async function failure(attempt: Promise<unknown>): Promise<CodedError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CodedError);
  return error as CodedError;
}

/** Everything that comes until `length` bytes are there. */
async function collect(host: ReturnType<typeof sockets>, id: string, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let got = 0; got < length; ) {
    const bytes = await host.receive(id);
    if (bytes === null) throw new Error('closed too early');
    parts.push(bytes);
    got += bytes.length;
  }
  return Buffer.concat(parts);
}

describe('the sockets of the host', () => {
  test('carry bytes both ways and say when the server closes', async () => {
    const port = await socketServer((socket) => {
      socket.on('message', (data) => {
        socket.send(data);
        socket.close(1000);
      });
    });
    const host = sockets();
    const id = await host.open(`ws://127.0.0.1:${port}`, NONE);
    await host.send(id, text('салам'));
    expect(await host.receive(id)).toEqual(Buffer.from('салам'));
    expect(await host.receive(id)).toBeNull();
    expect((await failure(host.receive(id))).code).toBe('host/refused');
  });

  test('keep a message that the server sends at once', async () => {
    const port = await socketServer((socket) => socket.send('hello'));
    const host = sockets();
    const id = await host.open(`ws://127.0.0.1:${port}`, NONE);
    expect(await host.receive(id)).toEqual(Buffer.from('hello'));
  });

  test.each([
    'http://127.0.0.1:1',
    'ws://192.0.2.1/',
    'ws://relay.example/',
    'ws://127.0.0.1.example/',
    'wss://user:secret@relay.example/',
    'file:///etc/passwd',
    'nonsense',
  ])('refuse the address %s', async (address) => {
    expect((await failure(sockets().open(address, NONE))).code).toBe('host/refused');
  });

  test('show the fingerprint of an unknown certificate and accept it once compared', async () => {
    const certificate = selfSigned(await scratchFolder());
    const port = await socketServer(echo, createHttps({ cert: certificate.cert, key: certificate.key }));
    const host = sockets();
    const address = `wss://127.0.0.1:${port}`;
    const error = await failure(host.open(address, NONE));
    expect(error.code).toBe('target/untrusted');
    expect(error.detail.fingerprint).toBe(certificate.fingerprint);
    expect((await failure(host.open(address, { fingerprint: '0'.repeat(64) }))).code).toBe(
      'target/untrusted',
    );
    const id = await host.open(address, { fingerprint: certificate.fingerprint });
    await host.send(id, text('sealed'));
    expect(await host.receive(id)).toEqual(Buffer.from('sealed'));
  });

  test('follow no redirect and tell a refusal from an unreachable server', async () => {
    const away = await listen(
      createHttp((_, response) => response.writeHead(302, { location: 'ws://127.0.0.1:1/' }).end()),
    );
    const locked = await listen(createHttp((_, response) => response.writeHead(401).end()));
    const host = sockets();
    expect((await failure(host.open(`ws://127.0.0.1:${away}`, NONE))).detail.status).toBe(302);
    expect((await failure(host.open(`ws://127.0.0.1:${locked}`, NONE))).code).toBe('target/refused');
    expect((await failure(host.open('ws://127.0.0.1:1', NONE))).code).toBe('target/unreachable');
  });

  test('give up a server that accepts and then says nothing', async () => {
    const silent = createTcp(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const host = sockets({ open: 300, receive: 300, unheard: 60_000 });
    expect((await failure(host.open(`ws://127.0.0.1:${port}`, NONE))).code).toBe('target/unreachable');
  });

  test('say unreachable when the line breaks, after what had come', async () => {
    const port = await socketServer((socket) => {
      socket.send('half');
      socket.on('message', () => socket.terminate());
    });
    const host = sockets();
    const id = await host.open(`ws://127.0.0.1:${port}`, NONE);
    expect(await host.receive(id)).toEqual(Buffer.from('half'));
    await host.send(id, text('go'));
    expect((await failure(host.receive(id))).code).toBe('target/unreachable');
  });

  test('answer a quiet time with nothing and close a socket that nobody listens to', async () => {
    const closed = new Promise<number>((resolve) => {
      void socketServer((socket) => socket.on('close', resolve)).then(async (port) => {
        const host = sockets({ open: 30_000, receive: 50, unheard: 200 });
        const id = await host.open(`ws://127.0.0.1:${port}`, NONE);
        expect(await host.receive(id)).toEqual(Buffer.alloc(0));
      });
    });
    expect(await closed).toBeGreaterThan(0);
  });

  test('hold back a sender that is faster than the listener, and lose nothing', async () => {
    const all = 24 * 1024 * 1024;
    let serverSide: WebSocket | null = null;
    const port = await socketServer((socket) => {
      serverSide = socket;
      for (let at = 0; at < all; at += 1024 * 1024) socket.send(Buffer.alloc(1024 * 1024, at >> 20));
    });
    const host = sockets();
    const id = await host.open(`ws://127.0.0.1:${port}`, NONE);
    // What the host and the kernel hold together is far below what is on its way.
    await expect.poll(() => (serverSide as WebSocket | null)?.bufferedAmount ?? 0).toBeGreaterThan(0);
    const got = await collect(host, id, all);
    for (let at = 0; at < all; at += 1024 * 1024) expect(got[at]).toBe(at >> 20);
  });

  test('are few', async () => {
    const port = await socketServer(echo);
    const host = sockets();
    const ids: string[] = [];
    for (let n = 0; n < 8; n++) ids.push(await host.open(`ws://127.0.0.1:${port}`, NONE));
    expect((await failure(host.open(`ws://127.0.0.1:${port}`, NONE))).code).toBe('host/refused');
    await host.close(ids[0] as string);
    await host.close(ids[0] as string);
    await host.open(`ws://127.0.0.1:${port}`, NONE);
  });

  test('wait without holding up the journal, and only for the window with the vault', async () => {
    const port = await socketServer(echo);
    const driver = await openDriver(await scratchFolder());
    const id = (await driver.call('socket.open', `ws://127.0.0.1:${port}`, NONE)) as string;
    const waiting = driver.call('socket.receive', id);
    expect(await driver.call('journal.append', 0, text('meanwhile'))).toBe(9);
    await driver.call('socket.send', id, text('x'));
    expect(await waiting).toEqual(Buffer.from('x'));
    const stranger = await driver.dispatch({ channel: 'socket.receive', claim: null, params: [id] });
    expect(stranger).toMatchObject({ ok: false, error: { code: 'host/busy' } });
    await driver.close();
  });
});
