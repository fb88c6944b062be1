import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CodedError } from '../../renderer/core/host/contract.ts';
import { type Disk, type DiskFile, errnoOf } from '../disk.ts';
import { moveInto, readUpTo, writeAll, writeTemporary } from '../durable.ts';

/**
 * A generation of a safety copy: a folder with the sealed files and, written last, their manifest.
 * `handlers/safety.ts` says how they come about; whoever reads them believes nothing, since a stick goes round.
 */
export const MANIFEST = 'copy.json';
export const COPY_FILES = { header: 'header.bkv', journal: 'journal.bkj', device: 'device.bkv' } as const;
export type CopyFile = keyof typeof COPY_FILES;
export const COPY_ROOT = /^baikoo-copy-([0-9a-f]{12})$/;
const GENERATIONS = ['a', 'b'] as const;
const STRETCH = 1024 * 1024;

/** SHA-256 of each file, in hexadecimal; `bytes` is the journal's length. */
export interface Manifest extends Readonly<Record<CopyFile, string>> {
  readonly v: 1;
  readonly at: string;
  readonly bytes: number;
}

export interface Generation {
  readonly folder: string;
  /** `newer`: a later version of the program wrote it. */
  readonly manifest: Manifest | 'newer';
}

/** The generations that were finished, the newest first, those of a later version before all. */
export async function generationsIn(disk: Disk, root: string): Promise<Generation[]> {
  const found: Generation[] = [];
  for (const name of GENERATIONS) {
    const folder = join(root, name);
    // A link could lead anywhere.
    if ((await disk.kind(folder)) !== 'folder') continue;
    const manifest = parseManifest(await readText(disk, join(folder, MANIFEST)));
    if (manifest !== null) found.push({ folder, manifest });
  }
  const age = ({ manifest }: Generation) => (manifest === 'newer' ? '~' : manifest.at);
  return found.sort((one, other) => (age(one) < age(other) ? 1 : -1));
}

/** True when every file of the generation is there and readable, with the hash and length that its manifest names. */
export async function isWhole(disk: Disk, folder: string, manifest: Manifest): Promise<boolean> {
  try {
    for (const [what, name] of Object.entries(COPY_FILES) as [CopyFile, string][]) {
      const path = join(folder, name);
      const size = await disk.fileSize(path);
      if (size === null || (what === 'journal' && size !== manifest.bytes)) return false;
      if ((await hashOf(disk, path)) !== manifest[what]) return false;
    }
    return true;
  } catch {
    // One bad sector must not hide the generation beside it.
    return false;
  }
}

const HASH = /^[0-9a-f]{64}$/;

function parseManifest(text: string | null): Manifest | 'newer' | null {
  try {
    const found = JSON.parse(text ?? '') as Record<string, unknown>;
    if (typeof found.v === 'number' && found.v > 1) return 'newer';
    const { v, at, bytes } = found;
    const hashes = Object.keys(COPY_FILES).every((what) => HASH.test(String(found[what])));
    const timed = typeof at === 'string' && at.length <= 40 && !Number.isNaN(Date.parse(at));
    return v === 1 && timed && hashes && Number.isSafeInteger(bytes) && (bytes as number) >= 0
      ? (found as unknown as Manifest)
      : null;
  } catch {
    return null;
  }
}

export async function readText(disk: Disk, path: string): Promise<string | null> {
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

/**
 * Copies the first `length` bytes (all when null), on the disk when it resolves; with their SHA-256. Where another is
 * `expected`, nothing is put in place. Error: `safety/differs`.
 */
export async function copyFile(
  disk: Disk,
  from: string,
  to: string,
  length: number | null,
  expected: string | null = null,
): Promise<string> {
  const source = await disk.open(from, 'read').catch((error: unknown) => {
    // A new vault has no journal yet.
    if (errnoOf(error) === 'ENOENT' && length === 0) return null;
    throw error;
  });
  const hash = createHash('sha256');
  let written = '';
  try {
    const temporary = await writeTemporary(disk, to, async (copy) => {
      const size = source === null ? 0 : await source.size();
      if (length !== null && length > size)
        throw new CodedError('journal/moved', 'The journal is shorter than that.', { actual: size });
      if (source !== null)
        await eachStretch(source, length ?? size, async (bytes, at) => {
          hash.update(bytes);
          await writeAll(copy, bytes, at);
        });
      written = hash.digest('hex');
      if (expected !== null && written !== expected)
        throw new CodedError('safety/differs', 'The copy is not what its manifest says.');
    });
    await moveInto(disk, temporary, to);
  } finally {
    await source?.close();
  }
  return written;
}

export async function hashOf(disk: Disk, path: string): Promise<string> {
  const file = await disk.open(path, 'read');
  const hash = createHash('sha256');
  try {
    await eachStretch(file, await file.size(), (bytes) => void hash.update(bytes));
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
