import { createDecipheriv, hkdfSync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { crc32 } from '@/core/base/crc32.ts';
import { canonical } from '@/core/base/json.ts';
import type { Entry } from '@/core/journal/entry.ts';
import { openJournal } from '@/core/journal/journal.ts';
import type { Sealer } from '@/core/vault/envelope.ts';
import { memoryHost } from '../../support/memory-host.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { entry, hostWith, open, sealerOf, VAULT, written } from './sample-journal.ts';

let sealer: Sealer;
beforeAll(async () => {
  sealer = await sealerOf();
});

const clean = { shorter: false, damage: [], misplaced: 0, unreadable: 0, torn: null };

describe('writing and reading back', () => {
  test('opens an empty journal', async () => {
    const { entries, report, position } = await open(memoryHost(), sealer);
    expect(entries).toEqual([]);
    expect(report).toEqual({ ...clean, resumed: false, frames: 0 });
    expect(position()).toEqual({ offset: 0, sequence: 0, chain: '' });
  });

  test('reads back what was appended, in order, with the positions that appending gave', async () => {
    const { host, entries, positions } = await written(sealer, 200);
    const read = await open(host, sealer);
    expect(read.entries).toEqual(entries);
    expect(read.positions).toEqual(positions);
    expect(read.report).toEqual({ ...clean, resumed: false, frames: 200 });
    expect(read.position()).toEqual(positions.at(-1));
  });

  test('keeps an entry of an unknown kind', async () => {
    const host = memoryHost();
    const raw: Entry = { kind: 'raw', json: { kind: 'receipt', frontier: { a: 3 } } };
    await (await open(host, sealer)).append(raw);
    expect((await open(host, sealer)).entries).toEqual([raw]);
  });

  test('keeps a file that an entry carries byte for byte, however long, and beside others', async () => {
    const host = memoryHost();
    const files = [0, 1, 9_000, 10 * 1024 * 1024].map((length) => seededRandom(length).bytes(length));
    const journal = await open(host, sealer);
    for (const fileBytes of files) {
      await journal.appendAll([{ kind: 'raw', json: { kind: 'photo' }, fileBytes }, await entry(1)]);
    }
    const { entries } = await open(host, sealer);
    // Not by `toEqual`, which takes minutes over millions of bytes.
    const read = entries.flatMap((one) => (one.kind === 'raw' ? [Buffer.from(one.fileBytes ?? [])] : []));
    expect(read.map((bytes, i) => bytes.equals(files[i] ?? expect.fail()))).toEqual(files.map(() => true));
    expect(entries).toHaveLength(2 * files.length);
  });

  test('refuses a file over the limit and goes on', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    const fileBytes = new Uint8Array(16 * 1024 * 1024 + 1);
    const giant: Entry = { kind: 'raw', json: { kind: 'photo' }, fileBytes };
    await expect(journal.append(giant)).rejects.toMatchObject({ code: 'journal/too-big' });
    const small = await entry(1);
    await journal.append(small);
    expect((await open(host, sealer)).entries).toEqual([small]);
  });

  test('reads a journal of many slices and of frames longer than a slice', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    // Random letters hardly deflate.
    const noise = Buffer.from(seededRandom(3).bytes(2 * 1024 * 1024)).toString('base64');
    const entries = [
      await entry(1),
      { kind: 'raw', json: { kind: 'noise', noise } } as const,
      await entry(2),
    ];
    for (const one of entries) await journal.append(one);
    expect(host.disk.journalLength).toBeGreaterThan(2 * 1024 * 1024);
    const read = await open(host, sealer);
    expect(read.entries).toEqual(entries);
    expect(read.report.frames).toBe(3);
  });

  test('refuses an entry over the limit and goes on', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    const giant: Entry = { kind: 'raw', json: { kind: 'noise', noise: 'x'.repeat(8 * 1024 * 1024) } };
    await expect(journal.append(giant)).rejects.toMatchObject({ code: 'journal/too-big' });
    const small = await entry(1);
    await journal.append(small);
    expect((await open(host, sealer)).entries).toEqual([small]);
  });

  test('waits for whoever takes the entries, one at a time', async () => {
    const { host } = await written(sealer, 100);
    let busy = false;
    let taken = 0;
    await openJournal({
      host: host.journal,
      sealer,
      vaultId: VAULT,
      onEntry: async () => {
        expect(busy).toBe(false);
        busy = true;
        await new Promise((resolve) => setTimeout(resolve, 0));
        busy = false;
        taken += 1;
      },
    });
    expect(taken).toBe(100);
  });

  test('tells how far it is, and stops when asked to', async () => {
    const { host } = await written(sealer, 150);
    const steps: (readonly [number, number])[] = [];
    const stop = new AbortController();
    const reading = openJournal({
      host: host.journal,
      sealer,
      vaultId: VAULT,
      onEntry: (_entry, { sequence }) => {
        if (sequence === 70) stop.abort();
      },
      onProgress: (done, total) => steps.push([done, total]),
      signal: stop.signal,
    });
    await expect(reading).rejects.toThrow();
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.every(([done, total]) => done < total && total === host.disk.journalLength)).toBe(true);
  });
});

