import { describe, expect, test } from 'vitest';
import type { MemoryPlace } from '../../support/memory-target.ts';
import { type Person, team } from '../../support/team.ts';
import { saveNew, titled, titles } from '../../support/vault.ts';

// What the app says of where somebody's words are: never more than is true, and no less once it is known.

const stickOf = (one: Person) => one.machine.places.get('/stick') as MemoryPlace;

/** A round of each, all of which end well. */
async function exchange(...people: readonly Person[]): Promise<void> {
  for (const one of people) expect((await one.round()).error).toBeNull();
}

describe('a round that breaks', () => {
  test('says how many edits it has carried all the same', async () => {
    const { one, other } = await team();
    await exchange(one, other);
    for (const title of ['биринчи', 'экинчи ишим']) await saveNew(one.workspace, titled(title));
    await exchange(one);
    await saveNew(other.workspace, titled('үчүнчү'));
    let heads = 0;
    stickOf(one).mishap = (_call, method, path) => {
      if (method !== 'put' || !path.endsWith('head.bkh')) return null;
      heads += 1;
      return heads === 2 ? { code: 'target/unreachable' } : null;
    };
    expect(await other.round()).toMatchObject({ outcome: 'failed', changesOut: 1, changesIn: 2 });
    expect(await titles(other.workspace)).toHaveLength(3);
    stickOf(one).mishap = null;
    expect(await other.round()).toMatchObject({ outcome: 'done', changesOut: 0, changesIn: 0 });
  });
});
