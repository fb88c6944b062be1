import { describe, expect, test } from 'vitest';
import { runHistory } from './simulator/history.ts';

/** Many more in a soak (`npm run soak`). The same seeds on every machine, so that a failure is anybody's to replay. */
const HISTORIES = 300;
const AT_ONCE = 50;

describe('a team of three to eight devices', () => {
  test.each(Array.from({ length: HISTORIES / AT_ONCE }, (_, i) => i * AT_ONCE + 1))(
    'ends in one state with nothing lost, whatever happened: fifty histories from %i on',
    async (first) => {
      for (let seed = first; seed < first + AT_ONCE; seed++) {
        const { wrong, story } = await runHistory(seed);
        expect(wrong, `history ${seed}:\n${story.join('\n')}`).toEqual([]);
      }
    },
    600_000,
  );

  test('has the same history for the same seed', async () => {
    const [one, other] = [await runHistory(77), await runHistory(77)];
    expect(one.story).toEqual(other.story);
  });
});
