import { randomUUID } from 'node:crypto';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import {
  CodedError,
  type FolderFile,
  type FoldersHost,
  isOurs,
  MOST_LISTED,
} from '../../renderer/core/host/contract.ts';
import { type Disk, diskError, errnoOf } from '../disk.ts';
import { isTemporary, moveInto, readUpTo, writeAll, writeTemporary } from '../durable.ts';
import { findBelow, MOST_ENTRIES } from '../granted-path.ts';
import { segmentsOf } from '../path-guard.ts';
import { isReadOnly } from './system.ts';

/**
 * Folders for exchange.
 *
 * Threat model. A renderer that a hostile import has taken over may open any folder it can name (in page mode a path
 * is typed; the settings, which name it in later runs, are sealed from us). It wants to read what is not ours, to
 * plant or damage a file, to learn what there is, to reach the network. And whoever had the stick before us planted
 * what they liked: links, millions of names, huge files. What travels is sealed and signed: its content is not our
 * concern here, and no magic number is asked for, since a file called `.bkp` is opened by nothing and says nothing.
 *
 * Rejected: a list of chosen folders kept on the disk. It would tell whoever takes the laptop which stick to look for.
 *
 * Defences
 *  1. The contract: paths of lower-case segments and one of our suffixes; everything else is no parameter.
 *  2. A listing shows our suffixes only; a folder's other content is neither shown nor counted.
 *  3. `findBelow`: no `..`, no link, no device name, nothing outside the granted folder.
 *  4. Nothing in the vault's own folder, by whatever root it is reached: `journal.bkj` has one of our suffixes.
 *  5. A root is a local path. `\\server\share` would send the person's Windows credentials to whoever is named there.
 *  6. Caps: bytes of a call, names of a listing, names looked at, grants.
 *  7. A file is replaced by a rename once its successor is on the disk and read back; never written into.
 *  8. A grant remembers its drive. Once a stick is gone, the folder it was mounted on belongs to the system's disk,
 *     and what is written there would be handed over to nobody.
 *
 * What a taken-over renderer still can: make folders and `.bkp` files where the person may write, and fill the drive.
 *
 * Reading back finds a drive that errs at once. It may be answered from the system's memory, so that a drive that
 * forgets later is found only by the next reader, whose signature check fails; the file is then put again.
 */
export function createFolders(
  disk: Disk,
  home: string,
  choose: FoldersHost['choose'],
): Omit<FoldersHost, 'volumes'> {
  const grants = new Map<string, Grant>();

  return {
    choose,

    async open(path) {
      const root = await onFolder(() => rootAt(disk, home, path));
      const writable = !(await isReadOnly(disk, root.path));
      const known = [...grants].find(([, { path, drive }]) => path === root.path && drive === root.drive);
      const id = known?.[0] ?? randomUUID();
      grants.delete(id);
      grants.set(id, root);
      if (grants.size > MOST_GRANTS) grants.delete(grants.keys().next().value as string);
      return { id, writable, freeBytes: await disk.freeBytes(root.path).catch(() => null) };
    },

    list: (id, folder) =>
      reading(id, async (root) => {
        const { path, kind } = await findBelow(disk, root, folder);
        if (kind !== 'folder') return [];
        const files: FolderFile[] = [];
        for (const name of await disk.list(path, MOST_ENTRIES)) {
          const size =
            isOurs(name) && isPlain(name) ? await disk.fileSize(join(path, name)).catch(gone) : null;
          if (size !== null) files.push({ name: name.normalize('NFC'), size });
          if (files.length >= MOST_LISTED) break;
        }
        return files;
      }),

    read: (id, relative, maxBytes) =>
      reading(id, async (root) => {
        const { path, kind } = await findBelow(disk, root, relative);
        refuseVault(home, path);
        if (kind !== 'file') return null;
        const file = await disk.open(path, 'read');
        try {
          const bytes = await readUpTo(file, 0, maxBytes + 1);
          if (bytes.length > maxBytes)
            throw new CodedError('target/too-long', 'The file is longer than asked for.');
          return bytes;
        } finally {
          await file.close();
        }
      }),

    async write(id, relative, bytes) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await within(id, (root) => put(root, relative, bytes));
        } catch (error) {
          // Somebody who writes the same file at this moment, on a share, took our temporary one for a leftover.
          const vanished = error instanceof CodedError && error.detail.errno === 'ENOENT';
          if (!vanished || attempt === WRITE_ATTEMPTS) throw error;
        }
      }
    },
  };

  async function put(root: string, relative: string, bytes: Uint8Array): Promise<void> {
    const found = await findBelow(disk, root, relative);
    refuseVault(home, found.path);
    await makeFolders(disk, found.above, found.missing.slice(0, -1));
    await removeLeftovers(disk, found.path);
    const temporary = await writeTemporary(disk, found.path, (file) => writeAll(file, bytes, 0));
    await compare(disk, temporary, bytes);
    await moveInto(disk, temporary, found.path);
  }

  /** Runs `work`, which only reads: a bad sector while the drive is there is of this one file or folder. */
  function reading<T>(id: string, work: (root: string) => Promise<T>): Promise<T> {
    return readWithin(id, async (root) => {
      try {
        return await work(root);
      } catch (error) {
        if (errnoOf(error) !== 'EIO') throw error;
        await checkDrive(disk, granted(id));
        throw diskError(error);
      }
    });
  }

  /** Runs `work`, which writes, on the grant's folder while its drive is there, before and after. */
  async function within<T>(id: string, work: (root: string) => Promise<T>): Promise<T> {
    await onFolder(() => checkDrive(disk, granted(id)));
    return readWithin(id, work);
  }

  /** What `work` read counts when its drive is there afterwards: a folder that vanished looks like an empty one. */
  async function readWithin<T>(id: string, work: (root: string) => Promise<T>): Promise<T> {
    const grant = granted(id);
    return onFolder(async () => {
      const result = await work(grant.path);
      await checkDrive(disk, grant);
      return result;
    });
  }

  function granted(id: string): Grant {
    const grant = grants.get(id);
    if (!grant) throw new CodedError('host/refused', 'There is no such grant.');
    return grant;
  }
}

