import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import { hashText } from '../base/hash-text.ts';
import { eachToken, keysOf, type TermKeys } from './fold.ts';
import { levelOf, type Pattern } from './query.ts';
import { MAX_FIELD, markOf, rolesOf, type Source } from './segment.ts';
import { keyBytes } from './segment-bytes.ts';
import { SegmentWriter } from './segment-writer.ts';
import { WordTable } from './word-table.ts';

export interface FieldText {
  /** 0 to 7; a lower field outranks a higher one (0: the title). */
  readonly field: number;
  readonly text: string;
}

/** Bytes of a word's entries over bytes of a posting, about. */
const WORD_WEIGHT = 10;

const grown = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
};

interface Entry {
  readonly key: string;
  readonly lead: number;
  readonly roles: number;
  readonly hash: number;
  readonly term: number;
}

/** The key's first three units as a number that orders as they do: it settles most comparisons. */
const leadOf = (key: string): number =>
  ((key.charCodeAt(0) || 0) * 0x10000 + (key.charCodeAt(1) || 0)) * 0x10000 + (key.charCodeAt(2) || 0);

function compareEntries(left: Entry, right: Entry): number {
  if (left.lead !== right.lead) return left.lead - right.lead;
  if (left.key !== right.key) return left.key < right.key ? -1 : 1;
  return left.hash - right.hash || left.roles - right.roles;
}

/** The mutable end of the index: documents put since the last segment was written. Searched by a plain scan. */
export class Tail implements Source {
  /** Words as typed: most tokens are known from here without being folded. */
  readonly #typed = new WordTable();
  readonly #plain = new Map<string, number>();
  readonly #terms: TermKeys[] = [];
  /** For each term, one more than the place of its latest posting. */
  #latest = new Uint32Array(256);
  #postingTerm = new Uint32Array(512);
  #postingFields = new Uint32Array(512);
  #postings = 0;
  /** Words that have postings. */
  #used = 0;
  #docs: number[] = [];
  /** Where each document's postings start. */
  #starts: number[] = [];
  readonly #ordinals = new Map<number, number>();

  get count(): number {
    return this.#docs.length;
  }

  /** Documents that live here. */
  get size(): number {
    return this.#ordinals.size;
  }

  /** What the next segment will cost: postings held, living and dead, and words, each worth several. */
  get weight(): number {
    return this.#postings + WORD_WEIGHT * this.#used;
  }

  docAt(ordinal: number): number {
    return this.#docs[ordinal] as number;
  }

  isDead(ordinal: number): boolean {
    return this.#ordinals.get(this.docAt(ordinal)) !== ordinal;
  }

  /** Error `search/field`: a field out of range; nothing was put. */
  put(doc: number, fields: readonly FieldText[]): void {
    for (const { field } of fields) {
      if (!Number.isInteger(field) || field < 0 || field > MAX_FIELD) {
        throw new CodedError('search/field', `A field is a whole number from 0 to ${MAX_FIELD}.`, { field });
      }
    }
    const start = this.#postings;
    this.#ordinals.set(doc, this.#docs.length);
    this.#docs.push(doc);
    this.#starts.push(start);
    for (const { field, text } of fields) {
      eachToken(text, (from, to) => {
        this.#add(this.#typed.numberOf(text, from, to, this.#termOf), 1 << field, start);
        return true;
      });
    }
  }

  /** False when the document does not live here. */
  kill(doc: number): boolean {
    return this.#ordinals.delete(doc);
  }

  /** Lets go of all documents but keeps the words, so that a long build folds each only once. */
  empty(): void {
    this.#docs = [];
    this.#starts = [];
    this.#ordinals.clear();
    this.#postings = 0;
    this.#used = 0;
    this.#latest.fill(0);
  }

  /** Words known, in use or not. */
  get words(): number {
    return this.#terms.length;
  }

