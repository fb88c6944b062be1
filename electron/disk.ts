import { constants } from 'node:fs';
import { link, lstat, mkdir, open, readdir, realpath, rename, statfs, unlink } from 'node:fs/promises';
import { CodedError } from '../renderer/core/host/contract.ts';

/**
 * The few calls of the file system that the handlers make. They are a parameter so that a test can fail any one of
 * them; `nodeDisk` is the real thing. Errors are Node's, with their `code`; `diskError` turns them into ours.
 */
export interface Disk {
  /** Files are made readable by their owner only. */
  open(path: string, how: OpenMode): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; EEXIST when the name is taken. */
  link(existing: string, name: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes the folder and those above it; no error when it is there. */
  mkdir(path: string): Promise<void>;
  list(path: string): Promise<string[]>;
  /** What the name itself is, without following a link; null when there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | 'link' | 'other' | null>;
  realpath(path: string): Promise<string>;
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

export const nodeDisk: Disk = {
  async open(path, how) {
    const handle = await open(path, FLAGS[how], 0o600);
    return {
      size: async () => (await handle.stat()).size,
      read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
      write: async (bytes, at) => (await handle.write(bytes, 0, bytes.length, at)).bytesWritten,
      truncate: (length) => handle.truncate(length),
      // fdatasync flushes the length too; on macOS libuv asks the drive to empty its cache (F_FULLFSYNC).
      sync: () => handle.datasync(),
      close: () => handle.close(),
    };
  },
  rename: (from, to) => (process.platform === 'win32' ? renamePatiently(from, to) : rename(from, to)),
  link,
  unlink,
  mkdir: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  list: (path) => readdir(path),
  async kind(path) {
    try {
      const stat = await lstat(path);
      if (stat.isSymbolicLink()) return 'link';
      return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
      throw error;
    }
  },
  realpath,
  async freeBytes(path) {
    const stat = await statfs(path);
    return stat.bavail * stat.bsize;
  },
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
