import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { nkeys } from '@nats-io/nats-core';
import { expect, onTestFinished, test } from 'vitest';
import { openTarget } from '@/core/sync/open-target.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { openRelay } from '@/relay/open-relay.ts';
import { openRealHost } from '../support/real-host.ts';
import { codeOfFailure } from './target-suite.ts';

/** Takes a connection and says no word: neither TLS nor anything in it. */
async function silentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

async function endsWhenClosed(target: OpenTarget, sockets: ReadonlySet<Socket>): Promise<void> {
  const calls = [1, 2, 3, 4, 5].map(() => codeOfFailure(target.list('join')));
  await expect.poll(() => sockets.size).toBeGreaterThan(0);
  const closed = performance.now();
  await target.close();
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['target/unreachable']));
  expect(performance.now() - closed).toBeLessThan(3_000);
}

test('a WebDAV target that is closed during the handshake ends what waits for it', async () => {
  const real = await openRealHost();
  onTestFinished(() => real.close());
  const { port, sockets } = await silentServer();
  const url = `https://127.0.0.1:${port}/`;
  const settings = { kind: 'webdav', url, user: 'u', password: 'p', fingerprint: null } as const;
  await endsWhenClosed(await openTarget(real.host, settings, systemRandom), sockets);
});

test('a relay target that is closed during the handshake ends what waits for it', async () => {
  const real = await openRealHost();
  onTestFinished(() => real.close());
  const { port, sockets } = await silentServer();
  const seed = new TextDecoder().decode(nkeys.createUser().getSeed());
  const settings = { urls: [`wss://127.0.0.1:${port}`], seed, fingerprint: null };
  await endsWhenClosed(await openRelay(settings, real.host), sockets);
});
