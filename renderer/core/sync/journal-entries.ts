import { type Bytes, fromB64 } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Entry, RawEntry } from '../journal/entry.ts';
import type { Position } from '../journal/journal.ts';
import type { LineEnd } from './chain.ts';

/**
 * The journal's entries of exchange, beside `changes` (journal/entry.ts). Canonical JSON with a `kind`:
 *
 *   team    { root, workspace, keys: { epoch: B64(32) }, log: [membership entry, ...] }    the team this device is in
 *   log     { own: bool, log: [membership entry, ...] }       own: written here, not received
 *   pack    { own: bool }, carries the file                   a verified pack as it travels, own or received
 *   repack  { device, above: counter, from: position }        own changes above the counter go into packs once more
 *   local   { name, value }                                   a setting of this device, null takes it away
 *   flag    { code, detail, at }                              something a person should know
 *
 * Packs are kept as they are, byte for byte: a target that forgot one gets the same again, or it would be a fork. The
 * first journals hold them as `{ own: bool, pack: B64(file) }`.
 */
export type SyncEntry =
  | {
      readonly kind: 'team';
      readonly root: string;
      readonly workspace: string;
      readonly keys: Readonly<Record<string, string>>;
      readonly log: readonly Json[];
    }
  | { readonly kind: 'log'; readonly own: boolean; readonly log: readonly Json[] }
  | { readonly kind: 'pack'; readonly own: boolean; readonly fileBytes: Bytes }
  | {
      readonly kind: 'repack';
      readonly device: DeviceId;
      readonly above: number;
      readonly from: Position;
    }
  | LocalEntry
  | ({ readonly kind: 'flag' } & Flag);

/** Something a person should know; codes as of `SyncFlag`. */
export interface Flag {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly at: string;
}

/** What a `repack` entry tells of an id that this vault had: its own changes above the counter went into packs once more, under the next id. */
export interface FormerDevice {
  readonly above: number;
  /** The last pack of this vault's under that id; packs beyond it, or beside, are a copy's. */
  readonly end: LineEnd;
}

export interface LocalEntry {
  readonly kind: 'local';
  readonly name: string;
  readonly value: Json;
}

const KINDS: ReadonlySet<string> = new Set(['team', 'log', 'pack', 'repack', 'local', 'flag']);

/** The entry as one of exchange; null when it is of another kind. It comes out of a frame that opened. */
export function asSyncEntry(entry: Entry): SyncEntry | null {
  if (entry.kind !== 'raw' || !KINDS.has(entry.json.kind)) return null;
  const { json } = entry;
  if (json.kind !== 'pack') return json as unknown as SyncEntry;
  const fileBytes = entry.fileBytes ?? fromB64(`${json.pack ?? ''}`);
  return fileBytes === null ? null : { kind: 'pack', own: json.own === true, fileBytes };
}

export function toEntry(entry: SyncEntry): Entry {
  if (entry.kind !== 'pack') return { kind: 'raw', json: entry as unknown as RawEntry['json'] };
  const { kind, own, fileBytes } = entry;
  return { kind: 'raw', json: { kind, own }, fileBytes };
}
