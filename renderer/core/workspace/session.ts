import type { Bytes } from '../base/bytes.ts';
import { type Clock, isoSeconds, type Random } from '../base/clock.ts';
import { codeOf } from '../base/coded-error.ts';
import type { RecordId } from '../base/ids.ts';
import type { Change } from '../changes/change.ts';
import { editOf, type Pen, writeChange } from '../changes/edit.ts';
import { foldChanges } from '../changes/register.ts';
import { signChanges } from '../journal/entry.ts';
import type { Journal, Position } from '../journal/journal.ts';
import type { FieldMap } from '../model/fields.ts';
import type { Observation } from '../model/observation.ts';
import type { StoredPack } from '../sync/chain.ts';
import { asSyncEntry, toEntry } from '../sync/journal-entries.ts';
import type { KeptItem, Ledger } from '../sync/ledger.ts';
import { type Renewal, renewal } from '../sync/renew.ts';
import { sealPacks } from '../sync/seal-packs.ts';
import type { SyncState } from '../sync/sync-state.ts';
import { type Device, deviceSigner, type Signer } from '../vault/device.ts';
import type { WorkspaceEvent } from '../workspace.ts';
import type { Drafts } from './drafts.ts';
import type { Known, RecordStore } from './record-store.ts';
import type { ReferenceData } from './reference-data.ts';
import { observationOf, searchTexts } from './row.ts';
import type { SearchRoom } from './search-room.ts';
import type { SpaceRoom } from './space-room.ts';
import { hashOfLines, stateLine } from './state-hash.ts';

/** How long the cache may trail the journal before it is brought up, in milliseconds, and after a large flush. */
const FLUSH_AFTER = 400;
const FLUSH_AFTER_LARGE = 5_000;
/**
 * Bytes written behind in a millisecond, at most. What a large team wrote touches most blocks of rows with every pack:
 * brought up every 400 ms, the same blocks are sealed again and again within one round.
 */
const FLUSH_PACE = 1_000;
const SLICE = 500;

/**
 * An open vault: the one place where changes are written and taken in. The order is always the same: the
 * journal first (fsynced), then memory, then, a moment later, the cache.
 */
export class Session implements Ledger {
  readonly store: RecordStore;
  readonly search: SearchRoom;
  readonly drafts: Drafts;
  readonly reference: ReferenceData;
  readonly clock: Clock;
  readonly random: Random;
  readonly state: SyncState;
  readonly #space: Pick<SpaceRoom, 'demand'>;
  readonly #journal: Journal;
  readonly #emit: (event: WorkspaceEvent) => void;
  readonly #keepDevice: (device: Device) => Promise<void>;
  #device: Device;
  #signer: Signer;
  #queue: Promise<unknown> = Promise.resolve();
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #toldOfLoss = false;
  #written: () => void = () => undefined;

  constructor(parts: {
    store: RecordStore;
    search: SearchRoom;
    drafts: Drafts;
    reference: ReferenceData;
    clock: Clock;
    random: Random;
    space: Pick<SpaceRoom, 'demand'>;
    state: SyncState;
    journal: Journal;
    device: Device;
    signer: Signer;
    /** Puts another device file in the place of the present one. */
    keepDevice: (device: Device) => Promise<void>;
    emit: (event: WorkspaceEvent) => void;
  }) {
    this.store = parts.store;
    this.search = parts.search;
    this.drafts = parts.drafts;
    this.reference = parts.reference;
    this.clock = parts.clock;
    this.random = parts.random;
    this.state = parts.state;
    this.#space = parts.space;
    this.#journal = parts.journal;
    this.#device = parts.device;
    this.#signer = parts.signer;
    this.#keepDevice = parts.keepDevice;
    this.#emit = parts.emit;
  }

  /** Who writes: this device and the person at it. */
  get device(): Device {
    return this.#device;
  }

  get signer(): Signer {
    return this.#signer;
  }

