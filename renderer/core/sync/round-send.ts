import { packPath } from './layout.ts';
import type { Round } from './meeting.ts';
import { putFile } from './round-files.ts';
import { goOnAsAnother } from './round-heads.ts';

/** Puts the own packs that the target does not have, in order. */
export async function sendOwn(round: Round): Promise<void> {
  const { ledger, memory, control, carried } = round;
  const { state, signer } = ledger;
  const membership = state.membership;
  if (membership === null || !membership.roster.devices.has(signer.device)) return;
  const own = state.chain(signer.device);
  const shown = memory.shown[signer.device];
  const told = shown !== undefined && own.has(shown.hash) ? shown.seq : 0;
  // Of another device that this one was, perhaps: then nothing of the present one's was put.
  const sent = own.get(memory.sent)?.seq ?? 0;
  const packs = own.line(Math.max(told, sent) + 1);
  if (packs.length === 0) return;
  control.begin(
    'sending',
    packs.reduce((sum, pack) => sum + pack.bytes, 0),
  );
  for (const pack of packs) {
    const bytes = await ledger.packBytes(pack);
    // Damaged in the journal: others could not read what follows. The changes themselves are journalled apart from it.
    if (bytes === null) {
      await goOnAsAnother(round, own.get(pack.prev));
      break;
    }
    const path = packPath(membership.workspace, signer.device, pack.seq, pack.hash);
    await putFile(round, path, bytes);
    memory.sent = pack.hash;
    carried.changesOut += pack.changes;
  }
}
