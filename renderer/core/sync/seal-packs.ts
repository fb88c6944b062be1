import type { Bytes } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import type { Json } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import type { Signer } from '../vault/device.ts';
import { hashOf, sealFile } from './envelope.ts';
import type { KeptItem } from './ledger.ts';
import { batchContents, halves, PACK_BYTES, type PackContent } from './pack.ts';
import type { Membership } from './roster.ts';
import type { SyncState } from './sync-state.ts';

/**
 * Packs for what this device wrote and no own pack holds, linked to the last one, in the order it was written. Of
 * `written` (the journal's own changes from some place on) those that are packed already, and those of other members
 * (put back into the journal after it was cut), are left out.
 */
export async function sealPacks(
  by: {
    readonly state: SyncState;
    readonly signer: Signer;
    readonly random: Random;
    readonly member: string;
  },
  membership: Membership,
  written: readonly Change[],
): Promise<KeptItem[]> {
  const { state, signer, random, member } = by;
  const own = written.filter(
    (change) =>
      state.isUnpacked(change) && (change.author === member || !membership.roster.members.has(change.author)),
  );
  const chain = state.chain(signer.device);
  let seq = chain.seq;
  let prev = chain.hash;
  const items: KeptItem[] = [];
  const seal = async (content: PackContent): Promise<void> => {
    const bytes = await sealFile(
      'BKP1',
      { workspace: membership.workspace, seq: seq + 1, prev, epoch: membership.epoch },
      content as unknown as Json,
      { epochKeyBytes: membership.epochKeys.get(membership.epoch) as Bytes, signer, random },
    );
    const cut = bytes.length > PACK_BYTES ? halves(content) : null;
    if (cut !== null) {
      for (const half of cut) await seal(half);
      return;
    }
    seq += 1;
    prev = await hashOf(bytes);
    items.push({ entry: { kind: 'pack', own: true, fileBytes: bytes } });
  };
  for (const content of batchContents(own, state.unpackedLog)) await seal(content);
  return items;
}
