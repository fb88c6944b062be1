import type { Locale } from '../base/locales.ts';
import type { UpdateCheck } from '../base/release.ts';

/**
 * What core needs from the machine it runs on: one journal file, a few small sealed files, a way to hand a
 * file to the person, and the places that packs go to. The host sees only sealed bytes (exports aside, which the person asked for) and knows
 * nothing of observations. `contract.ts` puts every method on a channel; both hosts answer the same way.
 *
 * Errors are `CodedError`s: `disk/full`, `disk/read-only`, `disk/failed`, `journal/moved` (the journal is not
 * as long as the caller believes), `host/busy` (another window or program holds the vault), `host/refused`.
 */
export interface Host {
  readonly journal: JournalHost;
  readonly files: FilesHost;
  readonly system: SystemHost;
  readonly folders: FoldersHost;
  readonly http: HttpHost;
  readonly safety: SafetyHost;
  readonly space: SpaceHost;
  readonly socket: SocketHost;
  readonly updates: UpdateCheck;
  readonly keychain: KeychainHost;
}

export interface JournalHost {
  /** Length of the journal in bytes; 0 when there is none. */
  size(): Promise<number>;
  /** Up to `length` bytes from `from`; fewer only at the end of the file. */
  read(from: number, length: number): Promise<Uint8Array>;
  /**
   * Appends `bytes` at the end, which must be at `at` (else `journal/moved`), and resolves with the new length
   * once they are on the disk (fsync, and the folder's fsync when the file is new). After a failure the file is
   * cut back to `at`, so that a half-written frame never precedes a later one.
   */
  append(at: number, bytes: Uint8Array): Promise<number>;
  /** Copies everything from `from` on into a file of its own beside the journal, then cuts it off. Resolves with that file's name. */
  setAside(from: number): Promise<string>;
}

/** Names the host accepts inside the vault's folder; everything else is `host/refused`. */
export type SealedName = 'header.bkv' | 'device.bkv' | `drafts/${string}.bkd`;

export interface FilesHost {
  /** Ids (without folder and suffix) of the drafts that exist. */
  listDrafts(): Promise<string[]>;
  /** Null when there is no such file. */
  read(name: SealedName): Promise<Uint8Array | null>;
  /** Writes a file as a whole or not at all: temporary file, fsync, rename, fsync of the folder. */
  replace(name: SealedName, bytes: Uint8Array): Promise<void>;
  /** Removes the file; no error when there is none. */
  remove(name: SealedName): Promise<void>;
  /** Hands a finished file to the person, written atomically. Null when they cancelled; else where it now is. */
  saveAs(suggestedName: string, bytes: Uint8Array): Promise<{ path: string } | null>;
}

/**
 * Folders that packs go to and come from: a stick, a folder that a cloud's client carries on. A grant lives for this
 * run of the program and opens nothing but files with our own suffixes below its folder; `electron/handlers/folders.ts`
 * has the threat model.
 *
 * Errors, besides the disk's: `target/unreachable` (the folder or its drive is gone, or another drive is in its
 * place), `host/refused` (a path or a grant that is none).
 */
export interface FoldersHost {
  /** The system's own window to choose a folder in; null when cancelled, and in page mode, where a path is typed. */
  choose(): Promise<string | null>;
  /** A grant for an existing folder, named from the root of this machine. Makes nothing. */
  open(path: string): Promise<FolderGrant>;
  /** Our files directly in a folder below the grant's; empty when it is not there. At most 2,000. */
  list(grant: string, folder: string): Promise<FolderFile[]>;
  /** Null when there is no such file. Error: `target/too-long` when it has more than `maxBytes`. */
  read(grant: string, path: string, maxBytes: number): Promise<Uint8Array | null>;
  /**
   * Writes a file as a whole or not at all (temporary file, fsync, read back and compared, rename, fsync of the
   * folder), and makes the folders on the way. A case-insensitive match of a name that exists is that name.
   */
  write(grant: string, path: string, bytes: Uint8Array): Promise<void>;
  /** Drives that come and go, so that one that appears is noticed. */
  volumes(): Promise<Volume[]>;
}

export interface FolderGrant {
  readonly id: string;
  readonly writable: boolean;
  /** Free bytes on that drive; null when the system does not say. */
  readonly freeBytes: number | null;
}

export interface FolderFile {
  readonly name: string;
  readonly size: number;
}

export interface Volume {
  /** Where it is mounted, as a person would find it. */
  readonly path: string;
  readonly name: string;
}

