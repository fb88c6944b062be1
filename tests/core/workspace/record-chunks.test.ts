import { describe, expect, test } from 'vitest';
import { fromUtf8, utf8 } from '@/core/base/bytes.ts';
import type { Change } from '@/core/changes/change.ts';
import { RecordChunks } from '@/core/workspace/record-chunks.ts';
import { MemoryCache } from '../../support/memory-cache.ts';

/** A cache whose next answer can be held back, behind which values lie unsealed: what is sealed is another's concern. */
class SlowCache extends MemoryCache {
  reads = 0;
  held: Promise<void> = Promise.resolve();

  override async getMany(keys: readonly string[]) {
    this.reads += keys.length;
    const { held } = this;
    this.held = Promise.resolve();
    const found = await super.getMany(keys);
    await held;
    return found;
  }
}

const change = (record: string, title: string): Change => ({
  id: `0000000000000000000000000a:${title.length}`,
  record,
  type: 'observation',
  author: '0000000000000000000000000b',
  at: '2021-05-01T08:00:00Z',
  fields: { title: [title, []] },
});

function chunksOver(cache: MemoryCache, lost: () => void = () => undefined): RecordChunks {
  return new RecordChunks({
    cache,
    seal: async (key, value) => ({ key, value: utf8(JSON.stringify(value)) }),
    open: async (_key, sealed) => JSON.parse(fromUtf8(sealed)),
    lost: async () => lost(),
  });
}

async function store(
  chunks: RecordChunks,
  cache: MemoryCache,
  n: number,
  title: string,
  neighbours: readonly number[] = [],
): Promise<void> {
  const { put, done } = await chunks.sealed(new Map([[n, [change(`record ${n}`, title)]]]), (at) =>
    neighbours.includes(at) ? `record ${at}` : undefined,
  );
  await cache.commit({ put });
  done();
}

async function titleOf(chunks: RecordChunks, n: number): Promise<unknown> {
  return (await chunks.read(new Map([[n, `record ${n}`]]))).get(`record ${n}`)?.[0]?.fields.title?.[0];
}

describe('chunks of changes', () => {
  test('that were read are not fetched again, and read as they were stored last', async () => {
    const cache = new SlowCache();
    const chunks = chunksOver(cache);
    await store(chunks, cache, 3, 'биринчи');
    expect(await titleOf(chunks, 3)).toBe('биринчи');
    cache.reads = 0;
    expect(await titleOf(chunks, 3)).toBe('биринчи');
    expect(cache.reads).toBe(0);
    await store(chunks, cache, 3, 'экинчи сөз');
    await store(chunks, cache, 4, 'коңшу', [3]);
    expect(await titleOf(chunks, 3)).toBe('экинчи сөз');
    expect(await titleOf(chunksOver(cache), 3)).toBe('экинчи сөз');
  });

  test('whose storing failed read as the cache holds them', async () => {
    const cache = new SlowCache();
    const chunks = chunksOver(cache);
    await store(chunks, cache, 3, 'биринчи');
    expect(await titleOf(chunks, 3)).toBe('биринчи');
    await chunks.sealed(new Map([[3, [change('record 3', 'жоголгон')]]]), () => undefined);
    expect(await titleOf(chunks, 3)).toBe('биринчи');
  });

  test('that were fetched before others were stored in their place are not remembered', async () => {
    const cache = new SlowCache();
    const chunks = chunksOver(cache);
    await store(chunks, cache, 3, 'эски');
    let release = () => {};
    cache.held = new Promise((resolve) => {
      release = resolve;
    });
    const early = titleOf(chunks, 3);
    await store(chunks, cache, 3, 'жаңы сөз');
    release();
    expect(await early).toBe('эски');
    expect(await titleOf(chunks, 3)).toBe('жаңы сөз');
  });

  test('that the cache lost, or that do not open, are an error, never fewer than were stored', async () => {
    const cache = new SlowCache();
    let losses = 0;
    const chunks = () => chunksOver(cache, () => losses++);
    await store(chunks(), cache, 3, 'биринчи');
    const stored = new Map(cache.entries);
    for (const lose of [() => cache.entries.clear(), () => cache.entries.set('r:00000000', utf8('{'))]) {
      lose();
      await expect(titleOf(chunks(), 3)).rejects.toMatchObject({ code: 'cache/unreadable' });
      await expect(store(chunks(), cache, 4, 'коңшу', [3])).rejects.toMatchObject({
        code: 'cache/unreadable',
      });
    }
    expect(losses).toBe(4);
    for (const [key, value] of stored) cache.entries.set(key, value);
    cache.held = Promise.reject(new Error('UnknownError'));
    await expect(titleOf(chunks(), 3)).rejects.toMatchObject({ code: 'cache/unreadable' });
    expect(losses).toBe(4);
    expect(await titleOf(chunks(), 3)).toBe('биринчи');
  });

  test('are many more than memory keeps open', async () => {
    const cache = new SlowCache();
    const chunks = chunksOver(cache);
    for (let n = 0; n < 100 * 8; n += 8) {
      await store(chunks, cache, n, `${n}`);
      await titleOf(chunks, n);
    }
    cache.reads = 0;
    expect(await titleOf(chunks, 99 * 8)).toBe(`${99 * 8}`);
    expect(cache.reads).toBe(0);
    expect(await titleOf(chunks, 0)).toBe('0');
    expect(cache.reads).toBe(1);
  });
});
