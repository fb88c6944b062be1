import { dirname } from 'node:path';
import { CodedError, type JournalHost } from '../../renderer/core/host/contract.ts';
import { type Disk, type DiskFile, errnoOf, onDisk } from '../disk.ts';
import { moveInto, readUpTo, writeAll, writeTemporary } from '../durable.ts';
import { guardPath } from '../path-guard.ts';

export const JOURNAL = 'journal.bkj';

/**
 * The journal file. Calls must come one after another (the dispatch sees to it).
 *
 * Invariant: the file never holds part of a failed append followed by a later one. A failed append is cut off at
 * once; where even that fails (the drive is gone), nothing is read or appended before the cut has succeeded, and
 * after a restart the reader of the frames finds a torn end and calls `setAside`.
 */
export function createJournal(disk: Disk, home: string): JournalHost {
  /** Where a failed append must still be cut off. */
  let uncut: number | null = null;

  async function withFile<T>(how: 'read' | 'update', use: (file: DiskFile) => Promise<T>): Promise<T | null> {
    const path = await guardPath(disk, home, JOURNAL);
    let file: DiskFile;
    try {
      file = await disk.open(path, uncut === null ? how : 'update');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
    try {
      if (uncut !== null) await cut(file, uncut);
      return await use(file);
    } finally {
      await file.close();
    }
  }

  async function cut(file: DiskFile, at: number): Promise<void> {
    uncut = at;
    await file.truncate(at);
    await file.sync();
    uncut = null;
  }

  async function create(): Promise<void> {
    const path = await guardPath(disk, home, JOURNAL);
    const file = await disk.open(path, 'create');
    await file.close();
    await disk.syncFolder(dirname(path));
  }

  async function appendTo(file: DiskFile, at: number, bytes: Uint8Array): Promise<number> {
    const end = await file.size();
    if (end !== at) throw moved(at, end);
    try {
      await writeAll(file, bytes, at);
      await file.sync();
    } catch (error) {
      await cut(file, at).catch(() => {});
      throw error;
    }
    return at + bytes.length;
  }

  return {
    size: () => onDisk(async () => (await withFile('read', (file) => file.size())) ?? 0),

    read: (from, length) =>
      onDisk(
        async () => (await withFile('read', (file) => readUpTo(file, from, length))) ?? new Uint8Array(0),
      ),

    append: (at, bytes) =>
      onDisk(async () => {
        const append = () => withFile('update', (file) => appendTo(file, at, bytes));
        const length = await append();
        if (length !== null) return length;
        if (at !== 0) throw moved(at, 0);
        // An empty journal whose name is on the disk comes first: a crash in between leaves one that is merely empty.
        await create();
        return (await append()) ?? Promise.reject(moved(at, 0));
      }),

    /**
     * Copy, then cut. After a crash in between, the same call finds the copy that holds exactly what is to be set
     * aside and only cuts; a copy with other content is from another time and stays untouched.
     */
    setAside: (from) =>
      onDisk(async () => {
        const name = await withFile('update', async (file) => {
          const end = await file.size();
          if (from > end) throw moved(from, end);
          const copy = await keepCopy(disk, home, file, from, end);
          await file.truncate(from);
          await file.sync();
          return copy;
        });
        if (name === null) throw moved(from, 0);
        return name;
      }),
  };
}

async function keepCopy(
  disk: Disk,
  home: string,
  file: DiskFile,
  from: number,
  end: number,
): Promise<string> {
  for (let copy = 1; ; copy++) {
    const name = `journal-aside-${from}-${copy}.bkj`;
    const path = await guardPath(disk, home, name);
    if ((await disk.kind(path)) === null) {
      await copyTail(disk, file, from, end, path);
      return name;
    }
    if (await holdsTail(disk, file, from, end, path)) {
      await disk.syncFolder(dirname(path));
      return name;
    }
  }
}

const STRETCH = 1024 * 1024;

async function copyTail(disk: Disk, file: DiskFile, from: number, end: number, path: string): Promise<void> {
  const temporary = await writeTemporary(disk, path, async (copy) => {
    for (let at = from; at < end; at += STRETCH) {
      await writeAll(copy, await readUpTo(file, at, Math.min(STRETCH, end - at)), at - from);
    }
  });
  await moveInto(disk, temporary, path);
}

async function holdsTail(
  disk: Disk,
  file: DiskFile,
  from: number,
  end: number,
  path: string,
): Promise<boolean> {
  const copy = await disk.open(path, 'read');
  try {
    if ((await copy.size()) !== end - from) return false;
    for (let at = from; at < end; at += STRETCH) {
      const ours = await readUpTo(file, at, STRETCH);
      if (Buffer.compare(ours, await readUpTo(copy, at - from, STRETCH)) !== 0) return false;
    }
    return true;
  } finally {
    await copy.close();
  }
}

function moved(believed: number, actual: number): CodedError {
  return new CodedError('journal/moved', 'The journal does not end where the caller believes.', {
    believed,
    actual,
  });
}
