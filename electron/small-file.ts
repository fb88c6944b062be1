import type { Disk } from './disk.ts';
import { readUpTo, replaceFile } from './durable.ts';

/** More than any of these files takes; a longer one is not ours. */
const MOST_BYTES = 64 * 1024;

/**
 * What the shell remembers for itself, each in a small JSON file of its own that says nothing about the vault's content.
 * Losing one costs a person a click, so a file that is missing, cut off or not ours reads as null and is no message.
 * `parse` gets whatever JSON there is and throws at what it does not know.
 */
export async function readSmallFile<T>(
  disk: Disk,
  path: string,
  parse: (found: unknown) => T,
): Promise<T | null> {
  try {
    const file = await disk.open(path, 'read');
    try {
      return parse(JSON.parse(Buffer.from(await readUpTo(file, 0, MOST_BYTES)).toString('utf8')));
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** As a whole or not at all. Errors are Node's. */
export function writeSmallFile(disk: Disk, path: string, what: object): Promise<void> {
  return replaceFile(disk, path, Buffer.from(JSON.stringify(what)));
}
