import type { Progress } from './notice.ts';
import type { Secret } from './secret.ts';

/** A sealed copy of the vault in another place, as a person sees it. */
export interface SafetyCopy {
  /** Null when no folder was chosen. */
  readonly folder: string | null;
  /** True when the folder is there now: a stick may be in a drawer. */
  readonly present: boolean;
  /** True when a broken or lost drive would take vault and copy together. */
  readonly sameDrive: boolean;
  /** When the last verified copy was made, ISO; null when there is none. */
  readonly at: string | null;
  /** True when something was saved since. */
  readonly behind: boolean;
  /** The code of what kept the last attempt from succeeding; null when nothing did. */
  readonly problem: string | null;
}

/**
 * What opening the copy showed. `same`: it holds exactly what this vault holds. `damaged`: parts of it cannot be read.
 * `different`: it reads well and holds something else.
 */
export interface Rehearsal {
  readonly result: 'same' | 'different' | 'damaged';
  readonly observations: number;
}

export interface SafetyDoor {
  state(): Promise<SafetyCopy>;
  /** `typed`: the folder's path where there is no dialog. False when cancelled. Errors: `safety/absent`, `safety/inside`. */
  choose(typed: string | null): Promise<boolean>;
  stop(): Promise<void>;
  /** Makes a copy now, read back and compared. Errors: the disk's, `safety/absent`, `safety/differs`. */
  copy(): Promise<void>;
  /**
   * Rehearses a restore: makes a copy, opens it with the passphrase as another computer would, and compares the hash of its
   * state with this vault's. Nothing is written. Errors: as `copy`, and `vault/wrong-passphrase`.
   */
  rehearse(passphrase: string, onProgress: (progress: Progress) => void): Promise<Rehearsal>;
}

/** A safety copy that was found in a folder. */
export interface CopyToRestore {
  readonly id: string;
  /** When it was made, ISO; empty when a later version wrote it. */
  readonly at: string;
  readonly journalBytes: number;
  /** `torn`: damaged, without a whole one before it; `newer`: of a later version. Neither can be restored. */
  readonly state: 'whole' | 'torn' | 'newer';
  /** True when the latest copy is damaged and this is the one before it. */
  readonly before: boolean;
}

/** What opening a copy showed. */
export interface CopyContent {
  readonly observations: number;
  /** True when some of what was copied cannot be read: the vault itself was damaged by then. */
  readonly damaged: boolean;
}

/** From a safety copy back to a vault, where there is none. */
export interface RestoreDoor {
  /** `typed`: the folder's path where there is no dialog. Null when cancelled. Errors: `safety/absent`, `host/busy`. */
  find(typed: string | null): Promise<readonly CopyToRestore[] | null>;
  /**
   * Opens a whole copy with its passphrase or recovery words; nothing is changed. Errors: as `vault.unlock`, and
   * `safety/none` when it is not whole.
   */
  open(id: string, secret: Secret, onProgress: (progress: Progress) => void): Promise<CopyContent>;
  /**
   * Puts the copy in place, as a whole or not at all; `vault.unlock` opens it then, as another device than the one that
   * was copied. Errors: `vault/exists`, `safety/differs`, the disk's.
   */
  restore(id: string): Promise<void>;
}
