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

const keyOf = (chunk: number): string => `r:${String(chunk).padStart(8, '0')}`;

export interface ChunkPorts {
  readonly cache: Cache;
  seal(key: string, value: Json): Promise<CacheEntry>;
  open(key: string, sealed: Uint8Array): Promise<Json>;
}

type Changes = readonly Change[];

export class RecordChunks {
  readonly #ports: ChunkPorts;

  constructor(ports: ChunkPorts) {
    this.#ports = ports;
  }

  /** Whatever lies in the chunks of the observations with these numbers, by id; what the cache lost is left out. */
  async read(numbers: readonly number[]): Promise<Map<RecordId, Changes>> {
    const keys = [...new Set(numbers.map((n) => keyOf(Math.floor(n / CHUNK))))];
    const sealed = await this.#ports.cache.getMany(keys);
    const found = new Map<RecordId, Changes>();
    await Promise.all(
      keys.map(async (key, i) => {
        const bytes = sealed[i];
        if (bytes === undefined) return;
        for (const changes of (await this.#ports.open(key, bytes)) as unknown as Changes[]) {
          const first = changes[0];
          if (first !== undefined) found.set(first.record, changes);
        }
      }),
    );
    return found;
  }

  /** The chunks that hold `dirty` (by the observations' numbers), with what else is in them. */
  async sealed(
    dirty: ReadonlyMap<number, Changes>,
    idOf: (n: number) => RecordId | undefined,
  ): Promise<CacheEntry[]> {
    const chunks = new Set([...dirty.keys()].map((n) => Math.floor(n / CHUNK)));
    const neighbours: number[] = [];
    for (const chunk of chunks) {
      for (let n = chunk * CHUNK; n < (chunk + 1) * CHUNK; n++) {
        if (!dirty.has(n) && idOf(n) !== undefined) neighbours.push(n);
      }
    }
    const kept = await this.read(neighbours);
    return Promise.all(
      [...chunks].map((chunk) => {
        const together: Changes[] = [];
        for (let n = chunk * CHUNK; n < (chunk + 1) * CHUNK; n++) {
          const changes = dirty.get(n) ?? kept.get(idOf(n) ?? '');
          if (changes !== undefined) together.push(changes);
        }
        return this.#ports.seal(keyOf(chunk), together as unknown as Json);
      }),
    );
  }
}