describe('appending together', () => {
  test('keeps the order of callers who do not wait for one another, and shares writes', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    const entries = await Promise.all(Array.from({ length: 100 }, (_, i) => entry(i + 1, (i % 3) * 4_000)));
    const positions = await Promise.all(entries.map((one) => journal.append(one)));
    expect(positions.map(({ sequence }) => sequence)).toEqual(entries.map((_, i) => i + 1));
    expect(host.disk.writes).toBeLessThan(50);
    expect((await open(host, sealer)).entries).toEqual(entries);
  });

  test('writes all of several entries or none', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    const entries = await Promise.all([1, 2, 3].map((n) => entry(n)));
    host.disk.failWrite(1);
    await expect(journal.appendAll(entries)).rejects.toMatchObject({ code: 'disk/full' });
    expect(host.disk.journalLength).toBe(0);
    expect((await journal.appendAll(entries)).sequence).toBe(3);
    expect(host.disk.writes).toBe(2);
    expect((await open(host, sealer)).entries).toEqual(entries);
  });

  test('appends nothing for no entries and says where it stands', async () => {
    const host = memoryHost();
    const journal = await open(host, sealer);
    expect(await journal.appendAll([])).toEqual(journal.position());
    expect(host.disk.writes).toBe(0);
  });
});

describe('when the disk fails', () => {
  test.each(['disk/full', 'disk/read-only', 'disk/failed'])(
    'stands where it stood after %s, and the next append works',
    async (code) => {
      const { host, entries, positions } = await written(sealer, 3);
      const journal = await open(host, sealer);
      host.disk.failWrite(1, code);
      await expect(journal.append(await entry(4))).rejects.toMatchObject({ code });
      expect(journal.position()).toEqual(positions[2]);
      const fifth = await entry(5);
      expect((await journal.append(fifth)).sequence).toBe(4);
      const read = await open(host, sealer);
      expect(read.entries).toEqual([...entries, fifth]);
      expect(read.report).toMatchObject(clean);
    },
  );

  test('says that the journal moved when it is not as long as it was left', async () => {
    const { host } = await written(sealer, 2);
    const journal = await open(host, sealer);
    host.disk.appendToJournal(Uint8Array.of(1, 2, 3));
    await expect(journal.append(await entry(3))).rejects.toMatchObject({ code: 'journal/moved' });
  });

  test('loses no acknowledged entry whenever the power goes and however much of the last write got through', async () => {
    for (let keep = 0; keep < 1_200; keep += 7) {
      const { host, entries } = await written(sealer, 2);
      const journal = await open(host, sealer);
      host.disk.cutPower(1, keep);
      await expect(journal.append(await entry(3, 500))).rejects.toThrow('The power went.');
      host.disk.restart();
      const read = await open(host, sealer);
      expect(read.entries.slice(0, 2)).toEqual(entries);
      expect(read.report.damage).toEqual([]);
      await read.append(await entry(4));
      expect((await open(host, sealer)).report).toMatchObject(clean);
    }
  });

  test('reads a torn journal on a full disk, and sets the torn end aside before the first append that can', async () => {
    const { host, entries, positions } = await written(sealer, 3);
    const end = positions[2]?.offset ?? 0;
    host.disk.appendToJournal(new Uint8Array(100));
    host.disk.failWrites('disk/full');
    const journal = await open(host, sealer);
    expect(journal.entries).toEqual(entries);
    expect(journal.report.torn).toEqual({ bytes: 100, file: null });
    await expect(journal.append(await entry(4))).rejects.toMatchObject({ code: 'disk/full' });
    expect(host.disk.journalLength).toBe(end + 100);
    host.disk.failWrites(null);
    const fourth = await entry(4);
    await journal.append(fourth);
    expect(host.disk.files.get('journal-torn-1')).toEqual(new Uint8Array(100));
    expect((await open(host, sealer)).entries).toEqual([...entries, fourth]);
  });
});

