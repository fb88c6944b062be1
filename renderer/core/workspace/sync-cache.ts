import { utf8 } from '../base/bytes.ts';
import type { Cache, CacheEntry } from '../host/cache.ts';
import { type SavedPart, SyncState } from '../sync/sync-state.ts';
import type { Sealer } from '../vault/envelope.ts';

/**
 * The sealed copy of what exchange knows (`y:<part>`), written in the same transaction as the records that it belongs
 * to. As everything in the cache it may vanish: then the journal is replayed.
 */
export class SyncCache {
  readonly #cache: Cache;
  readonly #sealer: Sealer;
  state = new SyncState();

  constructor(cache: Cache, sealer: Sealer) {
    this.#cache = cache;
    this.#sealer = sealer;
  }

  /** Takes up the stored copy. False when it cannot be used. */
  async load(): Promise<boolean> {
    try {
      const parts: SavedPart[] = [];
      await this.#cache.scan('y:', 64, async (entries) => {
        for (const { key, value } of entries) {
          const bytes = await this.#sealer.open(value as Uint8Array<ArrayBuffer>, utf8(key));
          parts.push({ name: key.slice(2), bytes });
        }
      });
      this.state = await SyncState.restore(parts);
      return true;
    } catch {
      this.forget();
      return false;
    }
  }

  /** Begins anew, to follow the journal from its start. */
  forget(): void {
    this.state = new SyncState();
  }

  /** What the next save has to hold; snapshotted at once, sealed meanwhile. */
  pending(): { readonly put: Promise<CacheEntry[]>; unsaved(): void } {
    const { state } = this;
    const parts = state.pending();
    return {
      put: Promise.all(parts.map((part) => this.#seal(part))),
      unsaved: () => state.unsaved(parts),
    };
  }

  async #seal({ name, bytes }: SavedPart): Promise<CacheEntry> {
    const key = `y:${name}`;
    return { key, value: await this.#sealer.seal(bytes, utf8(key)) };
  }
}
