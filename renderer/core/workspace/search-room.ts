import { utf8 } from '../base/bytes.ts';
import type { Cache, CacheEntry } from '../host/cache.ts';
import { type Hit, SearchIndex } from '../search/index.ts';
import type { Synonyms } from '../search/synonyms.ts';
import type { FieldText } from '../search/tail.ts';
import type { Sealer } from '../vault/envelope.ts';

/** What a flush of the cache writes beside the records, in the same transaction. */
export interface IndexPart {
  readonly put: readonly CacheEntry[];
  readonly remove: readonly string[];
  done(): void;
}

/**
 * The search index with its sealed copy in the cache (`s:<piece>`). The copy is only as good as the image it was
 * stored with, so both are written together; anything doubtful about it means indexing anew, never a wrong hit.
 */
export class SearchRoom {
  readonly #cache: Cache;
  readonly #sealer: Sealer;
  readonly #synonyms: Synonyms;
  #index = new SearchIndex();
  #complete = false;
  /** Stored pieces that no index here is made of: they go with the next save. */
  #stale = new Set<string>();

  constructor(cache: Cache, sealer: Sealer, synonyms: Synonyms) {
    this.#cache = cache;
    this.#sealer = sealer;
    this.#synonyms = synonyms;
  }

  /** Takes up the stored index. False when there is none that can be used; then every document must be put again. */
  async restore(documents: number): Promise<boolean> {
    try {
      const pieces: Uint8Array[] = [];
      await this.#cache.scan('s:', 16, async (entries) => {
        for (const { key } of entries) this.#stale.add(key);
        const opened = entries.map(({ key, value }) =>
          this.#sealer.open(value as Uint8Array<ArrayBuffer>, utf8(key)),
        );
        pieces.push(...(await Promise.all(opened)));
      });
      const index = SearchIndex.restore(pieces);
      if (index === null || index.size !== documents) return false;
      this.#stale.clear();
      this.#index = index;
      this.#complete = true;
      return true;
    } catch {
      return false;
    }
  }

  put(document: number, fields: readonly FieldText[]): void {
    this.#index.put(document, fields);
  }

  /** `fields`: bits of the fields to look in. */
  search(query: string, fields: number): Hit[] {
    return this.#index.search(query, this.#synonyms, fields);
  }

  /** From now on the index holds every document, and is worth storing. */
  finish(): void {
    this.#complete = true;
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** A slice of housekeeping; true while more is due. */
  tidy(): boolean {
    return this.#index.tidy();
  }

  /** What brings the stored copy up to date; null while the index is not complete. */
  async pending(): Promise<IndexPart | null> {
    if (!this.#complete) return null;
    const { put, remove, done } = this.#index.pending();
    const sealed = put.map(async ({ name, bytes }): Promise<CacheEntry> => {
      const key = `s:${name}`;
      return { key, value: await this.#sealer.seal(Uint8Array.from(bytes), utf8(key)) };
    });
    const written = new Set(put.map(({ name }) => `s:${name}`));
    const stale = [...this.#stale].filter((key) => !written.has(key));
    return {
      put: await Promise.all(sealed),
      remove: [...remove.map((name) => `s:${name}`), ...stale],
      done: () => {
        this.#stale.clear();
        done();
      },
    };
  }
}
