import { type DeviceId, splitChangeId } from '../base/ids.ts';
import type { Change } from '../changes/change.ts';
import type { Kept } from '../team-doors.ts';
import type { Chain, LineEnd, StoredPack } from './chain.ts';
import type { SyncState } from './sync-state.ts';

/**
 * Where all of these changes are at least. Other devices count by their signed receipts, and a device for what it
 * wrote itself; `self` does not count, nor what this vault was called before.
 *
 * A device that was copied has two changes under one number, in packs of two lines or of its new id. Which of them a
 * receipt means cannot be told from the number, so it counts only when it covers every pack that may be meant: said
 * too late at worst, never too early. What this vault packed twice itself, once under each of its ids, is one change:
 * of these packs one will do.
 */
export function keptOf(state: SyncState, self: DeviceId, changes: readonly Change[]): Kept {
  const past = pastDevices(state, self);
  let holders: ReadonlySet<DeviceId> | null = null;
  let handedOver = true;
  for (const change of changes) {
    const parts = splitChangeId(change.id);
    if (parts === null) continue;
    const packs = packsWith(state, self, parts.device, parts.counter);
    if (packs.length === 0 || !packs.every((same) => same.some((pack) => wasGiven(state, self, pack)))) {
      handedOver = false;
    }
    const holding = packs.map((same) => union(same.map((pack) => holdersOf(state, self, past, pack))));
    for (const devices of packs.length === 0 ? [new Set<DeviceId>()] : holding) {
      holders = holders === null ? devices : intersection(holders, devices);
    }
  }
  if (holders !== null && holders.size > 0) return { state: 'held', devices: holders.size };
  return holders !== null && handedOver ? { state: 'handed-over' } : { state: 'here' };
}

interface PackOf {
  readonly device: DeviceId;
  readonly chain: Chain;
  readonly pack: StoredPack;
}

/**
 * In every line, the pack that holds the device's change with this number if the line has it at all: those that this
 * vault wrote together, any other by itself.
 */
function packsWith(state: SyncState, self: DeviceId, device: DeviceId, counter: number): PackOf[][] {
  const packs = [...state.chains].flatMap(([packer, chain]) =>
    chain.holding(device, counter).map((pack) => ({ device: packer, chain, pack })),
  );
  const [own, others] = [
    packs.filter((one) => isOwn(state, self, one)),
    packs.filter((one) => !isOwn(state, self, one)),
  ];
  // What was packed once more begins above the counter: below it, the first packs alone hold the change.
  const again = counter > (state.former[device]?.above ?? 0);
  const same = again ? own : own.filter((one) => one.device === device);
  return [...(same.length > 0 ? [same] : []), ...others.map((one) => [one])];
}

/** True when this vault wrote the pack itself, under whichever of its ids. */
function isOwn(state: SyncState, self: DeviceId, { device, chain, pack }: PackOf): boolean {
  if (device === self) return true;
  const former = state.former[device];
  return former !== undefined && chain.leadsTo(pack, former.end);
}

/** Ids that this vault has or had, or that this person has elsewhere. */
function isOfSelf(state: SyncState, self: DeviceId, device: DeviceId): boolean {
  if (device === self || state.former[device] !== undefined) return true;
  const devices = state.membership?.roster.devices;
  const member = devices?.get(self)?.member;
  return member !== undefined && devices?.get(device)?.member === member;
}

/** What came from somebody else is at some target; one's own is when a head there leads to it. */
const wasGiven = (state: SyncState, self: DeviceId, { device, pack }: PackOf): boolean =>
  !isOfSelf(state, self, device) || state.isAtTarget(device, pack);

/**
 * Ids whose receipts tell of no device beside those that count. Who goes on for another is the same vault, moved or
 * restored, and what the old id held may be gone, unless the old id tells that it has met the new one: then they are
 * two laptops, one copied from the other. Of one's own ids, the one to be met is the present one.
 */
function pastDevices(state: SyncState, self: DeviceId): ReadonlySet<DeviceId> {
  const past = new Set([self]);
  const devices = state.membership?.roster.devices;
  const member = devices?.get(self)?.member;
  const hasMet = (older: DeviceId, newer: DeviceId) =>
    (state.head(older)?.head.frontier[newer]?.length ?? 0) > 0;
  for (const { device, member: of, renews } of devices?.values() ?? []) {
    if (renews !== null && !hasMet(renews, device)) past.add(renews);
    if (of === member && !hasMet(device, self)) past.add(device);
  }
  return past;
}

