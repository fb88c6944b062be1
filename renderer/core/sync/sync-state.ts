import { type Bytes, fromB64, fromUtf8, toB64, utf8 } from '../base/bytes.ts';
import { type DeviceId, splitChangeId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import type { Place, Position } from '../journal/journal.ts';
import { Chain, type StoredPack } from './chain.ts';
import { openFile, parseFile } from './envelope.ts';
import { isLater, type OpenedHead, openHead } from './head.ts';
import type { Flag, FormerDevice, LocalEntry, SyncEntry } from './journal-entries.ts';
import { asOpened, authentic, countersOf, type OpenedPack } from './pack.ts';
import { type Membership, TeamLog } from './roster.ts';
import { type Strange, Strangers } from './strangers.ts';
import { emptyMemory, memoryAt, shows, type TargetMemory } from './target-memory.ts';
import { entryHash, type LogEntry } from './team-log.ts';

/**
 * A named part of the state: JSON, except heads, of which a round in a large team brings megabytes. They are saved as
 * the files that they came in.
 */
export interface SavedPart {
  readonly name: string;
  readonly bytes: Bytes;
}

/**
 * What exchange knows, in memory: membership, everybody's packs and where they are in the journal, which of one's own
 * changes no pack holds yet, this device's local settings. All of it follows from the journal's entries alone, taken
 * in one after the other, live or in a replay; `saved` and the constructor bring it over a lock in the cache.
 *
 * Heads are the exception: they are receipts to be had again at the next round, so only the cache keeps them.
 */
export class SyncState {
  readonly #chains = new Map<DeviceId, Chain>();
  readonly #locals = new Map<string, Json>();
  readonly #heads = new Map<DeviceId, OpenedHead>();
  /** The latest head of each device all of whose packs are here: what can be carried on. */
  readonly #whole = new Map<DeviceId, OpenedHead>();
  #flags: Flag[] = [];
  #strangers = new Strangers();
  #log: TeamLog | null = null;
  #workspace = '';
  #epochKeys = new Map<number, Bytes>();
  /** Own log entries, and those of them that a pack of ours holds. */
  #ownLog = new Map<string, LogEntry>();
  #packedLog = new Set<string>();
  /** Highest counter of one's own devices that own packs hold. */
  #packed: Record<DeviceId, number> = {};
  /** Before the first own change that no pack holds; null when there is none. */
  #unpackedFrom: Position | null = null;
  #unpacked = 0;
  /** What this vault was called before it was moved, restored, or found itself copied. */
  #former: Record<DeviceId, FormerDevice> = {};
  /** The log's file as it was verified last, in memory only: a folder has no tags to spare its coming again. */
  logFile: { readonly bytes: Bytes; readonly hashes: readonly string[] } | null = null;
  readonly #targets = new Map<string, TargetMemory>();
  /** What the cache has to be told: names of parts. */
  readonly #dirty = new Set<string>();

  /** What is remembered of a target, to be written in place during a round. At another address it is begun anew. */
  target(id: string, addresses: readonly string[] = []): TargetMemory {
    const memory = memoryAt(this.#targets.get(id) ?? emptyMemory(), addresses);
    this.#targets.set(id, memory);
    this.#dirty.add(`target:${id}`);
    return memory;
  }

  /** Parts that changed since the last call, all of one moment. */
  pending(): SavedPart[] {
    const names = [...this.#dirty];
    this.#dirty.clear();
    return names.flatMap((name) => {
      const bytes = this.#savedPart(name);
      return bytes === null ? [] : [{ name, bytes }];
    });
  }

  /** Parts that could not be saved after all. */
  unsaved(parts: readonly SavedPart[]): void {
    for (const { name } of parts) this.#dirty.add(name);
  }

  /** Null: there is nothing to save. A whole head that is the latest one, too, is found again by what is here. */
  #savedPart(name: string): Bytes | null {
    const [kind, key = ''] = name.split(':');
    const head = this.#heads.get(key);
    const whole = this.#whole.get(key);
    if (kind === 'head') return head?.bytes ?? null;
    if (kind === 'whole') return whole === undefined || whole === head ? null : whole.bytes;
    return utf8(JSON.stringify(this.#part(kind ?? '', key)));
  }

  #part(kind: string, key: string): Json {
    switch (kind) {
      case 'team':
        return {
          root: this.#log?.root ?? '',
          workspace: this.#workspace,
          keys: Object.fromEntries([...this.#epochKeys].map(([epoch, bytes]) => [epoch, toB64(bytes)])),
          log: [...(this.#log?.entries.values() ?? [])] as unknown as Json,
        };
      case 'local':
        return { values: [...this.#locals], flags: this.#flags } as unknown as Json;
      case 'mark':
        return {
          ownLog: [...this.#ownLog],
          packedLog: [...this.#packedLog],
          packed: this.#packed,
          unpacked: this.#unpacked,
          unpackedFrom: this.#unpackedFrom,
          former: this.#former,
          strangers: this.#strangers.all,
        } as unknown as Json;
      case 'chain':
        return this.chain(key).all as unknown as Json;
      case 'target':
        return (this.#targets.get(key) ?? null) as unknown as Json;
      default:
        throw new RangeError('A part of the state has another name.');
    }
  }

  /** The state that the last save of each part described. Throws when a part is not one. */
  static async restore(parts: readonly SavedPart[]): Promise<SyncState> {
    const state = new SyncState();
    const isHead = ({ name }: SavedPart) => name.startsWith('head:') || name.startsWith('whole:');
    for (const part of parts) {
      if (!isHead(part)) await state.#restorePart(part.name, JSON.parse(fromUtf8(part.bytes)) as never);
    }
    // By the team's keys, and by which packs are here.
    for (const part of parts.filter(isHead)) await state.#restoreHead(part);
    state.#dirty.clear();
    return state;
  }

  /** Out of one's own cache, so it was verified when it came. */
  async #restoreHead({ name, bytes }: SavedPart): Promise<void> {
    const [kind, key = ''] = name.split(':');
    const file = parseFile(bytes, 'BKH1');
    const opened = file.ok ? await openHead(file.value, this.#epochKeys) : null;
    if (!opened?.ok) return;
    if (kind === 'head') this.#heads.set(key, opened.value);
    // An older one may be saved as whole, from before the latest became so: the later of the two counts.
    this.#settleWhole(key, opened.value);
  }

  async #restorePart(name: string, value: never): Promise<void> {
    const [kind, key = ''] = name.split(':');
    if (kind === 'team') {
      const { root, workspace, keys, log } = value as Extract<SyncEntry, { kind: 'team' }>;
      this.#workspace = workspace;
      this.#log = new TeamLog(root);
      for (const [epoch, text] of Object.entries(keys)) {
        this.#epochKeys.set(Number(epoch), fromB64(text) as Bytes);
      }
      await this.#log.add(log);
    } else if (kind === 'local') {
      const { values, flags } = value as { values: [string, Json][]; flags: Flag[] };
      for (const [local, content] of values) this.#locals.set(local, content);
      this.#flags = flags;
    } else if (kind === 'mark') {
      const mark = value as {
        ownLog: [string, LogEntry][];
        packedLog: string[];
        packed: Record<string, number>;
        unpacked: number;
        unpackedFrom: Position | null;
        former?: Record<string, FormerDevice>;
        strangers?: Strange[];
      };
      this.#ownLog = new Map(mark.ownLog);
      this.#packedLog = new Set(mark.packedLog);
      this.#packed = mark.packed;
      this.#unpacked = mark.unpacked;
      this.#unpackedFrom = mark.unpackedFrom;
      this.#former = mark.former ?? {};
      this.#strangers = new Strangers(mark.strangers);
    } else if (kind === 'chain') this.#chains.set(key, new Chain(value as StoredPack[]));
    else if (kind === 'target' && value !== null) {
      this.#targets.set(key, { ...emptyMemory(), ...(value as TargetMemory) });
    }
  }

  /** Null while this vault belongs to no team. */
  get membership(): Membership | null {
    const roster = this.#log?.roster ?? null;
    if (this.#log === null || roster === null) return null;
    const epoch = Math.max(...this.#epochKeys.keys());
    return { workspace: this.#workspace, log: this.#log, roster, epoch, epochKeys: this.#epochKeys };
  }

  chain(device: DeviceId): Chain {
    let chain = this.#chains.get(device);
    if (chain === undefined) {
      chain = new Chain();
      this.#chains.set(device, chain);
    }
    return chain;
  }

  get chains(): ReadonlyMap<DeviceId, Chain> {
    return this.#chains;
  }

  local(name: string): Json {
    return this.#locals.get(name) ?? null;
  }

  /** Names of local settings with a prefix, in order. */
  localNames(prefix: string): string[] {
    return [...this.#locals.keys()].filter((name) => name.startsWith(prefix)).sort();
  }

  /** Newest first; those before the last dismissal left out. */
  get flags(): readonly Flag[] {
    return this.#flags.map(({ code, detail, at }) => ({ code, detail, at }));
  }

  head(device: DeviceId): OpenedHead | undefined {
    return this.#heads.get(device);
  }

  wholeHead(device: DeviceId): OpenedHead | undefined {
    return this.#whole.get(device);
  }

  get heads(): ReadonlyMap<DeviceId, OpenedHead> {
    return this.#heads;
  }

  /** Keeps a verified head when it is later than the one known. */
  sawHead(device: DeviceId, opened: OpenedHead): void {
    const known = this.#heads.get(device);
    if (known === undefined || isLater(opened, known)) {
      this.#heads.set(device, opened);
      // The whole one was the latest, perhaps, and is saved by itself from now on.
      this.#dirty.add(`head:${device}`).add(`whole:${device}`);
    }
    this.#settleWhole(device, opened);
  }

  #settleWhole(device: DeviceId, opened: OpenedHead | undefined): void {
    if (opened === undefined || !this.chain(device).has(opened.head.hash)) return;
    const whole = this.#whole.get(device);
    if (whole === undefined || isLater(opened, whole)) {
      this.#whole.set(device, opened);
      this.#dirty.add(`whole:${device}`);
    }
  }

  /** Own changes that no pack holds: how many, and where in the journal they begin. */
  get unpacked(): { readonly count: number; readonly from: Position | null } {
    return { count: this.#unpacked, from: this.#unpackedFrom };
  }

  /** True when no own pack holds the change. */
  isUnpacked(change: Change): boolean {
    const parts = splitChangeId(change.id);
    return parts !== null && parts.counter > (this.#packed[parts.device] ?? 0);
  }

  get unpackedLog(): LogEntry[] {
    return [...this.#ownLog].filter(([hash]) => !this.#packedLog.has(hash)).map(([, entry]) => entry);
  }

  /** One's own changes, as the journal took them; `before` is the position in front of their entry. */
  wrote(changes: readonly Change[], before: Position): void {
    const fresh = changes.filter((change) => this.isUnpacked(change)).length;
    if (fresh === 0) return;
    this.#unpackedFrom ??= before;
    this.#unpacked += fresh;
    this.#dirty.add('mark');
  }

  /**
   * Takes in an entry that the journal holds. Resolves with the changes of others that it brings. `opened` spares
   * opening a pack that was just verified.
   */
  async take(entry: SyncEntry, place: Place, opened?: OpenedPack): Promise<readonly Change[]> {
    switch (entry.kind) {
      case 'team':
        await this.#takeTeam(entry);
        return [];
      case 'log':
        await this.#takeLog(entry.log as unknown as LogEntry[], entry.own);
        return [];
      case 'pack':
        return this.#takePack(entry, place, opened);
      case 'local':
        this.#takeLocal(entry);
        return [];
      case 'flag':
        this.#flags.unshift(entry);
        this.#dirty.add('local');
        return [];
      case 'repack': {
        const { seq, hash } = this.chain(entry.device);
        this.#former[entry.device] = { above: entry.above, end: [seq, hash] };
        this.#packed[entry.device] = entry.above;
        this.#unpackedFrom = entry.from;
        this.#unpacked = Math.max(1, this.#unpacked);
        this.#dirty.add('mark');
        return [];
      }
    }
  }

  async #takeTeam(entry: Extract<SyncEntry, { kind: 'team' }>): Promise<void> {
    this.#workspace = entry.workspace;
    this.#log = new TeamLog(entry.root);
    for (const [epoch, key] of Object.entries(entry.keys)) {
      this.#epochKeys.set(Number(epoch), fromB64(key) ?? new Uint8Array(0));
    }
    // Everything this vault has written so far is the team's from now on.
    this.#unpackedFrom = { offset: 0, sequence: 0, chain: '' };
    this.#unpacked = Math.max(1, this.#unpacked);
    this.#dirty.add('team').add('mark');
    await this.#takeLog(entry.log as unknown as LogEntry[], false);
  }

  async #takeLog(log: readonly LogEntry[], own: boolean): Promise<void> {
    if (own) for (const entry of log) this.#ownLog.set(await entryHash(entry), entry);
    await this.#addLog(log);
  }

  async #addLog(log: readonly LogEntry[]): Promise<void> {
    await this.#log?.add(log);
    this.#dirty.add('team');
    const flags = this.#strangers.met(this.#log?.roster ?? null);
    if (flags.length > 0) this.#dirty.add('local').add('mark');
    this.#flags.unshift(...flags);
  }

  #takeLocal(entry: LocalEntry): void {
    if (entry.name === 'flags/dismissed') this.#flags = [];
    else if (entry.value === null) this.#locals.delete(entry.name);
    else this.#locals.set(entry.name, entry.value);
    this.#dirty.add('local');
  }

  async #takePack(
    entry: Extract<SyncEntry, { kind: 'pack' }>,
    place: Place,
    opened: OpenedPack | undefined,
  ): Promise<readonly Change[]> {
    const pack = opened ?? (await this.#reopen(entry.fileBytes));
    if (pack === null) return [];
    const { device, seq, prev } = pack.file.header;
    if (this.chain(device).has(pack.hash)) return [];
    if (pack.content.log.length > 0) await this.#addLog(pack.content.log);
    const roster = this.#log?.roster ?? null;
    const letIn = entry.own ? [] : authentic(pack, roster);
    if (this.#strangers.saw(letIn, device, seq, roster)) this.#dirty.add('mark');
    // The one before it was lost with a damaged part of the journal: no receipt may cover it. Both come again from
    // others; own ones are sealed anew.
    if (!this.chain(device).links(seq, prev)) return letIn;
    // A number that is used in another's name says nothing of where that one's change is.
    const counters = countersOf(entry.own ? pack.content.changes : letIn);
    const [bytes, changes] = [pack.file.bytes.length, pack.content.changes.length];
    this.chain(device).add({ seq, hash: pack.hash, prev, place, bytes, changes, counters });
    this.#dirty.add(`chain:${device}`);
    this.#settleWhole(device, this.#heads.get(device));
    if (!entry.own) return letIn;
    for (const [author, counter] of Object.entries(counters)) {
      this.#packed[author] = Math.max(this.#packed[author] ?? 0, counter);
    }
    for (const logged of pack.content.log) this.#packedLog.add(await entryHash(logged));
    this.#unpacked = Math.max(0, this.#unpacked - pack.content.changes.length);
    this.#dirty.add('mark');
    return [];
  }

  get former(): Readonly<Record<DeviceId, FormerDevice>> {
    return this.#former;
  }

  /** True when some place shows a head of the pack's device that leads to it, as far as was last seen. */
  isAtTarget(device: DeviceId, pack: StoredPack): boolean {
    const chain = this.chain(device);
    const heads = [...this.#targets.values()].flatMap(({ shown, elsewhere }) => [shown, elsewhere]);
    return heads.some((shown) => shows(shown, device, chain, pack));
  }

  /** Every own change up to here is in a pack. */
  packedAll(): void {
    this.#unpackedFrom = null;
    this.#unpacked = 0;
    this.#dirty.add('mark');
  }

  /** A pack out of one's own journal, so its signature was checked when it came. Null when it does not open. */
  async #reopen(fileBytes: Bytes): Promise<OpenedPack | null> {
    const file = parseFile(fileBytes, 'BKP1');
    if (!file.ok) return null;
    const content = await openFile(file.value, this.#epochKeys);
    return content.ok ? asOpened(file.value, content.value) : null;
  }
}
