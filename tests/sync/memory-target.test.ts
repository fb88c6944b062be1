import { describe, expect, test } from 'vitest';
import { MemoryPlace } from '../support/memory-target.ts';
import { codeOfFailure, describeTarget, noise } from './target-suite.ts';

describeTarget('memory', async () => {
  const place = new MemoryPlace();
  return {
    open: async () => place.open(),
    plant: async (path, bytes) => void place.files.set(path, bytes),
    async remove(path) {
      for (const name of place.files.keys()) {
        if (name === path || name.startsWith(`${path}/`)) place.files.delete(name);
      }
    },
    cut: async () => {
      place.cut = true;
    },
    mend: async () => {
      place.cut = false;
    },
    makeReadOnly: async () => {
      place.readOnly = true;
    },
    makeWritable: async () => {
      place.readOnly = false;
    },
    close: async () => {},
  };
});

describe('a place in memory', () => {
  test('lets one chosen call fail, with a part of the file left behind', async () => {
    const place = new MemoryPlace();
    const target = place.open();
    place.failCall(2, { code: 'target/busy', detail: { seconds: 9 }, keep: 4 });
    await target.put('a.bkp', noise(10, 1));
    await expect(target.put('b.bkp', noise(10, 2))).rejects.toMatchObject({
      code: 'target/busy',
      detail: { seconds: 9 },
    });
    expect(place.files.get('b.bkp')).toEqual(noise(10, 2).slice(0, 4));
    await target.put('b.bkp', noise(10, 2));
    expect(place.files.get('b.bkp')).toEqual(noise(10, 2));
    expect(place.counts).toMatchObject({ put: 3, bytesOut: 20 });
  });

  test('is full at its capacity, and a replaced file gives its room back', async () => {
    const place = new MemoryPlace();
    place.capacity = 100;
    const target = place.open();
    await target.put('a.bkp', noise(90));
    expect(await codeOfFailure(target.put('b.bkp', noise(11)))).toBe('target/full');
    await target.put('a.bkp', noise(100));
  });
});
