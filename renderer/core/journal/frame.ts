import { type Bytes, concat, equalBytes, fromB64, toB64, utf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import { crc32 } from '../base/crc32.ts';
import { deflate, inflate } from '../base/deflate.ts';
import { SEAL_OVERHEAD, type Sealer } from '../vault/envelope.ts';

/**
 * The journal is a sequence of frames and nothing else. Numbers are big-endian.
 *
 *   offset  bytes  what
 *   0       4      marker 89 42 4B 4A ("\x89BKJ"): where to look for the next frame after damage
 *   4       1      version, 1
 *   5       8      sequence number, 1 for the first frame, one more for each
 *   13      4      length n of the body
 *   17      16     link: the last 16 bytes (the GCM tag) of the frame before; zeros in the first
 *   33      4      CRC-32 of bytes 0 to 32
 *   37      n      body: a sealed unit (vault/envelope.ts, purpose "journal") of the payload, bound to
 *                  "baikoo/v1/journal/<vault id>/" and bytes 0 to 32
 *
 *   payload: 0      1   00 the entry follows as it is; 01 it follows raw-deflated
 *            1      m   the entry, canonical JSON in UTF-8 (entry.ts), at most 8 MiB
 *        or: 0      1   02 the entry carries a file
 *            1      4   length m of the entry
 *            5      m   the entry, as above
 *            5 + m  f   the file as it is, at most 16 MiB
 *
 * What this gives. Altered: no byte of a frame can change, its header is bound to the body. Moved, repeated: the
 * sequence number is bound too, and a reader takes only rising ones. Removed, substituted from a fork: the next
 * frame's link does not fit. Damaged: the CRC tells a broken header (look for the next marker) from a broken
 * body, and a frame is verified with nothing but itself, so everything after the damage is still read; the link
 * is in the header in clear for that reason. Cut off at the end of a frame: no journal can tell by itself; the
 * cache remembers a position (`Position`).
 *
 * A marker and a matching CRC occur by chance once in 2^64 bytes, and such a frame would still not open.
 */
const MARKER = Uint8Array.of(0x89, 0x42, 0x4b, 0x4a);
const VERSION = 1;
const SEQUENCE_AT = 5;
const LENGTH_AT = 13;
const LINK_AT = 17;
const CRC_AT = 33;
export const HEADER_LENGTH = 37;

/** True when the bytes begin as a journal does; nothing is verified. */
export const beginsAsJournal = (bytes: Uint8Array): boolean =>
  equalBytes(bytes.subarray(0, MARKER.length), MARKER);
export const LINK_LENGTH = 16;

const STORED = 0;
const DEFLATED = 1;
const CARRYING = 2;
const ENTRY_AT = 5;
/**
 * Shorter entries (edits, records without a long narrative) are stored: inflating one takes about 150 us of
 * processor time whatever its length, opening and parsing it 65 us, and it would save 1 kB.
 */
const DEFLATE_FROM = 4_096;
/** The longest entry, as JSON. */
export const ENTRY_LIMIT = 8 * 1024 * 1024;
/** The longest file that an entry carries: more than any pack comes to. */
const CARRIED_LIMIT = 16 * 1024 * 1024;
const SHORTEST_BODY = SEAL_OVERHEAD + 1;
const LONGEST_BODY = SEAL_OVERHEAD + ENTRY_AT + ENTRY_LIMIT + CARRIED_LIMIT;

/** A place in the journal right behind a frame. The cache keeps the one it has followed to; plain data. */
export interface Position {
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** The sequence number of the frame before; 0 at the start. */
  readonly sequence: number;
  /** The last 16 bytes before, base64url; empty at the start. */
  readonly chain: string;
}

/** Where one frame is in the file. Plain data. */
export interface Place {
  readonly offset: number;
  /** Of the whole frame, in bytes. */
  readonly length: number;
}

export const START: Position = { offset: 0, sequence: 0, chain: '' };

export interface FrameHeader {
  readonly sequence: number;
  /** Of the body, in bytes. */
  readonly length: number;
  readonly linkBytes: Uint8Array;
}

/**
 * Reads the header at the start of `bytes`. Null: there is none, or a damaged one. `newer`: an undamaged header
 * of a later version, which must be left alone.
 */
export function parseFrameHeader(bytes: Uint8Array): FrameHeader | 'newer' | null {
  if (bytes.length < HEADER_LENGTH || !startsWithMarker(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_LENGTH);
  if (view.getUint32(CRC_AT) !== crc32(bytes.subarray(0, CRC_AT))) return null;
  if (bytes[4] !== VERSION) return 'newer';
  const sequence = Number(view.getBigUint64(SEQUENCE_AT));
  const length = view.getUint32(LENGTH_AT);
  if (sequence < 1 || !Number.isSafeInteger(sequence)) return null;
  if (length < SHORTEST_BODY || length > LONGEST_BODY) return null;
  return { sequence, length, linkBytes: bytes.subarray(LINK_AT, CRC_AT) };
}

const startsWithMarker = (bytes: Uint8Array): boolean => equalBytes(bytes.subarray(0, MARKER.length), MARKER);

/** Where the first marker begins in `bytes` at or after `from`; -1 when there is none. */
export function findMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(MARKER[0] as number, at);
    if (at < 0 || startsWithMarker(bytes.subarray(at))) return at;
  }
}

