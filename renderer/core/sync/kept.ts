import { type DeviceId, splitChangeId } from '../base/ids.ts';
import type { Change } from '../changes/change.ts';
import type { Kept } from '../team-doors.ts';
import type { Chain, LineEnd, StoredPack } from './chain.ts';
import type { SyncState } from './sync-state.ts';

/**
 * Where all of these changes are at least. Other devices count by their signed receipts, and a device for what it
 * wrote itself; `self` does not count.
 *
 * A device that was copied has two changes under one number, in packs of two lines or of its new id. Which of them a
 * receipt means cannot be told from the number, so it counts only when it covers every pack that may be meant: said
 * too late at worst, never too early.
 */
export function keptOf(state: SyncState, self: DeviceId, changes: readonly Change[]): Kept {
  let holders: ReadonlySet<DeviceId> | null = null;
  let handedOver = true;
  for (const change of changes) {
    const parts = splitChangeId(change.id);
    if (parts === null) continue;
    const packs = packsWith(state, parts.device, parts.counter);
    const holding = holdersOf(state, self, packs);
    if (packs.length === 0 || !packs.every((pack) => wasGiven(state, self, pack))) handedOver = false;
    holders = holders === null ? holding : intersection(holders, holding);
  }
  if (holders !== null && holders.size > 0) return { state: 'held', devices: holders.size };
  return holders !== null && handedOver ? { state: 'handed-over' } : { state: 'here' };
}

interface PackOf {
  readonly device: DeviceId;
  readonly chain: Chain;
  readonly pack: StoredPack;
}

/** In every line, the pack that holds the device's change with this number if the line has it at all. */
function packsWith(state: SyncState, device: DeviceId, counter: number): PackOf[] {
  return [...state.chains].flatMap(([packer, chain]) =>
    chain.holding(device, counter).map((pack) => ({ device: packer, chain, pack })),
  );
}

/** What came from another device is at some target; one's own is when a head that tells of it was put. */
const wasGiven = (state: SyncState, self: DeviceId, { device, pack }: PackOf): boolean =>
  device !== self || state.isAtTarget(device, pack);

/** Devices that hold every one of the packs. */
function holdersOf(state: SyncState, self: DeviceId, packs: readonly PackOf[]): ReadonlySet<DeviceId> {
  let holders: ReadonlySet<DeviceId> | null = null;
  for (const { device, chain, pack } of packs) {
    const holding = new Set<DeviceId>();
    if (device !== self) holding.add(device);
    for (const [reader, { head }] of state.heads) {
      if (reader !== self && holds(chain, pack, head.frontier[device])) holding.add(reader);
    }
    holders = holders === null ? holding : intersection(holders, holding);
  }
  return holders ?? new Set();
}

const intersection = (one: ReadonlySet<DeviceId>, other: ReadonlySet<DeviceId>): ReadonlySet<DeviceId> =>
  new Set([...one].filter((device) => other.has(device)));

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

/** How many of these devices' changes there are before the first pack, in any line, that `covers` does not hold for. */
export function countUpTo(
  state: SyncState,
  devices: readonly DeviceId[],
  covers: (device: DeviceId, chain: Chain, pack: StoredPack) => boolean,
): number {
  let sum = 0;
  for (const author of devices) {
    let highest = 0;
    let bound = Number.POSITIVE_INFINITY;
    for (const [device, chain] of state.chains) {
      /** The author's highest number in the line up to each pack. */
      const upTo = new Map<string, number>();
      for (const pack of chain.all) {
        const before = upTo.get(pack.prev) ?? 0;
        const counter = Math.max(before, pack.counters[author] ?? 0);
        upTo.set(pack.hash, counter);
        if (counter === before) continue;
        if (covers(device, chain, pack)) highest = Math.max(highest, counter);
        else bound = Math.min(bound, before);
      }
    }
    sum += Math.min(highest, bound);
  }
  return sum;
}

export const isHeldByAnother =
  (state: SyncState, self: DeviceId) =>
  (device: DeviceId, chain: Chain, pack: StoredPack): boolean =>
    [...state.heads].some(
      ([reader, { head }]) => reader !== self && holds(chain, pack, head.frontier[device]),
    );