  #add(term: number, field: number, start: number): void {
    if (term < 0) return;
    const latest = this.#latest[term] as number;
    if (latest > start) {
      this.#postingFields[latest - 1] = (this.#postingFields[latest - 1] as number) | field;
      return;
    }
    if (latest === 0) this.#used++;
    if (this.#postings === this.#postingTerm.length) {
      this.#postingTerm = grown(this.#postingTerm);
      this.#postingFields = grown(this.#postingFields);
    }
    this.#postingTerm[this.#postings] = term;
    this.#postingFields[this.#postings] = field;
    this.#latest[term] = ++this.#postings;
  }

  /** -1: the word carries no meaning. */
  readonly #termOf = (typed: string): number => {
    const keys = keysOf(typed);
    if (keys.a === '') return -1;
    const known = this.#plain.get(keys.plain);
    if (known !== undefined) return known;
    const term = this.#terms.length;
    this.#terms.push(keys);
    this.#plain.set(keys.plain, term);
    if (term === this.#latest.length) this.#latest = grown(this.#latest);
    return term;
  };

  mark(pattern: Pattern, fields: number, marks: Uint8Array): void {
    // One more than the level; 0: no match.
    const levels = new Uint8Array(this.#terms.length);
    let found = false;
    this.#terms.forEach((keys, term) => {
      const level = levelOf(pattern, keys);
      if (level === null) return;
      levels[term] = level + 1;
      found = true;
    });
    if (!found) return;
    for (let ordinal = 0; ordinal < this.#docs.length; ordinal++) {
      const end = this.#starts[ordinal + 1] ?? this.#postings;
      for (let at = this.#starts[ordinal] as number; at < end; at++) {
        const level = levels[this.#postingTerm[at] as number] as number;
        if (level === 0) continue;
        const mark = markOf(level - 1, (this.#postingFields[at] as number) & fields);
        if (mark === 0) continue;
        const before = marks[ordinal] as number;
        if (before === 0 || mark < before) marks[ordinal] = mark;
      }
    }
  }

  /** Writes what lives here as a segment. */
  write(id: number): Bytes {
    const living = [...this.#ordinals].sort((left, right) => left[0] - right[0]);
    const writer = new SegmentWriter(living.map(([doc]) => doc));
    const counts = new Uint32Array(this.#terms.length + 1);
    const eachLiving = (visit: (at: number, place: number) => void): void => {
      living.forEach(([, ordinal], place) => {
        const end = this.#starts[ordinal + 1] ?? this.#postings;
        for (let at = this.#starts[ordinal] as number; at < end; at++) visit(at, place);
      });
    };
    let total = 0;
    eachLiving((at) => {
      const next = (this.#postingTerm[at] as number) + 1;
      counts[next] = (counts[next] as number) + 1;
      total++;
    });
    for (let term = 1; term < counts.length; term++) {
      counts[term] = (counts[term] as number) + (counts[term - 1] as number);
    }
    const next = counts.slice();
    const places = new Uint32Array(total);
    const fields = new Uint8Array(total);
    eachLiving((at, place) => {
      const term = this.#postingTerm[at] as number;
      const slot = next[term] as number;
      next[term] = slot + 1;
      places[slot] = place;
      fields[slot] = this.#postingFields[at] as number;
    });

    const entries: Entry[] = [];
    this.#terms.forEach((keys, term) => {
      const from = counts[term] as number;
      const to = counts[term + 1] as number;
      if (from === to) return;
      for (let slot = from; slot < to; slot++) writer.posting(places[slot] as number, fields[slot] as number);
      const written = writer.endTerm();
      const hash = hashText(keys.plain);
      for (const [key, roles] of rolesOf(keys)) {
        entries.push({ key, lead: leadOf(key), roles, hash, term: written });
      }
    });
    entries.sort(compareEntries);
    for (const { key, roles, hash, term } of entries) {
      const bytes = keyBytes(key);
      writer.entry(bytes, bytes.length, roles, hash, term);
    }
    return writer.finish(id);
  }
}
