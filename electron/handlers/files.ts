import { dirname, join } from 'node:path';
import { DRAFT_ID, type FilesHost, type SealedName } from '../../renderer/core/host/contract.ts';
import { type Disk, errnoOf, onDisk } from '../disk.ts';
import { isTemporary, overwriteAndUnlink, readUpTo, replaceFile } from '../durable.ts';
import { guardPath } from '../path-guard.ts';
import { KEYCHAIN_FILE } from './keychain.ts';

const DRAFTS = 'drafts';
const KEY_FILES = ['header.bkv', KEYCHAIN_FILE, 'device.bkv'] as const;

/** Hands a finished file to the person; how differs between a window's dialog and page mode's folder. */
export type SaveAs = FilesHost['saveAs'];

export function createFiles(disk: Disk, home: string, saveAs: SaveAs): FilesHost {
  const pathOf = (name: SealedName) => guardPath(disk, home, name);

  return {
    listDrafts: () =>
      onDisk(async () => {
        const names = await listIfAny(disk, await guardPath(disk, home, DRAFTS));
        return names
          .filter((name) => name.endsWith('.bkd') && DRAFT_ID.test(name.slice(0, -4)))
          .map((name) => name.slice(0, -4))
          .sort();
      }),

    read: (name) =>
      onDisk(async () => {
        try {
          const file = await disk.open(await pathOf(name), 'read');
          try {
            return await readUpTo(file, 0, await file.size());
          } finally {
            await file.close();
          }
        } catch (error) {
          if (errnoOf(error) === 'ENOENT') return null;
          throw error;
        }
      }),

    replace: (name, bytes) =>
      onDisk(async () => {
        const path = await pathOf(name);
        if (name.startsWith(`${DRAFTS}/`) && (await disk.kind(dirname(path))) === null) {
          await disk.mkdir(dirname(path));
          await disk.syncFolder(dirname(dirname(path)));
        }
        // The replaced content is freed, not overwritten: an old header's key slots may stay on the medium.
        await replaceFile(disk, path, bytes);
      }),

    remove: (name) => onDisk(async () => overwriteAndUnlink(disk, await pathOf(name))),

    saveAs: (suggestedName, bytes) => onDisk(() => saveAs(suggestedName, bytes)),
  };
}

/** Removes what a crash left half-written. Failures are left for later: a read-only vault still opens. */
export async function removeStaleTemporaries(disk: Disk, home: string): Promise<void> {
  for (const folder of [home, join(home, DRAFTS)]) {
    for (const name of await listIfAny(disk, folder).catch(() => [])) {
      if (isTemporary(name)) await overwriteAndUnlink(disk, join(folder, name)).catch(() => {});
    }
  }
}

/**
 * Destroys the key slots first, then everything else that a passphrase opens apart from the journal. One file that
 * resists does not save the others; the first failure is reported at the end.
 */
export async function wipeKeys(disk: Disk, home: string): Promise<void> {
  const doomed: string[] = KEY_FILES.map((name) => join(home, name));
  for (const folder of [home, join(home, DRAFTS)]) {
    const names = await listIfAny(disk, folder);
    const wanted = names.filter((name) => isTemporary(name) || (folder !== home && name.endsWith('.bkd')));
    doomed.push(...wanted.map((name) => join(folder, name)));
  }
  const failures: unknown[] = [];
  for (const path of doomed) await overwriteAndUnlink(disk, path).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Empty when the folder does not exist. A link in its place is refused by the disk's `kind`. */
async function listIfAny(disk: Disk, folder: string): Promise<string[]> {
  return (await disk.kind(folder)) === 'folder' ? disk.list(folder) : [];
}
