import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '@/core/base/bytes.ts';
import { deflate, inflate } from '@/core/base/deflate.ts';

test('inflates what it deflated, up to the limit itself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (some) => {
      const bytes = Uint8Array.from(some);
      expect(await inflate(await deflate(bytes), bytes.length)).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});

test('writes and reads raw deflate as zlib does', async () => {
  const text = utf8('байкоо '.repeat(1_000));
  expect(Uint8Array.from(inflateRawSync(await deflate(text)))).toEqual(text);
  expect(await inflate(Uint8Array.from(deflateRawSync(text)), text.length)).toEqual(text);
});

test('stops at the limit, however much the input would expand to', async () => {
  const bomb = Uint8Array.from(deflateRawSync(new Uint8Array(200 * 1024 * 1024)));
  const before = process.memoryUsage().arrayBuffers;
  await expect(inflate(bomb, 1_000_000)).rejects.toMatchObject({ code: 'deflate/too-long' });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
  await expect(inflate(await deflate(new Uint8Array(11)), 10)).rejects.toMatchObject({
    code: 'deflate/too-long',
  });
});

test('refuses a stream cut anywhere, and one that is none', async () => {
  const whole = await deflate(utf8('баш баш баш, аяк'));
  for (let length = 0; length < whole.length; length++) {
    await expect(inflate(whole.slice(0, length), 1_000)).rejects.toMatchObject({ code: 'deflate/damaged' });
  }
  await expect(inflate(Uint8Array.of(255, 255, 255), 1_000)).rejects.toMatchObject({
    code: 'deflate/damaged',
  });
});
