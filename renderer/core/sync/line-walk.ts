import type { Bytes } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Chain, LineEnd } from './chain.ts';
import { hashOf, parseFile } from './envelope.ts';
import type { Round } from './meeting.ts';

/** So many packs are held in memory on the way back to where a line leaves those known. */
const WALK_LIMIT = 128;

/**
 * The ends of a device's lines that the heads which this target shows tell of and that are not known here: hash and
 * number. A device's own head is not the only news of its packs: others may hold more, of a line that it lost itself.
 */
export function endsTold({ ledger, memory }: Round, device: DeviceId): ReadonlyMap<string, number> {
  const { state } = ledger;
  const chain = state.chains.get(device);
  const told = new Map<string, number>();
  for (const [reader, { head }] of state.heads) {
    if (memory.shown[reader] === undefined) continue;
    for (const [seq, hash] of head.frontier[device] ?? []) {
      if (chain?.has(hash) === true) continue;
      told.set(hash, seq);
    }
  }
  return told;
}

/**
 * The files from the end of a line back to a pack that is known, that one's follower first; `joined` is what that
 * follower names as its predecessor. Stops early, with `joined` null, at a file that is not there, is another one or no
 * pack, and after `WALK_LIMIT`. Their hashes are right; nothing else is verified yet.
 */
export async function walkBack(
  chain: Chain,
  [seq, hash]: LineEnd,
  get: (seq: number, hash: string) => Promise<Bytes | null>,
): Promise<{ readonly files: readonly Bytes[]; readonly joined: string | null }> {
  const files: Bytes[] = [];
  let at = { seq, hash };
  while (!chain.has(at.hash)) {
    const bytes = files.length < WALK_LIMIT ? await get(at.seq, at.hash) : null;
    // Whoever has the target may put anything under that name, as long as a file may be, and 128 times over.
    if (bytes === null || (await hashOf(bytes)) !== at.hash) return { files, joined: null };
    const parsed = parseFile(bytes, 'BKP1');
    if (!parsed.ok || parsed.value.header.seq !== at.seq) return { files, joined: null };
    files.unshift(bytes);
    at = { seq: at.seq - 1, hash: parsed.value.header.prev };
  }
  return { files, joined: at.hash };
}
