import { createDecipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Bytes, toHex, utf8 } from '@/core/base/bytes.ts';
import { deriveSealers, PURPOSES, SEAL_OVERHEAD, type Sealers } from '@/core/vault/envelope.ts';

const vaultKey = () => Uint8Array.from({ length: 32 }, (_, i) => i);
const unreadable = expect.objectContaining({ code: 'vault/unreadable' });
const bytesArb = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Uint8Array.from(bytes));

let sealers: Sealers;
beforeAll(async () => {
  sealers = await deriveSealers(vaultKey());
});

test('opens what it sealed, whatever the bytes and what they are bound to', async () => {
  await fc.assert(
    fc.asyncProperty(bytesArb, bytesArb, async (plain, aad) => {
      const sealed = await sealers.cache.seal(plain, aad);
      expect(sealed).toHaveLength(plain.length + SEAL_OVERHEAD);
      expect(await sealers.cache.open(sealed, aad)).toEqual(plain);
    }),
    { numRuns: 200 },
  );
});

test('refuses a unit in which any one bit is another', async () => {
  const sealed = await sealers.drafts.seal(utf8('Айгүл'), utf8('place'));
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const altered = sealed.slice();
    altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
    await expect(sealers.drafts.open(altered, utf8('place'))).rejects.toEqual(unreadable);
  }
});

test('refuses a unit cut anywhere, and an empty one', async () => {
  const sealed = await sealers.drafts.seal(utf8('text'), utf8('place'));
  for (let length = 0; length < sealed.length; length++) {
    await expect(sealers.drafts.open(sealed.slice(0, length), utf8('place'))).rejects.toEqual(unreadable);
  }
});

test('refuses a unit at another place, of another purpose and of another vault', async () => {
  const sealed = await sealers.cache.seal(utf8('text'), utf8('r:1'));
  await expect(sealers.cache.open(sealed, utf8('r:2'))).rejects.toEqual(unreadable);
  for (const purpose of PURPOSES) {
    if (purpose === 'cache') continue;
    await expect(sealers[purpose].open(sealed, utf8('r:1'))).rejects.toEqual(unreadable);
  }
  const other = await deriveSealers(vaultKey().reverse());
  await expect(other.cache.open(sealed, utf8('r:1'))).rejects.toEqual(unreadable);
});

test('seals the same text differently every time, and under another salt after every opening', async () => {
  const again = await deriveSealers(vaultKey());
  const seal = async (from: Sealers) => toHex(await from.cache.seal(utf8('text'), utf8('')));
  const [first, second, third] = [await seal(sealers), await seal(sealers), await seal(again)];
  expect(first.slice(0, 34)).toBe(second.slice(0, 34));
  expect(first.slice(34, 58)).not.toBe(second.slice(34, 58));
  expect(first.slice(0, 34)).not.toBe(third.slice(0, 34));
});

test('opens units of earlier sessions', async () => {
  const sealed: Bytes[] = [];
  for (let session = 0; session < 20; session++) {
    const earlier = await deriveSealers(vaultKey());
    sealed.push(await earlier.index.seal(utf8(`session ${session}`), utf8('')));
  }
  const opened = await Promise.all(sealed.map((unit) => sealers.index.open(unit, utf8(''))));
  expect(opened.map((bytes) => new TextDecoder().decode(bytes))).toEqual(
    Array.from({ length: 20 }, (_, session) => `session ${session}`),
  );
});

test('does not need the vault key any more once the sealers are derived', async () => {
  const key = vaultKey();
  const derived = await deriveSealers(key);
  key.fill(0);
  const sealed = await derived.blobs.seal(utf8('text'), utf8(''));
  expect(await sealers.blobs.open(sealed, utf8(''))).toEqual(utf8('text'));
});

test('writes the unit that the table says, as another implementation reads it', async () => {
  const sealed = await sealers.journal.seal(utf8('text'), utf8('place'));
  const derive = (key: Uint8Array, salt: Uint8Array, info: string) =>
    new Uint8Array(hkdfSync('sha256', key, salt, info, 32));
  const purposeKey = derive(vaultKey(), new Uint8Array(0), 'baikoo/v1/journal');
  const unitKey = derive(purposeKey, sealed.subarray(1, 17), 'baikoo/v1/session');
  const decipher = createDecipheriv('aes-256-gcm', unitKey, sealed.subarray(17, 29));
  decipher.setAAD(utf8('place'));
  decipher.setAuthTag(sealed.subarray(-16));
  expect(sealed[0]).toBe(1);
  expect(decipher.update(sealed.subarray(29, -16), undefined, 'utf8') + decipher.final('utf8')).toBe('text');
});
