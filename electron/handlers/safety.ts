import { createHash, randomUUID } from 'node:crypto';
import { isAbsolute, join, sep } from 'node:path';
import {
  CodedError,
  type CopyPart,
  type JournalHost,
  type SafetyHost,
  type SafetyState,
} from '../../renderer/core/host/contract.ts';
import { type Disk, onDisk } from '../disk.ts';
import { readUpTo, replaceFile } from '../durable.ts';
import { guardPath } from '../path-guard.ts';
import { createRestore } from './restore.ts';
import { COPY_FILES, copyFile, generationsIn, hashOf, MANIFEST, readText } from './safety-generations.ts';

/**
 * The safety copy: the vault's key slots and journal, sealed as they are, in a folder elsewhere (another drive, a stick),
 * with the device's file as core gives it: sealed, and marked so that whoever opens it goes on as another device. Without
 * it a restored vault would be a stranger to its own team, which knows a new device by the old one's signature.
 *
 *   FOLDER/baikoo-copy-<id>/a/, b/   two generations, each: header.bkv, journal.bkj, device.bkv, and last of all
 *                            copy.json {v: 1, at, header, journal, device: SHA-256 of each, bytes: the journal's}
 *
 * A copy is always made over the older generation, whose copy.json goes first and comes back once all files have been
 * read from the folder again with the hashes they were written with. So at any moment, also after a power cut or with
 * the stick pulled out half-way, one generation is whole. Read back is what the system gives, after fsync; it may come
 * from memory and not from the medium, which no program can force on all systems.
 *
 * Which folder is a person's word: in a dialog, or typed where the host has none. Inside it only the names above are
 * written. `safety.json` beside the vault remembers the folder in the clear. It is the host's own memory of what a person
 * granted: sealed, it would have to come from the window, which could then name any folder. It tells whoever takes the
 * laptop that there is a copy and where; so does the system, which keeps a list of every stick that was ever put in.
 */
const SETTINGS = 'safety.json';

interface Settings {
  readonly folder: string;
  readonly id: string;
  readonly last: { readonly at: string; readonly bytes: number } | null;
}

/** Asks a person for a folder; null when there is no dialog here. Resolves with null when cancelled. */
export type AskFolder = (() => Promise<string | null>) | null;

export interface SafetyParts {
  readonly disk: Disk;
  readonly home: string;
  readonly journal: Pick<JournalHost, 'setAside'>;
  readonly askFolder: AskFolder;
  /** The clock that people see, as ISO text. */
  readonly time: () => string;
}

export function createSafety({ disk, home, journal, askFolder, time }: SafetyParts): SafetyHost {
  const restore = createRestore({ disk, home, journal });
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

  /** A folder that the person grants, as the system spells it; null when cancelled. */
  async function granted(typed: string | null): Promise<string | null> {
    if (askFolder !== null && typed !== null)
      throw new CodedError('host/refused', 'The folder is chosen in a dialog.');
    const folder = askFolder === null ? typed : await askFolder();
    if (folder === null) return null;
    if (!isAbsolute(folder) || !(await isPresent(folder)))
      throw new CodedError('safety/absent', 'The folder of the safety copy is not there.');
    return disk.realpath(folder);
  }

  async function readPart(folder: string, what: CopyPart, from: number, length: number) {
    const file = await disk.open(join(folder, COPY_FILES[what]), 'read');
    try {
      return await readUpTo(file, from, length);
    } finally {
      await file.close();
    }
  }

  /** The root of the copies inside the granted folder. Errors: `safety/no-folder`, `safety/absent`. */
  async function root(): Promise<{ path: string; settings: Settings }> {
    const chosen = await settings();
    if (chosen === null)
      throw new CodedError('safety/no-folder', 'No folder was chosen for the safety copy.');
    if (!(await isPresent(chosen.folder)))
      throw new CodedError('safety/absent', 'The folder of the safety copy is not there.');
    return { path: await guardPath(disk, chosen.folder, `baikoo-copy-${chosen.id}`), settings: chosen };
  }

  async function copy(upTo: number, device: Uint8Array): Promise<void> {
    const { path, settings: chosen } = await root();
    const newest = (await generationsIn(disk, path))[0];
    const target = newest?.folder === join(path, 'a') ? join(path, 'b') : join(path, 'a');
    await disk.mkdir(target);
    await guardPath(disk, chosen.folder, `baikoo-copy-${chosen.id}/${target.at(-1)}`);
    const manifestPath = join(target, MANIFEST);
    if ((await disk.kind(manifestPath)) !== null) await disk.unlink(manifestPath);
    await disk.syncFolder(target);

    const compare = async (name: string, written: string): Promise<string> => {
      if ((await hashOf(disk, join(target, name))) === written) return written;
      throw new CodedError('safety/differs', 'The copy reads back differently.');
    };
    const take = async (name: string, length: number | null) =>
      compare(name, await copyFile(disk, await guardPath(disk, home, name), join(target, name), length));
    const header = await take(COPY_FILES.header, null);
    const journal = await take(COPY_FILES.journal, upTo);
    await replaceFile(disk, join(target, COPY_FILES.device), device);
    const hashed = await compare(COPY_FILES.device, createHash('sha256').update(device).digest('hex'));
    const at = time();
    const manifest = { v: 1, at, bytes: upTo, header, journal, device: hashed };
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
        const real = await granted(typed);
        if (real === null) return false;
        if (real === home || real.startsWith(home + sep))
          throw new CodedError('safety/inside', 'The safety copy would lie with the vault itself.');
        await keep({ folder: real, id: randomUUID().replaceAll('-', '').slice(0, 12), last: null });
        return true;
      }),

    stop: () =>
      onDisk(async () => {
        if ((await disk.kind(join(home, SETTINGS))) !== null) await disk.unlink(join(home, SETTINGS));
      }),

    copy: (upTo, device) =>
      onDisk(async () => {
        if (copying !== null) throw new CodedError('safety/running', 'A safety copy is being made.');
        copying = copy(upTo, device);
        try {
          await copying;
        } finally {
          copying = null;
        }
      }),

    read: (what, from, length) =>
      onDisk(async () => {
        const newest = (await generationsIn(disk, (await root()).path))[0];
        if (newest === undefined) throw new CodedError('safety/none', 'There is no whole safety copy.');
        return readPart(newest.folder, what, from, length);
      }),

    find: (typed) =>
      onDisk(async () => {
        const folder = await granted(typed);
        return folder === null ? null : restore.find(folder);
      }),
    readFound: (id, what, from, length) =>
      onDisk(async () => readPart(restore.folderOf(id), what, from, length)),
    restore: (id) => onDisk(() => restore.putInPlace(id)),
  };
}
