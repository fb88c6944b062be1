import { join, sep } from 'node:path';
import { CodedError } from '../renderer/core/host/contract.ts';
import { type Disk, errnoOf } from './disk.ts';
import { segmentsOf } from './path-guard.ts';

/**
 * From a relative path to what is called so below a granted folder, where others may have renamed it.
 *
 * A stick that went through an old camera, a Mac or a cloud comes back with `HEAD.BKH` for `head.bkh`, or with names
 * in Unicode form D. So a name is looked up as it is asked for, then without regard to case and form; of several that
 * match, the first in code-point order is taken, on every system the same.
 *
 * The guard is `guardPath`'s (see the threat model there) with one difference: what exists may be spelled differently
 * from what was asked for, but then it is a name that the folder itself lists. Links are refused wherever they point.
 */
export async function findBelow(disk: Disk, root: string, relative: string): Promise<Found> {
  const segments = segmentsOf(relative);
  let path = join(root, ...segments);
  // A path that is its own real path is spelled as on the disk and leads through no link. Most are: two calls
  // instead of three for each segment, which a round of hundreds of files on a slow stick feels.
  if ((await disk.realpath(path).catch(() => null)) === path) {
    const kind = await disk.kind(path);
    if (kind === 'other') throw refusal();
    return { path, kind, missing: [], above: root };
  }
  path = root;
  let kind: Found['kind'] = 'folder';
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    const name = await nameIn(disk, path, segment);
    if (name === null) {
      const missing = segments.slice(i);
      return { path: join(path, ...missing), kind: null, missing, above: path };
    }
    path = join(path, name);
    kind = await disk.kind(path);
    if (kind === 'link' || kind === 'other' || (!last && kind !== 'folder')) throw refusal();
  }
  if (!(await disk.realpath(path)).startsWith(root.endsWith(sep) ? root : root + sep)) throw refusal();
  return { path, kind, missing: [], above: root };
}

export interface Found {
  readonly path: string;
  /** What is there; null when there is nothing. */
  readonly kind: Awaited<ReturnType<Disk['kind']>>;
  /** The segments of the path that do not exist yet; empty when it is there. */
  readonly missing: readonly string[];
  /** The deepest folder that exists, where some are missing. */
  readonly above: string;
}

/** Entries of a folder that are looked at; a folder of ours stays far below. */
export const MOST_ENTRIES = 20_000;

async function nameIn(disk: Disk, folder: string, wanted: string): Promise<string | null> {
  const exact = await realNameOf(disk, join(folder, wanted));
  if (exact === wanted) return wanted;
  const key = sameness(wanted);
  const names = await disk.list(folder, MOST_ENTRIES).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
    throw error;
  });
  return names.filter((name) => sameness(name) === key).sort()[0] ?? null;
}

/** What the entry at a path is called, where the system says; a link, whose target says nothing, by its own name. */
async function realNameOf(disk: Disk, path: string): Promise<string | null> {
  const kind = await disk.kind(path);
  if (kind === null) return null;
  if (kind === 'link') return path.slice(path.lastIndexOf(sep) + 1);
  const real = await disk.realpath(path);
  return real.slice(real.lastIndexOf(sep) + 1);
}

const sameness = (name: string): string => name.normalize('NFC').toLowerCase();

function refusal(): CodedError {
  return new CodedError('host/refused', 'The path does not name a file inside the granted folder.');
}
