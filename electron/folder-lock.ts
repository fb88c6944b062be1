import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CodedError } from '../renderer/core/host/contract.ts';
import { errnoOf } from './disk.ts';

/**
 * One program per vault folder, by something that the system itself releases when the process ends, however it
 * ends: there is no lock file that a kill or a power cut could leave behind to lock people out.
 *
 * Windows: a named pipe; a second server of one name is refused (FILE_FLAG_FIRST_PIPE_INSTANCE).
 * Linux: a socket in the abstract namespace; it has no file and ends with its process.
 * macOS: a file opened with O_EXLOCK; the file stays, its lock ends with its process.
 *
 * The name comes from the folder's real path, so that two spellings of it meet. What this does not see: a second
 * computer that opens the folder over a network, and a container with a network namespace of its own. There the
 * journal's own length check (`journal/moved`) keeps one from overwriting the other.
 */
export interface FolderLock {
  release(): Promise<void>;
}

/** Errors: `host/busy` when another program holds the folder. `folder` is a real path. */
export function lockFolder(folder: string): Promise<FolderLock> {
  return process.platform === 'darwin' ? lockByFile(folder) : lockBySocket(folder);
}

async function lockBySocket(folder: string): Promise<FolderLock> {
  // Windows takes two cases for one path.
  const path = process.platform === 'win32' ? folder.toLowerCase() : folder;
  const name = `baikoo-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(errnoOf(error) === 'EADDRINUSE' || errnoOf(error) === 'EACCES' ? busy() : error),
    );
    server.listen(
      { path: process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`, exclusive: true },
      resolve,
    );
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** BSD's open(2) takes the lock in the same step; Node passes the flag through but does not name it. */
const O_EXLOCK = 0x20;

async function lockByFile(folder: string): Promise<FolderLock> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK;
  try {
    const handle = await open(join(folder, 'vault.lock'), flags, 0o600);
    return { release: () => handle.close() };
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN' || errnoOf(error) === 'EWOULDBLOCK') throw busy();
    // A folder that cannot be written needs no lock: nothing can be changed in it.
    if (['EROFS', 'EACCES', 'EPERM', 'ENOENT'].includes(errnoOf(error))) return { release: async () => {} };
    throw error;
  }
}

function busy(): CodedError {
  return new CodedError('host/busy', 'Another program holds the vault in this folder.');
}
