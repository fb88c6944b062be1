import { createHash, randomUUID } from 'node:crypto';
import { isAbsolute, join, sep } from 'node:path';
import { CodedError, type SafetyHost, type SafetyState } from '../../renderer/core/host/contract.ts';
import { type Disk, type DiskFile, errnoOf, onDisk } from '../disk.ts';
import { moveInto, readUpTo, replaceFile, writeAll, writeTemporary } from '../durable.ts';
import { guardPath } from '../path-guard.ts';
import { JOURNAL } from './journal.ts';

/**
 * The safety copy: the vault's key slots and journal, sealed as they are, in a folder elsewhere (another drive, a stick).
 * The device's own keys are left out: a restored copy is another device, and no counter is used twice.
 *
 *   FOLDER/baikoo-copy-<id>/a/, b/   two generations, each: header.bkv, journal.bkj, and last of all
 *                            copy.json {v: 1, at, header: SHA-256, journal: SHA-256, bytes}
 *
 * A copy is always made over the older generation, whose copy.json goes first and comes back once both files have been
 * read from the folder again with the hashes they were written with. So at any moment, also after a power cut or with
 * the stick pulled out half-way, one generation is whole. Read back is what the system gives, after fsync; it may come
 * from memory and not from the medium, which no program can force on all systems.
 *
 * Which folder is a person's word: in a dialog, or typed where the host has none. Inside it only the names above are
 * written. `safety.json` beside the vault remembers the folder in the clear: it names a place, nothing of the content.
 */
const SETTINGS = 'safety.json';
const MANIFEST = 'copy.json';
const FILES = { header: 'header.bkv', journal: JOURNAL } as const;
const STRETCH = 1024 * 1024;

interface Settings {
  readonly folder: string;
  readonly id: string;
  readonly last: { readonly at: string; readonly bytes: number } | null;
}

interface Manifest {
  readonly v: 1;
  readonly at: string;
  readonly header: string;
  readonly journal: string;
  readonly bytes: number;
}

/** Asks a person for a folder; null when there is no dialog here. Resolves with null when cancelled. */
export type AskFolder = (() => Promise<string | null>) | null;

