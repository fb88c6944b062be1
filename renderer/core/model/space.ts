/** How much room the vault's drive has, as a person is told. */
export interface Space {
  /** Null when the system does not say. */
  readonly freeBytes: number | null;
  /**
   * `low`: time to make room. `full`: Baikoo only reads, but for text that was begun: its draft is kept and it can
   * still be saved.
   */
  readonly level: 'enough' | 'low' | 'full';
}

export interface SpaceDoor {
  state(): Promise<Space>;
  /** Looks now: whoever made room need not wait for the next look. */
  look(): Promise<Space>;
}
