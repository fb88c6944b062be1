import { CodedError } from '../base/coded-error.ts';
import type { RecordId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import type { Cache, CacheEntry } from '../host/cache.ts';

/**
 * The changes of observations as the cache keeps them: those of neighbours in the read model sealed together, under
 * `r:<number>`. Sealing and storing cost by the piece rather than by the byte, so a bulk save, a rebuild and a full
 * export take a fraction of the time that they would with a piece for each; a single edit writes some 16 kB.
 */
const CHUNK = 8;

/**
 * So many chunks that were read last stay opened in memory, some 500 observations in a megabyte or two: what a team
 * writes in at once, a page of the list, or the end of the read model, is asked for again and again.
 */
const OPENED = 64;

const keyOf = (chunk: number): string => `r:${String(chunk).padStart(8, '0')}`;

export interface ChunkPorts {
  readonly cache: Cache;
  seal(key: string, value: Json): Promise<CacheEntry>;
  open(key: string, sealed: Uint8Array): Promise<Json>;
  /** Told that what was stored is not there, or does not open. */
  lost(): Promise<void>;
}

type Changes = readonly Change[];
type Chunk = ReadonlyMap<RecordId, Changes>;

/** Chunks to store. `done` is called once the cache holds them, and not at all where it does not. */
export interface SealedChunks {
  readonly put: CacheEntry[];
  done(): void;
}

export class RecordChunks {
  readonly #ports: ChunkPorts;
  /** Whoever was asked for last comes last. */
  readonly #opened = new Map<string, Chunk>();
  /** Counts what was stored: what a reader fetched before is old news once it arrives. */
  #stored = 0;

  constructor(ports: ChunkPorts) {
    this.#ports = ports;
  }

  /** Drops what memory holds of the cache. */
  forget(): void {
    this.#stored += 1;
    this.#opened.clear();
  }

  /**
   * Whatever lies in the chunks of the given observations, by id: at least their changes.
   * Errors: `cache/unreadable`, where it is not all to be had.
   */
  async read(wanted: ReadonlyMap<number, RecordId>): Promise<Map<RecordId, Changes>> {
    const found = await this.#fetch([...wanted.keys()]);
    for (const id of wanted.values()) {
      if (found.has(id)) continue;
      await this.#ports.lost();
      throw unreadable();
    }
    return found;
  }

  async #fetch(numbers: readonly number[]): Promise<Map<RecordId, Changes>> {
    const keys = [...new Set(numbers.map((n) => keyOf(Math.floor(n / CHUNK))))];
    const found = new Map<RecordId, Changes>();
    const missing: string[] = [];
    for (const key of keys) {
      const chunk = this.#opened.get(key);
      if (chunk === undefined) missing.push(key);
      else this.#remember(key, chunk);
      for (const [id, changes] of chunk ?? []) found.set(id, changes);
    }
    if (missing.length === 0) return found;
    const before = this.#stored;
    const sealed = await this.#ports.cache.getMany(missing).catch(() => {
      throw unreadable();
    });
    await Promise.all(
      missing.map(async (key, i) => {
        const bytes = sealed[i];
        const opened = bytes && (await this.#ports.open(key, bytes).catch(() => undefined));
        if (opened === undefined) return;
        const chunk = byRecord(opened as unknown as Changes[]);
        if (this.#stored === before) this.#remember(key, chunk);
        for (const [id, changes] of chunk) found.set(id, changes);
      }),
    );
    return found;
  }

  #remember(key: string, chunk: Chunk): void {
    this.#opened.delete(key);
    this.#opened.set(key, chunk);
    if (this.#opened.size <= OPENED) return;
    for (const oldest of this.#opened.keys()) {
      this.#opened.delete(oldest);
      return;
    }
  }

  /** The chunks that hold `dirty` (by the observations' numbers), with what else is in them. Errors: as `read`. */
  async sealed(
    dirty: ReadonlyMap<number, Changes>,
    idOf: (n: number) => RecordId | undefined,
  ): Promise<SealedChunks> {
    const chunks = new Set([...dirty.keys()].map((n) => Math.floor(n / CHUNK)));
    const neighbours = new Map<number, RecordId>();
    for (const chunk of chunks) {
      for (let n = chunk * CHUNK; n < (chunk + 1) * CHUNK; n++) {
        const id = dirty.has(n) ? undefined : idOf(n);
        if (id !== undefined) neighbours.set(n, id);
      }
    }
    const kept = await this.read(neighbours);
    const together = [...chunks].map((chunk) => {
      const all: Changes[] = [];
      for (let n = chunk * CHUNK; n < (chunk + 1) * CHUNK; n++) {
        const changes = dirty.get(n) ?? kept.get(neighbours.get(n) ?? '');
        if (changes !== undefined) all.push(changes);
      }
      return { key: keyOf(chunk), all };
    });
    const put = await Promise.all(
      together.map(({ key, all }) => this.#ports.seal(key, all as unknown as Json)),
    );
    return {
      put,
      done: () => {
        this.#stored += 1;
        // Only what was read: most of what is stored is new and asked for by nobody soon.
        for (const { key, all } of together) if (this.#opened.has(key)) this.#remember(key, byRecord(all));
      },
    };
  }
}

const unreadable = (): CodedError =>
  new CodedError('cache/unreadable', 'The cache does not give what it was given; the journal has it.');

function byRecord(chunk: readonly Changes[]): Map<RecordId, Changes> {
  const found = new Map<RecordId, Changes>();
  for (const changes of chunk) {
    const first = changes[0];
    if (first !== undefined) found.set(first.record, changes);
  }
  return found;
}
