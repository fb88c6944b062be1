import { packPath } from './layout.ts';
import type { Round } from './meeting.ts';
import { putFile } from './round-files.ts';

/** Puts the own packs that the target does not have, in order. Resolves with the number of packs' changes. */
export async function sendOwn(round: Round): Promise<number> {
  const { ledger, memory, control } = round;
  const { state, signer } = ledger;
  const membership = state.membership;
  if (membership === null || !membership.roster.devices.has(signer.device)) return 0;
  const own = state.chain(signer.device);
  const shown = memory.shown[signer.device];
  const told = shown !== undefined && own.has(shown.hash) ? shown.seq : 0;
  const packs = own.line(Math.max(told, memory.sent) + 1);
  if (packs.length === 0) return 0;
  control.begin(
    'sending',
    packs.reduce((sum, pack) => sum + pack.bytes, 0),
  );
  let changes = 0;
  for (const pack of packs) {
    const bytes = await ledger.packBytes(pack);
    // Damaged in the journal: what follows cannot be read without it, so it waits for whoever holds a copy.
    if (bytes === null) break;
    const path = packPath(membership.workspace, signer.device, pack.seq, pack.hash);
    await putFile(round, path, bytes);
    memory.sent = pack.seq;
    changes += pack.changes;
  }
  return changes;
}
