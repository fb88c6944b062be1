import { expect, test } from 'vitest';
import { bundleSimulator } from './simulator/bundle.ts';
import { runHistory } from './simulator/history.ts';

test('the simulator tells the same history for the same seed', async () => {
  const quick = await bundleSimulator(null);
  for (const seed of [77, 78, 79]) {
    const [one, other] = [await quick(seed), await quick(seed)];
    expect(one.story).toEqual(other.story);
    expect(one.wrong).toEqual([]);
  }
});

test("histories end well with the platform's own cryptography as well, whose threads take turns as they like", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { wrong, story } = await runHistory(seed);
    expect(wrong, `history ${seed}:\n${story.join('\n')}`).toEqual([]);
  }
});
