import { join, sep } from 'node:path';
import { CodedError } from '../renderer/core/host/contract.ts';
import type { Disk } from './disk.ts';

/**
 * From a relative path to a path inside a granted root, or a refusal.
 *
 * Threat model. The caller may be a renderer that a hostile import has taken over, or a page that found the
 * loopback door and the token: it names files, and wants to read or write one outside the root. It may know the
 * machine's layout, and anything may have been planted inside the root before (a vault's folder on a stick that
 * was in other hands). It cannot change the folder between our check and our use of it: who can write there as
 * this user at that moment needs no help from us. What may be *named* inside the root is decided by the contract
 * (a closed set of names); this guard is the second wall and trusts none of it.
 *
 * Rejected: `path.resolve` and a comparison of prefixes. It follows no links, takes `C:` and `\\server` for names
 * on Linux, and lets `NUL`, `file.txt.` and `file.txt:stream` through on Windows. The rules are the same on every
 * system, so that a test on one speaks for all.
 *
 * Defences
 *  1. A string of 1 to 400 characters, in Unicode form C: one spelling for one name.
 *  2. No NUL or other control character, no bidirectional control, no lone surrogate.
 *  3. `/` alone separates; no backslash, so no UNC path and no `\\?\` device path.
 *  4. No colon: no drive letter, no alternate stream (`file:stream`, `file::$DATA`).
 *  5. No empty segment (so nothing absolute, no `//`), no `.`, no `..`.
 *  6. None of `< > " | ? *`, which Windows reads as wildcards or refuses.
 *  7. No trailing dot or space in a segment: Windows drops them, so two names become one.
 *  8. No reserved device name (CON, NUL, COM1, LPT¹ ...), with or without an extension.
 *  9. Every existing segment is looked at without following it: a link is refused wherever it points, and only a
 *     folder may be passed through.
 * 10. What exists is called on the disk exactly as it was asked for: `HEADER.BKV` and `HEADER~1.BKV` are refused
 *     where the file system would take them for `header.bkv`.
 * 11. The real path of the deepest existing segment lies below the root's real path.
 */
export function segmentsOf(relative: unknown): string[] {
  if (typeof relative !== 'string' || relative.length === 0 || relative.length > 400) throw refusal();
  if (relative !== relative.normalize('NFC')) throw refusal();
  if (/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\\:<>"|?*]/u.test(relative)) throw refusal();
  const segments = relative.split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') throw refusal();
    if (/[. ]$/.test(segment) || isDeviceName(segment)) throw refusal();
  }
  return segments;
}

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Windows takes `nul`, `NUL.txt` and `nul .tar.gz` for the device. */
export function isDeviceName(segment: string): boolean {
  const stem = segment.split('.')[0] as string;
  return DEVICE.test(stem.trimEnd());
}

/** The absolute path of `relative` below `root`, which exists. Errors: `host/refused`. */
export async function guardPath(disk: Disk, root: string, relative: unknown): Promise<string> {
  const segments = segmentsOf(relative);
  const realRoot = await disk.realpath(root);
  let path = realRoot;
  for (const [i, segment] of segments.entries()) {
    path = join(path, segment);
    const kind = await disk.kind(path);
    if (kind === null) continue;
    const last = i === segments.length - 1;
    if (kind === 'link' || kind === 'other' || (!last && kind !== 'folder')) throw refusal();
    if ((await disk.realpath(path)) !== path) throw refusal();
  }
  const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  if (!path.startsWith(prefix)) throw refusal();
  return path;
}

function refusal(): CodedError {
  return new CodedError('host/refused', 'The path does not name a file inside the granted folder.');
}
