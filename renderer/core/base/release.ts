import type { Label } from './locales.ts';

/** A version of the program as its publisher announces it. */
export interface Release {
  /** Three numbers: `1.12.0`. */
  readonly version: string;
  /** What is new, in a few sentences. */
  readonly notes: Label;
  readonly files: readonly ReleaseFile[];
}

/** A file of a release, so that a person can compare what she downloaded. */
export interface ReleaseFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What is known about newer versions. */
export interface UpdateState {
  /** The one server that this build may ask, and the page to download from; null when it was built without. */
  readonly source: { readonly server: string; readonly page: string } | null;
  /** True when the program asks by itself, once a week. */
  readonly weekly: boolean;
  /** When the server last gave a good answer, in ISO 8601; null when it never has. */
  readonly checkedAt: string | null;
  /** A version newer than the one that runs; null when none is known. */
  readonly newer: Release | null;
}

/**
 * Asking about newer versions: never by itself unless a person has turned that on, only the server that the build
 * names, and nothing is ever downloaded or installed.
 */
export interface UpdateCheck {
  /** Asks nobody. */
  state(): Promise<UpdateState>;
  /** Turns the weekly question on or off; when it is due, turning it on asks. */
  setWeekly(on: boolean): Promise<UpdateState>;
  /**
   * Asks now. Errors: `update/no-source`, `update/unreachable` (detail.reason), `update/redirected`, `update/too-large`,
   * `update/unreadable`, `update/bad-signature`, `update/rollback` (detail.version: older than one announced before).
   */
  check(): Promise<UpdateState>;
}
