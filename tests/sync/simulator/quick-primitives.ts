/**
 * The vault's primitives with the same results, byte for byte, for many histories in a row: Node's own calls instead of
 * WebCrypto's, each of which wakes a thread and costs more than what it does; and what was verified or derived once is
 * remembered. Bundled in the place of `primitives.ts` (`bundleSimulator`).
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hash,
  hkdfSync,
  type KeyObject,
  sign as signSync,
  verify as verifySync,
} from 'node:crypto';
import { type Bytes, concat, fromB64 } from '@/core/base/bytes.ts';
import type { Random } from '@/core/base/clock.ts';
import type { AesKey, AgreementKey, HkdfKey, KeyPairBytes, SigningKey } from '@/core/vault/primitives.ts';

export const NONCE_LENGTH = 12;
export const TAG_LENGTH = 16;
export const KEY_LENGTH = 32;

export const systemRandom: Random = {
  bytes() {
    throw new Error('In a history all chance comes from its seed.');
  },
};

/** Handles are opaque to who holds them: here they are Node's. */
const handle = <Handle>(inner: KeyObject): Handle => inner as unknown as Handle;
const objectOf = (key: AesKey | HkdfKey | SigningKey | AgreementKey): KeyObject =>
  key as unknown as KeyObject;

const owned = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);
const nameOf = (...parts: readonly Uint8Array[]): string =>
  parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1')).join('|');

/** What was worked out of the same bytes before; not more of it than some histories make. */
class Known<Value> {
  readonly #values = new Map<string, Value>();

  of(name: string, make: () => Value): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const made = make();
    if (this.#values.size >= 20_000) this.#values.clear();
    this.#values.set(name, made);
    return made;
  }
}

export const sha256 = async (bytes: Bytes): Promise<Bytes> => owned(hash('sha256', bytes, 'buffer'));

export const hkdfKey = async (secretBytes: Bytes): Promise<HkdfKey> => handle(createSecretKey(secretBytes));

const derived = new Known<Bytes>();

export async function hkdf(key: HkdfKey, saltBytes: Bytes, infoBytes: Bytes, length: number): Promise<Bytes> {
  const secret = objectOf(key);
  const name = `${length} ${saltBytes.length} ${nameOf(secret.export(), saltBytes, infoBytes)}`;
  // A copy each time: who asked may wipe it.
  return derived
    .of(name, () => new Uint8Array(hkdfSync('sha256', secret, saltBytes, infoBytes, length)))
    .slice();
}

export const aesKey = async (keyBytes: Bytes): Promise<AesKey> => handle(createSecretKey(keyBytes));

export async function aesSeal(
  key: AesKey,
  nonceBytes: Bytes,
  plainBytes: Bytes,
  aadBytes: Bytes,
): Promise<Bytes> {
  const cipher = createCipheriv('aes-256-gcm', objectOf(key), nonceBytes).setAAD(aadBytes);
  return concat(owned(cipher.update(plainBytes)), owned(cipher.final()), owned(cipher.getAuthTag()));
}

export async function aesOpen(
  key: AesKey,
  nonceBytes: Bytes,
  cipherBytes: Bytes,
  aadBytes: Bytes,
): Promise<Bytes | null> {
  const end = cipherBytes.length - TAG_LENGTH;
  try {
    const options = { authTagLength: TAG_LENGTH };
    const decipher = createDecipheriv('aes-256-gcm', objectOf(key), nonceBytes, options).setAAD(aadBytes);
    decipher.setAuthTag(cipherBytes.subarray(end));
    const plain = owned(decipher.update(cipherBytes.subarray(0, end)));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

type Curve = 'Ed25519' | 'X25519';

const PKCS8_FRONT: Readonly<Record<Curve, string>> = {
  Ed25519: '302e020100300506032b657004220420',
  X25519: '302e020100300506032b656e04220420',
};

async function generate(crv: Curve, random: Random): Promise<KeyPairBytes> {
  const privateBytes = concat(owned(Buffer.from(PKCS8_FRONT[crv], 'hex')), random.bytes(32));
  const { x } = createPublicKey(privateKey(crv, privateBytes)).export({ format: 'jwk' });
  return { privateBytes, publicBytes: fromB64(x ?? '') as Bytes };
}

export const generateEd25519 = (random: Random = systemRandom): Promise<KeyPairBytes> =>
  generate('Ed25519', random);
export const generateX25519 = (random: Random = systemRandom): Promise<KeyPairBytes> =>
  generate('X25519', random);

const privateKeys = new Known<KeyObject>();
/** Of a JWK only the secret half is read, and it is read in a sixth of the time that PKCS #8 takes. */
const privateKey = (crv: Curve, bytes: Bytes): KeyObject =>
  privateKeys.of(nameOf(bytes), () => {
    const d = Buffer.from(bytes.subarray(-KEY_LENGTH)).toString('base64url');
    return createPrivateKey({ key: { kty: 'OKP', crv, d, x: d }, format: 'jwk' });
  });

export const signingKey = async (privateBytes: Bytes): Promise<SigningKey> =>
  handle(privateKey('Ed25519', privateBytes));

export const sign = async (key: SigningKey, messageBytes: Bytes): Promise<Bytes> =>
  owned(signSync(null, messageBytes, objectOf(key)));

export const agreementKey = async (privateBytes: Bytes): Promise<AgreementKey> =>
  handle(privateKey('X25519', privateBytes));

const publicKeys = new Known<KeyObject>();
const publicKey = (crv: Curve, bytes: Bytes): KeyObject =>
  publicKeys.of(crv + nameOf(bytes), () =>
    createPublicKey({ key: { kty: 'OKP', crv, x: Buffer.from(bytes).toString('base64url') }, format: 'jwk' }),
  );

export const agree = async (key: AgreementKey, publicBytes: Bytes): Promise<Bytes> =>
  owned(diffieHellman({ privateKey: objectOf(key), publicKey: publicKey('X25519', publicBytes) }));

const verified = new Known<boolean>();

export async function verify(
  publicBytes: Bytes,
  signatureBytes: Bytes,
  messageBytes: Bytes,
): Promise<boolean> {
  return verified.of(nameOf(publicBytes, signatureBytes, messageBytes), () => {
    try {
      return verifySync(null, messageBytes, publicKey('Ed25519', publicBytes), signatureBytes);
    } catch {
      return false;
    }
  });
}
