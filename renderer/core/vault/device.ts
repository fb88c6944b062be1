import { z } from 'zod';
import { type Bytes, fromB64, fromUtf8, toB64, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import { type DeviceId, ID_PATTERN, idOfBytes, newId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import type { Sealer } from './envelope.ts';
import {
  generateEd25519,
  generateX25519,
  type KeyPairBytes,
  type SigningKey,
  sha256,
  sign,
  signingKey,
} from './primitives.ts';

/**
 * The file `device.bkv`: who this device is. One sealed unit (envelope.ts, purpose "device"), bound to
 * "baikoo/v1/device-file/<vault id>", of canonical JSON:
 *
 *   { "version": 1, "device": id, "member": id, "name": text, "idleMinutes": 1..120,
 *     "machine": hex(SHA-256) or "restored" (optional: core/workspace/known-machine.ts),
 *     "signing": { "private": B64(PKCS #8), "public": B64(32) },      Ed25519
 *     "agreement": { "private": B64(PKCS #8), "public": B64(32) } }   X25519
 */
export interface Device {
  readonly version: 1;
  readonly device: DeviceId;
  /** The member id that signs this person's changes. */
  readonly member: string;
  /** Name or pseudonym, as history shows it. */
  readonly name: string;
  /** Minutes without a touch after which the vault locks. */
  readonly idleMinutes: number;
  /** The machine it was last used on. */
  readonly machine?: string;
  /** Ed25519: proves who wrote a change. */
  readonly signing: KeyPairB64;
  /** X25519: others seal keys to it. */
  readonly agreement: KeyPairB64;
}

/** `private` in PKCS #8, `public` the raw 32 bytes, both base64url. */
export interface KeyPairB64 {
  readonly private: string;
  readonly public: string;
}

const bytesB64 = (most: number) =>
  z.string().refine((text) => {
    const length = fromB64(text)?.length ?? 0;
    return length >= 32 && length <= most;
  });

const pair = z.strictObject({ private: bytesB64(256), public: bytesB64(32) });

const deviceSchema: z.ZodType<Device> = z.strictObject({
  version: z.literal(1),
  device: z.string().regex(ID_PATTERN),
  member: z.string().regex(ID_PATTERN),
  name: z.string().max(200),
  idleMinutes: z.int().min(1).max(120),
  machine: z
    .string()
    .regex(/^(?:[0-9a-f]{64}|restored)$/)
    .exactOptional(),
  signing: pair,
  agreement: pair,
});

/** A device is called after its public key (32 bytes), so that nobody can enter another key under its id. */
export const deviceIdOf = async (signingBytes: Bytes): Promise<DeviceId> =>
  idOfBytes(await sha256(signingBytes));

/** A device and a member that nobody has seen before. */
export async function newDevice(
  owner: { readonly name: string; readonly idleMinutes: number },
  random: Random,
): Promise<Device> {
  const b64 = ({ privateBytes, publicBytes }: KeyPairBytes): KeyPairB64 => ({
    private: toB64(privateBytes),
    public: toB64(publicBytes),
  });
  const signing = await generateEd25519(random);
  return {
    version: 1,
    device: await deviceIdOf(signing.publicBytes),
    member: newId(random),
    name: owner.name,
    idleMinutes: owner.idleMinutes,
    signing: b64(signing),
    agreement: b64(await generateX25519(random)),
  };
}

/** The same person and settings under an id and keys that nobody has seen before. */
export async function renewedDevice(old: Device, random: Random): Promise<Device> {
  return { ...(await newDevice(old, random)), member: old.member };
}

const binding = (vaultId: string): Bytes => utf8(`baikoo/v1/device-file/${vaultId}`);

/** The bytes of `device.bkv`. `sealer` is the vault's `device` sealer. */
export function sealDevice(device: Device, sealer: Sealer, vaultId: string): Promise<Bytes> {
  return sealer.seal(utf8(canonical(device as unknown as Json)), binding(vaultId));
}

/**
 * Errors: `vault/unreadable` (damaged, or of another vault), `vault/newer` (written by a later version).
 */
export async function openDevice(sealedBytes: Bytes, sealer: Sealer, vaultId: string): Promise<Device> {
  const json: Json = JSON.parse(fromUtf8(await sealer.open(sealedBytes, binding(vaultId))));
  const parsed = deviceSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const version = z.object({ version: z.number().min(2) }).safeParse(json);
  if (version.success) throw new CodedError('vault/newer', 'The device file is of a later version.');
  throw new CodedError('vault/unreadable', 'The device file does not have the shape of one.');
}

/** A device's hand: what it signs with, and under which name. */
export interface Signer {
  readonly device: DeviceId;
  /** The 64-byte Ed25519 signature of a message. */
  sign(messageBytes: Bytes): Promise<Bytes>;
}

export async function deviceSigner(device: Device): Promise<Signer> {
  const privateBytes = fromB64(device.signing.private);
  if (privateBytes === null) throw new CodedError('vault/unreadable', 'The signing key is not base64url.');
  const key: SigningKey = await signingKey(privateBytes);
  privateBytes.fill(0);
  return { device: device.device, sign: (messageBytes) => sign(key, messageBytes) };
}
