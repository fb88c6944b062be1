/**
 * Layers of core/vault/, each built only on those above it:
 *
 *   primitives.ts   one function per algorithm; the only importer of `crypto.*` in the whole project
 *   argon2.ts       the slow key derivation (hash-wasm, not WebCrypto)
 *   http-digest.ts  the hashes of HTTP's Digest (hash-wasm: MD5 is among them)
 *   envelope.ts     Sealer: what every other folder seals and opens with
 *   header.ts       the file header.bkv: its shape, reading and writing it
 *   slots.ts        from a passphrase or words to the vault key, and changing them
 *   device.ts       this device's own keys and settings
 *   words.ts        passphrase and recovery words (no cryptography besides `Random`)
 *
 * Suffixes: `*Bytes` is a Uint8Array, `*B64` base64url without padding, `*Hex` lower-case hexadecimal. A name
 * that ends in `Key` alone is a handle (`AesKey`, `HkdfKey`, `SigningKey`) whose bytes cannot be read back.
 * Nothing here logs, and no error quotes its input.
 */
import { type Bytes, concat, fromB64, toB64 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';

declare const kind: unique symbol;
type Handle<Kind extends string> = CryptoKey & { readonly [kind]: Kind };
export type AesKey = Handle<'AES-256-GCM'>;
export type HkdfKey = Handle<'HKDF-SHA-256'>;
export type SigningKey = Handle<'Ed25519 private'>;
export type AgreementKey = Handle<'X25519 private'>;

/** AES-GCM as used here (NIST SP 800-38D): 96-bit nonces, 128-bit tags behind the ciphertext. */
export const NONCE_LENGTH = 12;
export const TAG_LENGTH = 16;
export const KEY_LENGTH = 32;

/** The operating system's randomness. */
export const systemRandom: Random = {
  bytes(length) {
    const bytes = new Uint8Array(length);
    // getRandomValues refuses more than 65,536 bytes at once.
    for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    return bytes;
  },
};

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export async function hkdfKey(secretBytes: Bytes): Promise<HkdfKey> {
  return (await crypto.subtle.importKey('raw', secretBytes, 'HKDF', false, ['deriveBits'])) as HkdfKey;
}

/** HKDF-SHA-256 (RFC 5869): `length` bytes of key material, bound to `saltBytes` and `infoBytes`. */
export async function hkdf(key: HkdfKey, saltBytes: Bytes, infoBytes: Bytes, length: number): Promise<Bytes> {
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: saltBytes, info: infoBytes };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

type Usage = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveBits';

export async function aesKey(keyBytes: Bytes): Promise<AesKey> {
  const usages: Usage[] = ['encrypt', 'decrypt'];
  return (await crypto.subtle.importKey('raw', keyBytes, 'AES-GCM', false, usages)) as AesKey;
}

/** Ciphertext followed by its 16-byte tag. A nonce must never serve twice under one key. */
export async function aesSeal(
  key: AesKey,
  nonceBytes: Bytes,
  plainBytes: Bytes,
  aadBytes: Bytes,
): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: nonceBytes, additionalData: aadBytes };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plainBytes));
}

/** Null when the key, the nonce, the ciphertext, its tag or the bound data is not what it was. */
export async function aesOpen(
  key: AesKey,
  nonceBytes: Bytes,
  cipherBytes: Bytes,
  aadBytes: Bytes,
): Promise<Bytes | null> {
  const algorithm = { name: 'AES-GCM', iv: nonceBytes, additionalData: aadBytes };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, cipherBytes));
  } catch {
    return null;
  }
}

export interface KeyPairBytes {
  /** PKCS #8. */
  readonly privateBytes: Bytes;
  /** The 32 bytes of RFC 8032 (Ed25519) or RFC 7748 (X25519). */
  readonly publicBytes: Bytes;
}

/** PKCS #8 of a key of RFC 8410: this front and the 32 secret bytes. */
const PKCS8_FRONT = {
  Ed25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20),
  X25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20),
} as const;

async function generate(
  algorithm: 'Ed25519' | 'X25519',
  usages: Usage[],
  random: Random,
): Promise<KeyPairBytes> {
  // Any 32 bytes are a secret key of either kind, so that the randomness can be a parameter.
  const privateBytes = concat(PKCS8_FRONT[algorithm], random.bytes(32));
  const key = await crypto.subtle.importKey('pkcs8', privateBytes, { name: algorithm }, true, usages);
  const { x } = await crypto.subtle.exportKey('jwk', key);
  const publicBytes = fromB64(x ?? '');
  if (publicBytes?.length !== 32) {
    throw new CodedError('vault/platform', 'The platform gave no public half of a key.', { algorithm });
  }
  return { privateBytes, publicBytes };
}

/** A fresh pair to sign with. */
export const generateEd25519 = (random: Random = systemRandom): Promise<KeyPairBytes> =>
  generate('Ed25519', ['sign'], random);

/** A fresh pair for others to seal keys to. */
export const generateX25519 = (random: Random = systemRandom): Promise<KeyPairBytes> =>
  generate('X25519', ['deriveBits'], random);

export async function signingKey(privateBytes: Bytes): Promise<SigningKey> {
  const algorithm = { name: 'Ed25519' };
  return (await crypto.subtle.importKey('pkcs8', privateBytes, algorithm, false, ['sign'])) as SigningKey;
}

/** The 64-byte Ed25519 signature of a message. */
export async function sign(key: SigningKey, messageBytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, messageBytes));
}

export async function agreementKey(privateBytes: Bytes): Promise<AgreementKey> {
  const algorithm = { name: 'X25519' };
  return (await crypto.subtle.importKey('pkcs8', privateBytes, algorithm, false, [
    'deriveBits',
  ])) as AgreementKey;
}

/** The 32 bytes that this key and another one's public half share (RFC 7748). Throws for a public key that is none. */
export async function agree(key: AgreementKey, publicBytes: Bytes): Promise<Bytes> {
  const other = await crypto.subtle.importKey('raw', publicBytes, { name: 'X25519' }, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: other }, key, 256));
}

/** Public keys seen last: a team's are asked for again and again, and importing one costs as much as a check. */
const verifyingKeys = new Map<string, Promise<CryptoKey>>();
const KEPT_VERIFYING_KEYS = 500;

function verifyingKey(publicBytes: Bytes): Promise<CryptoKey> {
  const name = toB64(publicBytes);
  let key = verifyingKeys.get(name);
  if (key === undefined) {
    key = crypto.subtle.importKey('raw', publicBytes, { name: 'Ed25519' }, false, ['verify']);
    verifyingKeys.set(name, key);
    if (verifyingKeys.size > KEPT_VERIFYING_KEYS) {
      verifyingKeys.delete(verifyingKeys.keys().next().value as string);
    }
  }
  return key;
}

/** False for a wrong signature and for a public key that is none. */
export async function verify(
  publicBytes: Bytes,
  signatureBytes: Bytes,
  messageBytes: Bytes,
): Promise<boolean> {
  try {
    const key = await verifyingKey(publicBytes);
    return await crypto.subtle.verify('Ed25519', key, signatureBytes, messageBytes);
  } catch {
    return false;
  }
}
