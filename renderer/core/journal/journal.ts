import { type Bytes, concat } from '../base/bytes.ts';
import type { JournalHost } from '../host/host.ts';
import type { Sealer } from '../vault/envelope.ts';
import { type Entry, serialiseEntry } from './entry.ts';
import { FrameCodec, type Place, type Position, packPayload, START } from './frame.ts';
import { type Damage, entryAt, holds, type ReplayOptions, replay } from './replay.ts';

export type { Place, Position } from './frame.ts';

/** This device's append-only file of sealed entries: the truth that everything else is rebuilt from. */
export interface Journal {
  /** Behind the last frame. */
  readonly position: Position;
  /**
   * Seals the entry into a frame, and resolves with the position behind it once it is on the disk. Callers that
   * wait at the same time share one write, in the order they called. After a failure nothing of the entry is in
   * the journal, the position is what it was, and the next append may succeed.
   *
   * Errors: `journal/too-big`; the host's `disk/full` and kin; `journal/moved`, when the file is not as long as
   * it should be (a host that lost its answer on the way, or another program): open the journal anew.
   */
  append(entry: Entry): Promise<Position>;
  /** As `append`, for all or none of several entries. They are in memory at once: keep them under some 64 MiB. */
  appendAll(entries: readonly Entry[]): Promise<Position>;
  /** As `appendAll`, and says where each entry is now. */
  appendPlaced(entries: readonly Entry[]): Promise<Written>;
  /** The entry at a place that `appendPlaced` or a replay gave; null when it is not there as it was written. */
  entryAt(place: Place): Promise<Entry | null>;
  /** Reads the entries behind a position once more, up to the present end, in order. */
  entriesFrom(from: Position, onEntry: ReplayOptions['onEntry']): Promise<void>;
}

export interface Written {
  /** Behind the last entry. */
  readonly position: Position;
  /** In the order of the entries. */
  readonly places: readonly Place[];
}

export interface JournalReport {
  /** True when replay went on from `from`; false when it began at the start. */
  readonly resumed: boolean;
  /** True when the journal does not hold the frame that `from` remembers: it was cut, replaced or set back. */
  readonly shorter: boolean;
  readonly frames: number;
  /** Stretches in the middle that could not be used; they stay in the file. */
  readonly damage: readonly Damage[];
  readonly misplaced: number;
  readonly unreadable: number;
  /**
   * What stood behind the last good frame. `file` is where it was set aside; null when the disk did not allow it
   * (full, read-only): then it is still there, and is set aside before the next append. Null: nothing.
   */
  readonly torn: { readonly bytes: number; readonly file: string | null } | null;
}

export interface OpenJournalOptions extends Pick<ReplayOptions, 'onEntry' | 'onProgress' | 'signal'> {
  readonly host: JournalHost;
  /** The vault's `journal` sealer. */
  readonly sealer: Sealer;
  readonly vaultId: string;
  /**
   * Where to go on from, as remembered from an earlier `position`: what comes before is neither read nor
   * verified. When the journal is not as it was there, everything is read from the start instead.
   */
  readonly from?: Position | undefined;
}

/**
 * Replays the journal and opens it for appending. A torn end is set aside, damage in the middle is passed over
 * and left as it is; both are in the report. Errors: as `replay`; then nothing was changed.
 */
export async function openJournal(
  options: OpenJournalOptions,
): Promise<{ readonly journal: Journal; readonly report: JournalReport }> {
  const { host, onEntry, onProgress, signal } = options;
  const codec = new FrameCodec(options.sealer, options.vaultId);
  const size = await host.size();
  const resumed = options.from !== undefined && (await holds(host, size, options.from));
  const from = resumed && options.from !== undefined ? options.from : START;
  const { end, ...found } = await replay({ host, codec, from, size, onEntry, onProgress, signal });
  let torn: JournalReport['torn'] = null;
  if (end.offset < size) {
    // A full or read-only disk must not keep anybody from reading.
    const file = await host.setAside(end.offset).catch(() => null);
    torn = { bytes: size - end.offset, file };
  }
  return {
    journal: new AppendOnlyJournal(host, codec, end, torn !== null && torn.file === null),
    report: { resumed, shorter: options.from !== undefined && !resumed, torn, ...found },
  };
}

interface Waiting {
  readonly payloads: readonly Bytes[];
  readonly resolve: (written: Written) => void;
  readonly reject: (error: unknown) => void;
}

/** One write takes waiting callers together up to this many bytes (a single caller's may be more). */
const GROUP_BYTES = 4 * 1024 * 1024;

class AppendOnlyJournal implements Journal {
  readonly #host: JournalHost;
  readonly #codec: FrameCodec;
  #position: Position;
  /** Bytes of a torn end still stand behind the position. */
  #torn: boolean;
  #waiting: Waiting[] = [];
  #writing = false;
  /** Keeps callers in the order they called while their payloads are deflated beside each other. */
  #packed: Promise<unknown> = Promise.resolve();

  constructor(host: JournalHost, codec: FrameCodec, position: Position, torn: boolean) {
    this.#host = host;
    this.#codec = codec;
    this.#position = position;
    this.#torn = torn;
  }

  get position(): Position {
    return this.#position;
  }

  append(entry: Entry): Promise<Position> {
    return this.appendAll([entry]);
  }

  async appendAll(entries: readonly Entry[]): Promise<Position> {
    return (await this.appendPlaced(entries)).position;
  }

  entryAt(place: Place): Promise<Entry | null> {
    return entryAt(this.#host, this.#codec, place);
  }

  async entriesFrom(from: Position, onEntry: ReplayOptions['onEntry']): Promise<void> {
    const size = this.#position.offset;
    await replay({ host: this.#host, codec: this.#codec, from, size, onEntry });
  }

  async appendPlaced(entries: readonly Entry[]): Promise<Written> {
    const packing = Promise.all(entries.map(async (entry) => packPayload(serialiseEntry(entry))));
    const turn = this.#packed;
    this.#packed = Promise.allSettled([turn, packing]);
    await turn;
    const payloads = await packing;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ payloads, resolve, reject });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    // Callers of this same moment join the first write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      try {
        const written = await this.#write(group);
        for (const [i, { resolve }] of group.entries()) resolve(written[i] as Written);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = false;
  }

  #nextGroup(): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const { payloads } of this.#waiting) {
      for (const payload of payloads) bytes += payload.length;
      if (count > 0 && bytes > GROUP_BYTES) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Where each caller's frames are, once all are on the disk. */
  async #write(group: readonly Waiting[]): Promise<Written[]> {
    if (this.#torn) {
      await this.#host.setAside(this.#position.offset);
      this.#torn = false;
    }
    const frames: Bytes[] = [];
    const written: Written[] = [];
    let behind = this.#position;
    for (const { payloads } of group) {
      const places: Place[] = [];
      for (const payload of payloads) {
        const { frame, after } = await this.#codec.seal(behind, payload);
        frames.push(frame);
        places.push({ offset: behind.offset, length: frame.length });
        behind = after;
      }
      written.push({ position: behind, places });
    }
    if (frames.length > 0) await this.#host.append(this.#position.offset, concat(...frames));
    this.#position = behind;
    return written;
  }
}
