import { describe, expect, test } from 'vitest';
import { bundleSimulator } from './simulator/bundle.ts';
import { SEEDED_BUGS } from './simulator/seeded-bugs.ts';

/** How many histories a bug may survive. */
const HISTORIES = 150;

describe('the simulator catches a program that', () => {
  test.each(SEEDED_BUGS)('$flag', async (bug) => {
    const runHistory = await bundleSimulator(bug);
    for (let seed = 1; seed <= HISTORIES; seed++) {
      // A bug may also show as an error in the middle of a history.
      const wrong = await runHistory(seed).then(
        (result) => result.wrong,
        (error: unknown) => [String(error)],
      );
      if (wrong.length > 0) return;
    }
    expect.fail(`survived ${HISTORIES} histories: ${bug.flag}`);
  });
});
