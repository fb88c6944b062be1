import { inflateRawSync, crc32 as platformCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, concat, fromUtf8, utf8 } from '@/core/base/bytes.ts';
import { crc32, joinCrc32 } from '@/core/base/crc32.ts';
import { assembleZip, GrowingEntry, type PackedEntry, packText } from '@/core/exchange/zip.ts';

const bytesOf = (array: Uint8Array): Bytes => Uint8Array.from(array);

test('a checksum is the standard one', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      if (typeof platformCrc32 === 'function') expect(crc32(bytes)).toBe(platformCrc32(bytes));
    }),
  );
});

test('checksums of two stretches join to that of both', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
      const whole = crc32(concat(a, b));
      expect(joinCrc32(crc32(a), crc32(b), b.length)).toBe(whole);
      expect(crc32(b, crc32(a))).toBe(whole);
    }),
  );
});

const unpack = (entry: PackedEntry): Uint8Array => inflateRawSync(concat(...entry.parts));

test('what becomes known last can stand first, however long it is', async () => {
  for (const headLength of [0, 1, 0xffff, 0x10000, 200_000]) {
    const head = bytesOf(Uint8Array.from({ length: headLength }, (_, i) => (i * 7) & 0xff));
    const entry = new GrowingEntry('a.xml');
    await entry.write(utf8('ала '));
    await entry.write(utf8('качуу'));
    const packed = await entry.close(head);
    const whole = concat(head, utf8('ала качуу'));
    expect(unpack(packed)).toEqual(Buffer.from(whole));
    expect(packed.crc).toBe(crc32(whole));
    expect(packed.size).toBe(whole.length);
  }
});

test('an abandoned entry leaves no unhandled failure', async () => {
  const entry = new GrowingEntry('a.xml');
  await entry.write(utf8('half'));
  await entry.abort();
});

test('the same content gives the same file, and the file tells no time', async () => {
  const build = async (): Promise<Bytes> =>
    assembleZip([await packText('a.txt', 'а'), await packText('b/c.txt', '')]);
  const file = await build();
  expect(await build()).toEqual(file);
  // Local header: signature, version, flags, method, time, date.
  const view = new DataView(file.buffer);
  expect(view.getUint32(0, true)).toBe(0x04034b50);
  expect(view.getUint16(10, true)).toBe(0);
  expect(view.getUint16(12, true)).toBe(0x0021);
  expect(fromUtf8(file.subarray(30, 35))).toBe('a.txt');
});
