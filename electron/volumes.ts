import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Volume } from '../renderer/core/host/contract.ts';
import type { Disk } from './disk.ts';
import { type Surroundings, thisMachine } from './places.ts';

/** Linux's table of mounts: `device mount-point type options 0 0`, with octal escapes; a letter stands for a byte here. */
const MOUNTS = '/proc/self/mounts';
/** Where desktops and people mount what comes and goes. */
const COMING_AND_GOING = /^\/(?:media|run\/media|mnt)\/./;
const MOST_VOLUMES = 64;

/**
 * Drives that come and go: on Linux what is mounted below /media, /run/media and /mnt; on macOS what /Volumes shows
 * besides the system's own; on Windows every drive letter but the system's (whether a drive is removable is not to
 * be learned without native code). Never fails: what cannot be looked at is not there.
 */
export async function listVolumes(
  disk: Disk,
  machine: Surroundings = thisMachine(),
  readMounts: () => Promise<string> = () => readFile(MOUNTS, 'latin1'),
): Promise<Volume[]> {
  const paths = await pathsOf(disk, machine, readMounts).catch(() => []);
  return paths.slice(0, MOST_VOLUMES).map((path) => ({ path, name: basename(path) || path }));
}

async function pathsOf(
  disk: Disk,
  { platform, env }: Surroundings,
  readMounts: () => Promise<string>,
): Promise<string[]> {
  if (platform === 'win32') {
    const letters = [...'DEFGHIJKLMNOPQRSTUVWXYZC'].map((letter) => `${letter}:`);
    const system = (env.SystemDrive ?? 'C:').toUpperCase();
    const others = letters.filter((letter) => letter !== system).map((letter) => `${letter}\\`);
    return keepFolders(disk, others);
  }
  if (platform === 'darwin') {
    const names = await disk.list('/Volumes');
    // The system's own volume stands there as a link to the root.
    return keepFolders(
      disk,
      names.sort().map((name) => join('/Volumes', name)),
    );
  }
  return mountPoints(await readMounts());
}

/** One after another: a card reader without a card, or a share that hangs, takes only one of the threads. */
async function keepFolders(disk: Disk, paths: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const path of paths) {
    if ((await disk.kind(path).catch(() => null)) === 'folder') kept.push(path);
  }
  return kept;
}

function mountPoints(table: string): string[] {
  const points = table.split('\n').flatMap((line) => {
    const point = line.split(' ')[1] ?? '';
    const path = unescapeOctal(point);
    return path !== null && COMING_AND_GOING.test(path) ? [path] : [];
  });
  return [...new Set(points)].sort();
}

/** `\040` and the like are bytes of UTF-8; null when they make no text. */
function unescapeOctal(text: string): string | null {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const octal = text[i] === '\\' ? /^[0-3][0-7]{2}/.exec(text.slice(i + 1))?.[0] : undefined;
    if (octal === undefined) bytes.push(text.charCodeAt(i));
    else {
      bytes.push(Number.parseInt(octal, 8));
      i += 3;
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
