import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { isLocale, type Locale } from '../renderer/core/base/locales.ts';
import { nodeDisk } from './disk.ts';
import { defaultHome, type Surroundings } from './places.ts';
import { writeSmallFile } from './small-file.ts';

/**
 * Which folder the vault is in, in this order: the one named on the command line; beside the portable program, which
 * leaves nothing on the computer it runs on; the one that a person chose; local application data.
 *
 * The choice is remembered in `folder.json` in local application data, with the interface's language, which otherwise
 * stands in the folder that may be missing. A chosen folder that is not there, or in which a vault was and is not any
 * more (the empty mount point of a stick in a drawer), is never answered with a new vault: it is `missing`.
 *
 * Read and looked at without waiting, because the browser's profile lies in the same folder and must be named before
 * Electron is ready.
 */
export interface Place {
  readonly home: string;
  readonly how: 'named' | 'portable' | 'chosen' | 'missing' | 'usual';
  /** The interface's language when the folder was chosen. */
  readonly locale: Locale | null;
}

interface Choice {
  readonly folder: string;
  readonly locale: Locale | null;
  /** A vault has been seen there. */
  readonly held: boolean;
}

const FILE = 'folder.json';

export function findPlace(named: string | undefined, machine: Surroundings): Place {
  if (named !== undefined) return { home: named, how: 'named', locale: null };
  // Set by electron-builder's portable program: the folder that the person put it into.
  const beside = machine.env.PORTABLE_EXECUTABLE_DIR;
  if (beside) return { home: join(beside, 'Baikoo'), how: 'portable', locale: null };
  const usual = defaultHome(machine);
  const choice = recallChoice(usual);
  if (choice === null) return { home: usual, how: 'usual', locale: null };
  const { folder, locale, held } = choice;
  const isThere = isFolder(folder) && (!held || hasVault(folder));
  return { home: folder, how: isThere ? 'chosen' : 'missing', locale };
}

/** The vault's own folder inside what a person pointed at: that folder when a vault is in it, else `Baikoo` below it. */
export function folderFor(pointedAt: string): string {
  return hasVault(pointedAt) || basename(pointedAt).toLowerCase() === 'baikoo'
    ? pointedAt
    : join(pointedAt, 'Baikoo');
}

/** True where a vault is, or one whose key slots were wiped. */
export const hasVault = (folder: string): boolean =>
  ['header.bkv', 'journal.bkj'].some((name) => existsSync(join(folder, name)));

/** From the next start on the vault is in `folder`, which is made when it is not there. Errors are Node's. */
export async function chooseFolder(
  folder: string,
  locale: Locale | null,
  machine: Surroundings,
): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await remember({ folder, locale, held: hasVault(folder) }, machine);
}

/** From the next start on the vault is in local application data again. */
export function forgetChoice(machine: Surroundings): void {
  rmSync(join(defaultHome(machine), FILE), { force: true });
}

/** Notes that there is a vault in the chosen folder by now. No error: the choice itself stands. */
export async function noteVault(place: Place, machine: Surroundings): Promise<void> {
  const choice = recallChoice(defaultHome(machine));
  if (place.how !== 'chosen' || choice?.folder !== place.home || choice.held || !hasVault(place.home)) return;
  await remember({ ...choice, held: true }, machine).catch(() => {});
}

async function remember(choice: Choice, machine: Surroundings): Promise<void> {
  const usual = defaultHome(machine);
  mkdirSync(usual, { recursive: true, mode: 0o700 });
  await writeSmallFile(nodeDisk, join(usual, FILE), choice);
}

function recallChoice(usual: string): Choice | null {
  try {
    const found = JSON.parse(readFileSync(join(usual, FILE), 'utf8')) as Partial<Choice>;
    const { folder, locale, held } = found;
    if (typeof folder !== 'string' || !isAbsolute(folder)) return null;
    return { folder, locale: isLocale(String(locale)) ? (locale as Locale) : null, held: held === true };
  } catch {
    return null;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
