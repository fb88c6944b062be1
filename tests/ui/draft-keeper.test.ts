import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CodedError } from '@/core/base/coded-error.ts';
import { emptyObservation } from '@/core/model/observation.ts';
import {
  type DraftContent,
  DraftKeeper,
  type DraftState,
  type DraftStore,
  takeOver,
} from '@/ui/observation/form/draft-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const typed = (text: string): DraftContent => ({
  record: null,
  base: null,
  seen: {},
  observation: { ...emptyObservation('ky'), narrative: { text, lang: 'ky' } },
});

/** A disk that takes `slow` milliseconds for a write, or refuses it. */
function disk(slow = 5) {
  const files = new Map<string, string>();
  const writes: { readonly at: number; readonly text: string }[] = [];
  const state = { refuses: false as boolean | Error, underway: 0, most: 0 };
  const work = async (done: () => void): Promise<void> => {
    state.underway += 1;
    state.most = Math.max(state.most, state.underway);
    await new Promise((resolve) => setTimeout(resolve, slow));
    state.underway -= 1;
    if (state.refuses !== false) throw state.refuses === true ? new Error('full') : state.refuses;
    done();
  };
  const drafts: DraftStore<DraftContent> = {
    newId: async () => 'a'.repeat(26),
    put: async (draft) => {
      await work(() => {
        files.set(draft.id, draft.observation.narrative.text);
        writes.push({ at: performance.now(), text: draft.observation.narrative.text });
      });
      return '2026-11-23T10:00:00Z';
    },
    discard: (id) => work(() => files.delete(id)),
  };
  return { drafts, files, writes, state, kept: () => [...files.values()][0] };
}

function keeperOn(drafts: DraftStore<DraftContent>, id: string | null = null) {
  const keeper = new DraftKeeper(drafts, id);
  const states: DraftState['state'][] = [];
  keeper.listen(({ state }) => states.push(state));
  return { keeper, states };
}

describe('a draft', () => {
  test('is on the disk after half a second without a key', async () => {
    const { drafts, kept } = disk();
    const { keeper, states } = keeperOn(drafts);
    keeper.change(typed('Айылда'));
    await vi.advanceTimersByTimeAsync(490);
    expect(kept()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(20);
    expect(kept()).toBe('Айылда');
    expect(states).toEqual(['typing', 'kept']);
  });

  test('is never older than a second and a half while typing goes on', async () => {
    const { drafts, writes } = disk();
    const { keeper } = keeperOn(drafts);
    const start = performance.now();
    for (let key = 1; key <= 60; key++) {
      keeper.change(typed('а'.repeat(key)));
      await vi.advanceTimersByTimeAsync(100);
    }
    const times = [start, ...writes.map(({ at }) => at)];
    for (const [i, at] of times.entries()) {
      if (i > 0) expect(at - (times[i - 1] as number)).toBeLessThanOrEqual(1_610);
    }
    expect(writes.length).toBeGreaterThanOrEqual(3);
  });

  test('holds the newest words even when writing is slow, one write at a time', async () => {
    const { drafts, kept, state } = disk(2_000);
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('эски'));
    await vi.advanceTimersByTimeAsync(600);
    keeper.change(typed('жаңы'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kept()).toBe('жаңы');
    expect(state.most).toBe(1);
  });

  test('is written at once when it is told to', async () => {
    const { drafts, kept } = disk();
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('Кулпу алдында'));
    const flushed = keeper.flush();
    await vi.advanceTimersByTimeAsync(10);
    await flushed;
    expect(kept()).toBe('Кулпу алдында');
  });

  test('that could not be written says so and is tried again', async () => {
    const { drafts, kept, state } = disk();
    const { keeper, states } = keeperOn(drafts);
    state.refuses = true;
    keeper.change(typed('Диск толду'));
    await vi.advanceTimersByTimeAsync(600);
    expect(states.at(-1)).toBe('failed');
    state.refuses = false;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(kept()).toBe('Диск толду');
    expect(states.at(-1)).toBe('kept');
  });

  test('of a form that was left while the disk refused is handed to the form that opens it again', async () => {
    const { drafts, files, state } = disk();
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('бир'));
    await vi.advanceTimersByTimeAsync(600);
    state.refuses = true;
    keeper.change(typed('бир эки'));
    const left = keeper.leave();
    await vi.advanceTimersByTimeAsync(10);
    expect(await left).toBe(false);
    const id = keeper.id ?? '';
    expect(takeOver(id)?.observation.narrative.text).toBe('бир эки');
    expect(takeOver(id)).toBeNull();
    // From now on only the new form writes.
    state.refuses = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect([...files.values()]).toEqual(['бир']);
  });

  test('of a form that was left is written as soon as the disk allows', async () => {
    const { drafts, kept, state } = disk();
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('бир'));
    await vi.advanceTimersByTimeAsync(600);
    state.refuses = true;
    keeper.change(typed('бир эки'));
    void keeper.leave();
    await vi.advanceTimersByTimeAsync(3_000);
    state.refuses = false;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(kept()).toBe('бир эки');
    expect(takeOver(keeper.id ?? '')).toBeNull();
  });

  test('leaves nothing in memory once the vault is locked', async () => {
    const { drafts, state } = disk();
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('бир'));
    await vi.advanceTimersByTimeAsync(600);
    state.refuses = new CodedError('vault/locked', 'The vault is locked.');
    keeper.change(typed('бир эки'));
    void keeper.leave();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(takeOver(keeper.id ?? '')).toBeNull();
  });

  test('of a form that says nothing is not left behind', async () => {
    const { drafts, files } = disk();
    const { keeper, states } = keeperOn(drafts);
    keeper.change(typed('а'));
    keeper.change(null);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(keeper.id).toBeNull();
    keeper.change(typed('а'));
    await vi.advanceTimersByTimeAsync(600);
    expect(files.size).toBe(1);
    keeper.change(null);
    await vi.advanceTimersByTimeAsync(600);
    expect(files.size).toBe(0);
    expect(states.at(-1)).toBe('none');
  });

  test('emptied while its first write is under way goes too', async () => {
    const { drafts, files } = disk(300);
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('а'));
    await vi.advanceTimersByTimeAsync(550);
    keeper.change(null);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(files.size).toBe(0);
  });

  test('rests while its record is saved, and nothing is written after the save', async () => {
    const { drafts, files, writes } = disk(300);
    const { keeper } = keeperOn(drafts);
    keeper.change(typed('бир'));
    await vi.advanceTimersByTimeAsync(550);
    keeper.change(typed('эки'));
    const rested = keeper.rest();
    await vi.advanceTimersByTimeAsync(400);
    await rested;
    files.clear();
    keeper.end();
    keeper.change(typed('үч'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(files.size).toBe(0);
    expect(writes.map(({ text }) => text)).toEqual(['бир']);
  });
});
