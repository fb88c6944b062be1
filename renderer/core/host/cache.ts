/**
 * The sealed, rebuildable image of the current state (IndexedDB through Dexie in the product, a Map in tests).
 * Keys are opaque strings that tell nothing; values are sealed before they come here. Everything in it can be
 * thrown away at any moment: the journal is the truth.
 */
export interface Cache {
  get(key: string): Promise<Uint8Array | undefined>;
  getMany(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  /** Every entry whose key starts with `prefix`, in key order, in batches of at most `size`. */
  scan(
    prefix: string,
    size: number,
    onBatch: (entries: readonly CacheEntry[]) => Promise<void>,
  ): Promise<void>;
  /**
   * All of it or nothing, on the disk when it resolves (strict durability). False, and nothing done, where the cache
   * does not hold `follows` as it is given here (undefined: where it holds anything under that key).
   */
  commit(batch: CacheBatch): Promise<boolean>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface CacheBatch {
  readonly put: readonly CacheEntry[];
  readonly remove?: readonly string[];
  readonly follows?: { readonly key: string; readonly value: Uint8Array | undefined };
}

export interface CacheEntry {
  readonly key: string;
  readonly value: Uint8Array;
}
