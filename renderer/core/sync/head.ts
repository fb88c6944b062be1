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

const LINES = 64;

function isLineEnd(value: unknown): value is LineEnd {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [seq, hash]: unknown[] = value;
  const counted = Number.isInteger(seq) && (seq as number) >= 0 && (seq as number) <= 1e9;
  return counted && typeof hash === 'string' && HASH.test(hash);
}

/** By hand: in a team of 200 a round reads 40,000 ends, over which a schema takes several times as long. */
function isFrontier(value: unknown): value is Head['frontier'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([device, ends]: [string, unknown]) =>
      ID_PATTERN.test(device) && Array.isArray(ends) && ends.length <= LINES && ends.every(isLineEnd),
  );
}

/**
 * Lines as heads told of them, by the hash of their end: the same 200 stand in each of a large team's 200 heads, and
 * memory need not hold them 200 times.
 */
const linesTold = new Map<string, readonly LineEnd[]>();
const LINES_KEPT = 10_000;

function keptOnce(ends: readonly LineEnd[]): readonly LineEnd[] {
  const [end, other] = ends;
  if (end === undefined || other !== undefined) return ends;
  const [seq, hash] = end;
  const known = linesTold.get(hash);
  if (known?.[0]?.[0] === seq) return known;
  if (linesTold.size >= LINES_KEPT) linesTold.clear();
  linesTold.set(hash, ends);
  return ends;
}

function withLinesKeptOnce(told: Head['frontier']): Head['frontier'] {
  const frontier: Record<DeviceId, readonly LineEnd[]> = {};
  for (const [device, ends] of Object.entries(told)) frontier[device] = keptOnce(ends);
  return frontier;
}

const headSchema: z.ZodType<Head> = z.object({
  seq,
  hash: z.union([z.literal(''), hash]),
  recent: z.array(z.tuple([seq, hash, z.int().min(0).max(1e9)])).max(1_000),
  frontier: z.custom<Head['frontier']>(isFrontier).transform(withLinesKeptOnce),
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
  for (const ends of Object.values(head.frontier)) for (const [seq] of ends) held += seq;
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