/** `time` is the clock that people see, as ISO text. */
export function createSafety(disk: Disk, home: string, askFolder: AskFolder, time: () => string): SafetyHost {
  /** One copy at a time. */
  let copying: Promise<void> | null = null;

  async function settings(): Promise<Settings | null> {
    const text = await readText(disk, join(home, SETTINGS));
    try {
      const { folder, id, last } = JSON.parse(text ?? '') as Settings;
      return typeof folder === 'string' && /^[0-9a-f]{12}$/.test(id)
        ? { folder, id, last: last ?? null }
        : null;
    } catch {
      return null;
    }
  }

  const keep = (next: Settings) => replaceFile(disk, join(home, SETTINGS), Buffer.from(JSON.stringify(next)));

  const isPresent = async (folder: string) => (await disk.kind(folder).catch(() => null)) === 'folder';

  /** The root of the copies inside the granted folder. Errors: `safety/no-folder`, `safety/absent`. */
  async function root(): Promise<{ path: string; settings: Settings }> {
    const chosen = await settings();
    if (chosen === null)
      throw new CodedError('safety/no-folder', 'No folder was chosen for the safety copy.');
    if (!(await isPresent(chosen.folder)))
      throw new CodedError('safety/absent', 'The folder of the safety copy is not there.');
    return { path: await guardPath(disk, chosen.folder, `baikoo-copy-${chosen.id}`), settings: chosen };
  }

  /** The whole generations, the newest first. */
  async function generations(path: string): Promise<{ folder: string; manifest: Manifest }[]> {
    const found: { folder: string; manifest: Manifest }[] = [];
    for (const name of ['a', 'b']) {
      const folder = join(path, name);
      const manifest = parseManifest(await readText(disk, join(folder, MANIFEST)));
      if (manifest !== null) found.push({ folder, manifest });
    }
    return found.sort((one, other) => (one.manifest.at < other.manifest.at ? 1 : -1));
  }

  async function copy(upTo: number): Promise<void> {
    const { path, settings: chosen } = await root();
    const newest = (await generations(path))[0];
    const target = newest?.folder === join(path, 'a') ? join(path, 'b') : join(path, 'a');
    await disk.mkdir(target);
    await guardPath(disk, chosen.folder, `baikoo-copy-${chosen.id}/${target.at(-1)}`);
    const manifestPath = join(target, MANIFEST);
    if ((await disk.kind(manifestPath)) !== null) await disk.unlink(manifestPath);
    await disk.syncFolder(target);

    const hashes: Record<string, string> = {};
    for (const [what, name] of Object.entries(FILES)) {
      const length = what === 'journal' ? upTo : null;
      const written = await copyFile(disk, await guardPath(disk, home, name), join(target, name), length);
      const back = await hashOf(disk, join(target, name));
      if (back !== written) throw new CodedError('safety/differs', 'The copy reads back differently.');
      hashes[what] = written;
    }
    const at = time();
    const manifest = { v: 1, at, bytes: upTo, ...hashes };
    await replaceFile(disk, manifestPath, Buffer.from(JSON.stringify(manifest)));
    await keep({ ...chosen, last: { at, bytes: upTo } });
  }

  return {
    state: () =>
      onDisk(async (): Promise<SafetyState> => {
        const chosen = await settings();
        if (chosen === null)
          return { folder: null, present: false, sameDrive: false, at: null, journalBytes: 0 };
        const present = await isPresent(chosen.folder);
        return {
          folder: chosen.folder,
          present,
          sameDrive: present && (await disk.drive(chosen.folder)) === (await disk.drive(home)),
          at: chosen.last?.at ?? null,
          journalBytes: chosen.last?.bytes ?? 0,
        };
      }),

    choose: (typed) =>
      onDisk(async () => {
        if (askFolder !== null && typed !== null)
          throw new CodedError('host/refused', 'The folder is chosen in a dialog.');
        const folder = askFolder === null ? typed : await askFolder();
        if (folder === null) return false;
        if (!isAbsolute(folder) || !(await isPresent(folder)))
          throw new CodedError('safety/absent', 'The folder of the safety copy is not there.');
        const real = await disk.realpath(folder);
        if (real === home || real.startsWith(home + sep))
          throw new CodedError('safety/inside', 'The safety copy would lie with the vault itself.');
        await keep({ folder: real, id: randomUUID().replaceAll('-', '').slice(0, 12), last: null });
        return true;
      }),

    stop: () =>
      onDisk(async () => {
        if ((await disk.kind(join(home, SETTINGS))) !== null) await disk.unlink(join(home, SETTINGS));
      }),

    copy: (upTo) =>
      onDisk(async () => {
        if (copying !== null) throw new CodedError('safety/running', 'A safety copy is being made.');
        copying = copy(upTo);
        try {
          await copying;
        } finally {
          copying = null;
        }
      }),

    read: (what, from, length) =>
      onDisk(async () => {
        const newest = (await generations((await root()).path))[0];
        if (newest === undefined) throw new CodedError('safety/none', 'There is no whole safety copy.');
        const file = await disk.open(join(newest.folder, FILES[what]), 'read');
        try {
          return await readUpTo(file, from, length);
        } finally {
          await file.close();
        }
      }),
  };
}

function parseManifest(text: string | null): Manifest | null {
  try {
    const found = JSON.parse(text ?? '') as Manifest;
    return found.v === 1 && typeof found.at === 'string' ? found : null;
  } catch {
    return null;
  }
}

async function readText(disk: Disk, path: string): Promise<string | null> {
  try {
    const file = await disk.open(path, 'read');
    try {
      return Buffer.from(await readUpTo(file, 0, STRETCH)).toString('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

async function eachStretch(
  file: DiskFile,
  length: number,
  use: (bytes: Uint8Array, at: number) => Promise<void> | void,
): Promise<void> {
  for (let at = 0; at < length; at += STRETCH) {
    await use(await readUpTo(file, at, Math.min(STRETCH, length - at)), at);
  }
}

/** Copies the first `length` bytes (all when null), on the disk when it resolves; with their SHA-256. */
async function copyFile(disk: Disk, from: string, to: string, length: number | null): Promise<string> {
  const source = await disk.open(from, 'read').catch((error: unknown) => {
    // A new vault has no journal yet.
    if (errnoOf(error) === 'ENOENT' && length === 0) return null;
    throw error;
  });
  const hash = createHash('sha256');
  try {
    const temporary = await writeTemporary(disk, to, async (copy) => {
      if (source === null) return;
      const size = await source.size();
      if (length !== null && length > size)
        throw new CodedError('journal/moved', 'The journal is shorter than that.', { actual: size });
      await eachStretch(source, length ?? size, async (bytes, at) => {
        hash.update(bytes);
        await writeAll(copy, bytes, at);
      });
    });
    await moveInto(disk, temporary, to);
  } finally {
    await source?.close();
  }
  return hash.digest('hex');
}

async function hashOf(disk: Disk, path: string): Promise<string> {
  const file = await disk.open(path, 'read');
  const hash = createHash('sha256');
  try {
    await eachStretch(file, await file.size(), (bytes) => void hash.update(bytes));
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
