import { type Bytes, fromB64 } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import {
  admitSchema,
  entryHash,
  entrySchema,
  foundSchema,
  isEntryBy,
  isRenewalOf,
  type LogEntry,
  renewSchema,
} from './team-log.ts';

export interface RosterDevice {
  readonly device: DeviceId;
  readonly member: string;
  readonly signing: string;
  readonly agreement: string;
  /** The device that this one goes on for; null for a member's first. */
  readonly renews: DeviceId | null;
  readonly admittedAt: string;
}

export interface RosterMember {
  readonly member: string;
  readonly name: string;
  readonly role: 'coordinator' | 'monitor';
  readonly admittedAt: string;
}

/** What the membership log says: the same for the same set of entries, in whatever order they came. */
export interface Roster {
  readonly workspace: string;
  readonly name: string;
  readonly members: ReadonlyMap<string, RosterMember>;
  readonly devices: ReadonlyMap<DeviceId, RosterDevice>;
  /** Entries that nobody names as seen: what the next one names. */
  readonly ends: readonly string[];
}

/** A team as this device belongs to it. */
export interface Membership {
  readonly workspace: string;
  readonly log: TeamLog;
  readonly roster: Roster;
  readonly epoch: number;
  readonly epochKeys: ReadonlyMap<number, Bytes>;
}

/** A growing set of log entries under one root, with the roster they make. */
export class TeamLog {
  readonly #root: string;
  readonly #entries = new Map<string, LogEntry>();
  /** Checked signatures, so that a long log is not checked anew at every entry. */
  readonly #checked = new Map<string, boolean>();
  #roster: Roster | null = null;

  /** `root`: the hash of the founding entry, which whoever joins was told by the team. */
  constructor(root: string) {
    this.#root = root;
  }

  get root(): string {
    return this.#root;
  }

  /** Every entry, by hash. */
  get entries(): ReadonlyMap<string, LogEntry> {
    return this.#entries;
  }

  /** Null until the founding entry is there. */
  get roster(): Roster | null {
    return this.#roster;
  }

  has(hash: string): boolean {
    return this.#entries.has(hash);
  }

  /**
   * Takes entries in; those without an entry's shape are left out. Entries whose author or predecessors are not known
   * (yet) are kept without effect. Resolves with how many were new.
   */
  async add(entries: readonly unknown[]): Promise<number> {
    let fresh = 0;
    for (const [hash, entry] of await readEntries(entries)) {
      if (this.#entries.has(hash)) continue;
      this.#entries.set(hash, entry);
      fresh += 1;
    }
    if (fresh > 0) this.#roster = await this.#fold();
    return fresh;
  }

  /** Another log that holds more; this one stays as it is. `entries` by their hashes. */
  async extended(entries: readonly (readonly [hash: string, LogEntry])[]): Promise<TeamLog> {
    const longer = new TeamLog(this.#root);
    for (const [hash, entry] of this.#entries) longer.#entries.set(hash, entry);
    for (const [key, right] of this.#checked) longer.#checked.set(key, right);
    for (const [hash, entry] of entries) longer.#entries.set(hash, entry);
    longer.#roster = await longer.#fold();
    return longer;
  }

  #fold(): Promise<Roster | null> {
    return foldLog(this.#root, this.#entries, async (key, check) => {
      const known = this.#checked.get(key);
      if (known !== undefined) return known;
      const right = await check();
      this.#checked.set(key, right);
      return right;
    });
  }
}

/** What has the shape of an entry, with its hash. */
export async function readEntries(
  items: readonly unknown[],
): Promise<readonly (readonly [hash: string, LogEntry])[]> {
  const entries = items.flatMap((item) => entrySchema.safeParse(item).data ?? []);
  return Promise.all(entries.map(async (entry) => [await entryHash(entry), entry] as const));
}

/** Asks a check once for its key, which tells all that its answer depends on. */
type CheckOnce = (key: string, check: () => Promise<boolean>) => Promise<boolean>;

/** Entries by distance from the root, those without a path to it left out; equal distances by hash. */
function inOrder(root: string, entries: ReadonlyMap<string, LogEntry>): [string, LogEntry][] {
  const depth = new Map<string, number>([[root, 0]]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [hash, entry] of entries) {
      if (depth.has(hash) || entry.prev.length === 0) continue;
      const depths = entry.prev.map((before) => depth.get(before));
      if (depths.includes(undefined)) continue;
      depth.set(hash, 1 + Math.max(...(depths as number[])));
      grew = true;
    }
  }
  return [...entries]
    .filter(([hash]) => depth.has(hash))
    .sort(([a], [b]) => (depth.get(a) as number) - (depth.get(b) as number) || (a < b ? -1 : 1));
}

async function foldLog(
  root: string,
  entries: ReadonlyMap<string, LogEntry>,
  once: CheckOnce,
): Promise<Roster | null> {
  const isSigned = (hash: string, entry: LogEntry, signing: string): Promise<boolean> =>
    once(`${hash} ${signing}`, () => isEntryBy(entry, fromB64(signing) as Bytes));
  const founding = entries.get(root);
  const found = founding?.op === 'found' ? foundSchema.safeParse(founding.body) : null;
  if (founding === undefined || !found?.success || founding.by !== found.data.device) return null;
  if (!(await isSigned(root, founding, found.data.signing))) return null;
  const { workspace, name, member, memberName, device, signing, agreement } = found.data;
  const at = founding.at;
  const members = new Map<string, RosterMember>([
    [member, { member, name: memberName, role: 'coordinator', admittedAt: at }],
  ]);
  const devices = new Map<DeviceId, RosterDevice>([
    [device, { device, member, signing, agreement, renews: null, admittedAt: at }],
  ]);
  const named = new Set<string>();
  const effective = inOrder(root, entries);
  for (const [hash, entry] of effective) {
    for (const before of entry.prev) named.add(before);
    if (hash === root) continue;
    const author = devices.get(entry.by);
    if (author === undefined) continue;
    if (!(await isSigned(hash, entry, author.signing))) continue;
    if (entry.op === 'admit' && members.get(author.member)?.role === 'coordinator') {
      const admit = admitSchema.safeParse(entry.body);
      // Whoever asks names a member that nobody has seen before: a known one would bring that one's role and words.
      if (!admit.success || devices.has(admit.data.device) || members.has(admit.data.member)) continue;
      const { memberName: newName, role, ...keys } = admit.data;
      devices.set(keys.device, { ...keys, renews: null, admittedAt: entry.at });
      members.set(keys.member, { member: keys.member, name: newName, role, admittedAt: entry.at });
    } else if (entry.op === 'renew') {
      const renew = renewSchema.safeParse(entry.body);
      if (!renew.success || devices.has(renew.data.device)) continue;
      if (!(await once(`${hash} proof`, () => isRenewalOf(workspace, entry.by, renew.data)))) continue;
      const { proof: _, ...keys } = renew.data;
      devices.set(keys.device, {
        ...keys,
        member: author.member,
        renews: entry.by,
        admittedAt: entry.at,
      });
    }
  }
  const ends = effective.map(([hash]) => hash).filter((hash) => !named.has(hash));
  return { workspace, name, members, devices, ends };
}
