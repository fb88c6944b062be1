import { randomFillSync, randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';

/**
 * Writes that survive a power cut: as a whole or not at all. Errors are Node's.
 */

/** Begins with a dot and ends with `.tmp`; no sealed name does. */
const TEMPORARY = /^\.[^/\\]*\.[0-9a-f-]{36}\.tmp$/;
export const isTemporary = (name: string): boolean => TEMPORARY.test(name);
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 40)}.${randomUUID()}.tmp`);

/** Writes everything from `at` on. A call may write less than it was given, and then the rest fails or fits. */
export async function writeAll(file: DiskFile, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), at + done);
    if (written <= 0) throw Object.assign(new Error('A write wrote nothing.'), { code: 'EIO' });
    done += written;
  }
}

/** Up to `length` bytes from `from`, fewer only at the end. */
export async function readUpTo(
  file: DiskFile,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const available = Math.max(0, Math.min(length, (await file.size()) - from));
  const into = new Uint8Array(available);
  let done = 0;
  while (done < available) {
    const read = await file.read(into.subarray(done), from + done);
    if (read <= 0) break;
    done += read;
  }
  return done === available ? into : into.slice(0, done);
}

/** A new file with a temporary name beside `path`, on the disk. Nothing stays behind when it fails. */
export async function writeTemporary(
  disk: Disk,
  path: string,
  write: (file: DiskFile) => Promise<void>,
): Promise<string> {
  const temporary = temporaryBeside(path);
  const file = await disk.open(temporary, 'create');
  try {
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await disk.unlink(temporary).catch(() => {});
    throw error;
  }
  return temporary;
}

/** Gives a finished temporary file its name, also on the disk. The temporary file is gone when it fails. */
export async function moveInto(disk: Disk, temporary: string, path: string): Promise<void> {
  try {
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.unlink(temporary).catch(() => {});
    throw error;
  }
  await disk.syncFolder(dirname(path));
}

/** The file at `path` holds `bytes`, or what it held before; on the disk when it resolves. */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await moveInto(disk, await writeTemporary(disk, path, (file) => writeAll(file, bytes, 0)), path);
}

/**
 * Overwrites a file with random bytes, then removes it. No error when there is none.
 *
 * What this does not achieve: an SSD, an SD card or a USB stick writes the new bytes elsewhere and keeps the old
 * ones until it erases the block; a copy-on-write file system (btrfs, APFS), a snapshot, a shadow copy or a backup
 * keeps them too. What was sealed stays sealed there: the protection is the key, and overwriting only helps on
 * plain hard disks. A file that cannot be overwritten is removed all the same.
 */
export async function overwriteAndUnlink(disk: Disk, path: string): Promise<void> {
  const kind = await disk.kind(path);
  if (kind === null) return;
  // Of a link only the name is ours.
  if (kind === 'file') await overwrite(disk, path).catch(() => {});
  await disk.unlink(path);
  await disk.syncFolder(dirname(path));
}

async function overwrite(disk: Disk, path: string): Promise<void> {
  const file = await disk.open(path, 'update');
  try {
    const length = await file.size();
    const noise = new Uint8Array(Math.min(length, 1 << 20));
    for (let at = 0; at < length; at += noise.length) {
      randomFillSync(noise);
      await writeAll(file, noise.subarray(0, Math.min(noise.length, length - at)), at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
