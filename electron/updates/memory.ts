import { join } from 'node:path';
import type { Release } from '../../renderer/core/base/release.ts';
import { releaseSchema } from '../../renderer/core/host/contract.ts';
import type { Disk } from '../disk.ts';
import { readSmallFile, writeSmallFile } from '../small-file.ts';

const FILE = 'updates.json';

/** What is remembered of the update check from run to run, in a file beside the vault that says nothing about it. */
export interface Remembered {
  readonly weekly: boolean;
  /** When the server last gave a good answer, and when it was last asked. ISO 8601. */
  readonly checkedAt: string | null;
  readonly askedAt: string | null;
  /** The newest release that was ever announced: an older one is not believed any more. */
  readonly release: Release | null;
}

export const NOTHING: Remembered = { weekly: false, checkedAt: null, askedAt: null, release: null };

/** A file that is missing or not ours reads as nothing remembered, with the weekly question turned off. */
export async function recall(disk: Disk, home: string): Promise<Remembered> {
  return (await readSmallFile(disk, join(home, FILE), remembered)) ?? NOTHING;
}

export function keep(disk: Disk, home: string, what: Remembered): Promise<void> {
  return writeSmallFile(disk, join(home, FILE), what);
}

function remembered(found: unknown): Remembered {
  if (typeof found !== 'object' || found === null) return NOTHING;
  const { weekly, checkedAt, askedAt, release } = found as Record<string, unknown>;
  const time = (value: unknown) =>
    typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
  return {
    weekly: weekly === true,
    checkedAt: time(checkedAt),
    askedAt: time(askedAt),
    release: releaseSchema.nullable().catch(null).parse(release),
  };
}
