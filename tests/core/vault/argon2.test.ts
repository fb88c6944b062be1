import { expect, test } from 'vitest';
import { toHex, utf8 } from '@/core/base/bytes.ts';
import type { Clock } from '@/core/base/clock.ts';
import {
  type Argon2Params,
  BASE_PARAMS,
  calibrate,
  type DeriveKey,
  deriveArgon2,
  FLOOR_PARAMS,
  withinBounds,
} from '@/core/vault/argon2.ts';

test('gives the key of the reference implementation (version 1.3, t=2, m=64 MiB, p=1)', async () => {
  const params = { memoryKiB: 65_536, passes: 2, lanes: 1 };
  const key = await deriveArgon2(utf8('password'), utf8('somesalt'), params);
  expect(toHex(key)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
});

test.each([
  [{ ...FLOOR_PARAMS, memoryKiB: 19 * 1024 - 1 }],
  [{ ...FLOOR_PARAMS, memoryKiB: 1024 * 1024 + 1 }],
  [{ ...FLOOR_PARAMS, memoryKiB: 20_000.5 }],
  [{ ...FLOOR_PARAMS, passes: 0 }],
  [{ ...FLOOR_PARAMS, passes: 65 }],
  [{ ...FLOOR_PARAMS, lanes: 0 }],
  [{ ...FLOOR_PARAMS, lanes: 17 }],
  [{ ...FLOOR_PARAMS, passes: Number.NaN }],
])('refuses to derive with %o', async (params) => {
  expect(withinBounds(params)).toBe(false);
  await expect(deriveArgon2(utf8('secret'), utf8('saltsalt'), params)).rejects.toMatchObject({
    code: 'vault/bad-parameters',
  });
});

test('takes the bounds themselves', () => {
  expect(withinBounds({ memoryKiB: 19 * 1024, passes: 1, lanes: 1 })).toBe(true);
  expect(withinBounds({ memoryKiB: 1024 * 1024, passes: 64, lanes: 16 })).toBe(true);
});

/** A machine that needs this long for 64 MiB and 3 passes, and in proportion for the rest. */
function machine(baseMs: number): {
  derive: DeriveKey;
  clock: Clock;
  cost: (params: Argon2Params) => number;
} {
  let now = 0;
  const unit = BASE_PARAMS.memoryKiB * BASE_PARAMS.passes;
  const cost = ({ memoryKiB, passes }: Argon2Params) => (baseMs * memoryKiB * passes) / unit;
  const derive: DeriveKey = async (_secret, _salt, params) => {
    now += cost(params);
    return new Uint8Array(32);
  };
  return { derive, clock: { now: () => now }, cost };
}

test.each([20, 100, 250, 400])('aims at a second on a machine that needs %d ms for the least', async (ms) => {
  const { derive, clock, cost } = machine(ms);
  const params = await calibrate(derive, clock);
  expect(withinBounds(params)).toBe(true);
  expect(params.passes).toBeGreaterThanOrEqual(3);
  expect(cost(params)).toBeLessThanOrEqual(1_000);
  expect(cost(params)).toBeGreaterThan(600);
});

test('never goes under 64 MiB and three passes on a slow machine', async () => {
  const { derive, clock } = machine(6_000);
  expect(await calibrate(derive, clock)).toEqual(BASE_PARAMS);
});

test('stays within the bounds when the clock stands still', async () => {
  const { derive } = machine(0);
  expect(withinBounds(await calibrate(derive, { now: () => 5 }))).toBe(true);
});
