import { z } from 'zod';
import { type Bytes, utf8 } from '../base/bytes.ts';
import { splitChangeId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { type Change, isChange } from '../changes/change.ts';
import { hashOf, type ParsedFile } from './envelope.ts';
import type { Roster } from './roster.ts';
import type { LogEntry } from './team-log.ts';

/**
 * What a pack holds: `{ "changes": [change, ...], "log": [membership entry, ...] }`, in the order they were written.
 * Members of other names are of a later version; they stay in the pack, which every device keeps.
 */
export interface PackContent {
  readonly changes: readonly Change[];
  readonly log: readonly LogEntry[];
}

/** A pack that was verified and opened. */
export interface OpenedPack {
  readonly file: ParsedFile;
  /** Base64url of the 32 bytes. */
  readonly hash: string;
  readonly content: PackContent;
  /** Elements that are not what a pack may hold: not taken in, kept in the pack. */
  readonly refused: number;
}

/** Sealed packs stay under 256 kB (about a minute of 2G each); text deflates to a third or less. */
export const PACK_BYTES = 256 * 1024;
const PLAIN_BYTES = 640 * 1024;

const contentSchema = z.looseObject({
  changes: z.array(z.unknown()).max(100_000).optional(),
  log: z.array(z.unknown()).max(100_000).optional(),
});

/** Reads opened JSON as content; what does not have the shape is counted, not believed. */
export function readContent(json: Json): { content: PackContent; refused: number } {
  const parsed = contentSchema.safeParse(json);
  if (!parsed.success) return { content: { changes: [], log: [] }, refused: 1 };
  let refused = 0;
  const changes: Change[] = [];
  for (const item of parsed.data.changes ?? []) {
    if (isChange(item)) changes.push(item);
    else refused += 1;
  }
  return { content: { changes, log: (parsed.data.log ?? []) as LogEntry[] }, refused };
}

/** Cuts what was written into contents of one pack each, in order; a single long change gets one of its own. */
export function batchContents(changes: readonly Change[], log: readonly LogEntry[]): PackContent[] {
  const batches: { changes: Change[]; log: LogEntry[] }[] = [];
  let room = 0;
  const batchFor = (bytes: number): { changes: Change[]; log: LogEntry[] } => {
    let batch = batches.at(-1);
    if (batch === undefined || bytes > room) {
      batch = { changes: [], log: [] };
      batches.push(batch);
      room = PLAIN_BYTES;
    }
    room -= bytes;
    return batch;
  };
  for (const entry of log) batchFor(sizeOf(entry as unknown as Json)).log.push(entry);
  for (const change of changes) batchFor(sizeOf(change as unknown as Json)).changes.push(change);
  return batches;
}

const sizeOf = (json: Json): number => utf8(canonical(json)).length + 1;

/** Half of a content whose pack came out too large; null when it cannot be cut. */
export function halves(content: PackContent): [PackContent, PackContent] | null {
  const items = content.log.length + content.changes.length;
  if (items < 2) return null;
  const middle = Math.floor(items / 2);
  const logs = Math.min(middle, content.log.length);
  const cut = middle - logs;
  return [
    { log: content.log.slice(0, logs), changes: content.changes.slice(0, cut) },
    { log: content.log.slice(logs), changes: content.changes.slice(cut) },
  ];
}

/** The highest counter of each device whose changes these are. */
export function countersOf(changes: readonly Change[]): Record<string, number> {
  const counters: Record<string, number> = {};
  for (const { id } of changes) {
    const parts = splitChangeId(id);
    if (parts !== null && parts.counter > (counters[parts.device] ?? 0)) {
      counters[parts.device] = parts.counter;
    }
  }
  return counters;
}

export async function asOpened(file: ParsedFile, json: Json): Promise<OpenedPack> {
  return { file, hash: await hashOf(file.bytes as Bytes), ...readContent(json) };
}

/**
 * Changes that the pack's device may write: none in the name, or under an id, of another member. An author whom the
 * team does not know is let in: a person's own earlier writing, from before the vault lost its device file.
 */
export function authentic(pack: OpenedPack, roster: Roster | null): readonly Change[] {
  const member = roster?.devices.get(pack.file.header.device)?.member;
  if (roster === null || member === undefined) return [];
  return pack.content.changes.filter((change) => {
    const device = splitChangeId(change.id)?.device ?? '';
    const owner = roster.devices.get(device)?.member ?? member;
    return owner === member && (change.author === member || !roster.members.has(change.author));
  });
}
