import { equalBytes } from '@/core/base/bytes.ts';
import type { Cache, CacheBatch } from '@/core/host/cache.ts';

/** A cache in memory, with IndexedDB's promises; runs in a page as well as in Node. */
export class MemoryCache implements Cache {
  readonly entries = new Map<string, Uint8Array>();
  /** While set, every commit fails as a full or closed IndexedDB does. */
  broken = false;

  async get(key: string) {
    return this.entries.get(key);
  }

  async getMany(keys: readonly string[]) {
    return keys.map((key) => this.entries.get(key));
  }

  async scan(prefix: string, size: number, onBatch: Parameters<Cache['scan']>[2]) {
    const keys = [...this.entries.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (let at = 0; at < keys.length; at += size) {
      const batch = keys.slice(at, at + size);
      await onBatch(batch.map((key) => ({ key, value: this.entries.get(key) as Uint8Array })));
    }
  }

  async commit({ put, remove = [], follows }: CacheBatch) {
    if (this.broken) throw new Error('QuotaExceededError');
    if (follows !== undefined) {
      const [found, expected] = [this.entries.get(follows.key), follows.value];
      const same =
        found === undefined || expected === undefined ? found === expected : equalBytes(found, expected);
      if (!same) return false;
    }
    for (const key of remove) this.entries.delete(key);
    for (const { key, value } of put) this.entries.set(key, value);
    return true;
  }

  async clear() {
    this.entries.clear();
  }

  async close() {}
}
