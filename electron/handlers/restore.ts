import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { CodedError, type FoundCopy, type JournalHost } from '../../renderer/core/host/contract.ts';
import type { Disk } from '../disk.ts';
import { MOST_ENTRIES } from '../granted-path.ts';
import { guardPath } from '../path-guard.ts';
import {
  COPY_FILES,
  COPY_ROOT,
  copyFile,
  generationsIn,
  hashOf,
  isWhole,
  type Manifest,
} from './safety-generations.ts';

/** More vaults than anybody keeps on one stick. */
const MOST_FOUND = 50;

interface Kept {
  readonly folder: string;
  readonly manifest: Manifest;
}

export interface Restore {
  /** The copies in a granted folder: it may be one, one's generation, or hold some. */
  find(folder: string): Promise<FoundCopy[]>;
  /** Where a found copy's files are. Error: `safety/none`. */
  folderOf(id: string): string;
  putInPlace(id: string): Promise<void>;
}

/**
 * Restoring from a safety copy. The folder is anybody's: names come from our list only, links are not followed, sizes
 * and hashes are compared before anything is offered and again while it is copied. What is found is remembered for
 * this run under a random id, so that the window names no path.
 */
export function createRestore(parts: {
  readonly disk: Disk;
  readonly home: string;
  readonly journal: Pick<JournalHost, 'setAside'>;
}): Restore {
  const { disk, home, journal } = parts;
  const kept = new Map<string, Kept>();

  async function rootsIn(folder: string): Promise<string[]> {
    if (COPY_ROOT.test(basename(folder))) return [folder];
    if (COPY_ROOT.test(basename(dirname(folder)))) return [dirname(folder)];
    const names = (await disk.list(folder, MOST_ENTRIES)).filter((name) => COPY_ROOT.test(name)).sort();
    const roots: string[] = [];
    for (const name of names.slice(0, MOST_FOUND)) {
      const path = join(folder, name);
      if ((await disk.kind(path)) === 'folder') roots.push(path);
    }
    return roots;
  }

  /** The latest whole generation; else what is wrong with the latest; null where there never was one. */
  async function offer(root: string): Promise<FoundCopy | null> {
    const generations = await generationsIn(disk, root);
    for (const [i, { folder, manifest }] of generations.entries()) {
      if (manifest === 'newer' || !(await isWhole(disk, folder, manifest))) continue;
      const id = randomBytes(6).toString('hex');
      kept.set(id, { folder, manifest });
      return { id, at: manifest.at, journalBytes: manifest.bytes, state: 'whole', before: i > 0 };
    }
    const [latest] = generations;
    if (latest === undefined) return null;
    const id = randomBytes(6).toString('hex');
    const { manifest } = latest;
    return manifest === 'newer'
      ? { id, at: '', journalBytes: 0, state: 'newer', before: false }
      : { id, at: manifest.at, journalBytes: manifest.bytes, state: 'torn', before: false };
  }

  function foundCopy(id: string): Kept {
    const found = kept.get(id);
    if (found === undefined) throw new CodedError('safety/none', 'There is no such whole copy.');
    return found;
  }

  /** A journal without key slots can never be read again, but it is not ours to destroy. */
  async function clearJournal(path: string, wanted: string): Promise<void> {
    const size = (await disk.kind(path)) === 'file' ? await disk.fileSize(path) : 0;
    // Left by a restore that was cut off: it is put in place once more.
    if (size === null || size === 0 || (await hashOf(disk, path)) === wanted) return;
    await journal.setAside(0);
  }

  return {
    async find(folder) {
      kept.clear();
      const found: FoundCopy[] = [];
      for (const root of await rootsIn(folder)) {
        const copy = await offer(root);
        if (copy !== null) found.push(copy);
      }
      if ((await disk.kind(folder)) !== 'folder')
        throw new CodedError('safety/absent', 'The folder went away while it was looked at.');
      return found.sort((one, other) => (one.at < other.at ? 1 : -1));
    },

    folderOf: (id) => foundCopy(id).folder,

    async putInPlace(id) {
      const { folder, manifest } = foundCopy(id);
      const pathOf = (name: string) => guardPath(disk, home, name);
      if ((await disk.kind(await pathOf(COPY_FILES.header))) !== null)
        throw new CodedError('vault/exists', 'There already is a vault in this folder.');
      await clearJournal(await pathOf(COPY_FILES.journal), manifest.journal);
      // The key slots come last: a vault exists once they are there.
      for (const what of ['journal', 'device', 'header'] as const) {
        const name = COPY_FILES[what];
        const length = what === 'journal' ? manifest.bytes : null;
        await copyFile(disk, join(folder, name), await pathOf(name), length, manifest[what]);
      }
    },
  };
}
