import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { publisherOf } from '@/core/sync/relay-subjects.ts';
import { createStream } from '../../build/relay/create-stream.ts';
import { initRelay } from '../../build/relay/init.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { DEVICES, type DeviceFile, describeWithNats, RelayServers } from '../support/relay-servers.ts';
import { ask, contentOf, countMessages, IMPATIENT, lineOf, targetOf } from './relay-clients.ts';
import { codeOfFailure, noise } from './target-suite.ts';

const MB = 1024 * 1024;

describeWithNats('a relay in a bad world', () => {
  let servers: RelayServers;
  let device: DeviceFile;
  let line: FaultyLine;
  beforeAll(async () => {
    servers = await RelayServers.start();
    device = await servers.device(DEVICES[0] as string);
    line = await FaultyLine.to(Number(new URL(device.urls[0] as string).port));
  });
  afterAll(async () => {
    await line?.close();
    await servers?.close();
  });
  const overLine = () => targetOf(device, [`ws://127.0.0.1:${line.port}`], IMPATIENT);
  const subjectOf = (tokens: string) => `baikoo.${publisherOf(device.key)}.f.${tokens}`;

  test('keeps a file once, wherever the line was cut while it was put', async () => {
    const asks = await lineOf(device);
    const cuts = [1, 150, 400, 500, 650, 800, 2_000, 30_000, 60_000];
    for (const way of ['up', 'down'] as const) {
      for (const bytes of cuts) {
        const target = await overLine();
        const path = `cuts/${way}-${bytes}.bkp`;
        line.cutAfter = { way, bytes };
        // A line that could not even be made is an answer; then the round comes again.
        await target.put(path, noise(50_000, bytes)).catch(async (error) => {
          expect(error).toMatchObject({ code: 'target/unreachable' });
          await target.put(path, noise(50_000, bytes));
        });
        expect(await contentOf(target, path)).toEqual(noise(50_000, bytes));
        expect(await countMessages(asks, subjectOf(`cuts.${way}-${bytes}.bkp`))).toBe(1);
        await target.close();
      }
    }
    line.cutAfter = null;
  });

  test('gives a whole file or an error, wherever the line was cut while it was got', async () => {
    const path = 'cuts/got.bkp';
    await (await targetOf(device)).put(path, noise(50_000, 9));
    for (const bytes of [1, 200, 700, 1_200, 2_000, 3_500, 20_000, 51_000]) {
      const target = await overLine();
      line.cutAfter = { way: 'down', bytes };
      const got = await contentOf(target, path).catch((error) => {
        expect(error).toMatchObject({ code: 'target/unreachable' });
        return contentOf(target, path);
      });
      expect(got).toEqual(noise(50_000, 9));
      await target.close();
    }
    line.cutAfter = null;
  });

  test('is unreachable when nothing gets through and nobody says so, and of use again afterwards', async () => {
    const target = await overLine();
    await target.put('stall/pack.bkp', noise(100));
    line.stalled = true;
    expect(await codeOfFailure(target.list('stall'))).toBe('target/unreachable');
    line.stalled = false;
    line.cut();
    expect(await target.list('stall')).toHaveLength(1);
  });

  test('ends what is under way when it is closed', async () => {
    const target = await overLine();
    await target.list('close');
    line.stalled = true;
    const waiting = codeOfFailure(target.list('close'));
    await target.close();
    expect(await waiting).toBe('target/unreachable');
    line.stalled = false;
    line.cut();
  });

  test('takes a file of nine megabytes in parts, and after a cut only the parts that are missing', async () => {
    const asks = await lineOf(device);
    const bytes = noise(9 * MB + 5, 7);
    const parts = `baikoo.${publisherOf(device.key)}.p.*.*`;
    const before = await countMessages(asks, parts);
    const target = await overLine();
    // From the first connection 4 MB get through; those after it end at once.
    line.cutAfter = { way: 'up', bytes: 4 * MB };
    const watch = setInterval(() => {
      if (line.cutAfter === null) line.down = true;
    }, 1);
    await expect(target.put('large/file.bkp', bytes)).rejects.toMatchObject({ code: 'target/unreachable' });
    clearInterval(watch);
    line.down = false;
    const arrived = (await countMessages(asks, parts)) - before;
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(37);
    expect(await target.get('large/file.bkp', { maxBytes: 16 * MB })).toEqual({ state: 'absent' });
    await target.put('large/file.bkp', bytes);
    expect((await countMessages(asks, parts)) - before).toBe(37);
    expect(await codeOfFailure(target.get('large/file.bkp', { maxBytes: MB }))).toBe('target/too-long');
    const back = (await contentOf(target, 'large/file.bkp', 16 * MB)) ?? new Uint8Array();
    expect(Buffer.compare(back, bytes)).toBe(0);
  });

  test('is an empty target once it was wiped, whatever is remembered of it', async () => {
    const target = await targetOf(device);
    await target.put('wiped/head.bkh', noise(40, 1));
    const first = await target.get('wiped/head.bkh', { maxBytes: 100 });
    const tag = first.state === 'found' ? first.tag : null;
    const admin = await lineOf({
      ...device,
      seed: (await readFile(join(servers.out, 'admin.nk'), 'utf8')).trim(),
    });
    expect(await ask(admin, 'STREAM.DELETE.BAIKOO')).toMatchObject({ success: true });
    await servers.makeStream();
    const later = await targetOf(device);
    expect(await later.list('wiped')).toEqual([]);
    expect(await later.get('wiped/head.bkh', { maxBytes: 100, unless: tag })).toEqual({ state: 'absent' });
    await later.put('wiped/head.bkh', noise(40, 2));
    expect(await later.get('wiped/head.bkh', { maxBytes: 100, unless: tag })).toMatchObject({
      bytes: noise(40, 2),
    });
  });
});

