import { beforeAll, describe, expect, test } from 'vitest';
import { fromB64, utf8 } from '@/core/base/bytes.ts';
import { crc32 } from '@/core/base/crc32.ts';
import { canonical } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import {
  type ChangesEntry,
  parseEntry,
  serialiseEntry,
  signChanges,
  verifyEntry,
} from '@/core/journal/entry.ts';
import { verify } from '@/core/vault/primitives.ts';
import { change, testDevice, testSigner } from './sample-journal.ts';

let publicBytes: Uint8Array<ArrayBuffer>;
let signed: ChangesEntry;
beforeAll(async () => {
  publicBytes = fromB64((await testDevice()).signing.public) ?? expect.fail('not base64url');
  [signed] = (await signChanges([await change(1), await change(2)], await testSigner())) as [ChangesEntry];
});

describe('signing', () => {
  test('signs the device and the canonical changes, under a name no other signature has', async () => {
    const message = utf8(`baikoo/v1/changes\n${signed.by}\n${canonical(signed.changes as never)}`);
    expect(await verify(publicBytes, fromB64(signed.sig) ?? expect.fail(), message)).toBe(true);
  });

  test('holds for what was signed, also after writing and reading', async () => {
    const read = parseEntry(serialiseEntry(signed));
    expect(read).toEqual(signed);
    expect(await verifyEntry(read as ChangesEntry, publicBytes)).toBe(true);
  });

  test('does not hold after any edit', async () => {
    const [first, second] = signed.changes as [Change, Change];
    const edits: ChangesEntry[] = [
      { ...signed, by: '0'.repeat(26) },
      { ...signed, sig: `${signed.sig.slice(0, -4)}AAAA` },
      { ...signed, sig: '?' },
      { ...signed, changes: [first] },
      { ...signed, changes: [second, first] },
      { ...signed, changes: [{ ...first, at: '2021-04-12T08:15:31Z' }, second] },
    ];
    for (const edit of edits) expect(await verifyEntry(edit, publicBytes)).toBe(false);
  });

  test('splits a large batch, in order and each part signed', async () => {
    const changes = await Promise.all(Array.from({ length: 300 }, (_, i) => change(i + 1, 6_000)));
    const entries = await signChanges(changes, await testSigner());
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.flatMap((entry) => entry.changes)).toEqual(changes);
    for (const entry of entries) {
      expect(serialiseEntry(entry).entryBytes.length).toBeLessThanOrEqual(1024 * 1024 + 512);
      expect(await verifyEntry(entry, publicBytes)).toBe(true);
    }
  });

  test('makes no entry of no changes', async () => {
    expect(await signChanges([], await testSigner())).toEqual([]);
  });

  test('refuses a change that no frame could hold', async () => {
    const base = await change(1);
    const giant: Change = { ...base, fields: { narrative: ['x'.repeat(8 * 1024 * 1024), []] } };
    await expect(signChanges([giant], await testSigner())).rejects.toMatchObject({ code: 'journal/too-big' });
  });
});

describe('reading', () => {
  test('hands on an entry of an unknown kind as it was written', () => {
    const json = { kind: 'receipt', frontier: { a: 3 }, list: [1, null, 'ү'] };
    expect(parseEntry(serialiseEntry({ kind: 'raw', json }))).toEqual({ kind: 'raw', json });
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"kind":1}',
    '{"kind":"changes"}',
    '{"by":"","changes":[1],"kind":"changes","sig":""}',
  ])('finds no entry in %j', (text) => {
    expect(parseEntry({ entryBytes: utf8(text), fileBytes: null })).toBeNull();
  });
});

test('CRC-32 gives the check value of its catalogue entry', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