/** What a payload holds: an entry's JSON and the file that it carries, if any. */
export interface Unpacked {
  readonly entryBytes: Bytes;
  readonly fileBytes: Bytes | null;
}

/** The payload of an entry's JSON and of the file that it carries. Error: `journal/too-big`. */
export async function packPayload({ entryBytes, fileBytes }: Unpacked): Promise<Bytes> {
  refuseOver(ENTRY_LIMIT, entryBytes);
  if (fileBytes !== null) {
    refuseOver(CARRIED_LIMIT, fileBytes);
    const front = new Uint8Array(ENTRY_AT);
    front[0] = CARRYING;
    new DataView(front.buffer).setUint32(1, entryBytes.length);
    return concat(front, entryBytes, fileBytes);
  }
  if (entryBytes.length >= DEFLATE_FROM) {
    const deflated = await deflate(entryBytes);
    if (deflated.length < entryBytes.length) return concat(Uint8Array.of(DEFLATED), deflated);
  }
  return concat(Uint8Array.of(STORED), entryBytes);
}

function refuseOver(limit: number, { length }: Bytes): void {
  if (length <= limit) return;
  throw new CodedError('journal/too-big', 'The entry is longer than a frame may be.', {
    bytes: length,
    limit,
  });
}

/** Error: any, when the payload is not one. */
export async function unpackPayload(payload: Bytes): Promise<Unpacked> {
  switch (payload[0]) {
    case DEFLATED:
      return { entryBytes: await inflate(payload.slice(1), ENTRY_LIMIT), fileBytes: null };
    case STORED:
      return { entryBytes: payload.subarray(1), fileBytes: null };
    case CARRYING: {
      const fileAt = ENTRY_AT + new DataView(payload.buffer, payload.byteOffset).getUint32(1);
      if (fileAt <= payload.length)
        return { entryBytes: payload.subarray(ENTRY_AT, fileAt), fileBytes: payload.slice(fileAt) };
    }
  }
  throw new CodedError('journal/bad-payload', 'The payload is of no known kind, or cut short.');
}

/** Seals and opens frames of one vault. */
export class FrameCodec {
  readonly #sealer: Sealer;
  readonly #bindingBytes: Bytes;

  constructor(sealer: Sealer, vaultId: string) {
    this.#sealer = sealer;
    this.#bindingBytes = utf8(`baikoo/v1/journal/${vaultId}/`);
  }

  /** The frame that goes behind `before`, and the position behind it. */
  async seal(before: Position, payload: Bytes): Promise<{ frame: Bytes; after: Position }> {
    const header = new Uint8Array(HEADER_LENGTH);
    const view = new DataView(header.buffer);
    const sequence = before.sequence + 1;
    header.set(MARKER);
    header[4] = VERSION;
    view.setBigUint64(SEQUENCE_AT, BigInt(sequence));
    view.setUint32(LENGTH_AT, SEAL_OVERHEAD + payload.length);
    header.set(fromB64(before.chain) ?? [], LINK_AT);
    view.setUint32(CRC_AT, crc32(header.subarray(0, CRC_AT)));
    const frame = concat(header, await this.#sealer.seal(payload, this.#bind(header)));
    const after = { offset: before.offset + frame.length, sequence, chain: chainOf(frame) };
    return { frame, after };
  }

  /** The payload of a whole frame; null when it is not as it was sealed. */
  async open(frame: Uint8Array): Promise<Bytes | null> {
    try {
      return await this.#sealer.open(frame.slice(HEADER_LENGTH), this.#bind(frame));
    } catch (error) {
      if (error instanceof CodedError && error.code === 'vault/unreadable') return null;
      throw error;
    }
  }

  #bind(frame: Uint8Array): Bytes {
    return concat(this.#bindingBytes, frame.subarray(0, CRC_AT));
  }
}

/** What the next frame links to. */
export const chainOf = (frame: Uint8Array): string => toB64(frame.subarray(-LINK_LENGTH));

/** True when a frame with this link was written right behind `before`. */
export function linksTo(linkBytes: Uint8Array, before: Position): boolean {
  const expected = before.sequence === 0 ? new Uint8Array(LINK_LENGTH) : fromB64(before.chain);
  return expected !== null && equalBytes(linkBytes, expected);
}
