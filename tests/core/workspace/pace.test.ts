import { expect, onTestFinished, test, vi } from 'vitest';
import { Session } from '@/core/workspace/session.ts';

/** Milliseconds from a change to the flush that brings the cache up, when the last one wrote so many bytes. */
async function waitAfter(flushedBytes: number): Promise<number> {
  const flush = vi.fn(async () => undefined);
  const parts = { store: { flushedBytes, flush } } as unknown as ConstructorParameters<typeof Session>[0];
  const began = Date.now();
  new Session(parts).touched();
  while (flush.mock.calls.length === 0) await vi.advanceTimersByTimeAsync(50);
  return Date.now() - began;
}

test('the cache follows at once what little was written, and what is large less often, never later than 5 s', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  expect(await waitAfter(0)).toBe(400);
  expect(await waitAfter(300_000)).toBe(400);
  expect(await waitAfter(2_000_000)).toBe(2_000);
  expect(await waitAfter(80_000_000)).toBe(5_000);
});
