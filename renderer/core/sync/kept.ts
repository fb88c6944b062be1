import { type DeviceId, splitChangeId } from '../base/ids.ts';
import type { Change } from '../changes/change.ts';
import type { Kept } from '../team-doors.ts';
import type { Chain, LineEnd, StoredPack } from './chain.ts';
import type { SyncState } from './sync-state.ts';

/**
 * Where all of these changes are at least. Other devices count by their signed receipts, and a device for what it
 * wrote itself; `self` does not count.
 */
export function keptOf(state: SyncState, self: DeviceId, changes: readonly Change[]): Kept {
  let holders: Set<DeviceId> | null = null;
  let handedOver = true;
  for (const change of changes) {
    const parts = splitChangeId(change.id);
    if (parts === null) continue;
    const packs = packsWith(state, parts.device, parts.counter);
    const holding = new Set<DeviceId>();
    let given = false;
    for (const { device, chain, pack } of packs) {
      if (device !== self) holding.add(device);
      if (pack.seq <= state.handedOverTo(device) || device !== self) given = true;
      for (const [reader, { head }] of state.heads) {
        if (reader !== self && holds(chain, pack, head.frontier[device])) holding.add(reader);
      }
    }
    if (!given) handedOver = false;
    const known: Set<DeviceId> = holders ?? holding;
    holders = new Set([...known].filter((device) => holding.has(device)));
  }
  if (holders !== null && holders.size > 0) return { state: 'held', devices: holders.size };
  return holders !== null && handedOver ? { state: 'handed-over' } : { state: 'here' };
}

interface PackOf {
  readonly device: DeviceId;
  readonly chain: Chain;
  readonly pack: StoredPack;
}

function packsWith(state: SyncState, device: DeviceId, counter: number): PackOf[] {
  const found: PackOf[] = [];
  for (const [packer, chain] of state.chains) {
    const pack = chain.holding(device, counter);
    if (pack !== null) found.push({ device: packer, chain, pack });
  }
  return found;
}

/** True when a receipt for lines up to these ends covers the pack. */
function holds(chain: Chain, pack: StoredPack, ends: readonly LineEnd[] | undefined): boolean {
  // With two lines under one id, only the lines that the receipt names count.
  return (
    ends?.some(
      ([seq, hash]) =>
        seq >= pack.seq && (!chain.forked || chain.line(pack.seq, hash)[0]?.hash === pack.hash),
    ) ?? false
  );
}

/** How many of a device's own changes there are up to the last pack that `covers` holds for. */
export function countUpTo(
  state: SyncState,
  devices: readonly DeviceId[],
  covers: (device: DeviceId, chain: Chain, pack: StoredPack) => boolean,
): number {
  let sum = 0;
  for (const author of devices) {
    let highest = 0;
    for (const [device, chain] of state.chains) {
      for (const pack of chain.all) {
        const counter = pack.counters[author] ?? 0;
        if (counter > highest && covers(device, chain, pack)) highest = counter;
      }
    }
    sum += highest;
  }
  return sum;
}

export const isHeldByAnother =
  (state: SyncState, self: DeviceId) =>
  (device: DeviceId, chain: Chain, pack: StoredPack): boolean =>
    [...state.heads].some(
      ([reader, { head }]) => reader !== self && holds(chain, pack, head.frontier[device]),
    );
