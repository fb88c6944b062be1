import { z } from 'zod';
import { type Bytes, fromB64, toB64, utf8 } from '../base/bytes.ts';
import { type DeviceId, ID_PATTERN } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { jsonValueSchema } from '../model/json-value.ts';
import { deviceIdOf, type Signer } from '../vault/device.ts';
import { sha256, verify } from '../vault/primitives.ts';

/**
 * The membership log: who belongs to the workspace, with which devices and keys. A signed, hash-chained set of
 * entries that only grows; two coordinators who work offline make two ends, and the next entry names both.
 *
 *   { "v": 1, "op": text, "prev": [hash, ...] (sorted), "by": device, "at": device time, "body": {...}, "sig": B64(64) }
 *
 *   hash = SHA-256 of the canonical JSON of the whole entry
 *   sig  = Ed25519 by the device `by` over "baikoo/v1/team\n" and the canonical JSON without `sig`
 *
 *   op      body                                                         who may
 *   found   workspace, name, member, memberName, device, signing,       whoever begins; its hash is the root
 *           agreement
 *   admit   member, memberName, role, device, signing, agreement         a coordinator's device
 *   renew   device, signing, agreement, proof                            any device, for itself: a copy of a vault
 *                                                                        goes on under a new id of the same member
 *
 *   proof = Ed25519 by the new device over "baikoo/v1/renew\n", the workspace, "\n" and `by`. Whoever renews says
 *           what the entry comes after, so without it one could enter another's device as one's own, before its own
 *           admission; for the same reason the device's id must be that of its key.
 *
 * Entries of another `op` (revocation, epochs) are of a later version: kept, passed on, without effect here. So that
 * such entries can be ordered against packs, every entry names what its author had seen.
 */
export interface LogEntry {
  readonly v: 1;
  readonly op: string;
  readonly prev: readonly string[];
  readonly by: DeviceId;
  readonly at: string;
  readonly body: Readonly<Record<string, Json>>;
  readonly sig: string;
}

/** Ends that one entry names; those left over are named by the next ones. */
const MOST_ENDS = 64;

const id = z.string().regex(ID_PATTERN);
const publicKey = z.string().refine((text) => fromB64(text)?.length === 32);
const name = z.string().max(200);
const keys = { device: id, signing: publicKey, agreement: publicKey };

export const foundSchema = z.strictObject({ workspace: id, name, member: id, memberName: name, ...keys });
export const admitSchema = z.strictObject({
  member: id,
  memberName: name,
  role: z.enum(['coordinator', 'monitor']),
  ...keys,
});
const signature = z.string().refine((text) => fromB64(text)?.length === 64);
export const renewSchema = z.strictObject({ ...keys, proof: signature });

export const entrySchema: z.ZodType<LogEntry> = z.strictObject({
  v: z.literal(1),
  op: z.string().min(1).max(40),
  prev: z.array(z.string().refine((text) => fromB64(text)?.length === 32)).max(MOST_ENDS),
  by: id,
  at: z.string().max(40),
  body: z.record(z.string().max(100), jsonValueSchema),
  sig: signature,
}) as z.ZodType<LogEntry>;

const message = ({ sig: _, ...entry }: LogEntry): Bytes =>
  utf8(`baikoo/v1/team\n${canonical(entry as unknown as Json)}`);

export async function signEntry(
  entry: Pick<LogEntry, 'op' | 'prev' | 'at' | 'body'>,
  signer: Signer,
): Promise<LogEntry> {
  const prev = [...entry.prev].sort().slice(0, MOST_ENDS);
  const bare: LogEntry = { v: 1, ...entry, prev, by: signer.device, sig: '' };
  return { ...bare, sig: toB64(await signer.sign(message(bare))) };
}

const renewalMessage = (workspace: string, by: DeviceId): Bytes =>
  utf8(`baikoo/v1/renew\n${workspace}\n${by}`);

/** What the new device says to an entry `renew`: that it goes on for `by`. */
export const proveRenewal = async (workspace: string, by: DeviceId, renewed: Signer): Promise<string> =>
  toB64(await renewed.sign(renewalMessage(workspace, by)));

/** True where the new device's id is that of its key, and its key says that it goes on for `by`. */
export async function isRenewalOf(
  workspace: string,
  by: DeviceId,
  { device, signing, proof }: z.infer<typeof renewSchema>,
): Promise<boolean> {
  const key = fromB64(signing) as Bytes;
  if (device !== (await deviceIdOf(key))) return false;
  return verify(key, fromB64(proof) as Bytes, renewalMessage(workspace, by));
}

export const isEntryBy = (entry: LogEntry, publicBytes: Bytes): Promise<boolean> =>
  verify(publicBytes, fromB64(entry.sig) ?? new Uint8Array(0), message(entry));

export const entryHash = async (entry: LogEntry): Promise<string> =>
  toB64(await sha256(utf8(canonical(entry as unknown as Json))));
