import { CodedError } from '@/core/base/coded-error.ts';
import type { UpdateCheck } from '@/core/base/release.ts';
import type {
  CopyPart,
  FilesHost,
  FoldersHost,
  Host,
  HttpHost,
  JournalHost,
  KeychainHost,
  KeychainSystem,
  MachineEvent,
  Preferences,
  SafetyHost,
  SealedName,
  SocketHost,
  SpaceState,
  SystemHost,
} from '@/core/host/host.ts';

/**
 * A host whose disk is in memory, with a real host's promises and, on request, its accidents.
 *
 * A write is one call of `journal.append`, `journal.setAside`, `files.replace`, `files.remove`, `files.saveAs`
 * or `system.wipe`; they are numbered from 1.
 */
export interface MemoryHost extends Host {
  readonly disk: MemoryDisk;
}

/** What a call rejects with when the power is gone; no code, since no host would be there to answer. */
export class PowerCut extends Error {}

export class MemoryDisk {
  /** `journal`, `header.bkv`, `drafts/<id>.bkd`, `journal-torn-1`, and what was handed out as `saved/<name>`. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  writes = 0;
  reads = 0;
  readOnly = false;
  /** Answers `system.nextEvent`; by default nothing ever happens. */
  nextEvent: () => Promise<MachineEvent | null> = () => new Promise(() => undefined);
  /** Answers `system.machine`. */
  machine: string | null = 'a'.repeat(32);
  /** Answers `space.look`. */
  space: SpaceState = { freeBytes: null, level: 'enough' };
  keychain: KeychainSystem = 'none';
  uncleanEnd = false;
  /** Who holds the vault; null when nobody does. */
  claimedBy: string | null = null;
  #failures = new Map<number, string>();
  #failAll: string | null = null;
  #cut: { write: number; keep: number } | null = null;
  #off = false;
  /** Grows by doubling, so that a long journal is not copied at every append. */
  #journal = new Uint8Array(0);
  #length = 0;

  /** The `nth` write from now on fails with this code, once, and leaves the disk as it was. */
  failWrite(nth: number, code = 'disk/full'): void {
    this.#failures.set(this.writes + nth, code);
  }

  /** Every write fails with this code until `null` is passed. */
  failWrites(code: string | null): void {
    this.#failAll = code;
  }

  /**
   * The power goes during the `nth` write from now on: of what it was appending only the first `keep` bytes had
   * reached the disk; a file being replaced is still the old one. Every call fails until `restart`.
   */
  cutPower(nth: number, keep = 0): void {
    this.#cut = { write: this.writes + nth, keep };
  }

  /** The machine is on again; no window holds the vault. */
  restart(): void {
    this.#off = false;
    this.#cut = null;
    this.claimedBy = null;
  }

  get journal(): Uint8Array<ArrayBuffer> {
    return this.#journal.slice(0, this.#length);
  }

  set journal(bytes: Uint8Array) {
    this.#journal = Uint8Array.from(bytes);
    this.#length = bytes.length;
  }

  get journalLength(): number {
    return this.#length;
  }

  /** Names of the files that torn ends were set aside in. */
  get asideNames(): string[] {
    return [...this.files.keys()].filter((name) => name.startsWith('journal-torn-'));
  }

  /** A copy that goes its own way: a backup, or a cloned laptop. */
  clone(): MemoryHost {
    const host = memoryHost();
    for (const [name, bytes] of this.files) host.disk.files.set(name, bytes.slice());
    host.disk.journal = this.journal;
    return host;
  }

  readJournal(from: number, length: number): Uint8Array<ArrayBuffer> {
    this.beforeRead();
    return this.#journal.slice(from, Math.min(from + length, this.#length));
  }

