import { fromUtf8, utf8 } from '../base/bytes.ts';
import { type RecordId, splitChangeId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { type Change, OBSERVATION } from '../changes/change.ts';
import { foldChanges, type RecordState, typeOf } from '../changes/register.ts';
import type { Cache, CacheEntry } from '../host/cache.ts';
import type { Position } from '../journal/journal.ts';
import type { Observation } from '../model/observation.ts';
import type { Sealer } from '../vault/envelope.ts';
import { RecordChunks } from './record-chunks.ts';
import { observationOf, type Row, rowOf } from './row.ts';
import type { IndexPart } from './search-room.ts';
import type { SyncCache } from './sync-cache.ts';

/**
 * The current state of every record: changes by record in the sealed cache, one flat row of each observation in
 * memory. It writes behind: a change counts once the journal has it, the cache follows within a second and
 * says in `meta` up to which position of the journal it got, so a kill at any moment costs a short replay.
 *
 * Cache keys: `meta`; `r:<number>` the changes of some observations; `o:<id>` those of any other record;
 * `b:<number>` a block of rows; `s:` and `y:` belong to the search index and to exchange.
 */
const BLOCK = 128;
const META = 'meta';
/** Raise when rows, chunks, parts of exchange or the index's fields change: an older image is rebuilt from the journal. */
const IMAGE_VERSION = 7;
/** Seal at most this many records at once when flushing, so that memory stays flat in a rebuild. */
const FLUSH_AT = 2_000;

export interface Meta {
  readonly version: typeof IMAGE_VERSION;
  readonly position: Position;
  /** Highest change counter seen, by device. */
  readonly counters: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Whether the stored search index covers exactly this state. */
  readonly indexed: boolean;
}

/** Changes of records by id, empty for one that is not there yet. */
export type Known = ReadonlyMap<RecordId, readonly Change[]>;

export class RecordStore {
  readonly #cache: Cache;
  readonly #sealer: Sealer;
  readonly #chunks: RecordChunks;
  readonly #rows: Row[] = [];
  readonly #rowOf = new Map<RecordId, number>();
  /** Records that are not observations, all in memory: members, settings, views, forms, corrections. */
  readonly #others = new Map<RecordId, Change[]>();
  /** Observations whose changes the cache does not hold yet. */
  #dirty = new Map<RecordId, Change[]>();
  #dirtyOthers = new Set<RecordId>();
  #dirtyBlocks = new Set<number>();
  #flushing: Promise<void> = Promise.resolve();
  #counters: Record<string, number> = {};
  #position: Position | null = null;
  /** The stored `meta`, byte for byte: by it the next flush knows the image that it brings up. */
  #stored: Uint8Array | undefined;
  #lost = false;
  #broken = false;
  #flushed = 0;
  readonly #indexPart: () => Promise<IndexPart | null>;
  readonly #sync: SyncCache;

  /** `indexPart` gives what the search index has to store with the next flush; null while it is not complete. */
  constructor(cache: Cache, sealer: Sealer, indexPart: () => Promise<IndexPart | null>, sync: SyncCache) {
    this.#cache = cache;
    this.#sealer = sealer;
    this.#chunks = new RecordChunks({
      cache,
      seal: (key, value) => this.#seal(key, value),
      open: (key, sealed) => this.#open(key, sealed),
      lost: () => this.#lose(),
    });
    this.#indexPart = indexPart;
    this.#sync = sync;
  }

  /** Loads what the cache holds. Null when there is nothing usable: then the whole journal must be replayed. */
  async load(): Promise<Meta | null> {
    try {
      const sealed = await this.#cache.get(META);
      if (sealed === undefined) return null;
      const meta = (await this.#open(META, sealed)) as unknown as Meta;
      if (meta.version !== IMAGE_VERSION) return null;
      await this.#cache.scan('b:', 64, async (entries) => {
        for (const block of await this.#openAll(entries)) {
          for (const row of block as unknown as Row[]) this.#setRow(row);
        }
      });
      if (this.#rows.length !== meta.rows || this.#rows.includes(undefined as unknown as Row)) {
        this.#forget();
        return null;
      }
      await this.#cache.scan('o:', 256, async (entries) => {
        for (const changes of (await this.#openAll(entries)) as unknown as Change[][]) {
          const first = changes[0];
          if (first !== undefined) this.#others.set(first.record, changes);
        }
      });
      this.#dirtyBlocks.clear();
      this.#counters = { ...meta.counters };
      this.#position = meta.position;
      this.#stored = sealed;
      return meta;
    } catch {
      // An unreadable image is no loss: the journal is replayed.
      this.#forget();
      return null;
    }
  }

  /** Drops the image, in memory and on the disk, to rebuild it from the journal. */
  async reset(): Promise<void> {
    this.#forget();
    await this.#cache.clear();
  }

  #forget(): void {
    this.#rows.length = 0;
    this.#rowOf.clear();
    this.#chunks.forget();
    this.#others.clear();
    this.#dirty.clear();
    this.#dirtyOthers.clear();
    this.#dirtyBlocks.clear();
    this.#counters = {};
    this.#position = null;
    this.#stored = undefined;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  row(id: RecordId): Row | undefined {
    const n = this.#rowOf.get(id);
    return n === undefined ? undefined : this.#rows[n];
  }

  /** Records of one type that are not observations, folded. */
  others(type: string): RecordState[] {
    const states: RecordState[] = [];
    for (const changes of this.#others.values()) {
      if (typeOf(changes) === type) states.push(foldChanges(changes));
    }
    return states;
  }

  /** Every record that is not an observation, folded. */
  everyOther(): RecordState[] {
    return [...this.#others.values()].map((changes) => foldChanges(changes));
  }

  /** Highest counter seen of a device; 0 when it never wrote. */
  counter(device: string): number {
    return this.#counters[device] ?? 0;
  }

  /**
   * Every change of a record in the order it came in; empty when there is no such record. Errors: `cache/unreadable`,
   * and then no part of them.
   */
  async changes(id: RecordId): Promise<readonly Change[]> {
    return (await this.changesOf([id]))[0] ?? [];
  }

  /** As `changes`, for many records at once, in the same order. */
  async changesOf(ids: readonly RecordId[]): Promise<(readonly Change[])[]> {
    // Noted before anything is awaited: a flush that ends meanwhile takes them out of `dirty`.
    const inMemory = ids.map((id) => this.#dirty.get(id));
    const missing = new Map<number, RecordId>();
    for (const [i, id] of ids.entries()) {
      const n = inMemory[i] === undefined ? this.#rowOf.get(id) : undefined;
      if (n !== undefined) missing.set(n, id);
    }
    const loaded = await this.#chunks.read(missing);
    return ids.map(
      (id, i) => this.#dirty.get(id) ?? inMemory[i] ?? loaded.get(id) ?? this.#others.get(id) ?? [],
    );
  }

  /** What `apply` needs to know of the cache to take these changes in: all that can fail of it. Errors: as `changes`. */
  async known(changes: readonly Change[]): Promise<Known> {
    const ids = [...new Set(changes.map(({ record }) => record))];
    const known = await this.changesOf(ids);
    return new Map(ids.map((id, i) => [id, known[i] ?? []]));
  }

  /**
   * Takes in changes that the journal holds up to `position`. Known ones are ignored. Resolves with the records that
   * are different now (observations as they read now, null for any other), and with the ids of changes that came with
   * an id already used for another change. With `known` of all of them it does not fail; without, as `changes`.
   */
  async apply(
    changes: readonly Change[],
    position: Position,
    known: Known = new Map(),
  ): Promise<{ touched: Map<RecordId, Observation | null>; twins: string[] }> {
    // The journal has them, whatever happens below: no number is given twice.
    this.#count(changes);
    const unasked = await this.known(changes.filter(({ record }) => !known.has(record)));
    const byRecord = new Map<RecordId, Change[]>();
    for (const change of changes) {
      const list = byRecord.get(change.record);
      if (list === undefined) byRecord.set(change.record, [change]);
      else list.push(change);
    }
    const touched = new Map<RecordId, Observation | null>();
    const twins: string[] = [];
    for (const [id, incoming] of byRecord) {
      const before = known.get(id) ?? unasked.get(id) ?? [];
      const { merged, fresh } = union(before, incoming, twins);
      if (!fresh) continue;
      if (typeOf(merged) === OBSERVATION) {
        if (this.#others.delete(id)) this.#dirtyOthers.add(id);
        const state = foldChanges(merged);
        const observation = observationOf(state);
        touched.set(id, observation);
        this.#dirty.set(id, merged);
        this.#setRow(rowOf(this.#rowOf.get(id) ?? this.#rows.length, state, merged, observation));
      } else {
        touched.set(id, null);
        this.#others.set(id, merged);
        this.#dirtyOthers.add(id);
      }
    }
    this.#position = position;
    // The index has not seen these changes yet, so it is not stored with them.
    if (this.#dirty.size >= FLUSH_AT) await this.flush({ withIndex: false });
    return { touched, twins };
  }

  #count(changes: readonly Change[]): void {
    for (const change of changes) {
      const parts = splitChangeId(change.id);
      if (parts !== null && parts.counter > (this.#counters[parts.device] ?? 0)) {
        this.#counters[parts.device] = parts.counter;
      }
    }
  }

  /** Changes that the image holds and the given ids do not name, e.g. after the journal was cut. */
  async changesMissingFrom(ids: ReadonlySet<string>): Promise<Change[]> {
    const missing: Change[] = [];
    const keep = (changes: readonly Change[]): void => {
      missing.push(...changes.filter((change) => !ids.has(change.id)));
    };
    const records = this.#rows.map((row) => row.id);
    for (let at = 0; at < records.length; at += FLUSH_AT) {
      for (const changes of await this.changesOf(records.slice(at, at + FLUSH_AT))) keep(changes);
    }
    for (const changes of this.#others.values()) keep(changes);
    return missing;
  }

  /** Says up to where the journal goes that this state holds all of. */
  movedTo(position: Position): void {
    this.#position = position;
  }

  /** Brings the cache up to what memory holds. A failure leaves memory right and is tried again at the next call. */
  flush(options = { withIndex: true }): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flushNow(options.withIndex));
    return this.#flushing;
  }

  /** True when the last flush failed: the data is safe in the journal, but the next unlock will take longer. */
  get behind(): boolean {
    return this.#broken;
  }

  /**
   * True when the image under this store is gone, whole or in part: emptied or replaced by somebody else, as Chromium
   * does by itself on a full disk. Memory is as right as before. Nothing is added to what is left, which would be taken
   * for a whole image at the next unlock; that one rebuilds it from the journal.
   */
  get lost(): boolean {
    return this.#lost;
  }

  async #lose(): Promise<void> {
    this.#lost = true;
    this.#broken = true;
    // Without it nothing that is left is loaded any more; until then the rest can still be read.
    await this.#cache.commit({ put: [], remove: [META] }).catch(() => undefined);
  }

  /** Bytes that the last flush wrote: what the next one may cost as well, where a team writes all over the records. */
  get flushedBytes(): number {
    return this.#flushed;
  }

  async #flushNow(withIndex: boolean): Promise<void> {
    const position = this.#position;
    if (position === null || this.#lost) return;
    const dirty = this.#dirty;
    const others = this.#dirtyOthers;
    const blocks = this.#dirtyBlocks;
    const put: Promise<CacheEntry>[] = [];
    const observations = this.#chunks.sealed(
      new Map([...dirty].map(([id, changes]) => [this.#rowOf.get(id) as number, changes])),
      (n) => this.#rows[n]?.id,
    );
    for (const id of others) put.push(this.#seal(`o:${id}`, (this.#others.get(id) ?? []) as unknown as Json));
    for (const block of blocks) {
      const rows = this.#rows.slice(block * BLOCK, (block + 1) * BLOCK);
      put.push(this.#seal(`b:${String(block).padStart(8, '0')}`, rows as unknown as Json));
    }
    // Taken in the same breath as the records, before anything is awaited: both tell of one state.
    const index = withIndex ? this.#indexPart() : null;
    const sync = this.#sync.pending();
    const meta = {
      version: IMAGE_VERSION,
      position,
      counters: { ...this.#counters },
      rows: this.#rows.length,
    } as const;
    // Readers find a record in `dirty` until the cache holds it; what changes meanwhile is dirty anew.
    this.#dirtyOthers = new Set();
    this.#dirtyBlocks = new Set();
    const snapshot = new Map(dirty);
    try {
      const [part, chunks] = await Promise.all([index, observations]);
      const whole: Meta = { ...meta, indexed: part !== null };
      const sealed = await this.#seal(META, whole as unknown as Json);
      const entries = [
        ...chunks.put,
        ...(await Promise.all(put)),
        ...(part?.put ?? []),
        ...(await sync.put),
        sealed,
      ];
      const follows = { key: META, value: this.#stored };
      if (!(await this.#cache.commit({ put: entries, remove: part?.remove ?? [], follows }))) {
        await this.#lose();
        return;
      }
      this.#stored = sealed.value;
      this.#flushed = entries.reduce((sum, { value }) => sum + value.length, 0);
      part?.done();
      chunks.done();
      for (const [id, changes] of snapshot) if (this.#dirty.get(id) === changes) this.#dirty.delete(id);
      this.#broken = false;
    } catch {
      for (const id of others) this.#dirtyOthers.add(id);
      for (const block of blocks) this.#dirtyBlocks.add(block);
      sync.unsaved();
      this.#broken = true;
    }
  }

  #setRow(row: Row): void {
    this.#rows[row.n] = row;
    this.#rowOf.set(row.id, row.n);
    this.#dirtyBlocks.add(Math.floor(row.n / BLOCK));
  }

  async #seal(key: string, value: Json): Promise<CacheEntry> {
    return { key, value: await this.#sealer.seal(utf8(JSON.stringify(value)), utf8(key)) };
  }

  async #open(key: string, sealed: Uint8Array): Promise<Json> {
    const bytes = await this.#sealer.open(sealed as Uint8Array<ArrayBuffer>, utf8(key));
    return JSON.parse(fromUtf8(bytes)) as Json;
  }

  #openAll(entries: readonly CacheEntry[]): Promise<Json[]> {
    return Promise.all(entries.map(({ key, value }) => this.#open(key, value)));
  }
}

/** Both sets of changes, the known ones first; notes ids under which two different changes exist. */
function union(
  before: readonly Change[],
  incoming: readonly Change[],
  twins: string[],
): { merged: Change[]; fresh: boolean } {
  const merged = [...before];
  let fresh = false;
  for (const change of incoming) {
    const same = merged.filter((known) => known.id === change.id);
    if (same.some((known) => canonical(known as unknown as Json) === canonical(change as unknown as Json))) {
      continue;
    }
    if (same.length > 0) twins.push(change.id);
    merged.push(change);
    fresh = true;
  }
  return { merged, fresh };
}
