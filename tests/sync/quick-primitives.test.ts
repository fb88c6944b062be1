import { describe, expect, test } from 'vitest';
import { type Bytes, concat, utf8 } from '@/core/base/bytes.ts';
import { codeOf } from '@/core/base/coded-error.ts';
import * as platformDeflate from '@/core/base/deflate.ts';
import * as platform from '@/core/vault/primitives.ts';
import { Chance } from './simulator/chance.ts';
import * as quickDeflate from './simulator/quick-deflate.ts';
import * as quick from './simulator/quick-primitives.ts';

/** What both made of the same input, which must be the same. */
async function both<Value>(make: (by: typeof platform) => Promise<Value>): Promise<Value> {
  const made = await make(platform);
  expect(await make(quick)).toEqual(made);
  // A second time: now it is remembered.
  expect(await make(quick)).toEqual(made);
  return made;
}

const flipped = (bytes: Bytes, at = 0): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe("the simulator's primitives give what the vault's give", () => {
  const chance = new Chance(5);
  const [secret, salt, nonce, aad, plain] = [32, 16, 12, 40, 3_000].map((length) => chance.bytes(length)) as [
    Bytes,
    Bytes,
    Bytes,
    Bytes,
    Bytes,
  ];

  test('the same names', () => {
    expect(Object.keys(quick).sort()).toEqual(Object.keys(platform).sort());
    expect([quick.NONCE_LENGTH, quick.TAG_LENGTH, quick.KEY_LENGTH]).toEqual([
      platform.NONCE_LENGTH,
      platform.TAG_LENGTH,
      platform.KEY_LENGTH,
    ]);
  });

  test.each([0, 1, 64, 3_000])('SHA-256 of %i bytes', async (length) => {
    await both((by) => by.sha256(plain.slice(0, length)));
  });

  test.each([
    [16, 32],
    [16, 64],
    [0, 32],
  ])('HKDF with %i bytes of salt for %i bytes', async (salted, length) => {
    await both(async (by) => by.hkdf(await by.hkdfKey(secret), salt.slice(0, salted), aad, length));
  });

  test('AES-GCM, and null for whatever was touched', async () => {
    const sealed = await both(async (by) => by.aesSeal(await by.aesKey(secret), nonce, plain, aad));
    const open = (cipher: Bytes, key = secret, bound = aad) =>
      both(async (by) => by.aesOpen(await by.aesKey(key), nonce, cipher, bound));
    expect(await open(sealed)).toEqual(plain);
    expect(await open(flipped(sealed))).toBeNull();
    expect(await open(flipped(sealed, sealed.length - 1))).toBeNull();
    expect(await open(sealed, flipped(secret))).toBeNull();
    expect(await open(sealed, secret, flipped(aad))).toBeNull();
    for (const length of [0, 8, 12, 15, 16]) expect(await open(sealed.slice(0, length))).toBeNull();
  });

  test('Ed25519, and false for whatever was touched', async () => {
    const pair = await both((by) => by.generateEd25519(new Chance(6)));
    const signature = await both(async (by) => by.sign(await by.signingKey(pair.privateBytes), plain));
    const verify = (key: Bytes, signed: Bytes, message: Bytes) =>
      both((by) => by.verify(key, signed, message));
    expect(await verify(pair.publicBytes, signature, plain)).toBe(true);
    expect(await verify(pair.publicBytes, signature, flipped(plain))).toBe(false);
    expect(await verify(pair.publicBytes, flipped(signature), plain)).toBe(false);
    expect(await verify(flipped(pair.publicBytes), signature, plain)).toBe(false);
    expect(await verify(pair.publicBytes.slice(1), signature, plain)).toBe(false);
  });

  test('X25519', async () => {
    const one = await both((by) => by.generateX25519(new Chance(7)));
    const other = await both((by) => by.generateX25519(new Chance(8)));
    const ours = await both(async (by) =>
      by.agree(await by.agreementKey(one.privateBytes), other.publicBytes),
    );
    const theirs = await both(async (by) =>
      by.agree(await by.agreementKey(other.privateBytes), one.publicBytes),
    );
    expect(ours).toEqual(theirs);
  });

  test('deflate, inflate and what goes wrong with it', async () => {
    const text = concat(...Array.from({ length: 300 }, (_, i) => utf8(`байкоо ${i % 7};`)));
    const deflated = await platformDeflate.deflate(text);
    expect(await quickDeflate.deflate(text)).toEqual(deflated);
    expect(await quickDeflate.inflate(deflated, text.length)).toEqual(text);
    for (const inflate of [platformDeflate.inflate, quickDeflate.inflate]) {
      const codes = [
        inflate(deflated, text.length - 1),
        inflate(deflated.slice(0, -3), text.length),
        inflate(new Uint8Array(40).fill(0xff), text.length),
      ].map((attempt) => attempt.then(() => null, codeOf));
      expect(await Promise.all(codes)).toEqual(['deflate/too-long', 'deflate/damaged', 'deflate/damaged']);
    }
  });
});