  appendToJournal(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#journal.length) {
      const room = new Uint8Array(Math.max(length, 2 * this.#journal.length));
      room.set(this.#journal.subarray(0, this.#length));
      this.#journal = room;
    }
    this.#journal.set(bytes, this.#length);
    this.#length = length;
  }

  cutJournal(at: number): void {
    this.#length = at;
  }

  beforeRead(): void {
    if (this.#off) throw new PowerCut('The machine is off.');
    this.reads += 1;
  }

  /** Counts a write and lets its accident happen; `onCut` leaves on the disk what a power cut would. */
  beforeWrite(onCut: (keep: number) => void = () => undefined): void {
    if (this.#off) throw new PowerCut('The machine is off.');
    this.writes += 1;
    if (this.#cut?.write === this.writes) {
      onCut(this.#cut.keep);
      this.#off = true;
      throw new PowerCut('The power went.');
    }
    const code = this.readOnly ? 'disk/read-only' : (this.#failures.get(this.writes) ?? this.#failAll);
    if (code !== null) throw new CodedError(code, 'The memory disk was told to fail.');
  }
}

export function memoryHost(): MemoryHost {
  const disk = new MemoryDisk();
  return {
    disk,
    safety: safetyOf(disk),
    keychain: keychainOf(disk),
    journal: journalOf(disk),
    files: filesOf(disk),
    system: systemOf(disk),
    space: { look: async () => disk.space },
    folders: noFolders,
    http: noHttp,
    socket: noSockets,
    updates: noUpdates,
  };
}

/** This host has no line and no drive; who needs one runs against a real host. */
const noLine = async (): Promise<never> => {
  throw new CodedError('target/unreachable', 'The memory host has no line.');
};
const noFolders: FoldersHost = {
  choose: async () => null,
  open: noLine,
  list: noLine,
  read: noLine,
  write: noLine,
  volumes: async () => [],
};
const noHttp: HttpHost = { open: noLine, request: noLine, close: async () => undefined };
const noSockets: SocketHost = {
  open: noLine,
  send: noLine,
  receive: noLine,
  close: async () => undefined,
};

/** A build without an update address. */
const noUpdates: UpdateCheck = {
  state: async () => ({ source: null, weekly: false, checkedAt: null, newer: null }),
  setWeekly: () => noUpdates.state(),
  check: () => Promise.reject(new CodedError('update/no-source', 'This build has no update address.')),
};

function journalOf(disk: MemoryDisk): JournalHost {
  return {
    async size() {
      disk.beforeRead();
      return disk.journalLength;
    },
    async read(from, length) {
      return disk.readJournal(from, length);
    },
    async append(at, bytes) {
      if (at !== disk.journalLength) {
        throw new CodedError('journal/moved', 'The journal is not as long as the caller believes.', {
          at,
          length: disk.journalLength,
        });
      }
      disk.beforeWrite((keep) => disk.appendToJournal(bytes.subarray(0, keep)));
      disk.appendToJournal(bytes);
      return disk.journalLength;
    },
    async setAside(from) {
      disk.beforeWrite();
      const name = `journal-torn-${disk.asideNames.length + 1}`;
      disk.files.set(name, disk.readJournal(from, disk.journalLength));
      disk.cutJournal(from);
      return name;
    },
  };
}

const DRAFT = /^drafts\/([0-9a-z]+)\.bkd$/;

function checkName(name: SealedName): void {
  if (name === 'header.bkv' || name === 'device.bkv' || DRAFT.test(name)) return;
  throw new CodedError('host/refused', 'The host does not accept this file name.');
}

function filesOf(disk: MemoryDisk): FilesHost {
  return {
    async listDrafts() {
      disk.beforeRead();
      return [...disk.files.keys()].flatMap((name) => DRAFT.exec(name)?.[1] ?? []);
    },
    async read(name) {
      checkName(name);
      disk.beforeRead();
      return disk.files.get(name)?.slice() ?? null;
    },
    async replace(name, bytes) {
      checkName(name);
      disk.beforeWrite();
      disk.files.set(name, Uint8Array.from(bytes));
    },
    async remove(name) {
      checkName(name);
      disk.beforeWrite();
      disk.files.delete(name);
    },
    async saveAs(suggestedName, bytes) {
      disk.beforeWrite();
      const path = `saved/${suggestedName}`;
      disk.files.set(path, Uint8Array.from(bytes));
      return { path };
    },
  };
}

function systemOf(disk: MemoryDisk): SystemHost {
  let preferences: Preferences = { locale: null, scheme: 'auto' };
  return {
    async info() {
      return {
        mode: 'page',
        version: '0.0.0',
        platform: 'other',
        home: '/memory',
        readOnly: disk.readOnly,
        freeBytes: null,
        uncleanEnd: disk.uncleanEnd,
      };
    },
    machine: async () => disk.machine,
    openedFile: async () => null,
    showFolder: async () => undefined,
    nextEvent: () => disk.nextEvent(),
    async claim(window) {
      disk.claimedBy ??= window;
      return disk.claimedBy === window;
    },
    async release(window) {
      if (disk.claimedBy === window) disk.claimedBy = null;
    },
    async preferences() {
      return preferences;
    },
    async setPreferences(next) {
      preferences = next;
    },
    async wipe() {
      disk.beforeWrite();
      for (const name of disk.files.keys()) {
        const isKey = ['header.bkv', 'keychain.bkk', 'device.bkv'].includes(name);
        if (isKey || DRAFT.test(name)) disk.files.delete(name);
      }
    },
  };
}

/**
 * The safety copy in memory too, without generations: `copy/header.bkv`, `copy/device.bkv` and `copy/journal`, once
 * `choose` was called. `find` finds what is there, whatever folder is named.
 */
function safetyOf(disk: MemoryDisk): SafetyHost {
  const at = '2021-04-12T08:00:00.000Z';
  const names = { header: 'copy/header.bkv', device: 'copy/device.bkv', journal: 'copy/journal' } as const;
  let folder: string | null = null;
  let journalBytes = 0;
  let made = false;
  const part = (what: CopyPart): Uint8Array<ArrayBuffer> => {
    const bytes = disk.files.get(names[what]);
    if (bytes === undefined) throw new CodedError('safety/none', 'There is no copy.');
    return bytes;
  };
  return {
    state: async () => ({
      folder,
      present: folder !== null,
      sameDrive: false,
      at: made ? at : null,
      journalBytes,
    }),
    async choose(typed) {
      folder = typed;
      return true;
    },
    async stop() {
      folder = null;
    },
    async copy(upTo, device) {
      if (folder === null) throw new CodedError('safety/no-folder', 'No folder was chosen.');
      disk.files.set(names.header, disk.files.get('header.bkv')?.slice() ?? new Uint8Array(0));
      disk.files.set(names.device, Uint8Array.from(device));
      disk.files.set(names.journal, disk.readJournal(0, upTo));
      journalBytes = upTo;
      made = true;
    },
    read: async (what, from, length) => part(what).slice(from, from + length),
    async find() {
      if (!disk.files.has(names.header)) return [];
      return [
        { id: '0'.repeat(12), at, journalBytes: part('journal').length, state: 'whole', before: false },
      ];
    },
    readFound: async (_, what, from, length) => part(what).slice(from, from + length),
    async restore() {
      if (disk.files.has('header.bkv')) throw new CodedError('vault/exists', 'There is a vault.');
      disk.journal = part('journal');
      disk.files.set('device.bkv', part('device').slice());
      disk.files.set('header.bkv', part('header').slice());
    },
  };
}

/** A system that keeps the secret as it is, in `keychain.bkk`. */
function keychainOf(disk: MemoryDisk): KeychainHost {
  return {
    state: async () => ({ system: disk.keychain, kept: disk.files.has('keychain.bkk') }),
    async keep(secret) {
      if (disk.keychain !== 'ready') throw new CodedError('keychain/unavailable', 'There is no keychain.');
      disk.beforeWrite();
      disk.files.set('keychain.bkk', Uint8Array.from(secret));
    },
    async read() {
      return disk.keychain === 'ready' ? (disk.files.get('keychain.bkk')?.slice() ?? null) : null;
    },
    async forget() {
      disk.beforeWrite();
      disk.files.delete('keychain.bkk');
    },
  };
}