/**
 * Requests to the servers that targets name, made by the host because a page may reach none. `https` only. Nothing is
 * fetched before a line is opened, and nothing anywhere but at its origin: redirects are answers, not journeys.
 *
 * Errors: `host/refused` (not an origin, no such line, a path or header that may not be sent), `target/unreachable`
 * (no line, silence for `HttpCall.quietSeconds`, the answer broke off, the line was closed), `target/untrusted`
 * (detail.fingerprint: SHA-256 of the certificate shown, lower-case hexadecimal; detail.reason: OpenSSL's or Node's
 * name for what is wrong with it), `target/too-long` (more than `HttpCall.maxBytes`).
 */
export interface HttpHost {
  /**
   * A line to `https://host[:port]` for this run of the program. With a fingerprint, only the certificate that has it
   * is good, whoever vouches for it and whatever its dates; without, only what an authority vouches for.
   */
  open(origin: string, fingerprint: string | null): Promise<string>;
  /** One request. Resolves with a frame (`base/frame.ts`): head `HttpHead`, then the answer's bytes. */
  request(line: string, call: HttpCall, body: Uint8Array): Promise<Uint8Array>;
  /** Ends what is under way on the line, and the line. No error when it is closed already. */
  close(line: string): Promise<void>;
}

export interface HttpCall {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'MKCOL' | 'PROPFIND' | 'OPTIONS';
  /** From the root of the origin, percent-encoded, with a query if there is one. */
  readonly path: string;
  /** Lower-case names of `SENT_HEADERS` only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Most bytes of an answer with status 200 to 299; of others, up to 64 KiB are kept. */
  readonly maxBytes: number;
  /** How long the line may be silent in both directions. */
  readonly quietSeconds: number;
}

/** Of the answer's headers only those that a target reads: `RECEIVED_HEADERS`. */
export interface HttpHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * WebSockets, for relays: a page's own cannot show an unknown certificate, and its content policy allows none. An
 * address is `wss://`, or `ws://` of this very machine. With a fingerprint, only the certificate that has it is good;
 * without, only what an authority vouches for. Nothing is followed elsewhere.
 *
 * Errors: `host/refused` (another address, a socket that is not open, too many of them), `target/unreachable`,
 * `target/untrusted` (detail.fingerprint: SHA-256 of the certificate, lower-case hexadecimal), `target/refused` and
 * `target/failed` (the server answered with another status than an open socket; detail.status).
 */
export interface SocketHost {
  /** Resolves with the socket's id once both sides may send. */
  open(url: string, trust: SocketTrust): Promise<string>;
  /** One binary message. Resolves once the bytes are the system's to send. */
  send(socket: string, bytes: Uint8Array): Promise<void>;
  /**
   * The bytes that have come in, message after message without their bounds. Waits for some; empty after twenty
   * quiet seconds, null once the server has closed. One call at a time, and the next within a minute: a socket that
   * nobody listens to is closed. A sender faster than the listener is held back.
   */
  receive(socket: string): Promise<Uint8Array | null>;
  /** No error when it is closed already. */
  close(socket: string): Promise<void>;
}

export interface SocketTrust {
  /** SHA-256 of the certificate that the person compared; null while authorities vouch. */
  readonly fingerprint: string | null;
}

/** How much room the vault's drive has. */
export interface SpaceState {
  /** Null when the system does not say. */
  readonly freeBytes: number | null;
  /**
   * `low`: worth a word before it hurts. `full`: there is no room even for the ballast, which was given up for a last
   * write or could never be made; what is left belongs to text that is being typed.
   */
  readonly level: 'enough' | 'low' | 'full';
}

/** Writes to the journal and to sealed files give the ballast up by themselves before they fail with `disk/full`. */
export interface SpaceHost {
  /** Looks how much room there is, and makes the ballast anew where there is room for it. */
  look(): Promise<SpaceState>;
}

export interface SafetyState {
  /** Null when no folder was chosen. */
  readonly folder: string | null;
  /** True when the folder is there now: a stick may be in a drawer. */
  readonly present: boolean;
  /** True when a broken or lost drive would take vault and copy together. */
  readonly sameDrive: boolean;
  /** When the last verified copy was made, ISO; null when there is none. */
  readonly at: string | null;
  /** How much of the journal it holds. */
  readonly journalBytes: number;
}

/** A file of a safety copy. */
export type CopyPart = 'header' | 'journal' | 'device';

/** A safety copy that was found in a folder, to be restored from. */
export interface FoundCopy {
  /** For this run of the program. */
  readonly id: string;
  /** When it was made, ISO; empty when a later version wrote it. */
  readonly at: string;
  readonly journalBytes: number;
  /** `torn`: not what its manifest says, and there is no whole one before it. `newer`: of a later version. */
  readonly state: 'whole' | 'torn' | 'newer';
  /** True when the latest copy is damaged and this is the one before it. */
  readonly before: boolean;
}

