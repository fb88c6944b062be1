import { mkdtempSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Channel } from '@/core/host/contract.ts';
import type { Disk } from '../../electron/disk.ts';
import { type LocalHost, type LocalHostOptions, openLocalHost } from '../../electron/local-host.ts';

/** A folder that is gone when the test has finished. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baikoo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The same for a whole file: named folders that are gone when its tests have run. */
export function makeScratch(): { folder(name: string): string } {
  const base = mkdtempSync(join(tmpdir(), 'baikoo-test-'));
  afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));
  return { folder: (name) => join(base, name) };
}

export const WINDOW = 'window-0123456789abcdef';

export interface Driver extends LocalHost {
  /** The value, or a thrown code as `Error(code)`. */
  call(channel: Channel, ...params: unknown[]): Promise<unknown>;
  /** The code of the failure; null when there is none. */
  code(channel: Channel, ...params: unknown[]): Promise<string | null>;
}

/** A host on `home`, claimed by `WINDOW`. The caller closes it. */
export async function openDriver(
  home: string,
  disk?: Disk,
  updates?: LocalHostOptions['updates'],
  exchangeDisk?: Disk,
): Promise<Driver> {
  const host = await openLocalHost({
    home,
    saveAs: async () => null,
    about: { mode: 'page', version: '0' },
    ...(disk && { disk }),
    ...(updates && { updates }),
    ...(exchangeDisk && { exchangeDisk }),
  });
  const answer = (channel: Channel, params: unknown[]) => host.dispatch({ channel, claim: WINDOW, params });
  await answer('system.claim', [WINDOW]);
  return {
    ...host,
    async call(channel, ...params) {
      const got = await answer(channel, params);
      if (!got.ok) throw new Error(got.error.code);
      return got.value;
    },
    async code(channel, ...params) {
      const got = await answer(channel, params);
      return got.ok ? null : got.error.code;
    },
  };
}

/** Every file below `folder`, as sorted relative paths. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
