import { z } from 'zod';
import type { Bytes } from '../base/bytes.ts';
import { type DeviceId, ID_PATTERN } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { LineEnd } from './chain.ts';
import { type EpochKeys, openFile, type ParsedFile, type Unopened } from './envelope.ts';

/**
 * A device's head: how far its own packs go, and its receipt, i.e. how far it holds everybody's. The content of a
 * "BKH1" file:
 *
 *   { "seq": n, "hash": B64(32) or "", "recent": [[seq, hash, bytes], ...],
 *     "frontier": { device: [[seq, hash], ...], ... }, "wants": [[device, hash], ...], "at": device time }
 *
 * `recent` names the last packs with their lengths, so that a reader need not list a folder. `frontier` has the
 * highest gap-free pack of every other device, one for each of its lines: the only proof that a record is safe
 * elsewhere, and for who reads it news of lines whose own head is not to be had. `wants` names ends of lines to which
 * the target does not lead, or through damage: whoever holds what is missing puts it there. `at` is shown, never
 * trusted.
 */
export interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly recent: readonly (readonly [seq: number, hash: string, bytes: number])[];
  readonly frontier: Readonly<Record<DeviceId, readonly LineEnd[]>>;
  readonly wants: readonly (readonly [device: DeviceId, hash: string])[];
  readonly at: string;
}

/** Heads of teams of 200 are some 12 kB; a longer file is not looked at. */
export const HEAD_LIMIT = 256 * 1024;
export const RECENT = 32;
export const WANTS = 64;

const seq = z.int().min(0).max(1e9);
/** Base64url of 32 bytes. */
const HASH = /^[\w-]{43}$/;
const hash = z.string().regex(HASH);
const device = z.string().regex(ID_PATTERN);

/** Ends of one device's lines that a head tells of: a copied vault has two or three. */
export const LINES = 64;

function isLineEnd(value: unknown): value is LineEnd {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [seq, hash]: unknown[] = value;
  const counted = Number.isInteger(seq) && (seq as number) >= 0 && (seq as number) <= 1e9;
  return counted && typeof hash === 'string' && HASH.test(hash);
}

/**
 * Lines as heads told of them, by the hash of their end: the same 200 stand in each of a large team's 200 heads, so
 * that memory need not hold them, nor anybody look at them, 200 times.
 */
const linesTold = new Map<string, readonly LineEnd[]>();
const LINES_KEPT = 10_000;

/** The only line's end as it was told before; null where there are several lines, or where it is new. */
function toldBefore(ends: unknown): readonly LineEnd[] | null {
  if (!Array.isArray(ends) || ends.length !== 1) return null;
  const [end]: unknown[] = ends;
  if (!Array.isArray(end) || end.length !== 2) return null;
  const known = linesTold.get(end[1] as string);
  return known?.[0]?.[0] === end[0] ? (known as readonly LineEnd[]) : null;
}

/** The lines that a head tells of one device; null where it is not as it should be. */
function linesOf(ends: unknown): readonly LineEnd[] | null {
  const known = toldBefore(ends);
  if (known !== null) return known;
  if (!Array.isArray(ends) || ends.length > LINES || !ends.every(isLineEnd)) return null;
  if (ends.length === 1) {
    if (linesTold.size >= LINES_KEPT) linesTold.clear();
    linesTold.set((ends[0] as LineEnd)[1], ends);
  }
  return ends;
}

/** By hand and in one pass: in a team of 200 a round reads 40,000 ends, over which a schema takes several times as long. */
function frontierOf(value: unknown): Head['frontier'] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const told = value as Record<string, unknown>;
  const frontier: Record<DeviceId, readonly LineEnd[]> = {};
  for (const device of Object.keys(told)) {
    const lines = ID_PATTERN.test(device) ? linesOf(told[device]) : null;
    if (lines === null) return null;
    frontier[device] = lines;
  }
  return frontier;
}

const frontier = z.unknown().transform((value, context): Head['frontier'] => {
  const read = frontierOf(value);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'This is no receipt.' });
  return z.NEVER;
});

const headSchema: z.ZodType<Head> = z.object({
  seq,
  hash: z.union([z.literal(''), hash]),
  recent: z.array(z.tuple([seq, hash, z.int().min(0).max(1e9)])).max(1_000),
  frontier,
  wants: z.array(z.tuple([device, hash])).max(1_000),
  at: z.string().max(40),
});

/** Null when it is not a head's content. */
export function readHead(json: Json): Head | null {
  const parsed = headSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** A head's own packs, and how many of the others' it holds. */
export type Rank = readonly [seq: number, held: number];

/**
 * Which of two heads of one device is the later. Own packs first, then how much of the others' it holds: both only
 * grow, and neither needs a counter that a lost cache would forget.
 */
export function rankOf(head: Pick<Head, 'seq' | 'frontier'>): Rank {
  let held = 0;
  for (const device in head.frontier) for (const [seq] of head.frontier[device] ?? []) held += seq;
  return [head.seq, held];
}

export function isLater(one: Pick<OpenedHead, 'rank'>, other: Pick<OpenedHead, 'rank'>): boolean {
  const [seqOne, heldOne] = one.rank;
  const [seqOther, heldOther] = other.rank;
  return seqOne === seqOther ? heldOne > heldOther : seqOne > seqOther;
}

/** A verified head with the file's bytes, kept to be carried on as they are. */
export interface OpenedHead {
  readonly bytes: Bytes;
  readonly head: Head;
  readonly rank: Rank;
}

/** A head whose signature was verified, now or when it came. */
export async function openHead(
  file: ParsedFile,
  epochKeys: EpochKeys,
): Promise<Result<OpenedHead, Unopened>> {
  const content = await openFile(file, epochKeys);
  if (!content.ok) return content;
  const head = readHead(content.value);
  if (head === null || head.seq !== file.header.seq) return err('bad');
  return ok({ bytes: file.bytes, head, rank: rankOf(head) });
}
