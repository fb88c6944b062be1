/** The program that runs, and where it keeps the vault. */
export interface About {
  readonly version: string;
  readonly mode: 'electron' | 'page';
  /** The vault's folder, as a person would look for it. */
  readonly home: string;
  /** Free bytes on that drive; null when the system does not say. */
  readonly freeBytes: number | null;
}
