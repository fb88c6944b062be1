import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An empty file `running` in the vault's folder, from the start of the program to its end in good order. Found at a start
 * it says that the program before did not end so: a power cut, a crash, a kill. It says nothing else, and no log does.
 *
 * Written and removed without waiting: when the system ends the session there is no time for more. Whoever calls holds
 * the folder's lock, so the file is never another running program's.
 */
export interface Run {
  readonly afterUncleanEnd: boolean;
  end(): void;
}

export const NO_RUN: Run = { afterUncleanEnd: false, end: () => {} };

export function beginRun(home: string): Run {
  const path = join(home, 'running');
  const afterUncleanEnd = existsSync(path);
  // In a read-only folder nothing can be noted, and nothing can be lost.
  quietly(() => writeFileSync(path, '', { mode: 0o600 }));
  return { afterUncleanEnd, end: () => quietly(() => rmSync(path, { force: true })) };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The next start then tells of an end that was none; better than not starting.
  }
}
