import { constants } from 'node:fs';
import { link, lstat, mkdir, open, opendir, realpath, rename, stat, statfs, unlink } from 'node:fs/promises';
import { CodedError } from '../renderer/core/host/contract.ts';

/**
 * The few calls of the file system that the handlers make. They are a parameter so that a test can fail any one of
 * them; `nodeDisk` is the real thing. Errors are Node's, with their `code`; `diskError` turns them into ours.
 */
export interface Disk {
  open(path: string, how: OpenMode): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; EEXIST when the name is taken. */
  link(existing: string, name: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes the folder and those above it; no error when it is there. */
  mkdir(path: string): Promise<void>;
  /** Names in a folder, at most `most` of them. */
  list(path: string, most?: number): Promise<string[]>;
  /** What the name itself is, without following a link; null when there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | 'link' | 'other' | null>;
  /** Bytes of a plain file; null for anything else. */
  fileSize(path: string): Promise<number | null>;
  realpath(path: string): Promise<string>;
  /** A number for the drive that the path is on; another drive mounted in its place has another. */
  drive(path: string): Promise<number>;
  freeBytes(path: string): Promise<number>;
  /** Puts the folder's own entries (new names, renames) on the disk. */
  syncFolder(path: string): Promise<void>;
}

/** `create` makes a new file and fails with EEXIST; `update` opens an existing one for reading and writing. */
export type OpenMode = 'read' | 'update' | 'create';

export interface DiskFile {
  size(): Promise<number>;
  /** Bytes read into `into`; 0 at the end. */
  read(into: Uint8Array, at: number): Promise<number>;
  /** Bytes written, which may be fewer than given. */
  write(bytes: Uint8Array, at: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** Content and length are on the disk when it resolves. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

// A link put in the place of a file is not followed. Windows has no such flag; there making one takes a privilege.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const FLAGS: Record<OpenMode, number> = {
  read: constants.O_RDONLY | NO_FOLLOW,
  update: constants.O_RDWR | NO_FOLLOW,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW,
};

async function openFile(path: string, how: OpenMode, mode: number): Promise<DiskFile> {
  const handle = await open(path, FLAGS[how], mode);
  return {
    size: async () => (await handle.stat()).size,
    read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
    write: async (bytes, at) => (await handle.write(bytes, 0, bytes.length, at)).bytesWritten,
    truncate: (length) => handle.truncate(length),
    // fdatasync flushes the length too; on macOS libuv asks the drive to empty its cache (F_FULLFSYNC).
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

export const nodeDisk: Disk = {
  open: (path, how) => openFile(path, how, 0o600),
  rename: (from, to) => (process.platform === 'win32' ? renamePatiently(from, to) : rename(from, to)),
  link,
  unlink,
  mkdir: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  async list(path, most = Number.POSITIVE_INFINITY) {
    const names: string[] = [];
    // One by one, since a folder from elsewhere may hold millions.
    for await (const entry of await opendir(path, { bufferSize: 256 })) {
      if (names.push(entry.name) >= most) break;
    }
    return names;
  },
  async kind(path) {
    try {
      const found = await lstat(path);
      if (found.isSymbolicLink()) return 'link';
      return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
      throw error;
    }
  },
  async fileSize(path) {
    const stat = await lstat(path);
    return stat.isFile() ? stat.size : null;
  },
  realpath,
  async freeBytes(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
  drive: async (path) => (await stat(path)).dev,
  async syncFolder(path) {
    // Windows cannot open a folder; NTFS journals its own entries.
    if (process.platform === 'win32') return;
    const handle = await open(path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/**
 * The real disk for folders that others use too: what is made there gets the rights that the system gives to any new
 * file, and a file system that cannot flush a folder (a network's, a cloud's) is taken as it is.
 */
export const sharedDisk: Disk = {
  ...nodeDisk,
  open: (path, how) => openFile(path, how, 0o666),
  // Only the last one: a recursive call would make a folder where a stick was mounted a moment ago.
  async mkdir(path) {
    try {
      await mkdir(path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  },
  async syncFolder(path) {
    try {
      await nodeDisk.syncFolder(path);
    } catch (error) {
      if (!CANNOT_FLUSH.has(errnoOf(error))) throw error;
    }
  },
};

const CANNOT_FLUSH = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EBADF', 'EACCES']);

/** On Windows a virus scanner or indexer holds a fresh file for a moment and the rename fails with these. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let wait = 10; ; wait *= 2) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (wait > 700 || !['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Node's error as one of the port's: `disk/full`, `disk/read-only`, `disk/failed`. Paths do not get into it. */
export function diskError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const errno = errnoOf(error);
  const detail = { errno: errno || 'unknown' };
  if (FULL.has(errno)) return new CodedError('disk/full', 'The disk is full.', detail);
  if (READ_ONLY.has(errno))
    return new CodedError('disk/read-only', 'The disk refuses to be written.', detail);
  return new CodedError('disk/failed', 'The disk failed.', detail);
}

/** Runs `work`, whose failures come out as the port's errors. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error);
  }
}
