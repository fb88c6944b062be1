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
  rehearse(
    passphrase: string,
    onProgress: (progress: { readonly step: string; readonly done: number; readonly total: number }) => void,
  ): Promise<Rehearsal>;
}
