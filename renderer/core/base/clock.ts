/** The device's wall clock. It may lie: it is shown, never trusted (no decision depends on it). */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z, as the device believes. */
  now(): number;
}

/** A source of cryptographically strong randomness; tests pass a seeded one. */
export interface Random {
  /** `length` fresh random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** A device time as stored in a change: ISO 8601 in UTC, seconds precision, e.g. `2021-04-12T08:15:30Z`. */
export function isoSeconds(clock: Clock): string {
  return `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
}
