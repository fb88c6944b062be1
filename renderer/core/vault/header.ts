import { z } from 'zod';
import { type Bytes, concat, equalBytes, fromB64, fromUtf8, toB64, utf8 } from '../base/bytes.ts';
import { ID_PATTERN } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { jsonValueSchema } from '../model/json-value.ts';
import { type Argon2Params, withinBounds } from './argon2.ts';
import { KEY_LENGTH } from './primitives.ts';

/**
 * The file `header.bkv`: the only readable file of a vault, and the way to its key.
 *
 *   offset  bytes  what
 *   0       8      magic 89 42 4B 56 0D 0A 1A 0A ("\x89BKV" and line ends, which a text transfer would break)
 *   8       1      version, 1
 *   9       4      length of the JSON, big-endian
 *   13      n      canonical JSON, UTF-8, to the end of the file:
 *
 *   { "demo": bool, "vault": id,
 *     "slots": [{ "kind": "passphrase" | "recovery", "salt": B64(16),
 *                 "kdf": { "memoryKiB", "passes", "lanes" }, "confirmed": bool (recovery only),
 *                 "wrapped": B64(sealed vault key) }, ...],
 *     "seal": B64(sealed empty text) }
 *
 *   one more slot where somebody turned it on: { "kind": "keychain", "wrapped": B64(sealed vault key) }
 *
 *   wrapped = sealed unit (envelope.ts, purpose "slot") of the 32-byte vault key under Argon2id(secret, salt),
 *             bound to magic, version, vault, demo and the slot's kind, salt and kdf; in the keychain's slot under
 *             32 random bytes that the system keeps for this account, which need no stretching
 *   seal    = sealed unit (purpose "header") of no bytes under the vault key, bound to magic, version and the
 *             JSON without `seal`
 *
 * So the parameters that a secret is stretched with are authenticated by the slot they belong to, and everything
 * together by the vault key, without anybody having to know all secrets to rewrite one slot. A slot of an
 * unknown kind is kept as it is.
 */
const MAGIC = Uint8Array.of(0x89, 0x42, 0x4b, 0x56, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION = 1;
const JSON_AT = MAGIC.length + 1 + 4;
/** Two slots take under 1 kB; a file that claims more is not ours. */
const LONGEST = 64 * 1024;
export const SALT_LENGTH = 16;

export interface SecretSlot {
  readonly kind: 'passphrase' | 'recovery';
  readonly salt: string;
  readonly kdf: Argon2Params;
  readonly confirmed?: boolean;
  readonly wrapped: string;
}

/** Opened by a random secret that the system keeps for this person's account on this computer. */
export interface KeychainSlot {
  readonly kind: 'keychain';
  readonly wrapped: string;
}

/** A slot of a kind that this version does not know. */
export interface OtherSlot {
  readonly kind: string;
  readonly [member: string]: Json;
}

export interface Header {
  readonly vault: string;
  readonly demo: boolean;
  readonly slots: readonly (SecretSlot | KeychainSlot | OtherSlot)[];
  readonly seal: string;
}

const b64 = (least: number, most: number) =>
  z.string().refine((text) => {
    const bytes = fromB64(text);
    // A spelling with stray bits in the last character would make two texts mean the same bytes.
    return (
      bytes !== null &&
      bytes.length >= least &&
      bytes.length <= most &&
      equalBytes(utf8(toB64(bytes)), utf8(text))
    );
  });

const kdf = z
  .strictObject({ memoryKiB: z.number(), passes: z.number(), lanes: z.number() })
  .refine((params) => withinBounds(params));

const secret = { salt: b64(SALT_LENGTH, SALT_LENGTH), kdf, wrapped: b64(KEY_LENGTH, 256) };

const slotSchema = z.union([
  z.strictObject({ kind: z.literal('passphrase'), ...secret }),
  z.strictObject({ kind: z.literal('recovery'), confirmed: z.boolean(), ...secret }),
  z.strictObject({ kind: z.literal('keychain'), wrapped: secret.wrapped }),
  z
    .object({ kind: z.string().max(40) })
    .catchall(jsonValueSchema)
    .refine(({ kind }) => kind !== 'passphrase' && kind !== 'recovery' && kind !== 'keychain'),
]);

const headerSchema = z.strictObject({
  vault: z.string().regex(ID_PATTERN),
  demo: z.boolean(),
  slots: z
    .array(slotSchema)
    .max(16)
    // Two slots of one kind would leave open which of them a passphrase belongs to.
    .refine((slots) => new Set(slots.map(({ kind }) => kind)).size === slots.length),
  seal: b64(1, 256),
});

/**
 * Reads a header. `vault/newer`: a vault of a later version, which this one must not touch. `vault/foreign`: not
 * a vault's header, or a damaged one, or one that asks for derivation costs outside the bounds (nothing is
 * derived to find that out).
 */
export function parseHeader(bytes: Uint8Array): Result<Header, 'vault/foreign' | 'vault/newer'> {
  if (bytes.length < JSON_AT || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC))
    return err('vault/foreign');
  const version = bytes[MAGIC.length] as number;
  if (version > VERSION) return err('vault/newer');
  if (version < VERSION || bytes.length > LONGEST) return err('vault/foreign');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length + 1);
  if (length !== bytes.length - JSON_AT) return err('vault/foreign');
  try {
    const text = fromUtf8(bytes.subarray(JSON_AT));
    const json: Json = JSON.parse(text);
    // Only the canonical spelling is ours: no byte of the file is free to say the same thing otherwise.
    if (canonical(json) !== text) return err('vault/foreign');
    const parsed = headerSchema.safeParse(json);
    return parsed.success ? ok(parsed.data as Header) : err('vault/foreign');
  } catch {
    return err('vault/foreign');
  }
}

export function serialiseHeader(header: Header): Bytes {
  const json = utf8(canonical(header as unknown as Json));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  return concat(MAGIC, Uint8Array.of(VERSION), length, json);
}

/** What a slot's wrapped key is bound to. */
export function slotBinding(
  header: Pick<Header, 'vault' | 'demo'>,
  slot: Pick<SecretSlot, 'kind' | 'salt' | 'kdf'>,
): Bytes {
  const { vault, demo } = header;
  const { kind, salt, kdf } = slot;
  const json = canonical({ demo, kdf: { ...kdf }, kind, salt, vault });
  return concat(MAGIC, Uint8Array.of(VERSION), utf8(json));
}

/** What the keychain's wrapped key is bound to. */
export function keychainBinding({ vault, demo }: Pick<Header, 'vault' | 'demo'>): Bytes {
  return concat(MAGIC, Uint8Array.of(VERSION), utf8(canonical({ demo, kind: 'keychain', vault })));
}

/** What the header's seal is bound to: all of it, the seal aside. */
export function headerBinding(header: Omit<Header, 'seal'>): Bytes {
  const { vault, demo, slots } = header;
  return concat(MAGIC, Uint8Array.of(VERSION), utf8(canonical({ demo, slots, vault } as unknown as Json)));
}

export function findSlot(header: Pick<Header, 'slots'>, kind: SecretSlot['kind']): SecretSlot | undefined {
  return header.slots.find((slot) => slot.kind === kind) as SecretSlot | undefined;
}

export function findKeychainSlot(header: Pick<Header, 'slots'>): KeychainSlot | undefined {
  return header.slots.find(({ kind }) => kind === 'keychain') as KeychainSlot | undefined;
}

/** True once somebody has typed the recovery words back. */
export const wordsConfirmed = (header: Header): boolean => findSlot(header, 'recovery')?.confirmed === true;
