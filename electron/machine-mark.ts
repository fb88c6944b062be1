import { randomBytes } from 'node:crypto';
import { join, sep } from 'node:path';
import type { MachineMark } from '../renderer/core/host/contract.ts';
import type { Disk } from './disk.ts';
import { readUpTo, replaceFile } from './durable.ts';

/**
 * What a vault knows a machine by: a random number in this person's local application data, outside of any vault. It
 * is made when it is first asked for, says nothing, and is sent nowhere; the vault keeps a hash of it, sealed.
 *
 * A vault on a drive that comes and goes (a stick, a portable program's folder) belongs to the drive, whatever machine
 * it is put into: `drive`. Null where no mark can be kept: then nobody can tell.
 *
 * What this does not see: a machine that was copied as a whole, with this mark. Two devices of one id are noticed at
 * the next exchange as well.
 */
const NAME = 'machine';
const MARK = /^[0-9a-f]{32}$/;

export interface MachineParts {
  readonly disk: Disk;
  /** The vault's folder, as the system spells it. */
  readonly home: string;
  /** Where the mark is kept; null: nowhere. */
  readonly folder: string | null;
  /** Where drives that come and go are mounted. */
  readonly volumes: () => Promise<readonly { readonly path: string }[]>;
}

/** Never fails. */
export async function machineMark({ disk, home, folder, volumes }: MachineParts): Promise<MachineMark> {
  const isBelow = (path: string, above: string) =>
    path === above || path.startsWith(above.endsWith(sep) ? above : above + sep);
  if ((await volumes()).some(({ path }) => isBelow(home, path))) return 'drive';
  // A mark inside the vault would move with it.
  if (folder === null || isBelow(folder, home)) return null;
  try {
    const known = await read(disk, folder);
    if (known !== null) return known;
    await disk.mkdir(folder);
    await replaceFile(disk, join(folder, NAME), Buffer.from(randomBytes(16).toString('hex')));
    // Of two programs that make one at once, the file decides.
    return await read(disk, folder);
  } catch {
    return null;
  }
}

async function read(disk: Disk, folder: string): Promise<string | null> {
  const path = join(folder, NAME);
  if ((await disk.kind(path)) !== 'file') return null;
  const file = await disk.open(path, 'read');
  try {
    const text = Buffer.from(await readUpTo(file, 0, 64)).toString('latin1');
    return MARK.test(text) ? text : null;
  } finally {
    await file.close();
  }
}
