import { argon2id } from 'hash-wasm';
import type { Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';

/** Argon2id's costs (RFC 9106): memory in KiB, passes over it, lanes. */
export interface Argon2Params {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Turns a typed secret into 32 bytes, slowly. Tests pass a fast one. */
export type DeriveKey = (secretBytes: Bytes, saltBytes: Bytes, params: Argon2Params) => Promise<Bytes>;

/**
 * What a header may ask for: below, guessing is too cheap (19 MiB is OWASP's floor); above, a forged header
 * could hang the machine or exhaust it.
 */
export const ARGON2_BOUNDS = {
  memoryKiB: [19 * 1024, 1024 * 1024],
  passes: [1, 64],
  lanes: [1, 16],
} as const;

/** The least a passphrase of a new vault is stretched with (RFC 9106, second recommended option). */
export const BASE_PARAMS: Argon2Params = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };

/** For secrets of over 120 random bits, which need no stretching. */
export const FLOOR_PARAMS: Argon2Params = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

export function withinBounds(params: Argon2Params): boolean {
  return (Object.keys(ARGON2_BOUNDS) as (keyof Argon2Params)[]).every((name) => {
    const [least, most] = ARGON2_BOUNDS[name];
    return Number.isInteger(params[name]) && params[name] >= least && params[name] <= most;
  });
}

/**
 * Argon2id version 1.3 in WebAssembly, 32 bytes. It blocks its thread for as long as it takes, so it belongs in
 * a worker. Errors: `vault/bad-parameters` (outside the bounds; nothing was derived), `vault/out-of-memory`.
 */
export const deriveArgon2: DeriveKey = async (secretBytes, saltBytes, params) => {
  const { memoryKiB, passes, lanes } = params;
  if (!withinBounds(params)) {
    throw new CodedError('vault/bad-parameters', 'The key derivation asks for costs outside the bounds.', {
      memoryKiB,
      passes,
      lanes,
    });
  }
  try {
    return Uint8Array.from(
      await argon2id({
        password: secretBytes,
        salt: saltBytes,
        iterations: passes,
        parallelism: lanes,
        memorySize: memoryKiB,
        hashLength: 32,
        outputType: 'binary',
      }),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CodedError('vault/out-of-memory', 'The machine has no memory left to derive a key.', {
      memoryKiB,
    });
  }
};

/** How long unlocking may take on the machine that made the vault. */
const TARGET_MS = 1_000;
/** A 4 GB machine with a browser open can still spare this. */
const MOST_MEMORY_KIB = 128 * 1024;

/**
 * The costs that take this machine about a second, never under 64 MiB and 3 passes: memory is raised first,
 * since it is what a guesser's graphics cards lack, then passes.
 */
export async function calibrate(derive: DeriveKey, clock: Clock): Promise<Argon2Params> {
  const probe = new Uint8Array(16);
  // The first run also compiles the WebAssembly module; it must not count.
  await derive(probe, probe, { ...FLOOR_PARAMS, passes: 1 });
  const before = clock.now();
  await derive(probe, probe, BASE_PARAMS);
  const speedup = TARGET_MS / Math.max(1, clock.now() - before);
  const memoryKiB = speedup >= 2 ? MOST_MEMORY_KIB : BASE_PARAMS.memoryKiB;
  const affordable = Math.floor((BASE_PARAMS.passes * speedup * BASE_PARAMS.memoryKiB) / memoryKiB);
  const [, mostPasses] = ARGON2_BOUNDS.passes;
  return {
    ...BASE_PARAMS,
    memoryKiB,
    passes: Math.min(mostPasses, Math.max(BASE_PARAMS.passes, affordable)),
  };
}
