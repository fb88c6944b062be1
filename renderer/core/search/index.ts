import type { Bytes } from '../base/bytes.ts';
import { mergeSegments } from './merge.ts';
import { type Alternative, parseQuery, type QueryWord } from './query.ts';
import { ALL_FIELDS, fieldOfMark, levelOfMark, Segment, type Source } from './segment.ts';
import { ByteReader, ByteSink, framePiece, HEADER_LENGTH, openPiece } from './segment-bytes.ts';
import type { Synonyms } from './synonyms.ts';
import { type FieldText, Tail } from './tail.ts';

/** Weight at which the tail becomes a segment: one to one and a half megabytes. */
const TAIL_WEIGHT = 600_000;
/** Words the tail keeps known from one segment to the next during a long build: some 20 MB. */
const MAX_KEPT_WORDS = 80_000;
/** Weight after which a slice of the merging that is due is done, so that it keeps pace with a long build. */
const TIDY_EVERY = 2048;
/** No segment is merged beyond this many bytes, so that each can be encrypted and stored on its own. */
const MAX_SEGMENT = 3_500_000;
/** Merges below this many bytes are done at once, larger ones in `tidy`. */
const SMALL_MERGE = 256 * 1024;
/** Segments of about one size that call for a merge; sizes are classed by powers of four. */
const FAN = 4;
const SMALLEST_CLASS = 8 * 1024;

export interface Hit {
  readonly doc: number;
  /** Higher is better; comparable within one result only. */
  readonly score: number;
}

/** A part of the stored index under the name it is stored by. */
export interface StoredPiece {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What brings a stored index up to date. All of it must become durable together. */
export interface PendingSave {
  readonly put: readonly StoredPiece[];
  readonly remove: readonly string[];
  /** To be called once it is stored. */
  done(): void;
}

const MAX_SCORE = 0xff_ffff;
const HEAD = 'head';
const nameOf = (segment: { readonly id: number }): string => `segment-${segment.id}`;
const classOf = (segment: Segment): number =>
  Math.max(0, Math.floor(Math.log2(segment.bytes.length / SMALLEST_CLASS) / 2));

/**
 * Full-text search over documents with dense numbers. New and edited documents go into a small mutable tail,
 * which becomes an immutable segment; segments of one size are merged. So a save after one edit writes one
 * small piece, and a search reads a few sorted dictionaries in place.
 */
export class SearchIndex {
  #segments: Segment[] = [];
  #tail = new Tail();
  #nextId = 1;
  #saved = new Set<number>();
  #work: { readonly sources: readonly Segment[]; readonly id: number; steps: Generator<void, Bytes> } | null =
    null;

