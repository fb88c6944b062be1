import type { DeviceId } from '../base/ids.ts';
import type { Place } from '../journal/journal.ts';

/** A pack that the journal holds. Plain data. */
export interface StoredPack {
  readonly seq: number;
  readonly hash: string;
  readonly prev: string;
  readonly place: Place;
  /** The pack's length at a target, in bytes. */
  readonly bytes: number;
  /** How many changes it holds. */
  readonly changes: number;
  /** Highest counter of each device whose changes it holds. */
  readonly counters: Readonly<Record<DeviceId, number>>;
}

/** The last pack of a line. */
export type LineEnd = readonly [seq: number, hash: string];

/**
 * One device's packs, each linked to the one before. A device that was copied has two packs of one number: both are
 * kept, and the longer line is the one followed.
 */
export class Chain {
  readonly #packs = new Map<string, StoredPack>();
  readonly #followed = new Set<string>();
  readonly #ends = new Set<StoredPack>();
  #tip: StoredPack | null = null;
  #forked = false;

  /** `packs` in any order, as `all` gave them. */
  constructor(packs: readonly StoredPack[] = []) {
    for (const pack of [...packs].sort((a, b) => a.seq - b.seq)) this.add(pack);
  }

  /** The last pack of the line followed; null while there is none. */
  get tip(): StoredPack | null {
    return this.#tip;
  }

  get seq(): number {
    return this.#tip?.seq ?? 0;
  }

  get hash(): string {
    return this.#tip?.hash ?? '';
  }

  /** The last pack of every line: one, unless the device was copied or set back. Longest first. */
  get ends(): readonly LineEnd[] {
    return [...this.#ends]
      .map(({ seq, hash }) => [seq, hash] as const)
      .sort(([a, one], [b, other]) => b - a || (one < other ? -1 : 1));
  }

  /** True when two packs have one predecessor. */
  get forked(): boolean {
    return this.#forked;
  }

  get all(): StoredPack[] {
    return [...this.#packs.values()];
  }

  has(hash: string): boolean {
    return hash === '' || this.#packs.has(hash);
  }

  get(hash: string): StoredPack | undefined {
    return this.#packs.get(hash);
  }

  /** True when a pack with this number and predecessor can be added now. */
  links(seq: number, prev: string): boolean {
    return seq === 1 ? prev === '' : this.#packs.get(prev)?.seq === seq - 1;
  }

  /** Adds a pack that links. Returns false when it was there. */
  add(pack: StoredPack): boolean {
    if (this.#packs.has(pack.hash)) return false;
    if (this.#followed.has(pack.prev)) this.#forked = true;
    const before = this.#packs.get(pack.prev);
    if (before !== undefined) this.#ends.delete(before);
    this.#ends.add(pack);
    this.#followed.add(pack.prev);
    this.#packs.set(pack.hash, pack);
    if (pack.seq > this.seq) this.#tip = pack;
    return true;
  }

  /** The packs of the line that ends in `hash`, from number `from` on, in order. */
  line(from: number, hash = this.hash): StoredPack[] {
    const packs: StoredPack[] = [];
    for (let pack = this.#packs.get(hash); pack && pack.seq >= from; pack = this.#packs.get(pack.prev)) {
      packs.push(pack);
    }
    return packs.reverse();
  }

  /** The packs of the line that ends in `hash` that are on none of the lines with these ends, in order. */
  beyond(ends: readonly LineEnd[], hash: string): StoredPack[] {
    const held = new Set(ends.flatMap(([, end]) => this.line(1, end)));
    return this.line(1, hash).filter((pack) => !held.has(pack));
  }

  /** True when the pack is on the line with this end, as far as that is known here. */
  leadsTo(pack: StoredPack, [seq, hash]: LineEnd): boolean {
    if (seq < pack.seq || !this.#packs.has(hash)) return false;
    // Where there is only one line, its numbers tell.
    return !this.#forked || this.line(pack.seq, hash)[0] === pack;
  }

  /** Of each line, the first pack that reaches a device's change with this number. */
  holding(device: DeviceId, counter: number): StoredPack[] {
    const found: StoredPack[] = [];
    /** Packs of lines for which one was found. */
    const reached = new Set<string>();
    for (const pack of this.#packs.values()) {
      const before = reached.has(pack.prev);
      if (!before && (pack.counters[device] ?? 0) < counter) continue;
      reached.add(pack.hash);
      if (!before) found.push(pack);
      if (!this.#forked) break;
    }
    return found;
  }
}
