/**
 * An immutable piece of the index: documents, a dictionary of keys and their postings, read in place from one
 * byte string that can be stored as it is. After the header of `segment-bytes.ts`:
 *
 *   u32 documents, terms, blocks, length of docs, length of entries, length of postings
 *   docs      varint differences of ascending document numbers
 *   blocks    u32 offset of each block of 32 entries
 *   lists     u32 offset of each term's postings, and the end
 *   entries   sorted by key, then hash: varint bytes shared with the key before (0 at a block's start),
 *             varint further bytes, those bytes, u8 which keys it is, u32 hash of the plain word, varint term
 *   postings  varint (difference of ordinals * 2 + 1 if the fields change), then if so u8 field bits;
 *             a list starts with the fields of `FIRST_FIELDS`
 *
 * A word is one term and has one to three entries: its key A, its key B and its spelt key, equal ones together.
 */
import { hashText } from '../base/hash-text.ts';
import type { Pattern } from './query.ts';
import { EXACT, PREFIX, SAME_KEY, SYNONYM } from './query.ts';
import { ByteReader, HEADER_LENGTH, keyBytes, openPiece } from './segment-bytes.ts';

export const KEY_A = 1;
export const KEY_B = 2;
export const KEY_SPELT = 4;
export const BLOCK = 32;
/** Bit of field 1: most words stand in the narrative. */
export const FIRST_FIELDS = 2;
export const MAX_FIELD = 7;
/** Bits of all fields. */
export const ALL_FIELDS = 0xff;

/** Keys of a pattern or word with the roles each plays, equal ones together. */
export function rolesOf(keys: { a: string; b: string; spelt: string }): (readonly [string, number])[] {
  if (keys.a === keys.b) {
    if (keys.a === keys.spelt) return [[keys.a, KEY_A | KEY_B | KEY_SPELT]];
    return [
      [keys.a, KEY_A | KEY_B],
      [keys.spelt, KEY_SPELT],
    ];
  }
  if (keys.a === keys.spelt) {
    return [
      [keys.a, KEY_A | KEY_SPELT],
      [keys.b, KEY_B],
    ];
  }
  if (keys.b === keys.spelt) {
    return [
      [keys.a, KEY_A],
      [keys.b, KEY_B | KEY_SPELT],
    ];
  }
  return [
    [keys.a, KEY_A],
    [keys.b, KEY_B],
    [keys.spelt, KEY_SPELT],
  ];
}

/** Mark of a match: 1 is best; the level outweighs the field, and a lower field outranks a higher one. 0: in no field. */
export const markOf = (level: number, fields: number): number =>
  fields === 0 ? 0 : level * (MAX_FIELD + 1) + (31 - Math.clz32(fields & -fields)) + 1;
export const levelOfMark = (mark: number): number => (mark - 1) >> 3;
export const fieldOfMark = (mark: number): number => (mark - 1) & MAX_FIELD;

/** What a query is run on: segments and the tail alike. */
export interface Source {
  /** Ordinals run from 0 to `count - 1`. */
  readonly count: number;
  docAt(ordinal: number): number;
  isDead(ordinal: number): boolean;
  /**
   * Writes the best mark of the pattern in any of the `fields` (bits) for each document into `marks` where it beats
   * what stands there (0: nothing).
   */
  mark(pattern: Pattern, fields: number, marks: Uint8Array): void;
}

/** Walks a segment's entries in order. */
export class EntryCursor {
  readonly key: Uint8Array = new Uint8Array(1024);
  length = 0;
  shared = 0;
  roles = 0;
  hash = 0;
  term = 0;
  readonly #reader: ByteReader;

  constructor(entries: Uint8Array, at = 0) {
    this.#reader = new ByteReader(entries, at);
  }

  next(): boolean {
    const reader = this.#reader;
    if (reader.at >= reader.bytes.length) return false;
    this.shared = reader.varint();
    const more = reader.varint();
    for (let i = 0; i < more; i++) this.key[this.shared + i] = reader.byte();
    this.length = this.shared + more;
    this.roles = reader.byte();
    this.hash = reader.u32();
    this.term = reader.varint();
    return true;
  }
}

export class Segment implements Source {
  readonly id: number;
  readonly sum: number;
  readonly bytes: Uint8Array;
  readonly docs: Int32Array;
  /** 1 for documents that were put again or removed since. */
  readonly dead: Uint8Array;
  deadCount = 0;
  readonly terms: number;
  readonly #blocks: Uint32Array;
  readonly #lists: Uint32Array;
  readonly #entries: Uint8Array;
  readonly #postings: Uint8Array;

  private constructor(bytes: Uint8Array, piece: { id: number; sum: number }) {
    const reader = new ByteReader(bytes, HEADER_LENGTH);
    this.id = piece.id;
    this.sum = piece.sum;
    this.bytes = bytes;
    const count = reader.u32();
    this.terms = reader.u32();
    const blocks = reader.u32();
    const docsLength = reader.u32();
    const entriesLength = reader.u32();
    const postingsLength = reader.u32();
    const docsEnd = reader.at + docsLength;
    this.docs = new Int32Array(count);
    let doc = 0;
    for (let i = 0; i < count; i++) {
      doc += reader.varint();
      this.docs[i] = doc;
    }
    reader.at = docsEnd;
    this.dead = new Uint8Array(count);
    this.#blocks = Uint32Array.from({ length: blocks }, () => reader.u32());
    this.#lists = new Uint32Array(this.terms + 1);
    for (let i = 0; i <= this.terms; i++) this.#lists[i] = reader.u32();
    this.#entries = bytes.subarray(reader.at, reader.at + entriesLength);
    this.#postings = bytes.subarray(reader.at + entriesLength, reader.at + entriesLength + postingsLength);
  }