interface Grant {
  /** As the system spells it. */
  readonly path: string;
  readonly drive: number;
}

const MOST_GRANTS = 64;
const WRITE_ATTEMPTS = 5;

async function rootAt(disk: Disk, home: string, path: string): Promise<Grant> {
  const local = process.platform === 'win32' ? /^[A-Za-z]:[\\/]/.test(path) : isAbsolute(path);
  if (!local || /\p{Cc}/u.test(path)) {
    throw new CodedError('host/refused', 'A folder is named by its whole path on this machine.');
  }
  const real = await disk.realpath(path);
  refuseVault(home, real);
  // A mapped path may lead to a share all the same.
  if (real.startsWith('\\\\')) throw new CodedError('host/refused', 'The folder is on a share.');
  if ((await disk.kind(real)) !== 'folder') throw absent('ENOTDIR');
  return { path: real, drive: await disk.drive(real) };
}

/** Without regard to case: where two cases are two folders, nobody has a folder that differs from the vault's in case. */
function refuseVault(home: string, path: string): void {
  const [inner, outer] = [path.toLowerCase(), home.toLowerCase()];
  if (inner === outer || inner.startsWith(outer + sep)) {
    throw new CodedError('host/refused', "The path leads into the vault's own folder.");
  }
}

async function checkDrive(disk: Disk, grant: Grant): Promise<void> {
  if ((await disk.drive(grant.path)) !== grant.drive) throw absent('ENODEV');
}

async function makeFolders(disk: Disk, above: string, names: readonly string[]): Promise<void> {
  let folder = above;
  for (const name of names) {
    const next = join(folder, name);
    await disk.mkdir(next);
    await disk.syncFolder(folder);
    folder = next;
  }
}

/** What an interrupted write of the same file left behind, here or on another machine; its owner would put it again. */
async function removeLeftovers(disk: Disk, path: string): Promise<void> {
  const beginning = `.${basename(path).slice(0, 40)}.`;
  for (const name of await disk.list(dirname(path), MOST_ENTRIES)) {
    if (isTemporary(name) && name.startsWith(beginning))
      await disk.unlink(join(dirname(path), name)).catch(gone);
  }
}

async function compare(disk: Disk, temporary: string, bytes: Uint8Array): Promise<void> {
  try {
    const file = await disk.open(temporary, 'read');
    try {
      const back = await readUpTo(file, 0, bytes.length + 1);
      if (Buffer.compare(back, bytes) !== 0)
        throw Object.assign(new Error('It reads otherwise.'), { code: 'EIO' });
    } finally {
      await file.close();
    }
  } catch (error) {
    await disk.unlink(temporary).catch(gone);
    throw error;
  }
}

/** A name that `findBelow` would take, so that a listing shows nothing that cannot be read. */
function isPlain(name: string): boolean {
  try {
    return segmentsOf(name.normalize('NFC')).length === 1;
  } catch {
    return false;
  }
}

const gone = () => null;

/** What a drive that was pulled out, a share that hangs or a folder that was moved answers with. */
const GONE = new Set(
  'ENOENT ENOTDIR ENODEV ENXIO EIO ESTALE ENOTCONN EHOSTDOWN EHOSTUNREACH ETIMEDOUT EBADF UNKNOWN'.split(' '),
);

async function onFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CodedError) && GONE.has(errnoOf(error))) throw absent(errnoOf(error));
    throw diskError(error);
  }
}

function absent(errno: string): CodedError {
  return new CodedError('target/unreachable', 'The folder or its drive is gone.', { errno });
}
