import { equalBytes } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import type { StoredPack } from './chain.ts';
import { FILE_LIMIT } from './envelope.ts';
import { headPath, packPath } from './layout.ts';
import type { Round } from './meeting.ts';
import { fetchFile, isOfOne, putFile } from './round-files.ts';
import { isBad, shownHead } from './target-memory.ts';

/**
 * Puts other devices' packs where the target does not have them: it never met their device (a stick in a taxi), lost
 * what it had, or gives it damaged. The same bytes under the same name, so it does not matter who does it or how often.
 */
export async function carryOthers(round: Round): Promise<void> {
  const { state, signer } = round.ledger;
  const membership = state.membership;
  if (membership === null) return;
  for (const device of membership.roster.devices.keys()) {
    if (device === signer.device) continue;
    try {
      await carryDevice(round, membership.workspace, device);
    } catch (error) {
      // What cannot be read there may not be written either, which is no reason to leave the others alone.
      const known = isBad(round.memory, headPath(membership.workspace, device));
      if (!known || !isOfOne(error)) throw error;
    }
  }
  await answerWants(round, membership.workspace);
}

async function carryDevice(round: Round, workspace: string, device: DeviceId): Promise<void> {
  const { ledger, memory, control } = round;
  const whole = ledger.state.wholeHead(device);
  if (whole === undefined) return;
  const shown = memory.shown[device];
  const there = shown?.seq ?? 0;
  const missing = whole.head.seq > there;
  if (!missing && shown !== undefined) return;
  const chain = ledger.state.chain(device);
  // A head that the target shows and whose packs are not known here leads another line: leave it alone.
  if (shown !== undefined && !chain.has(shown.hash)) return;
  const packs = chain.line(there + 1, whole.head.hash);
  control.begin(
    'sending',
    packs.reduce((sum, pack) => sum + pack.bytes, 0),
  );
  for (const pack of packs) {
    const bytes = await ledger.packBytes(pack);
    if (bytes !== null) await putFile(round, packPath(workspace, device, pack.seq, pack.hash), bytes);
  }
  await putFile(round, headPath(workspace, device), whole.bytes);
  memory.shown[device] = shownHead({ ...whole.head, wants: [] }, whole.rank, null);
}

/** Puts what somebody looked for at this target in vain. */
async function answerWants(round: Round, workspace: string): Promise<void> {
  const { ledger, memory } = round;
  const asked = new Set<string>();
  /** False when the pack is there as it should be. */
  const putOnce = async (device: DeviceId, pack: StoredPack): Promise<boolean> => {
    if (asked.has(pack.hash)) return true;
    asked.add(pack.hash);
    return putBack(round, workspace, device, pack);
  };
  for (const [reader, shown] of Object.entries(memory.shown)) {
    if (reader === ledger.signer.device) continue;
    for (const [device, hash] of shown.wants) {
      const ends = device === reader ? [[shown.seq, shown.hash] as const] : (shown.ends?.[device] ?? []);
      const lacking = ledger.state.chain(device).beyond(ends, hash);
      // Packs are missing in rows, as a rule: one that is there ends the row, and its reader comes to the next one. The
      // one that was named is put in any case: it proves a line, and the way back begins with it.
      for (const pack of lacking) if (!(await putOnce(device, pack))) break;
      const named = lacking.at(-1);
      if (named !== undefined) await putOnce(device, named);
    }
  }
}

/** False when the pack is there as it should be. */
async function putBack(
  round: Round,
  workspace: string,
  device: DeviceId,
  pack: StoredPack,
): Promise<boolean> {
  const bytes = await round.ledger.packBytes(pack);
  // Damaged in the journal: there is nothing to put in its place.
  if (bytes === null) return true;
  const path = packPath(workspace, device, pack.seq, pack.hash);
  const there = await fetchFile(round, path, { maxBytes: FILE_LIMIT });
  if (there.state === 'found' && equalBytes(there.bytes, bytes)) return false;
  await putFile(round, path, bytes).catch((error: unknown) => {
    if (there.state !== 'unread' || !isOfOne(error)) throw error;
  });
  return true;
}
