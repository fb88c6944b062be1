import { randomFillSync } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { SpaceHost, SpaceState } from '../renderer/core/host/contract.ts';
import { type Disk, diskError, errnoOf } from './disk.ts';
import { moveInto, writeAll, writeTemporary } from './durable.ts';

/**
 * Room on the vault's drive, and the ballast: a file of noise that holds a few megabytes there, so that on a full
 * disk there is something to throw overboard and a person's last words still fit.
 *
 * Noise, because file systems that compress or leave holes would give zeros no room at all. There is nothing in it.
 *
 * A write that meets a full disk gives the ballast up and is tried once more (`orThrowOverboard`), unless it is larger
 * than anything a person types: what comes in from elsewhere waits for room instead. From then on the level is `full`
 * until `look` finds room for a new ballast and as much again, so that it does not come and go.
 */
export const BALLAST = 'ballast.bin';
const BALLAST_BYTES = 8 * 1024 * 1024;
const ENOUGH_FOR_BALLAST = 2 * BALLAST_BYTES;
/** No text that was typed is as long. */
const LARGEST_TEXT = 1024 * 1024;
/** What a month of work, an export and Chromium's own files may take between two looks of a person. */
const LOW_BYTES = 256 * 1024 * 1024;

export interface Ballast extends SpaceHost {
  /** Runs `write`, which writes `bytes`, and once more without the ballast where the disk turned out to be full. */
  orThrowOverboard<T>(bytes: Uint8Array, write: () => Promise<T>): Promise<T>;
}

/** `onGivenUp` is told when the ballast went; calls come one after another, as the dispatch makes them. */
export function createBallast(disk: Disk, home: string, onGivenUp: () => void): Ballast {
  const path = join(home, BALLAST);

  const isThere = async () => {
    if ((await disk.kind(path)) !== 'file') return false;
    return (await disk.fileSize(path)) === BALLAST_BYTES;
  };

  async function make(): Promise<void> {
    const temporary = await writeTemporary(disk, path, async (file) => {
      const noise = new Uint8Array(1024 * 1024);
      for (let at = 0; at < BALLAST_BYTES; at += noise.length) {
        randomFillSync(noise);
        await writeAll(file, noise, at);
      }
    });
    await moveInto(disk, temporary, path);
  }

  /** False when there was none. */
  async function giveUp(): Promise<boolean> {
    try {
      await disk.unlink(path);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    }
    // Some file systems give the room back only with their own next commit.
    await disk.syncFolder(dirname(path)).catch(() => {});
    onGivenUp();
    return true;
  }

  const level = (freeBytes: number | null): SpaceState['level'] =>
    freeBytes !== null && freeBytes < LOW_BYTES ? 'low' : 'enough';

  return {
    async look() {
      const free = () => disk.freeBytes(home).catch(() => null);
      const freeBytes = await free();
      if (await isThere().catch(() => true)) return { freeBytes, level: level(freeBytes) };
      if (freeBytes !== null && freeBytes < ENOUGH_FOR_BALLAST) return { freeBytes, level: 'full' };
      // Nothing is put into a folder that holds no vault.
      if ((await disk.kind(join(home, 'header.bkv')).catch(() => null)) !== 'file')
        return { freeBytes, level: level(freeBytes) };
      try {
        await make();
      } catch (error) {
        // A drive that is read-only, or gone, is told by whatever else is done with it.
        if (diskError(error).code === 'disk/full') return { freeBytes: await free(), level: 'full' };
      }
      const left = await free();
      return { freeBytes: left, level: level(left) };
    },

    async orThrowOverboard(bytes, write) {
      try {
        return await write();
      } catch (error) {
        if (diskError(error).code !== 'disk/full' || bytes.length > LARGEST_TEXT) throw error;
        if (!(await giveUp().catch(() => false))) throw error;
        return write();
      }
    },
  };
}