  /**
   * Writes the changes that `build` makes with this device's pen and resolves, once the journal has them on the
   * disk, with the device's time. One writer at a time, so counters never meet. A failure leaves everything as
   * it was. On a full disk only `lastWords` are let through: what somebody has typed.
   */
  async write(build: (pen: Pen) => readonly Change[], { lastWords } = { lastWords: false }): Promise<string> {
    return this.#inTurn(async () => {
      if (!lastWords) await this.#space.demand();
      const at = isoSeconds(this.clock);
      const changes = build({
        device: this.#device.device,
        author: this.#device.member,
        next: this.store.counter(this.#device.device) + 1,
      });
      if (changes.length === 0) return at;
      const known = await this.store.known(changes);
      const before = this.#journal.position;
      const position = await this.#journal.appendAll(await signChanges(changes, this.#signer));
      this.state.wrote(changes, before);
      await this.#takeIn(changes, position, known);
      this.#written();
      return at;
    });
  }

  /** Has `act` called whenever something was written here and is on the disk. */
  onWritten(act: () => void): void {
    this.#written = act;
  }

  /** Edits one record of which a person was shown `shown`; null: whatever stands there now was meant (`editOf`). */
  async edit(
    target: { type: string; record: string },
    wanted: FieldMap,
    shown: FieldMap | null,
  ): Promise<void> {
    const { edited, seen } = editOf(await this.store.changes(target.record), wanted, shown);
    if (Object.keys(edited).length === 0) return;
    await this.write((pen) => [writeChange(pen, this.clock, target, edited, seen)]);
  }

  keep(items: readonly KeptItem[]): Promise<readonly number[]> {
    return this.#inTurn(async () => {
      if (items.length > 0) await this.#space.demand();
      return this.#keep(items);
    });
  }

  async #keep(items: readonly KeptItem[]): Promise<readonly number[]> {
    if (items.length === 0) return [];
    const known = await this.store.known(items.flatMap(({ opened }) => opened?.content.changes ?? []));
    const { position, places } = await this.#journal.appendPlaced(items.map(({ entry }) => toEntry(entry)));
    const changes: Change[] = [];
    const brought: number[] = [];
    for (const [i, { entry, opened }] of items.entries()) {
      const taken = await this.state.take(entry, places[i] as (typeof places)[number], opened);
      brought.push(taken.length);
      changes.push(...taken);
    }
    if (changes.length > 0) await this.#takeIn(changes, position, known);
    else this.store.movedTo(position);
    this.#scheduleFlush();
    this.#emit({ event: 'sync' });
    return brought;
  }

  seal(): Promise<void> {
    return this.#inTurn(async () => {
      const { from } = this.state.unpacked;
      const membership = this.state.membership;
      if (membership === null || !membership.roster.devices.has(this.#device.device)) return;
      const written: Change[] = [];
      if (from !== null) {
        await this.#journal.entriesFrom(from, (entry) => {
          if (entry.kind === 'changes') written.push(...entry.changes);
        });
      }
      const packs = await sealPacks(
        { state: this.state, signer: this.#signer, random: this.random, member: this.#device.member },
        membership,
        written,
      );
      if (packs.length > 0) await this.#space.demand();
      await this.#keep(packs);
      this.state.packedAll();
      this.#scheduleFlush();
    });
  }

  async packBytes(pack: StoredPack): Promise<Bytes | null> {
    const entry = await this.#journal.entryAt(pack.place);
    const kept = entry === null ? null : asSyncEntry(entry);
    return kept?.kind === 'pack' ? kept.fileBytes : null;
  }

  renew(above: number): Promise<void> {
    return this.#inTurn(async () => {
      const next: Renewal = await renewal(this.#device, this.#signer, this.state, above, this);
      // The journal first: a device file without its introduction would be a stranger to the team.
      await this.#keep(next.items);
      await this.#keepDevice(next.device);
      this.#device = next.device;
      this.#signer = await deviceSigner(next.device);
    });
  }

  /**
   * The vault is on another machine, or was restored: it goes on as another device before anything is written. What
   * no target is known to hold is packed once more.
   */
  renewHere(): Promise<void> {
    const { device } = this.#device;
    const packs = this.state.chain(device).line(1);
    const handed = packs.filter((pack) => this.state.isAtTarget(device, pack));
    const sure = handed.map(({ counters }) => counters[device] ?? 0);
    return this.renew(Math.max(0, ...sure));
  }

  /** The person goes by another name. */
  renamed(name: string): void {
    this.#device = { ...this.#device, name };
  }

  /** Brings the cache up soon. */
  touched(): void {
    this.#scheduleFlush();
  }

  /** What the cache has of the changes is `known` beforehand: once the journal has them, nothing may fail. */
  async #takeIn(changes: readonly Change[], position: Position, known: Known): Promise<void> {
    const { touched } = await this.store.apply(changes, position, known);
    for (const [id, observation] of touched) this.#index(id, observation);
    this.#scheduleFlush();
    const records = [...touched.keys()];
    const reference = records.some((id) => this.store.row(id) === undefined);
    this.#emit({ event: 'changed', records, reference });
  }

  #index(id: RecordId, observation: Observation | null): void {
    const row = this.store.row(id);
    if (row !== undefined && observation !== null) this.search.put(row.n, searchTexts(observation));
  }

  /** Brings the search index up to the given records. */
  async reindex(ids: readonly RecordId[]): Promise<void> {
    const observed = ids.filter((id) => this.store.row(id) !== undefined);
    const changes = await this.store.changesOf(observed);
    for (const [i, id] of observed.entries()) {
      const known = changes[i] ?? [];
      if (known.length > 0) this.#index(id, observationOf(foldChanges(known)));
    }
  }

  /**
   * Indexes every observation, a slice at a time, so that saving and reading go on meanwhile. Where the cache does not
   * give them, the index stays incomplete until the next unlock.
   */
  async indexAll(): Promise<void> {
    for (let at = 0; at < this.store.rows.length; at += SLICE) {
      if (this.#closed) return;
      try {
        await this.reindex(this.store.rows.slice(at, at + SLICE).map((row) => row.id));
      } catch (error) {
        if (codeOf(error) !== 'cache/unreadable') throw error;
        this.touched();
        return;
      }
      const total = this.store.rows.length;
      this.#emit({ event: 'indexing', done: Math.min(at + SLICE, total), total });
      await breath();
    }
    this.search.finish();
    while (!this.#closed && this.search.tidy()) await breath();
    this.#scheduleFlush();
  }

  /** SHA-256 over every record's visible values in the order of their ids: equal states, equal hashes. */
  async stateHash(): Promise<string> {
    const lines: string[] = [];
    const ids = this.store.rows.map((row) => row.id);
    for (let at = 0; at < ids.length; at += SLICE) {
      for (const changes of await this.store.changesOf(ids.slice(at, at + SLICE))) {
        if (changes.length > 0) lines.push(await stateLine(foldChanges(changes)));
      }
    }
    for (const state of this.store.everyOther()) lines.push(await stateLine(state));
    return hashOfLines(lines);
  }

  #scheduleFlush(): void {
    if (this.#flushTimer !== undefined || this.#closed) return;
    const paced = this.store.flushedBytes / FLUSH_PACE;
    const wait = Math.min(Math.max(FLUSH_AFTER, paced), FLUSH_AFTER_LARGE);
    this.#flushTimer = setTimeout(() => {
      this.#flushTimer = undefined;
      void this.#inTurn(() => this.#flush());
    }, wait);
  }

  async #flush(): Promise<void> {
    await this.store.flush();
    if (!this.store.lost || this.#toldOfLoss) return;
    this.#toldOfLoss = true;
    this.#emit({ event: 'notice', notice: { code: 'cache/lost', detail: {} } });
  }

  /** Waits for what is under way and brings the cache up; the session must not be used afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#flushTimer);
    await this.#inTurn(() => this.store.flush());
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Lets calls that wait at the worker's door in. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
