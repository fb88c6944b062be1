import { expect, test } from 'vitest';
import { runHistory } from './simulator/history.ts';

test('the simulator tells the same history for the same seed', async () => {
  const [one, other] = [await runHistory(77), await runHistory(77)];
  expect(one.story).toEqual(other.story);
});
