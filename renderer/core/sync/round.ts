import { raiseFlag } from './flags.ts';
import type { Carried, Round } from './meeting.ts';
import { carryOthers } from './round-carry.ts';
import { lookAtHeads, putOwnHead } from './round-heads.ts';
import { meetLog, putLog } from './round-log.ts';
import { receiveAll } from './round-receive.ts';
import { sendOwn } from './round-send.ts';
import { beginRound } from './target-memory.ts';

/** A device that no coordinator let in receives and sends nothing, which looks like a good round otherwise. */
async function mindStranger({ ledger }: Round): Promise<void> {
  const { state, signer } = ledger;
  if (state.membership?.roster.devices.has(signer.device) !== false) return;
  await raiseFlag(ledger, 'sync/not-a-member', {});
}

/** New devices come to light pack by pack; a round looks again this often, the next one goes on. */
const PASSES = 6;

/**
 * A round: looks what the target has, sends one's own packs, puts back what the target lost or never saw, receives
 * what is new, and leaves a receipt. Order matters on a line that lasts ten minutes: one's own words go out before
 * anything comes in, and every step that ends is kept even if the next never does.
 *
 * Errors: the target's; `Stopped`; the disk's. Whatever was received before is in the journal, whatever was sent is
 * at the target, and the next round goes on from there; `carried` has counted it.
 */
export async function runRound(
  meeting: Omit<Round, 'carried'>,
  carried: Carried = { changesOut: 0, changesIn: 0 },
): Promise<Readonly<Carried>> {
  const round: Round = { ...meeting, carried };
  beginRound(round.memory);
  for (let pass = 0; pass < PASSES; pass++) {
    round.control.begin('looking');
    await meetLog(round);
    if (pass === 0) await mindStranger(round);
    // Before sealing: a device that finds itself copied must not add to a line that is no longer its own.
    await lookAtHeads(round);
    await round.ledger.seal();
    await sendOwn(round);
    if (pass === 0) {
      await putLog(round);
      await putOwnHead(round);
      await carryOthers(round);
    }
    if (!(await receiveAll(round))) break;
  }
  await putLog(round);
  await putOwnHead(round);
  return carried;
}