  /** Null when the bytes are damaged, foreign, or of another version. */
  static read(bytes: Uint8Array): Segment | null {
    const piece = openPiece(bytes);
    return piece === null || piece.id === 0 ? null : new Segment(bytes, piece);
  }

  get count(): number {
    return this.docs.length;
  }

  docAt(ordinal: number): number {
    return this.docs[ordinal] as number;
  }

  isDead(ordinal: number): boolean {
    return this.dead[ordinal] === 1;
  }

  /** Marks a document dead; false when it does not live here. */
  kill(doc: number): boolean {
    const ordinal = this.#ordinalOf(doc);
    if (ordinal < 0 || this.dead[ordinal] === 1) return false;
    this.dead[ordinal] = 1;
    this.deadCount++;
    return true;
  }

  lives(doc: number): boolean {
    const ordinal = this.#ordinalOf(doc);
    return ordinal >= 0 && this.dead[ordinal] === 0;
  }

  #ordinalOf(doc: number): number {
    let low = 0;
    let high = this.docs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.docs[middle] as number;
      if (found === doc) return middle;
      if (found < doc) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  cursor(): EntryCursor {
    return new EntryCursor(this.#entries);
  }

  /** Calls `visit` with each document (ordinal) of a term and the bits of the fields it stands in. */
  eachPosting(term: number, visit: (ordinal: number, fields: number) => void): void {
    const reader = new ByteReader(this.#postings, this.#lists[term] as number);
    const end = this.#lists[term + 1] as number;
    let ordinal = 0;
    let fields = FIRST_FIELDS;
    while (reader.at < end) {
      const step = reader.varint();
      ordinal += step >>> 1;
      if ((step & 1) === 1) fields = reader.byte();
      visit(ordinal, fields);
    }
  }

  mark(pattern: Pattern, fields: number, marks: Uint8Array): void {
    const hash = hashText(pattern.plain);
    for (const [key, roles] of rolesOf(pattern)) {
      this.#eachTerm(keyBytes(key), roles, pattern, hash, (term, level) =>
        this.#markList(term, level, fields, marks),
      );
    }
  }

  /** The terms that answer one key of the pattern, and how well. */
  #eachTerm(
    prefix: Uint8Array,
    roles: number,
    pattern: Pattern,
    hash: number,
    visit: (term: number, level: number) => void,
  ): void {
    const cursor = new EntryCursor(this.#entries, this.#blockBefore(prefix));
    // How many leading bytes the entry's key has in common with the prefix.
    let common = 0;
    while (cursor.next()) {
      if (cursor.shared < common) common = cursor.shared;
      while (common < prefix.length && common < cursor.length && cursor.key[common] === prefix[common])
        common++;
      if (common < prefix.length) {
        if (common < cursor.length && (cursor.key[common] as number) > (prefix[common] as number)) return;
        continue;
      }
      if ((cursor.roles & roles) === 0) continue;
      // Words whose spelt keys alone are equal have equal keys A too, so equal length means the same key.
      const same = cursor.length === prefix.length;
      if (!same && (pattern.whole || (pattern.repeats && (cursor.roles & roles & KEY_SPELT) === 0))) continue;
      const level = pattern.synonym ? SYNONYM : !same ? PREFIX : cursor.hash === hash ? EXACT : SAME_KEY;
      visit(cursor.term, level);
    }
  }

  #markList(term: number, level: number, wanted: number, marks: Uint8Array): void {
    const reader = new ByteReader(this.#postings, this.#lists[term] as number);
    const end = this.#lists[term + 1] as number;
    let ordinal = 0;
    let mark = markOf(level, FIRST_FIELDS & wanted);
    while (reader.at < end) {
      const step = reader.varint();
      ordinal += step >>> 1;
      if ((step & 1) === 1) mark = markOf(level, reader.byte() & wanted);
      if (mark === 0) continue;
      const before = marks[ordinal] as number;
      if (before === 0 || mark < before) marks[ordinal] = mark;
    }
  }

  /** Offset of the last block whose first key lies before the prefix, or of the first block. */
  #blockBefore(prefix: Uint8Array): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const cursor = new EntryCursor(this.#entries, this.#blocks[middle]);
      cursor.next();
      if (compareBytes(cursor.key, cursor.length, prefix, prefix.length) < 0) low = middle;
      else high = middle - 1;
    }
    return this.#blocks[low] ?? 0;
  }
}

export function compareBytes(
  left: Uint8Array,
  leftLength: number,
  right: Uint8Array,
  rightLength: number,
): number {
  const length = Math.min(leftLength, rightLength);
  for (let i = 0; i < length; i++) {
    const difference = (left[i] as number) - (right[i] as number);
    if (difference !== 0) return difference;
  }
  return leftLength - rightLength;
}
