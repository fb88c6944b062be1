import { type Bytes, concat, toB64, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import {
  type AesKey,
  aesKey,
  aesOpen,
  aesSeal,
  hkdf,
  hkdfKey,
  KEY_LENGTH,
  NONCE_LENGTH,
  systemRandom,
  TAG_LENGTH,
} from './primitives.ts';

/**
 * The sealed unit: what every byte on the disk is, header.bkv aside.
 *
 *   offset  bytes  what
 *   0       1      version, 1
 *   1       16     salt of the writing session, random
 *   17      12     nonce, random
 *   29      n      AES-256-GCM ciphertext, as long as the plaintext
 *   29 + n  16     GCM tag
 *
 *   purpose key = HKDF-SHA-256(vault key, no salt, "baikoo/v1/<purpose>")
 *   unit key    = HKDF-SHA-256(purpose key, salt, "baikoo/v1/session")
 *
 * The caller's bound data (AAD) says where a unit belongs, so that a unit moved to another place does not open.
 * Version and salt need no binding of their own: one has a single accepted value, the other selects the key.
 *
 * Nonces: random 96-bit nonces collide with probability n^2 / 2^97 under one key. A session key seals at most
 * 2^24 units (2^-49) before the next is drawn, and every opening of the vault draws a new one for each purpose.
 * NIST SP 800-38D allows 2^32 random nonces a key. A million sessions draw the same salt twice with 2^-89.
 */
export interface Sealer {
  seal(plainBytes: Bytes, aadBytes: Bytes): Promise<Bytes>;
  /** Error: `vault/unreadable`, when the unit or its bound data is not what was sealed with this key. */
  open(sealedBytes: Bytes, aadBytes: Bytes): Promise<Bytes>;
}

const VERSION = 1;
const SALT_LENGTH = 16;
const NONCE_AT = 1 + SALT_LENGTH;
const CIPHER_AT = NONCE_AT + NONCE_LENGTH;
const UNITS_PER_SESSION_KEY = 2 ** 24;
/** Session keys kept for opening: units of this many different sessions open without another derivation. */
const KEPT_KEYS = 4_096;

/** How many bytes sealing adds. */
export const SEAL_OVERHEAD = CIPHER_AT + TAG_LENGTH;

/** What a vault key is split into. A unit sealed for one purpose never opens as another. */
export const PURPOSES = ['journal', 'cache', 'index', 'drafts', 'device', 'blobs'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type Sealers = Readonly<Record<Purpose, Sealer>>;

/** The vault's sealers. `vaultKeyBytes` can be forgotten (overwritten) afterwards. */
export async function deriveSealers(vaultKeyBytes: Bytes, random: Random = systemRandom): Promise<Sealers> {
  const entries = PURPOSES.map(
    async (purpose) => [purpose, await deriveSealer(vaultKeyBytes, purpose, random)] as const,
  );
  return Object.fromEntries(await Promise.all(entries)) as Record<Purpose, Sealer>;
}

/** A sealer for one purpose of one secret key; `header` is the vault's own, beside the public ones. */
export async function deriveSealer(
  secretBytes: Bytes,
  purpose: Purpose | 'header' | 'slot',
  random: Random = systemRandom,
): Promise<Sealer> {
  const purposeBytes = await hkdf(
    await hkdfKey(secretBytes),
    new Uint8Array(0),
    utf8(`baikoo/v1/${purpose}`),
    KEY_LENGTH,
  );
  const purposeKey = await hkdfKey(purposeBytes);
  purposeBytes.fill(0);
  const info = utf8('baikoo/v1/session');
  const keys = new Map<string, Promise<AesKey>>();
  let salt = random.bytes(SALT_LENGTH);
  let ownKey: Promise<AesKey> | null = null;
  let sealed = 0;

  const sessionKey = (saltBytes: Bytes): Promise<AesKey> => {
    const name = toB64(saltBytes);
    let key = keys.get(name);
    if (key === undefined) {
      key = hkdf(purposeKey, saltBytes, info, KEY_LENGTH).then(aesKey);
      keys.set(name, key);
      if (keys.size > KEPT_KEYS) keys.delete(keys.keys().next().value as string);
    }
    return key;
  };

  return {
    async seal(plainBytes, aadBytes) {
      if (sealed === UNITS_PER_SESSION_KEY) {
        salt = random.bytes(SALT_LENGTH);
        ownKey = null;
        sealed = 0;
      }
      sealed += 1;
      const unitSalt = salt;
      ownKey ??= sessionKey(unitSalt);
      const nonce = random.bytes(NONCE_LENGTH);
      const cipher = await aesSeal(await ownKey, nonce, plainBytes, aadBytes);
      return concat(Uint8Array.of(VERSION), unitSalt, nonce, cipher);
    },

    async open(sealedBytes, aadBytes) {
      if (sealedBytes.length < SEAL_OVERHEAD || sealedBytes[0] !== VERSION) throw unreadable();
      const key = await sessionKey(sealedBytes.slice(1, NONCE_AT));
      const nonce = sealedBytes.subarray(NONCE_AT, CIPHER_AT);
      const plain = await aesOpen(key, nonce, sealedBytes.subarray(CIPHER_AT), aadBytes);
      if (plain === null) throw unreadable();
      return plain;
    },
  };
}

const unreadable = () =>
  new CodedError('vault/unreadable', 'The sealed data does not open with this key at this place.');
