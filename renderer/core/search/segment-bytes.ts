/**
 * The wire format that the index's stored pieces share. Every piece, little-endian:
 *
 *   0  u32 magic "BKSX"      4  u16 format version   6  u16 fold version
 *   8  u32 length in bytes  12  u32 FNV-1a of everything from byte 16 on
 *  16  u32 id (0 is the head)
 *  20  the piece's own fields
 *
 * Numbers marked "varint" are unsigned LEB128.
 */
import type { Bytes } from '../base/bytes.ts';
import { FOLD_VERSION } from './fold.ts';

const MAGIC = 0x58534b42;
const FORMAT_VERSION = 1;
export const HEADER_LENGTH = 20;

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 16; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}

/** A growing byte string. */
export class ByteSink {
  #bytes: Bytes;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  #room(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length++] = value;
  }

  varint(value: number): void {
    this.#room(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  u32(value: number): void {
    this.#room(4);
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.length++] = value >>> shift;
  }

  put(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far; valid until the next write. */
  view(): Bytes {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Puts the header before `body` with its checksum. */
export function framePiece(id: number, body: Uint8Array): Bytes {
  const bytes = new Uint8Array(HEADER_LENGTH + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, FORMAT_VERSION, true);
  view.setUint16(6, FOLD_VERSION, true);
  view.setUint32(8, bytes.length, true);
  view.setUint32(16, id, true);
  bytes.set(body, HEADER_LENGTH);
  view.setUint32(12, checksum(bytes), true);
  return bytes;
}

/** The piece's id and checksum; null when it is damaged, foreign, or of another format or fold. */
export function openPiece(bytes: Uint8Array): { id: number; sum: number } | null {
  if (bytes.length < HEADER_LENGTH) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC || view.getUint16(4, true) !== FORMAT_VERSION) return null;
  if (view.getUint16(6, true) !== FOLD_VERSION || view.getUint32(8, true) !== bytes.length) return null;
  const sum = view.getUint32(12, true);
  return sum === checksum(bytes) ? { id: view.getUint32(16, true), sum } : null;
}

/** Reads what `ByteSink` wrote. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.bytes[this.at++] as number;
  }

  varint(): number {
    let value = this.bytes[this.at++] as number;
    if (value < 0x80) return value;
    value &= 0x7f;
    for (let shift = 7; ; shift += 7) {
      const byte = this.bytes[this.at++] as number;
      value |= (byte & 0x7f) << shift;
      // Also ends past the last byte, where there is nothing to compare.
      if (!(byte >= 0x80)) return value >>> 0;
    }
  }

  u32(): number {
    const at = this.at;
    this.at += 4;
    const { bytes } = this;
    return (
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
      0
    );
  }
}

/** Key bytes in an order that equals the order of the keys as strings: each UTF-16 unit on its own. */
export function keyBytes(key: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    if (unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Uint8Array.from(bytes);
}
