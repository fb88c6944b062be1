import { z } from 'zod';
import { type Bytes, fromB64, toB64, utf8 } from '../base/bytes.ts';
import { type DeviceId, ID_PATTERN } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { jsonValueSchema } from '../model/json-value.ts';
import type { Signer } from '../vault/device.ts';
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
 *   renew   device, signing, agreement                                   any device, for itself: a copy of a vault
 *                                                                        goes on under a new id of the same member
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
export const renewSchema = z.strictObject(keys);

export const entrySchema: z.ZodType<LogEntry> = z.strictObject({
  v: z.literal(1),
  op: z.string().min(1).max(40),
  prev: z.array(z.string().refine((text) => fromB64(text)?.length === 32)).max(64),
  by: id,
  at: z.string().max(40),
  body: z.record(z.string().max(100), jsonValueSchema),
  sig: z.string().refine((text) => fromB64(text)?.length === 64),
}) as z.ZodType<LogEntry>;

const message = ({ sig: _, ...entry }: LogEntry): Bytes =>
  utf8(`baikoo/v1/team\n${canonical(entry as unknown as Json)}`);

export async function signEntry(
  entry: Pick<LogEntry, 'op' | 'prev' | 'at' | 'body'>,
  signer: Signer,
): Promise<LogEntry> {
  const bare: LogEntry = { v: 1, ...entry, prev: [...entry.prev].sort(), by: signer.device, sig: '' };
  return { ...bare, sig: toB64(await signer.sign(message(bare))) };
}

export const isEntryBy = (entry: LogEntry, publicBytes: Bytes): Promise<boolean> =>
  verify(publicBytes, fromB64(entry.sig) ?? new Uint8Array(0), message(entry));

export const entryHash = async (entry: LogEntry): Promise<string> =>
  toB64(await sha256(utf8(canonical(entry as unknown as Json))));