describe('going on from a remembered position', () => {
  test('reads only what is behind it', async () => {
    const { host, entries, positions } = await written(sealer, 20);
    for (const [i, from] of positions.entries()) {
      const before = host.disk.reads;
      const read = await open(host, sealer, from);
      expect(read.entries).toEqual(entries.slice(i + 1));
      expect(read.report).toEqual({ ...clean, resumed: true, frames: 19 - i });
      expect(host.disk.reads - before).toBeLessThanOrEqual(3);
      expect(read.position()).toEqual(positions[19]);
    }
  });

  test('goes on writing behind it', async () => {
    const { host, positions } = await written(sealer, 5);
    await (await open(host, sealer, positions[4])).append(await entry(6));
    const read = await open(host, sealer);
    expect(read.report).toEqual({ ...clean, resumed: false, frames: 6 });
  });

  test('reads everything when the journal is shorter than remembered', async () => {
    const { host, entries, positions } = await written(sealer, 5);
    host.disk.cutJournal(positions[3]?.offset ?? 0);
    const read = await open(host, sealer, positions[4]);
    expect(read.entries).toEqual(entries.slice(0, 4));
    expect(read.report).toEqual({ ...clean, shorter: true, resumed: false, frames: 4 });
  });

  test('reads everything when the journal was set back and went on otherwise', async () => {
    const { host, positions } = await written(sealer, 5);
    const restored = host.disk.clone();
    restored.disk.cutJournal(positions[3]?.offset ?? 0);
    await (await open(restored, sealer)).append(await entry(77));
    const read = await open(restored, sealer, positions[4]);
    expect(read.report).toEqual({ ...clean, shorter: true, resumed: false, frames: 5 });
  });

  test.each([
    ['an offset inside a frame', { offset: 40 }],
    ['no offset but a sequence', { offset: 0 }],
    ['a chain that is none', { chain: '!' }],
    ['a short chain', { chain: 'AAAA' }],
    ['an offset too small for any frame', { offset: 3 }],
  ])('reads everything when given %s', async (_what, edit) => {
    const { host, entries, positions } = await written(sealer, 5);
    const read = await open(host, sealer, { ...(positions[4] ?? expect.fail()), ...edit });
    expect(read.entries).toEqual(entries);
  });
});

test('writes the frame that the table says, as another implementation reads it', async () => {
  const host = memoryHost();
  const journal = await open(host, sealer);
  const entries = [await entry(1), await entry(2, 8_000)];
  for (const one of entries) await journal.append(one);
  const file = Buffer.from(host.disk.journal);
  const derive = (key: Uint8Array, salt: Uint8Array, info: string) =>
    new Uint8Array(hkdfSync('sha256', key, salt, info, 32));
  const purposeKey = derive(new Uint8Array(32).fill(1), new Uint8Array(0), 'baikoo/v1/journal');
  let at = 0;
  let link = Buffer.alloc(16);
  const kinds: number[] = [];
  for (const [i, one] of entries.entries()) {
    const length = file.readUInt32BE(at + 13);
    expect(file.subarray(at, at + 5).toString('hex')).toBe('89424b4a01');
    expect(file.readBigUInt64BE(at + 5)).toBe(BigInt(i + 1));
    expect(file.subarray(at + 17, at + 33)).toEqual(link);
    const body = file.subarray(at + 37, at + 37 + length);
    const unitKey = derive(purposeKey, body.subarray(1, 17), 'baikoo/v1/session');
    const decipher = createDecipheriv('aes-256-gcm', unitKey, body.subarray(17, 29));
    decipher.setAAD(Buffer.concat([Buffer.from(`baikoo/v1/journal/${VAULT}/`), file.subarray(at, at + 33)]));
    decipher.setAuthTag(body.subarray(-16));
    const payload = Buffer.concat([decipher.update(body.subarray(29, -16)), decipher.final()]);
    kinds.push(payload[0] as number);
    const json = payload[0] === 1 ? inflateRawSync(payload.subarray(1)) : payload.subarray(1);
    expect(json.toString('utf8')).toBe(canonical(one as never));
    link = body.subarray(-16);
    at += 37 + length;
  }
  expect(kinds).toEqual([0, 1]);
  expect(at).toBe(file.length);
});

test('refuses a journal with a frame of a later version, and changes nothing', async () => {
  const { host, positions } = await written(sealer, 3);
  const file = host.disk.journal;
  const at = positions[1]?.offset ?? 0;
  file[at + 4] = 2;
  new DataView(file.buffer).setUint32(at + 33, crc32(file.subarray(at, at + 33)));
  const later = hostWith(file);
  await expect(open(later, sealer)).rejects.toMatchObject({ code: 'journal/newer' });
  expect(later.disk.journal).toEqual(file);
  expect(later.disk.writes).toBe(0);
});

test('refuses the journal of another vault or key, and changes nothing', async () => {
  const { host } = await written(sealer, 3);
  await expect(open(host, await sealerOf(2))).rejects.toMatchObject({ code: 'journal/foreign' });
  const otherVault = openJournal({ host: host.journal, sealer, vaultId: 'other', onEntry: () => undefined });
  await expect(otherVault).rejects.toMatchObject({ code: 'journal/foreign' });
  expect(host.disk.writes).toBe(3);
});

test('passes over a frame that opens and holds nothing readable, and says so', async () => {
  const host = memoryHost();
  const journal = await open(host, sealer);
  await journal.append(await entry(1));
  await journal.append({ kind: 'raw', json: { kind: 'changes', changes: 'none' } });
  await journal.append(await entry(2));
  const read = await open(host, sealer);
  expect(read.entries).toHaveLength(2);
  expect(read.report).toMatchObject({ frames: 3, unreadable: 1, damage: [] });
});