describeWithNats('a relay', () => {
  test('says when it is full, and still gives what it has', async () => {
    const servers = await RelayServers.start({ maxGigabytes: 0.001 });
    onTestFinished(() => servers.close());
    const target = await targetOf(await servers.device(DEVICES[0] as string));
    for (let n = 0; n < 3; n++) await target.put(`full/${n}.bkp`, noise(250_000, n + 1));
    expect(await codeOfFailure(target.put('full/3.bkp', noise(260_000)))).toBe('target/full');
    expect(await contentOf(target, 'full/0.bkp')).toEqual(noise(250_000, 1));
    expect(await target.list('full')).toHaveLength(3);
  });

  test('takes more once it was given more room, in the order that docs/relay.md tells', async () => {
    const servers = await RelayServers.start({ maxGigabytes: 0.001 });
    onTestFinished(() => servers.close());
    const target = await targetOf(await servers.device(DEVICES[0] as string));
    for (let n = 0; n < 3; n++) await target.put(`full/${n}.bkp`, noise(250_000, n + 1));
    expect(await codeOfFailure(target.put('full/3.bkp', noise(260_000)))).toBe('target/full');
    await initRelay({
      from: join(servers.folder, 'team.json'),
      out: servers.out,
      servers: [],
      settings: { maxGigabytes: 0.4 },
      spares: 1,
      revoke: [],
    });
    await expect(createStream(servers.out)).rejects.toThrow('insufficient');
    await servers.kill('n1');
    await servers.run('n1');
    await expect.poll(() => createStream(servers.out).catch(String), { timeout: 20_000 }).toBe('updated');
    await target.put('full/3.bkp', noise(260_000));
    expect(await target.list('full')).toHaveLength(4);
  });

  test('shows the fingerprint of its own certificate, and works once that is given', async () => {
    const servers = await RelayServers.start({ tls: true });
    onTestFinished(() => servers.close());
    const device = await servers.device(DEVICES[0] as string);
    expect(device.fingerprint).toBe(servers.report.fingerprint);
    const unknown = await targetOf({ ...device, fingerprint: null });
    await expect(unknown.list('x')).rejects.toMatchObject({
      code: 'target/untrusted',
      detail: { fingerprint: servers.report.fingerprint },
    });
    const target = await targetOf(device);
    await target.put('tls/pack.bkp', noise(300_000));
    expect(await contentOf(target, 'tls/pack.bkp', 400_000)).toEqual(noise(300_000));
  });
});
