import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { nkeys } from '@nats-io/nats-core';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { targetOf } from './relay-clients.ts';
import { codeOfFailure } from './target-suite.ts';

const MB = 1024 * 1024;
/** Sent when nobody stops it; the message it announces is ten times as long. */
const MOST = 120;

const INFO = { server_id: 'x', version: '2.10.0', proto: 1, headers: true, max_payload: MB, nonce: 'abc' };

test('a relay whose answer does not end is left before it fills the memory', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const sent: number[] = [];
  server.on('connection', (socket) => {
    const nth = sent.push(0) - 1;
    socket.send(Buffer.from(`INFO ${JSON.stringify({ ...INFO, auth_required: true })}\r\n`));
    socket.on('message', async (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.includes('PING')) socket.send(Buffer.from('PONG\r\n'));
      const inbox = /PUB \S+ (_INBOX\S+)/.exec(text)?.[1];
      if (inbox === undefined) return;
      socket.send(Buffer.from(`MSG ${inbox} 1 ${10 * MOST * MB}\r\n`));
      const piece = Buffer.alloc(MB, ' ');
      while (socket.readyState === socket.OPEN && (sent[nth] as number) < MOST) {
        if (socket.bufferedAmount < 4 * MB) {
          socket.send(piece);
          sent[nth] = (sent[nth] as number) + 1;
        }
        await turn();
      }
    });
  });
  const { port } = server.address() as AddressInfo;
  const target = await targetOf({
    device: '',
    key: '',
    seed: new TextDecoder().decode(nkeys.createUser().getSeed()),
    urls: [`ws://127.0.0.1:${port}`],
    fingerprint: null,
  });
  expect(await codeOfFailure(target.list('x'))).toBe('target/unreachable');
  expect(sent.length).toBeGreaterThan(0);
  for (const megabytes of sent) expect(megabytes).toBeLessThan(MOST / 2);
}, 60_000);
