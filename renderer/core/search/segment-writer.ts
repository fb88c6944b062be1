import type { Bytes } from '../base/bytes.ts';
import { BLOCK, FIRST_FIELDS } from './segment.ts';
import { ByteSink, framePiece } from './segment-bytes.ts';

/** Writes a segment: first the postings of every term, then the entries in order. Format: `segment.ts`. */
export class SegmentWriter {
  readonly #docs: readonly number[] | Int32Array;
  readonly #postings = new ByteSink(1 << 16);
  readonly #lists: number[] = [0];
  readonly #entries = new ByteSink(1 << 16);
  readonly #blocks: number[] = [];
  #entryCount = 0;
  #previous: Uint8Array = new Uint8Array(1024);
  #previousLength = 0;
  #ordinal = 0;
  #fields = FIRST_FIELDS;

  /** `docs`: the document numbers, ascending; a posting's ordinal is a place in it. */
  constructor(docs: readonly number[] | Int32Array) {
    this.#docs = docs;
  }

  /** Adds one posting to the term being written; ordinals ascend. */
  posting(ordinal: number, fields: number): void {
    const changes = fields !== this.#fields;
    this.#postings.varint((ordinal - this.#ordinal) * 2 + (changes ? 1 : 0));
    if (changes) this.#postings.byte(fields);
    this.#ordinal = ordinal;
    this.#fields = fields;
  }

  /** Ends the term being written and returns its number. */
  endTerm(): number {
    this.#lists.push(this.#postings.length);
    this.#ordinal = 0;
    this.#fields = FIRST_FIELDS;
    return this.#lists.length - 2;
  }

  /** Entries come in the order of their keys, then of their hashes. */
  entry(key: Uint8Array, length: number, roles: number, hash: number, term: number): void {
    let shared = 0;
    if (this.#entryCount % BLOCK === 0) this.#blocks.push(this.#entries.length);
    else {
      const most = Math.min(length, this.#previousLength);
      while (shared < most && key[shared] === this.#previous[shared]) shared++;
    }
    this.#entries.varint(shared);
    this.#entries.varint(length - shared);
    for (let i = shared; i < length; i++) this.#entries.byte(key[i] as number);
    this.#entries.byte(roles);
    this.#entries.u32(hash);
    this.#entries.varint(term);
    this.#previous.set(length === key.length ? key : key.subarray(0, length));
    this.#previousLength = length;
    this.#entryCount++;
  }

  finish(id: number): Bytes {
    const docs = new ByteSink(this.#docs.length * 2);
    let before = 0;
    for (const doc of this.#docs) {
      docs.varint(doc - before);
      before = doc;
    }
    const body = new ByteSink(
      24 +
        docs.length +
        4 * (this.#blocks.length + this.#lists.length) +
        this.#entries.length +
        this.#postings.length,
    );
    body.u32(this.#docs.length);
    body.u32(this.#lists.length - 1);
    body.u32(this.#blocks.length);
    body.u32(docs.length);
    body.u32(this.#entries.length);
    body.u32(this.#postings.length);
    body.put(docs.view());
    for (const offset of this.#blocks) body.u32(offset);
    for (const offset of this.#lists) body.u32(offset);
    body.put(this.#entries.view());
    body.put(this.#postings.view());
    return framePiece(id, body.view());
  }
}
