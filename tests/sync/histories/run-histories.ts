import { beforeAll, describe, expect, test } from 'vitest';
import { bundleSimulator, type RunHistory } from '../simulator/bundle.ts';

const AT_ONCE = 50;

/**
 * Tests for histories `from` to `to`. Many more in a soak (`npm run soak`). The same seeds on every machine, so that a
 * failure is anybody's to replay. Several files share them, so that they run beside each other.
 */
export function testHistories(from: number, to: number): void {
  const firsts = Array.from({ length: Math.ceil((to - from + 1) / AT_ONCE) }, (_, i) => from + i * AT_ONCE);
  describe('a team of three to eight devices', () => {
    let runHistory: RunHistory;
    beforeAll(async () => {
      runHistory = await bundleSimulator(null);
    });
    test.each(firsts)(
      'ends in one state with nothing lost, whatever happened: fifty histories from %i on',
      async (first) => {
        for (let seed = first; seed < first + AT_ONCE && seed <= to; seed++) {
          const { wrong, story } = await runHistory(seed);
          expect(wrong, `history ${seed}:\n${story.join('\n')}`).toEqual([]);
        }
      },
      600_000,
    );
  });
}
