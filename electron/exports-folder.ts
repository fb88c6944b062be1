import { basename, dirname, extname, join } from 'node:path';
import { CodedError } from '../renderer/core/host/contract.ts';
import { type Disk, errnoOf } from './disk.ts';
import { moveInto, replaceFile, writeAll, writeTemporary } from './durable.ts';
import type { SaveAs } from './handlers/files.ts';
import { isDeviceName } from './path-guard.ts';

/** What may be handed to a person. A file that a double click would run is not among them. */
const ALLOWED = new Set(
  'csv xlsx ods docx odt pdf txt md json geojson xml zip age png jpg bkp bkj baikoo'.split(' '),
);
const LONGEST_STEM = 100;

/**
 * A name that every file system takes and that shows what it is: no path, no control or bidirectional character
 * (`fdp.exe` must not read as `exe.pdf`), no device name, no leading dot, no trailing dot or space.
 * Errors: `host/refused` for an extension that is not a document's.
 */
export function safeFileName(suggested: string): string {
  const plain = suggested
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:<>"|?*]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[. -]+|[. ]+$/g, '');
  const extension = extname(plain).slice(1).toLowerCase();
  if (!ALLOWED.has(extension)) {
    throw new CodedError('host/refused', 'Files of this kind are not handed out.');
  }
  const letters = [...plain.slice(0, -extension.length - 1).replace(/[. ]+$/, '')];
  const stem = letters.slice(0, LONGEST_STEM).join('').trimEnd() || 'baikoo';
  const name = `${stem}.${extension}`;
  return isDeviceName(name) ? `_${name}` : name;
}

/** Page mode's `saveAs`: a finished file in `folder`, which never takes another file's place. */
export function saveIntoFolder(disk: Disk, folder: string): SaveAs {
  return async (suggestedName, bytes) => {
    const name = safeFileName(suggestedName);
    if ((await disk.kind(folder)) === null) await disk.mkdir(folder);
    const first = join(folder, name);
    const temporary = await writeTemporary(disk, first, (file) => writeAll(file, bytes, 0));
    for (let copy = 1; ; copy++) {
      const path = copy === 1 ? first : numbered(first, copy);
      if (await takeName(disk, temporary, path)) return { path };
    }
  };
}

/** The desktop's `saveAs` once a dialog has said where, and the person has agreed to overwrite what is there. */
export async function saveAt(disk: Disk, path: string, bytes: Uint8Array): Promise<{ path: string }> {
  safeFileName(basename(path));
  await replaceFile(disk, path, bytes);
  return { path };
}

const numbered = (path: string, copy: number): string =>
  join(dirname(path), `${basename(path, extname(path))} (${copy})${extname(path)}`);

/** True when the temporary file is called `path` now; false when that name is taken. */
async function takeName(disk: Disk, temporary: string, path: string): Promise<boolean> {
  try {
    // A second name fails when the name is taken, which a rename does not.
    await disk.link(temporary, path);
    await disk.unlink(temporary);
    await disk.syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
  }
  // FAT has no second names: an empty file reserves the name, and the rename takes its place.
  try {
    await (await disk.open(path, 'create')).close();
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    await disk.unlink(temporary).catch(() => {});
    throw error;
  }
  await moveInto(disk, temporary, path);
  return true;
}
