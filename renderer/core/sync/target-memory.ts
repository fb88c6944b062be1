import type { DeviceId } from '../base/ids.ts';
import type { RoundReport } from '../team-doors.ts';
import type { Chain, StoredPack } from './chain.ts';
import type { Head, Rank } from './head.ts';

/**
 * What one device remembers of one target between rounds. It only saves work and shows what a target takes back:
 * forgetting it costs bytes, nothing else. Plain data.
 */
export interface TargetMemory {
  /** Where the target is; empty while nobody said. */
  addresses: readonly string[];
  /** The head of each device as this target showed it last. */
  readonly shown: Record<DeviceId, ShownHead>;
  /** The same of places that it was at before. */
  readonly elsewhere: Record<DeviceId, ShownHead>;
  /** Hash of the own pack that was put last, whether or not the head that tells of it was; empty before the first. */
  sent: string;
  /** The own head that was put last, without its time; empty before the first. */
  ownHead: string;
  /** Rounds in a row in which the packs that a device's head tells of were not to be had. */
  readonly lacking: Record<DeviceId, number>;
  /** Ends of lines to which the target did not lead when it was last asked, each with the lines' device. */
  readonly wanted: Record<string, DeviceId>;
  /** Files that were nothing of ours when they were read last, as `path:size`. */
  readonly bad: Record<string, BadFile>;
  /** What the membership log there held, as hashes of its entries; null where there is none that can be read. */
  log: { readonly tag: string | null; readonly entries: readonly string[] } | null;
  report: RoundReport | null;
}

interface BadFile {
  /** Rounds until it is asked for once more. */
  wait: number;
  gap: number;
}

export interface ShownHead {
  readonly tag: string | null;
  readonly seq: number;
  readonly hash: string;
  readonly held: number;
  /** What the device looked for here in vain. */
  readonly wants: Head['wants'];
  /** Where the lines that it wants more of ended for it then; missing in what older versions remembered. */
  readonly ends?: Head['frontier'];
}

/** A head as the target showed it. A copied laptop may be behind the other one, whose head is the latest known. */
export function shownHead(head: Omit<Head, 'at'>, [seq, held]: Rank, tag: string | null): ShownHead {
  const { hash, wants, frontier } = head;
  const ends = Object.fromEntries(wants.map(([device]) => [device, frontier[device] ?? []]));
  return { tag, seq, hash, held, wants, ends };
}

export const emptyMemory = (): TargetMemory => ({
  addresses: [],
  shown: {},
  elsewhere: {},
  sent: '',
  ownHead: '',
  lacking: {},
  wanted: {},
  bad: {},
  log: null,
  report: null,
});

/**
 * What is remembered of a target that is at these addresses now (none: where it was). A place with none of those that
 * it had is another one, of which nothing is known yet.
 */
export function memoryAt(memory: TargetMemory, addresses: readonly string[]): TargetMemory {
  if (addresses.length === 0) return memory;
  const isThere = memory.addresses.length === 0 || addresses.some((one) => memory.addresses.includes(one));
  const here = isThere ? memory : { ...emptyMemory(), elsewhere: { ...memory.elsewhere, ...memory.shown } };
  here.addresses = addresses;
  return here;
}

/** True when the head of the device, among those that a target showed, leads to the pack. */
export function shows(
  shown: TargetMemory['shown'],
  device: DeviceId,
  chain: Chain,
  pack: StoredPack,
): boolean {
  const head = shown[device];
  return head !== undefined && chain.leadsTo(pack, [head.seq, head.hash]);
}

/** At most so many bad files are remembered; a place with more is looked through anew now and then. */
const BAD_LIMIT = 500;
/** A pack of the usual size costs little to try again. */
const SMALL = 256 * 1024;
const GAP = { small: 4, large: 64 };

const markOf = (path: string, size: number | null): string => `${path}:${size ?? ''}`;

/** A new round: files that were bad come closer to being tried again. */
export function beginRound(memory: TargetMemory): void {
  for (const file of Object.values(memory.bad)) file.wait -= 1;
}

/**
 * A file was read and is nothing that can be taken in. It is left alone for a while that doubles each time, but not
 * for ever: a sync program may still have been writing it, or the line have garbled it. True for the second time,
 * when neither is likely any longer and a person should know.
 */
export function foundBad(memory: TargetMemory, path: string, size: number | null): boolean {
  const mark = markOf(path, size);
  const known = Object.keys(memory.bad);
  if (known.length >= BAD_LIMIT) for (const old of known.slice(0, BAD_LIMIT / 2)) delete memory.bad[old];
  const gap = Math.min(2 * (memory.bad[mark]?.gap ?? 0.5), (size ?? 0) > SMALL ? GAP.large : GAP.small);
  memory.bad[mark] = { wait: gap, gap };
  return gap === 2;
}

/** The file is as it should be. */
export function foundGood(memory: TargetMemory, path: string): void {
  delete memory.bad[markOf(path, null)];
}

/** True for what could not be read when it was asked for last. */
export const isBad = (memory: TargetMemory, path: string): boolean =>
  memory.bad[markOf(path, null)] !== undefined;

export const isLeftAlone = (memory: TargetMemory, path: string, size: number | null): boolean =>
  (memory.bad[markOf(path, size)]?.wait ?? 0) > 0;
