import { describe, expect, test } from 'vitest';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import type { MemoryPlace } from '../../support/memory-target.ts';
import { type Person, person, team } from '../../support/team.ts';
import { laptop, PASSPHRASE, saveNew, silent, titled, titles } from '../../support/vault.ts';

// What the app says of where somebody's words are: never more than is true, and no less once it is known.

const HANDED_OVER = { state: 'handed-over' };

const stickOf = (one: Person) => one.machine.places.get('/stick') as MemoryPlace;

/** A round of each, all of which end well. */
async function exchange(...people: readonly Person[]): Promise<void> {
  for (const one of people) expect((await one.round()).error).toBeNull();
}

/** The person's vault on another machine; the cache comes along or does not. */
async function moved(one: Person, cache = new MemoryCache(), mark = 'b'): Promise<Person> {
  await one.workspace.vault.lock();
  const { host, places } = one.machine;
  host.disk.machine = mark.repeat(32);
  host.disk.restart();
  const machine = laptop(host, cache, places);
  const workspace = machine.start();
  const { notices } = await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  expect(notices.map(({ code }) => code)).toContain('device/moved');
  return { ...one, machine, workspace, round: () => workspace.sync.run(one.target) };
}

async function founder(): Promise<Person> {
  const one = await person();
  await one.workspace.team.found('Ош мониторинг');
  return one;
}

const keptBy = async ({ workspace }: { workspace: Workspace }, id: string) =>
  (await workspace.sync.kept([id]))[0];

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

describe('a vault on another machine than the last', () => {
  test('puts its packs where it had put packs as another device, before it says so', async () => {
    const one = await founder();
    for (const title of ['биринчи', 'экинчи ишим']) {
      await saveNew(one.workspace, titled(title));
      await exchange(one);
    }
    const two = await moved(one, one.machine.cache);
    const { device } = await two.workspace.vault.profile();
    const id = await saveNew(two.workspace, titled('үчүнчү'));
    await exchange(two);
    expect(await keptBy(two, id)).toEqual(HANDED_OVER);
    const files = [...stickOf(one).files.keys()].filter((path) => path.includes(`/${device}/`));
    expect(files.filter((path) => path.endsWith('.bkp'))).toHaveLength(1);
  });
});
