import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NatsConnection, nkeyAuthenticator, nkeys, wsconnect } from '@nats-io/nats-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { publisherOf } from '@/core/sync/relay-subjects.ts';
import { initRelay } from '../../build/relay/init.ts';
import { DEVICES, type DeviceFile, describeWithNats, RelayServers } from '../support/relay-servers.ts';
import { ask, contentOf, countMessages, lineOf, targetOf } from './relay-clients.ts';
import { codeOfFailure, noise } from './target-suite.ts';

const SOME = new TextEncoder().encode('x');

describeWithNats('the rights of a device at a relay', () => {
  let servers: RelayServers;
  let a: DeviceFile;
  let b: DeviceFile;
  beforeAll(async () => {
    servers = await RelayServers.start();
    a = await servers.device(DEVICES[0] as string);
    b = await servers.device(DEVICES[1] as string);
  });
  afterAll(() => servers?.close());

  const admin = async () => ({
    ...a,
    seed: (await readFile(join(servers.out, 'admin.nk'), 'utf8')).trim(),
  });

  test('end at its own subjects', async () => {
    const line = await lineOf(a);
    const own = `baikoo.${publisherOf(a.key)}.f.x.bkp`;
    const foreign = `baikoo.${publisherOf(b.key)}.f.x.bkp`;
    await line.request(own, SOME, { patience: 5_000 });
    expect(await codeOfFailure(line.request(foreign, SOME, { patience: 5_000 }))).toBe('target/refused');
    expect(await countMessages(line, foreign)).toBe(0);
  });

  test.each([
    'STREAM.DELETE.BAIKOO',
    'STREAM.PURGE.BAIKOO',
    'STREAM.UPDATE.BAIKOO',
    'STREAM.CREATE.OTHER',
    'STREAM.MSG.DELETE.BAIKOO',
    'STREAM.SNAPSHOT.BAIKOO',
    'CONSUMER.CREATE.BAIKOO',
    'CONSUMER.DURABLE.CREATE.BAIKOO.mine',
    'STREAM.NAMES',
    'INFO',
  ])('do not include %s', async (api) => {
    const line = await lineOf(a);
    expect(await codeOfFailure(ask(line, api, { seq: 1, name: 'OTHER' }))).toBe('target/refused');
  });

  test('do not include listening to what others publish or are answered', async () => {
    const seed = new TextEncoder().encode(a.seed);
    const connection: NatsConnection = await wsconnect({
      servers: a.urls as string[],
      wsFactory: async (url) => ({
        socket: new NodeSocket(url) as unknown as WebSocket,
        encrypted: false,
      }),
      authenticator: nkeyAuthenticator(seed),
      reconnect: false,
    });
    for (const subject of ['baikoo.>', '>', '_INBOX.>', `_INBOX.${publisherOf(b.key)}.>`, '$JS.EVENT.>']) {
      const refused = await new Promise<Error | null>((resolve) => {
        connection.subscribe(subject, { callback: (error) => resolve(error) });
      });
      expect(refused?.name, subject).toBe('PermissionViolationError');
    }
    await connection.close();
  });

  test('begin with a key that the relay knows', async () => {
    const stranger = new TextDecoder().decode(nkeys.createUser().getSeed());
    const target = await targetOf({ ...a, seed: stranger });
    expect(await codeOfFailure(target.list('x'))).toBe('target/refused');
  });

  test('are no larger for the administrator where a message is concerned: the stream only grows', async () => {
    const target = await targetOf(a);
    await target.put('kept/pack.bkp', noise(100));
    const line = await lineOf(await admin());
    expect(await ask(line, 'STREAM.PURGE.BAIKOO')).toHaveProperty('error');
    expect(await ask(line, 'STREAM.MSG.DELETE.BAIKOO', { seq: 1 })).toHaveProperty('error');
    expect(await contentOf(target, 'kept/pack.bkp')).toEqual(noise(100));
  });

  test('let nobody hide what another device put under a path', async () => {
    const mine = await targetOf(a);
    const theirs = await targetOf(b);
    await mine.put('shared/head.bkh', noise(50, 1));
    await theirs.put('shared/head.bkh', noise(60, 2));
    const names = (await mine.list('shared')).map(({ name }) => name);
    const [byMine, byTheirs] = [a, b].map(({ key }) => `head~${publisherOf(key)}.bkh`);
    expect(names[0]).toBe('head.bkh');
    expect([...names].sort()).toEqual(['head.bkh', byMine, byTheirs].sort());
    expect(await contentOf(mine, 'shared/head.bkh')).toEqual(noise(60, 2));
    expect(await contentOf(mine, `shared/${byMine}`)).toEqual(noise(50, 1));
    expect(await contentOf(mine, `shared/${byTheirs}`)).toEqual(noise(60, 2));
  });

  test('end when the key is revoked, and those of others do not', async () => {
    const c = await servers.device(DEVICES[2] as string);
    const cut = await targetOf(c);
    await cut.put('c/pack.bkp', noise(10));
    const report = await initRelay({
      from: join(servers.folder, 'team.json'),
      out: servers.out,
      servers: [],
      settings: {},
      spares: 1,
      revoke: [c.device],
    });
    expect(report).toMatchObject({ added: [], kept: 4 });
    servers.reload('n1');
    await expect
      .poll(async () => codeOfFailure((await targetOf(c)).list('c')), { timeout: 20_000 })
      .toBe('target/refused');
    expect(await contentOf(await targetOf(a), 'c/pack.bkp')).toEqual(noise(10));
  });
});