/**
 * A sealed copy of key slots, journal and device file in a folder that the person chose, always with the one before it.
 * Errors, besides the disk's: `safety/no-folder`, `safety/absent` (the folder is not there), `safety/inside`,
 * `safety/differs` (read back otherwise than written), `safety/none` (no whole copy), `safety/running`, `vault/exists`
 * (nothing is restored over a vault).
 */
export interface SafetyHost {
  state(): Promise<SafetyState>;
  /** `typed` only where the host has no dialog. False when the person cancelled. */
  choose(typed: string | null): Promise<boolean>;
  stop(): Promise<void>;
  /** Copies the journal's first `upTo` bytes, with `device` as the device file, and resolves once all was read back and compared. */
  copy(upTo: number, device: Uint8Array): Promise<void>;
  read(what: CopyPart, from: number, length: number): Promise<Uint8Array>;
  /**
   * Looks for copies in a folder: one of ours, or one that holds some. `typed` as in `choose`; null when the person
   * cancelled. Every file is compared with its hash; nothing is changed anywhere.
   */
  find(typed: string | null): Promise<FoundCopy[] | null>;
  /** A stretch of a found copy. */
  readFound(id: string, what: CopyPart, from: number, length: number): Promise<Uint8Array>;
  /**
   * Puts a whole copy where there is no vault, compared with its hashes once more; the key slots come last, so that a
   * power cut leaves a vault or none. A journal that a wiped vault left behind is set aside.
   */
  restore(id: string): Promise<void>;
}

/**
 * `none`: no keychain here, as in page mode. `unprotected`: the system would keep secrets under a key that every program
 * knows (Chromium's `basic_text` on a Linux without a key ring), so nothing is given to it.
 */
export type KeychainSystem = 'ready' | 'unprotected' | 'none';

/**
 * One secret under the key that the system keeps for this person's account on this computer. It lies in
 * `keychain.bkk` in the vault's folder, sealed by the system; on another computer, or in another account, it is nothing.
 */
export interface KeychainHost {
  /** `kept`: there is a secret, whether or not this account can still open it. */
  state(): Promise<{ readonly system: KeychainSystem; readonly kept: boolean }>;
  /** Error: `keychain/unavailable`. */
  keep(secret: Uint8Array): Promise<void>;
  /** Null when there is none, or none that this account can open. */
  read(): Promise<Uint8Array | null>;
  /** Overwrites and removes it. No error when there is none. */
  forget(): Promise<void>;
}

export interface HostInfo {
  readonly mode: 'electron' | 'page';
  readonly version: string;
  readonly platform: 'windows' | 'linux' | 'macos' | 'other';
  /** The vault's folder, as a person would look for it. */
  readonly home: string;
  /** True when nothing can be written there. */
  readonly readOnly: boolean;
  /** Free bytes on that drive; null when the system does not say. */
  readonly freeBytes: number | null;
  /** True when the program before this one did not end in good order: a power cut, a crash, a kill. */
  readonly uncleanEnd: boolean;
}

/** What is known before a vault is open: how the window looks, nothing about its content. */
export interface Preferences {
  readonly locale: Locale | null;
  readonly scheme: 'light' | 'dark' | 'auto';
}

/**
 * What the machine or its menu says on its own: `suspend` (it is about to sleep), `screen-locked`, `lock` (somebody
 * chose to lock in the menu), `space` (the disk is full and the ballast went), `file` (the system asks to open one).
 */
export type MachineEvent = 'suspend' | 'screen-locked' | 'lock' | 'space' | 'file';

/**
 * 32 hexadecimal digits that this machine keeps outside of the vault; `drive` for a vault on a drive that comes and
 * goes; null where nobody can tell.
 */
export type MachineMark = string | null;

export interface SystemHost {
  info(): Promise<HostInfo>;
  /** What the vault may know this machine by. */
  machine(): Promise<MachineMark>;
  /** The file that the system asked to open, once; null when there is none. Errors: `file/too-large`, `file/unreadable`. */
  openedFile(): Promise<Uint8Array | null>;
  /**
   * Shows in the system's own dialogs where the vault is, and lets a person choose another folder, which counts from the
   * next start on; resolves when they are closed. Nothing where there are none (page mode).
   */
  showFolder(): Promise<void>;
  /** Waits for the next event, at most half a minute; null when there was none. Whoever wants to know asks again. */
  nextEvent(): Promise<MachineEvent | null>;
  /**
   * Claims the vault for one window (`window` is a random id it made up). False when another living window
   * holds it; a window that has gone quiet for ten seconds has lost its claim. Every journal and files call
   * carries the claim, and one without it is `host/busy`.
   */
  claim(window: string): Promise<boolean>;
  release(window: string): Promise<void>;
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<void>;
  /** Destroys the key slots: overwrites and removes `header.bkv`, `keychain.bkk`, drafts and `device.bkv`. The journal stays, unreadable. */
  wipe(): Promise<void>;
}