/** Other devices that hold the pack. */
function holdersOf(
  state: SyncState,
  self: DeviceId,
  past: ReadonlySet<DeviceId>,
  { device, chain, pack }: PackOf,
): ReadonlySet<DeviceId> {
  const holders = new Set<DeviceId>();
  if (!past.has(device) && wrote(state, device, chain, pack)) holders.add(device);
  for (const [reader, { head }] of state.heads) {
    if (past.has(reader)) continue;
    if (holds(chain, pack, head.frontier[device], isWhole(state, self, device))) holders.add(reader);
  }
  return holders;
}

/** True when the laptop that has the id now wrote the pack, rather than a copy of it. */
function wrote(state: SyncState, device: DeviceId, chain: Chain, pack: StoredPack): boolean {
  const isCopied =
    chain.forked ||
    [...(state.membership?.roster.devices.values() ?? [])].some((one) => one.renews === device);
  if (!isCopied) return true;
  const head = state.head(device)?.head;
  return head !== undefined && chain.leadsTo(pack, [head.seq, head.hash]);
}

/** True when every pack that was written here under the id is known: a receipt that goes further is for a copy's. */
const isWhole = (state: SyncState, self: DeviceId, device: DeviceId): boolean =>
  device === self || state.former[device] !== undefined;

const union = (all: readonly ReadonlySet<DeviceId>[]): ReadonlySet<DeviceId> =>
  new Set(all.flatMap((one) => [...one]));

const intersection = (one: ReadonlySet<DeviceId>, other: ReadonlySet<DeviceId>): ReadonlySet<DeviceId> =>
  new Set([...one].filter((device) => other.has(device)));

/** True when a receipt for lines up to these ends covers the pack. `whole`: no pack of the line is still to come. */
function holds(
  chain: Chain,
  pack: StoredPack,
  ends: readonly LineEnd[] | undefined,
  whole: boolean,
): boolean {
  // With two lines under one id, only the lines that the receipt names count.
  const mayBeAhead = !whole && !chain.forked;
  return ends?.some((end) => chain.leadsTo(pack, end) || (mayBeAhead && end[0] > chain.seq)) ?? false;
}

type Covers = (device: DeviceId, chain: Chain, pack: StoredPack) => boolean;

/**
 * How many of these devices' changes there are before the first pack, in any line, that `covers` does not hold for.
 * What this vault packed once more, as another device, need only be covered once.
 */
export function countUpTo(
  state: SyncState,
  self: DeviceId,
  devices: readonly DeviceId[],
  covers: Covers,
): number {
  return devices.reduce((sum, author) => sum + countOf(state, self, author, covers), 0);
}

/** Up to which number changes are covered, and before which one they are not. */
class Reach {
  #highest = 0;
  #bound = Number.POSITIVE_INFINITY;
  #top = 0;

  add(before: number, counter: number, isCovered: boolean): void {
    if (isCovered) this.#highest = Math.max(this.#highest, counter);
    else this.#bound = Math.min(this.#bound, before);
    this.#top = Math.max(this.#top, counter);
  }

  get count(): number {
    return Math.min(this.#highest, this.#bound);
  }

  get top(): number {
    return this.#top;
  }
}

function countOf(state: SyncState, self: DeviceId, author: DeviceId, covers: Covers): number {
  /** In all lines but this vault's; in this vault's under the author's id; in what it packed under its other ids. */
  const [all, first, again] = [new Reach(), new Reach(), new Reach()];
  for (const [device, chain] of state.chains) {
    /** The author's highest number in the line up to each pack. */
    const upTo = new Map<string, number>();
    for (const pack of chain.all) {
      const before = upTo.get(pack.prev) ?? 0;
      const counter = Math.max(before, pack.counters[author] ?? 0);
      upTo.set(pack.hash, counter);
      if (counter === before) continue;
      const own = device === author ? first : again;
      const reach = isOwn(state, self, { device, chain, pack }) ? own : all;
      reach.add(before, counter, covers(device, chain, pack));
    }
  }
  // What was packed once more begins above a counter, and says nothing of what stands below it.
  const above = state.former[author]?.above ?? 0;
  const count = first.count >= above ? Math.max(first.count, again.count) : first.count;
  const top = Math.max(first.top, again.top);
  all.add(0, count, true);
  all.add(count, top, count === top);
  return all.count;
}

/** For `countUpTo`: a device that counts as another one has the pack. */
export function isHeldByAnother(state: SyncState, self: DeviceId): Covers {
  const past = pastDevices(state, self);
  return (device, chain, pack) => holdersOf(state, self, past, { device, chain, pack }).size > 0;
}

/** For `countUpTo`: the pack is at some target. */
export const isHandedOver =
  (state: SyncState, self: DeviceId): Covers =>
  (device, chain, pack) =>
    wasGiven(state, self, { device, chain, pack });
