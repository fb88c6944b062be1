import Dexie, { type Table } from 'dexie';
import { equalBytes } from '@/core/base/bytes.ts';
import type { Cache, CacheEntry } from '@/core/host/cache.ts';

/**
 * The cache's database. Each version is one named step that never changes again; a step that cannot carry the
 * old rows over drops them, since the journal rebuilds everything.
 */
class CacheDatabase extends Dexie {
  declare units: Table<{ key: string; value: Uint8Array }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' });
    // 1: sealed units under opaque keys.
    this.version(1).stores({ units: '&key' });
  }
}

/** Opens the cache of one vault; `vaultId` is random and tells nothing. */
export function openCache(vaultId: string): Cache {
  const database = new CacheDatabase(`baikoo-${vaultId}`);
  const { units } = database;

  return {
    async get(key) {
      return (await units.get(key))?.value;
    },

    async getMany(keys) {
      const rows = await units.bulkGet([...keys]);
      return rows.map((row) => row?.value);
    },

    async scan(prefix, size, onBatch) {
      const end = `${prefix}\uffff`;
      let after = prefix;
      let includeFirst = true;
      for (;;) {
        const batch: CacheEntry[] = await units
          .where('key')
          .between(after, end, includeFirst, false)
          .limit(size)
          .toArray();
        const last = batch.at(-1);
        if (last === undefined) return;
        await onBatch(batch);
        after = last.key;
        includeFirst = false;
      }
    },

    async commit({ put, remove = [], follows }) {
      return database.transaction('rw', units, async () => {
        if (follows !== undefined && !isSame((await units.get(follows.key))?.value, follows.value))
          return false;
        if (remove.length > 0) await units.bulkDelete([...remove]);
        if (put.length > 0) await units.bulkPut(put.map(({ key, value }) => ({ key, value })));
        return true;
      });
    },

    async clear() {
      await units.clear();
    },

    async close() {
      database.close();
    },
  };
}

const isSame = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === undefined || other === undefined ? one === other : equalBytes(one, other);

/** Removes the database itself, e.g. after a wipe. */
export async function deleteCache(vaultId: string): Promise<void> {
  await Dexie.delete(`baikoo-${vaultId}`);
}
