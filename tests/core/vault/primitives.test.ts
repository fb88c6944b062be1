import { expect, test } from 'vitest';
import { concat, fromHex, toHex, utf8 } from '@/core/base/bytes.ts';
import {
  aesKey,
  aesOpen,
  aesSeal,
  generateEd25519,
  generateX25519,
  hkdf,
  hkdfKey,
  sha256,
  sign,
  signingKey,
  systemRandom,
  verify,
} from '@/core/vault/primitives.ts';

const hex = (text: string) => fromHex(text.replaceAll(' ', '')) ?? expect.fail('not hexadecimal');

test('SHA-256 gives the digest of FIPS 180-4 for "abc"', async () => {
  expect(toHex(await sha256(utf8('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('HKDF-SHA-256 gives the output of RFC 5869, test case 1', async () => {
  const key = await hkdfKey(hex('0b'.repeat(22)));
  const output = await hkdf(key, hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), 42);
  expect(toHex(output)).toBe(
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
});

test('AES-256-GCM gives the ciphertext and tag of the GCM specification, test case 16', async () => {
  const key = await aesKey(hex('feffe9928665731c6d6a8f9467308308'.repeat(2)));
  const nonce = hex('cafebabefacedbaddecaf888');
  const plain = hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
      '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  );
  const aad = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
  const sealed = await aesSeal(key, nonce, plain, aad);
  expect(toHex(sealed)).toBe(
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
      '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
      '76fc6ece0f4e1768cddf8853bb2d551b',
  );
  expect(await aesOpen(key, nonce, sealed, aad)).toEqual(plain);
  expect(await aesOpen(key, nonce, sealed, hex(''))).toBeNull();
});

test('Ed25519 gives the signature of RFC 8032, test 2', async () => {
  const pkcs8 = hex('302e020100300506032b657004220420');
  const seed = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  const publicBytes = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = await sign(await signingKey(concat(pkcs8, seed)), hex('72'));
  expect(toHex(signature)).toBe(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(await verify(publicBytes, signature, hex('72'))).toBe(true);
  expect(await verify(publicBytes, signature, hex('73'))).toBe(false);
});

test('verifies nothing with a public key or a signature of the wrong length, and does not throw', async () => {
  const { privateBytes, publicBytes } = await generateEd25519();
  const signature = await sign(await signingKey(privateBytes), utf8('text'));
  expect(await verify(publicBytes, signature, utf8('text'))).toBe(true);
  expect(await verify(publicBytes.slice(1), signature, utf8('text'))).toBe(false);
  expect(await verify(publicBytes, signature.slice(1), utf8('text'))).toBe(false);
});

test('makes another pair at every call, with 32-byte public keys', async () => {
  for (const generate of [generateEd25519, generateX25519]) {
    const [one, other] = await Promise.all([generate(), generate()]);
    expect(one.publicBytes).toHaveLength(32);
    expect(toHex(one.publicBytes)).not.toBe(toHex(other.publicBytes));
    expect(toHex(one.privateBytes)).not.toBe(toHex(other.privateBytes));
  }
});

test('fills every byte, also of more than the platform gives at once', () => {
  const bytes = systemRandom.bytes(200_000);
  expect(bytes).toHaveLength(200_000);
  for (let at = 0; at < bytes.length; at += 1_000) {
    expect(bytes.subarray(at, at + 1_000).some((byte) => byte !== 0)).toBe(true);
  }
});
