import type { Bytes } from '../base/bytes.ts';

/**
 * A place that packs go to and come from: a folder or USB stick, a WebDAV collection, a relay.
 *
 * It is a mailbox and nothing more. It sees only ciphertext and need not have locks, renames, deletion or
 * compare-and-swap. It may forget, withhold, repeat, truncate, rename or replace anything at any moment; whoever
 * reads from it verifies what comes. Nobody but a device itself writes new content under its paths, and what is
 * written there by others (packs they carry) is the same content under the same name.
 *
 * Paths are relative, lower case, `/` between segments (`TARGET_PATH`), so that they mean the same on a file system
 * that ignores case, in a URL and as the tokens of a subject.
 *
 * Errors of every method are `CodedError`s: `target/unreachable` (no line, the stick is gone, timed out),
 * `target/untrusted` (an unknown certificate; detail.fingerprint), `target/refused` (credentials or permissions;
 * detail.status), `target/read-only`, `target/full`, `target/busy` (try again later; detail.seconds where it said),
 * `target/failed` (anything else; detail.status where there is one), `target/too-long` (`get`: more than `maxBytes`).
 * After an error of `put` the target may hold nothing, a part or the whole: putting again is always right.
 */
export interface Target {
  /**
   * Files directly in a folder, whatever their names (a "conflicted copy" is among them), without folders; empty
   * when there is no such folder. At most `LISTING_LIMIT`.
   */
  list(folder: string): Promise<readonly ListedFile[]>;
  /** The file at a path. `unless` is the tag of an earlier answer: the same content need not travel again. */
  get(path: string, options: GetOptions): Promise<Fetched>;
  /**
   * Writes a file, in place of an older one, and resolves once the target has the whole of it as far as it can
   * tell: a folder after fsync and reading back, a server after its acknowledgement and the length it reports.
   */
  put(path: string, bytes: Bytes): Promise<void>;
}

/** A target with a line, a grant or a socket behind it, for as long as somebody uses it. */
export interface OpenTarget extends Target {
  /** Gives back what is held. What is under way ends with `target/unreachable`; later calls do too. */
  close(): Promise<void>;
}

export interface GetOptions {
  readonly maxBytes: number;
  readonly unless?: string | null;
}

export type Fetched =
  | { readonly state: 'found'; readonly bytes: Bytes; readonly tag: string | null }
  | { readonly state: 'unchanged' }
  | { readonly state: 'absent' };

export interface ListedFile {
  /** The name alone, as the target spells it; `get` takes `folder/name`. */
  readonly name: string;
  /** Null where the target does not say. */
  readonly size: number | null;
}

/** What we write. A reader may meet other names in a listing and asks for them as they are. */
export const TARGET_PATH = /^[a-z0-9][a-z0-9-]{0,63}(?:\/[a-z0-9][a-z0-9-]{0,63}){0,5}\.[a-z0-9]{1,8}$/;

/** Folders are made so that a listing stays far below this; what is beyond is not looked at. */
export const LISTING_LIMIT = 2_000;
