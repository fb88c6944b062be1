import { type Bytes, fromB64, fromUtf8, toB64, utf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { DeviceId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import type { Signer } from '../vault/device.ts';
import { verify } from '../vault/primitives.ts';
import { ENTRY_LIMIT, type Unpacked } from './frame.ts';

/**
 * What a frame holds: canonical JSON with a `kind`, and with some kinds a file (frame.ts).
 *
 *   { "kind": "changes", "changes": [change, ...], "by": device id, "sig": B64(64) }
 *
 * `sig` is the Ed25519 signature by the device that wrote the changes, own or received, over
 * "baikoo/v1/changes\n<device id>\n" and the canonical JSON of the array of changes.
 *
 * Replay does not check signatures: a frame opens only with the vault's key, so whoever could forge an entry
 * could as well sign with the device key that the same vault holds. Signatures are checked where changes come
 * in from elsewhere, and kept so that authorship can be proved to others.
 */
export interface ChangesEntry {
  readonly kind: 'changes';
  readonly changes: readonly Change[];
  readonly by: DeviceId;
  readonly sig: string;
}

/** An entry of a kind that this version does not know, as it was written. */
export interface RawEntry {
  readonly kind: 'raw';
  readonly json: { readonly kind: string; readonly [member: string]: Json };
  /** What the entry carries as it is, beside its JSON. */
  readonly fileBytes?: Bytes;
}

export type Entry = ChangesEntry | RawEntry;

/** Larger batches are split, so that neither writing nor replay holds much more than this at once. */
const BATCH_BYTES = 1024 * 1024;
/** What an entry needs beside its changes: kind, device, signature. */
const ENTRY_MARGIN = 512;

const message = (by: DeviceId, canonicalChanges: string): Bytes =>
  utf8(`baikoo/v1/changes\n${by}\n${canonicalChanges}`);

/**
 * Signs changes, in as few entries of at most 1 MiB as they need, in order. Error: `journal/too-big`, when one
 * change alone is longer than a frame may be.
 */
export async function signChanges(changes: readonly Change[], signer: Signer): Promise<ChangesEntry[]> {
  const batches: { changes: Change[]; texts: string[]; bytes: number }[] = [];
  for (const change of changes) {
    const text = canonical(change as unknown as Json);
    const bytes = utf8(text).length + 1;
    if (bytes > ENTRY_LIMIT - ENTRY_MARGIN) {
      throw new CodedError('journal/too-big', 'One change is longer than a frame may be.', {
        bytes,
        limit: ENTRY_LIMIT,
      });
    }
    let batch = batches.at(-1);
    if (batch === undefined || batch.bytes + bytes > BATCH_BYTES) {
      batch = { changes: [], texts: [], bytes: 0 };
      batches.push(batch);
    }
    batch.changes.push(change);
    batch.texts.push(text);
    batch.bytes += bytes;
  }
  const by = signer.device;
  return Promise.all(
    batches.map(async ({ changes: batch, texts }) => {
      const text = `[${texts.join(',')}]`;
      const sig = toB64(await signer.sign(message(by, text)));
      signedTexts.set(batch, text);
      return { kind: 'changes', changes: batch, by, sig } as const;
    }),
  );
}

/** Canonical JSON of changes that were just signed and are about to be written. */
const signedTexts = new WeakMap<readonly Change[], string>();

/** True when the device with this Ed25519 public key wrote the entry's changes, each of them as it is. */
export async function verifyEntry(entry: ChangesEntry, publicBytes: Bytes): Promise<boolean> {
  const signature = fromB64(entry.sig);
  if (signature === null) return false;
  const text = canonical(entry.changes as unknown as Json);
  return verify(publicBytes, signature, message(entry.by, text));
}

export function serialiseEntry(entry: Entry): Unpacked {
  if (entry.kind === 'raw')
    return { entryBytes: utf8(canonical(entry.json)), fileBytes: entry.fileBytes ?? null };
  return { entryBytes: utf8(textOf(entry)), fileBytes: null };
}

function textOf(entry: ChangesEntry): string {
  const { by, changes, kind, sig } = entry;
  const text = signedTexts.get(changes);
  if (text === undefined) return canonical(entry as unknown as Json);
  return `{"by":${canonical(by)},"changes":${text},"kind":${canonical(kind)},"sig":${canonical(sig)}}`;
}

/** Null when the bytes are no entry. They come out of a frame that opened, so only their outline is checked. */
export function parseEntry({ entryBytes, fileBytes }: Unpacked): Entry | null {
  let json: Json;
  try {
    json = JSON.parse(fromUtf8(entryBytes));
  } catch {
    return null;
  }
  if (json === null || typeof json !== 'object' || !('kind' in json) || typeof json.kind !== 'string')
    return null;
  if (json.kind !== 'changes')
    return { kind: 'raw', json: json as RawEntry['json'], ...(fileBytes !== null && { fileBytes }) };
  const entry = json as unknown as ChangesEntry;
  const whole =
    typeof entry.by === 'string' &&
    typeof entry.sig === 'string' &&
    Array.isArray(entry.changes) &&
    entry.changes.every(isChange);
  return whole ? entry : null;
}

const isChange = (change: Change | null): boolean =>
  typeof change?.id === 'string' &&
  typeof change.record === 'string' &&
  typeof change.type === 'string' &&
  typeof change.fields === 'object' &&
  change.fields !== null;
