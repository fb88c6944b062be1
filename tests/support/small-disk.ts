import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  /** A folder on a file system of its own. */
  readonly folder: string;
  /** Takes all that is left of it. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  remove(): void;
}

/** A real file system of a few megabytes, loop-mounted; null where this machine does not permit it. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const scratch = mkdtempSync(join(tmpdir(), 'baikoo-disk-'));
  const image = join(scratch, 'image');
  const folder = join(scratch, 'mounted');
  try {
    closeSync(openSync(image, 'w'));
    truncateSync(image, megabytes * 1024 * 1024);
    execFileSync('mkfs.ext4', ['-q', '-m', '0', image], { stdio: 'pipe' });
    mkdirSync(folder);
    execFileSync('mount', ['-o', 'loop', image, folder], { stdio: 'pipe' });
  } catch {
    rmSync(scratch, { recursive: true, force: true });
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w');
      for (const size of [64 * 1024, 4 * 1024, 1]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size, 1));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
      closeSync(file);
    },
    empty: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
