import { describe, expect, test } from 'vitest';
import { createClaims, QUIET } from '../../electron/claims.ts';

const A = 'window-aaaaaaaaaaaaaaaa';
const B = 'window-bbbbbbbbbbbbbbbb';

function atTime() {
  const clock = { now: 0 };
  return { clock, claims: createClaims(() => clock.now) };
}

describe('a claim', () => {
  test('is given to one window and may be repeated by it', () => {
    const { claims } = atTime();
    expect(claims.claim(A)).toBe(true);
    expect(claims.claim(A)).toBe(true);
    expect(claims.claim(B)).toBe(false);
    expect(claims.holds(A)).toBe(true);
    expect(claims.holds(B)).toBe(false);
    expect(claims.holds(null)).toBe(false);
  });

  test('is free again once released, but not released by somebody else', () => {
    const { claims } = atTime();
    claims.claim(A);
    claims.release(B);
    expect(claims.claim(B)).toBe(false);
    claims.release(A);
    expect(claims.holds(A)).toBe(false);
    expect(claims.claim(B)).toBe(true);
  });

  test('is lost after ten quiet seconds to the window that asks then, and only then', () => {
    const { claims, clock } = atTime();
    claims.claim(A);
    clock.now = QUIET - 1;
    expect(claims.claim(B)).toBe(false);
    clock.now = 5 * QUIET;
    expect(claims.holds(A)).toBe(true);
    clock.now = 6 * QUIET - 1;
    expect(claims.claim(B)).toBe(false);
    clock.now = 6 * QUIET;
    expect(claims.claim(B)).toBe(true);
    expect(claims.holds(A)).toBe(false);
  });

  test('does not come back by itself after the other window has let go', () => {
    const { claims, clock } = atTime();
    claims.claim(A);
    clock.now = QUIET;
    claims.claim(B);
    claims.release(B);
    expect(claims.holds(A)).toBe(false);
    expect(claims.claim(A)).toBe(true);
  });

  test('ends when the only window is gone', () => {
    const { claims } = atTime();
    claims.claim(A);
    claims.clear();
    expect(claims.claim(B)).toBe(true);
  });
});