  /** Living documents. */
  get size(): number {
    let size = this.#tail.size;
    for (const segment of this.#segments) size += segment.count - segment.deadCount;
    return size;
  }

  /** Bytes held by segments, and their number. */
  get footprint(): { readonly segments: number; readonly bytes: number } {
    const bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes.length, 0);
    return { segments: this.#segments.length, bytes };
  }

  /** Indexes a document, or indexes it anew. `doc`: a whole number from 0 to 2^31 - 1. */
  put(doc: number, fields: readonly FieldText[]): void {
    this.remove(doc);
    const before = this.#tail.weight;
    this.#tail.put(doc, fields);
    const { weight } = this.#tail;
    if (weight >= TAIL_WEIGHT) this.#flush(MAX_KEPT_WORDS);
    else if (Math.floor(weight / TIDY_EVERY) !== Math.floor(before / TIDY_EVERY)) this.tidy();
  }

  /** Takes a document out; nothing happens when it is not in. */
  remove(doc: number): void {
    if (this.#tail.kill(doc)) return;
    for (const segment of this.#segments) if (segment.kill(doc)) return;
  }

  /**
   * Documents that hold every word of the query, best first: an exact word before another spelling of it, that
   * before a longer word, that before a synonym; among equals a lower field first; then by number. Empty when
   * the query has no word. `fields`: bits of the fields to look in; words elsewhere do not count.
   */
  search(query: string, synonyms?: Synonyms, fields = ALL_FIELDS): Hit[] {
    const words = parseQuery(query, synonyms);
    if (words.length === 0) return [];
    const found: number[] = [];
    for (const source of [...this.#segments, this.#tail]) searchSource(source, words, fields, found);
    // Cost and number in one float sort natively; both stay far below 2^53 together.
    return Array.from(Float64Array.from(found).sort(), (packed) => ({
      doc: packed % 0x1_0000_0000,
      score: MAX_SCORE - Math.floor(packed / 0x1_0000_0000),
    }));
  }

  /**
   * Does a slice (a few milliseconds) of the merging that is due. True while more is left: call it whenever
   * there is time.
   */
  tidy(): boolean {
    if (this.#work === null) {
      const sources = this.#dueMerge();
      if (sources === null) return false;
      const id = this.#nextId++;
      this.#work = { sources, id, steps: mergeSegments(sources, id) };
    }
    const work = this.#work;
    const step = work.steps.next();
    if (step.done !== true) return true;
    this.#work = null;
    this.#replace(work.sources, step.value);
    return this.#dueMerge() !== null;
  }

  /** The whole index as pieces of at most some 4 MB, the head first. */
  serialise(): Uint8Array[] {
    this.#flush();
    return [this.#head(), ...this.#segments.map((segment) => segment.bytes)];
  }

  /** What changed since the last finished save or the restore; small after a small edit. */
  pending(): PendingSave {
    this.#flush();
    const current = [...this.#segments];
    const ids = new Set(current.map((segment) => segment.id));
    return {
      put: [
        { name: HEAD, bytes: this.#head() },
        ...current
          .filter((segment) => !this.#saved.has(segment.id))
          .map((segment) => ({ name: nameOf(segment), bytes: segment.bytes })),
      ],
      remove: [...this.#saved].filter((id) => !ids.has(id)).map((id) => nameOf({ id })),
      done: () => {
        this.#saved = ids;
      },
    };
  }

  /**
   * Reads what `serialise` or the saves have stored, in any order; left-over segments are ignored. The next
   * save is relative to these pieces. Null when one is missing, damaged, of another version, or of another
   * state: then index anew, and throw the stored ones away.
   */
  static restore(pieces: readonly Uint8Array[]): SearchIndex | null {
    const head = pieces.find((bytes) => openPiece(bytes)?.id === 0);
    if (head === undefined) return null;
    const byId = new Map<number, Segment>();
    for (const bytes of pieces) {
      const segment = Segment.read(bytes);
      if (segment !== null) byId.set(segment.id, segment);
    }
    const index = new SearchIndex();
    const reader = new ByteReader(head, HEADER_LENGTH);
    index.#nextId = reader.u32();
    for (let left = reader.u32(); left > 0; left--) {
      const segment = byId.get(reader.u32());
      if (segment === undefined || segment.sum !== reader.u32()) return null;
      let ordinal = 0;
      for (let dead = reader.varint(); dead > 0; dead--) {
        ordinal += reader.varint();
        segment.dead[ordinal] = 1;
        segment.deadCount++;
      }
      index.#segments.push(segment);
      index.#saved.add(segment.id);
    }
    return index;
  }

  /** u32 next id, u32 number of segments; for each u32 id, u32 checksum, varint dead documents and their ordinals' differences. */
  #head(): Bytes {
    const body = new ByteSink();
    body.u32(this.#nextId);
    body.u32(this.#segments.length);
    for (const segment of this.#segments) {
      body.u32(segment.id);
      body.u32(segment.sum);
      body.varint(segment.deadCount);
      let before = 0;
      segment.dead.forEach((dead, ordinal) => {
        if (dead === 0) return;
        body.varint(ordinal - before);
        before = ordinal;
      });
    }
    return framePiece(0, body.view());
  }

  #flush(keptWords = 0): void {
    if (this.#tail.size > 0) {
      const segment = Segment.read(this.#tail.write(this.#nextId++));
      if (segment !== null) this.#segments.push(segment);
    }
    if (this.#tail.words > keptWords) this.#tail = new Tail();
    else this.#tail.empty();
    for (;;) {
      const sources = this.#dueMerge(SMALL_MERGE);
      if (sources === null) return;
      const steps = mergeSegments(sources, this.#nextId++);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      this.#replace(sources, step.value);
    }
  }

  #replace(sources: readonly Segment[], bytes: Bytes): void {
    const merged = Segment.read(bytes);
    if (merged === null) return;
    for (const doc of merged.docs) {
      // Some may have died while the merge was under way.
      if (!sources.some((segment) => segment.lives(doc))) merged.kill(doc);
    }
    this.#segments = this.#segments.filter((segment) => !sources.includes(segment));
    if (merged.count > merged.deadCount) this.#segments.push(merged);
  }

  /** Segments to write as one: one in which over a quarter is dead, or up to four of one size. */
  #dueMerge(limit = MAX_SEGMENT): Segment[] | null {
    const busy = this.#work?.sources ?? [];
    const free = this.#segments.filter((segment) => segment.bytes.length <= limit && !busy.includes(segment));
    const wasteful = free.find((segment) => segment.deadCount * 4 > segment.count);
    if (wasteful !== undefined) return [wasteful];
    const classes = new Map<number, Segment[]>();
    for (const segment of free) {
      const alike = classes.get(classOf(segment)) ?? [];
      alike.push(segment);
      classes.set(classOf(segment), alike);
    }
    for (const alike of [...classes].sort((left, right) => left[0] - right[0]).map(([, list]) => list)) {
      if (alike.length < FAN) continue;
      alike.sort((left, right) => left.bytes.length - right.bytes.length);
      const chosen: Segment[] = [];
      for (const segment of alike.slice(0, FAN)) {
        if (sumOf(chosen) + segment.bytes.length <= limit) chosen.push(segment);
      }
      if (chosen.length === FAN || (chosen.length > 1 && limit === MAX_SEGMENT)) return chosen;
    }
    return null;
  }
}

const sumOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.bytes.length, 0);

/** Adds `cost * 2^32 + document` for every living document that answers all words. */
function searchSource(source: Source, words: readonly QueryWord[], fields: number, found: number[]): void {
  const costs = new Uint32Array(source.count);
  let possible: Uint8Array | null = null;
  for (const word of words) {
    const marks: Uint8Array = new Uint8Array(source.count);
    for (const alternative of word.alternatives) markAlternative(source, alternative, fields, marks);
    for (let ordinal = 0; ordinal < marks.length; ordinal++) {
      const mark = marks[ordinal] as number;
      if (mark === 0 || (possible !== null && possible[ordinal] === 0)) marks[ordinal] = 0;
      else costs[ordinal] = (costs[ordinal] as number) + levelOfMark(mark) * 256 + fieldOfMark(mark);
    }
    possible = marks;
  }
  if (possible === null) return;
  for (let ordinal = 0; ordinal < possible.length; ordinal++) {
    if (possible[ordinal] === 0 || source.isDead(ordinal)) continue;
    found.push((costs[ordinal] as number) * 0x1_0000_0000 + source.docAt(ordinal));
  }
}

/** All patterns must be there; the worst of them is the alternative's mark. */
function markAlternative(source: Source, alternative: Alternative, fields: number, marks: Uint8Array): void {
  const [only, second] = alternative;
  if (only !== undefined && second === undefined) {
    source.mark(only, fields, marks);
    return;
  }
  let worst: Uint8Array | null = null;
  for (const pattern of alternative) {
    const own: Uint8Array = new Uint8Array(source.count);
    source.mark(pattern, fields, own);
    if (worst !== null) {
      for (let ordinal = 0; ordinal < own.length; ordinal++) {
        const before = worst[ordinal] as number;
        if (before === 0) own[ordinal] = 0;
        else if (own[ordinal] !== 0 && before > (own[ordinal] as number)) own[ordinal] = before;
      }
    }
    worst = own;
  }
  worst?.forEach((mark, ordinal) => {
    const before = marks[ordinal] as number;
    if (mark !== 0 && (before === 0 || mark < before)) marks[ordinal] = mark;
  });
}
