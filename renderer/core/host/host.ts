import type { Locale } from '../base/locales.ts';
import type { UpdateCheck } from '../base/release.ts';

/**
 * What core needs from the machine it runs on: one journal file, a few small sealed files, a way to hand a
 * file to the person. The host sees only sealed bytes (exports aside, which the person asked for) and knows
 * nothing of observations. `contract.ts` puts every method on a channel; both hosts answer the same way.
 *
 * Errors are `CodedError`s: `disk/full`, `disk/read-only`, `disk/failed`, `journal/moved` (the journal is not
 * as long as the caller believes), `host/busy` (another window or program holds the vault), `host/refused`.
 */
export interface Host {
  readonly journal: JournalHost;
  readonly files: FilesHost;
  readonly system: SystemHost;
  readonly socket: SocketHost;
  readonly updates: UpdateCheck;
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
}

/** What is known before a vault is open: how the window looks, nothing about its content. */
export interface Preferences {
  readonly locale: Locale | null;
  readonly scheme: 'light' | 'dark' | 'auto';
}

/**
 * What the machine or its menu says on its own: `suspend` (it is about to sleep), `screen-locked`, `lock` (somebody
 * chose to lock in the menu).
 */
export type MachineEvent = 'suspend' | 'screen-locked' | 'lock';

export interface SystemHost {
  info(): Promise<HostInfo>;
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
  /** Destroys the key slots: overwrites and removes `header.bkv`, drafts and `device.bkv`. The journal stays, unreadable. */
  wipe(): Promise<void>;
}
