/** A window that shows no sign of life for so long has lost its claim to whoever asks next. Milliseconds. */
export const QUIET = 10_000;

/**
 * Which of several windows may use the vault. A claim lives as long as its window makes calls; a quiet window keeps
 * it until another one asks, and never gets it back by merely calling: it must claim anew and read the vault again.
 */
export interface Claims {
  /** True when `window` holds the vault from now on. */
  claim(window: string): boolean;
  /** True, and a sign of life, when `window` holds the vault. */
  holds(window: string | null): boolean;
  release(window: string): void;
  /** Ends any claim: the only window is gone. */
  clear(): void;
}

/** `now` is a clock in milliseconds that never goes back. */
export function createClaims(now: () => number): Claims {
  let holder: string | null = null;
  let seen = 0;
  return {
    claim(window) {
      if (holder !== null && holder !== window && now() - seen < QUIET) return false;
      holder = window;
      seen = now();
      return true;
    },
    holds(window) {
      if (holder === null || holder !== window) return false;
      seen = now();
      return true;
    },
    release(window) {
      if (holder === window) holder = null;
    },
    clear() {
      holder = null;
    },
  };
}
