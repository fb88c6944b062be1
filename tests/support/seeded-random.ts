import type { Random } from '@/core/base/clock.ts';

/** The same bytes for the same seed (xorshift32), so that a test's vault is the same at every run. */
export function seededRandom(seed: number): Random {
  let state = seed | 0 || 1;
  return {
    bytes(length) {
      return Uint8Array.from({ length }, () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state & 0xff;
      });
    },
  };
}
