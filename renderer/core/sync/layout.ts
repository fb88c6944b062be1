import { fromB64, toHex } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';

/**
 * Where things are at a target. Every name is in lower case and tells random ids, counts and hashes only.
 *
 *   <workspace>/<device>/head.bkh                    the device's head, written over in place
 *   <workspace>/<device>/<shard>/<seq>-<hash>.bkp    its packs, 64 to a folder
 *   <workspace>/log.bkl                              the membership log, written over by whoever knows more
 *   join/<invitation>/request.bkj, answer.bkj        a newcomer's way in
 */
const PACKS_PER_SHARD = 64;

const shardOf = (seq: number): string => String(Math.floor((seq - 1) / PACKS_PER_SHARD)).padStart(5, '0');

export const headPath = (workspace: string, device: DeviceId): string => `${workspace}/${device}/head.bkh`;

export const deviceFolder = (workspace: string, device: DeviceId): string => `${workspace}/${device}`;

/** The folders that hold the packs `from` to `to`, in order; one at a time, since `to` may be what a liar says. */
export function* shardFolders(
  workspace: string,
  device: DeviceId,
  from: number,
  to: number,
): Generator<string> {
  let before = '';
  for (let seq = from; ; seq += PACKS_PER_SHARD) {
    const last = seq >= to;
    const folder = `${workspace}/${device}/${shardOf(last ? to : seq)}`;
    if (before !== folder) yield folder;
    before = folder;
    if (last) return;
  }
}

/** `hash` is base64url of the 32 bytes, of which the name shows 16 in hexadecimal. */
export const packPath = (workspace: string, device: DeviceId, seq: number, hash: string): string =>
  `${workspace}/${device}/${shardOf(seq)}/${packName(seq, hash)}`;

export const packName = (seq: number, hash: string): string =>
  `${String(seq).padStart(6, '0')}-${nameOf(hash)}.bkp`;

const nameOf = (hash: string): string => toHex(fromB64(hash)?.subarray(0, 16) ?? new Uint8Array(16));

export const logPath = (workspace: string): string => `${workspace}/log.bkl`;

export const requestPath = (invitation: string): string => `join/${invitation}/request.bkj`;
export const answerPath = (invitation: string): string => `join/${invitation}/answer.bkj`;
