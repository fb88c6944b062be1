import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NatsConnection, nkeyAuthenticator, nkeys, wsconnect } from '@nats-io/nats-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { ASK_INFO, ASK_MESSAGE, publisherOf } from '@/core/sync/relay-subjects.ts';
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

  /** Without the limits that our own client sets itself. */
  const clientOf = async (device: DeviceFile): Promise<NatsConnection> => {
    const connection = await wsconnect({
      servers: device.urls as string[],
      wsFactory: async (url) => ({
        socket: new NodeSocket(url) as unknown as WebSocket,
        encrypted: false,
      }),
      authenticator: nkeyAuthenticator(new TextEncoder().encode(device.seed)),
      reconnect: false,
    });
    onTestFinished(() => connection.close());
    return connection;
  };

  /** Everything that `a` can be answered goes to `subject`: an acknowledgement, and `payload` as its own message. */
  const haveAnswersSentTo = async (subject: string, payload: string) => {
    const connection = await clientOf(a);
    const own = `baikoo.${publisherOf(a.key)}.f.answer.bkp`;
    const bytes = payload === '' ? undefined : new TextEncoder().encode(payload);
    connection.publish(own, bytes, { reply: subject });
    for (const name of [ASK_MESSAGE, '$JS.API.DIRECT.GET.BAIKOO'])
      connection.publish(name, JSON.stringify({ last_by_subj: own }), { reply: subject });
    for (const name of [ASK_INFO, '$JS.API.STREAM.INFO.BAIKOO'])
      connection.publish(name, undefined, { reply: subject });
    await connection.flush();
    // Nobody is told when such an answer has been dealt with.
    await new Promise((resolve) => setTimeout(resolve, 500));
  };

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
    'STREAM.INFO.BAIKOO',
    'STREAM.NAMES',
    'DIRECT.GET.OTHER',
    'INFO',
  ])('do not include %s', async (api) => {
    const line = await lineOf(a);
    expect(await codeOfFailure(ask(line, api, { seq: 1, name: 'OTHER' }))).toBe('target/refused');
  });

  test('do not include listening to what others publish or are answered', async () => {
    const connection = await clientOf(a);
    for (const subject of [
      ...[
        'baikoo.>',
        '>',
        '*',
        '_INBOX.>',
        `_INBOX.${publisherOf(b.key)}.>`,
        '$JS.EVENT.>',
        '$SYS.>',
        '_R_.>',
      ],
      ...[`baikoo.${publisherOf(a.key)}.>`, ASK_INFO, ASK_MESSAGE],
    ]) {
      const refused = await new Promise<Error | null>((resolve) => {
        connection.subscribe(subject, { callback: (error) => resolve(error) });
      });
      expect(refused?.name, subject).toBe('PermissionViolationError');
    }
  });

  test('do not reach another device with what they are answered', async () => {
    const theirs = await targetOf(b);
    await theirs.put('ws/dev/head.bkh', noise(60, 2));
    const listening = await clientOf(b);
    const heard: string[] = [];
    listening.subscribe(`_INBOX.${publisherOf(b.key)}.>`, {
      callback: (_, { subject }) => void heard.push(subject),
    });
    await listening.flush();
    for (const subject of [
      `baikoo.${publisherOf(b.key)}.f.ws.dev.head.bkh`,
      `_INBOX.${publisherOf(b.key)}.x`,
    ])
      await haveAnswersSentTo(subject, 'rubbish');
    await listening.flush();
    expect(heard).toEqual([]);
    const reader = await targetOf(a);
    expect(await contentOf(reader, 'ws/dev/head.bkh')).toEqual(noise(60, 2));
    const asks = await lineOf(a);
    expect(await countMessages(asks, `baikoo.${publisherOf(b.key)}.f.ws.dev.head.bkh`)).toBe(1);
  });

  test('do not reach JetStream with what they are answered', async () => {
    const line = await lineOf(await admin());
    const before = await ask(line, 'STREAM.INFO.BAIKOO');
    const config = before.config as Record<string, unknown>;
    const inbox = `_INBOX.${publisherOf(a.key)}.spy`;
    const consumer = { durable_name: 'mine', ack_policy: 'none', deliver_subject: inbox };
    for (const [api, order] of [
      ['STREAM.CREATE.OTHER', { name: 'OTHER', subjects: ['other.>'] }],
      ['STREAM.UPDATE.BAIKOO', { ...config, max_age: 1_000_000_000, duplicate_window: 100_000_000 }],
      ['CONSUMER.DURABLE.CREATE.BAIKOO.mine', { stream_name: 'BAIKOO', config: consumer }],
      ['STREAM.DELETE.BAIKOO', null],
    ] as const) {
      await haveAnswersSentTo(`$JS.API.${api}`, order === null ? '' : JSON.stringify(order));
    }
    const after = await ask(line, 'STREAM.INFO.BAIKOO');
    expect(after).toMatchObject({ config, created: before.created });
    expect((await ask(line, 'CONSUMER.NAMES.BAIKOO')).total).toBe(0);
    expect((await ask(line, 'STREAM.NAMES')).streams).toEqual(['BAIKOO']);
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
    await servers.reload('n1');
    await expect
      .poll(async () => codeOfFailure((await targetOf(c)).list('c')), { timeout: 20_000 })
      .toBe('target/refused');
    expect(await contentOf(await targetOf(a), 'c/pack.bkp')).toEqual(noise(10));
  });
});
