import { type Bytes, equalBytes } from '../base/bytes.ts';
import type { Json } from '../base/json.ts';
import { sealFile } from './envelope.ts';
import { logPath } from './layout.ts';
import type { Round } from './meeting.ts';
import { fetchFile, putFile } from './round-files.ts';
import { foundBad, foundGood, isLeftAlone } from './target-memory.ts';
import { verifyLog } from './verify-pack.ts';

/** The log of a team of a thousand is some 300 kB. */
const LOG_LIMIT = 4 * 1024 * 1024;

/**
 * The membership log lies at every target as one file beside the packs, because a pack can only be verified by who
 * knows its device, and the pack with that news may be out of reach (its coordinator's laptop is gone). Whoever knows
 * more than the file says writes what both know in its place. Two who do so at once take turns: who was written over
 * sees it at the next round. What cannot be read is written over, also what says that it is of a later version:
 * nobody has signed that, and one garbled letter would keep every newcomer out. A later version's log has another name.
 */
export async function meetLog(round: Round): Promise<void> {
  const { ledger, memory } = round;
  const membership = ledger.state.membership;
  if (membership === null) return;
  const path = logPath(membership.workspace);
  const fetched = await fetchFile(round, path, {
    maxBytes: LOG_LIMIT,
    unless: memory.log?.tag ?? null,
  });
  // Where it stays so, it is written over like one that is damaged.
  if (fetched.state !== 'unread') foundGood(memory, path);
  else if (isLeftAlone(memory, path, null) || !foundBad(memory, path, null)) return;
  if (fetched.state === 'unchanged') return;
  memory.log = null;
  const known = ledger.state.logFile;
  if (fetched.state === 'found' && known !== null && equalBytes(known.bytes, fetched.bytes)) {
    memory.log = { tag: fetched.tag, entries: known.hashes };
    return;
  }
  const log = fetched.state === 'found' ? await verifyLog(fetched.bytes, membership) : null;
  if (log === null || fetched.state !== 'found') return;
  const fresh = log.entries.filter(([hash]) => !membership.log.has(hash)).map(([, entry]) => entry);
  if (fresh.length > 0) {
    await ledger.keep([{ entry: { kind: 'log', own: false, log: fresh as unknown as Json[] } }]);
  }
  const hashes = log.entries.map(([hash]) => hash);
  ledger.state.logFile = { bytes: fetched.bytes, hashes };
  memory.log = { tag: fetched.tag, entries: hashes };
}

/** Writes the log where the target does not show all that is known here. */
export async function putLog(round: Round): Promise<void> {
  const { ledger, memory } = round;
  const membership = ledger.state.membership;
  if (membership === null || !membership.roster.devices.has(ledger.signer.device)) return;
  const there = new Set(memory.log?.entries);
  const hashes = [...membership.log.entries.keys()];
  if (hashes.every((hash) => there.has(hash))) return;
  const bytes = await sealFile(
    'BKL1',
    { workspace: membership.workspace, seq: 0, prev: '', epoch: membership.epoch },
    { log: [...membership.log.entries.values()] as unknown as Json },
    {
      epochKeyBytes: membership.epochKeys.get(membership.epoch) as Bytes,
      signer: ledger.signer,
      random: ledger.random,
    },
  );
  await putFile(round, logPath(membership.workspace), bytes);
  memory.log = { tag: null, entries: hashes };
}
