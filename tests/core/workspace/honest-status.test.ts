import { describe, expect, test } from 'vitest';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { MemoryPlace } from '../../support/memory-target.ts';
import { type Person, person, team } from '../../support/team.ts';
import { laptop, PASSPHRASE, saveNew, silent, titled, titles } from '../../support/vault.ts';

// What the app says of where somebody's words are: never more than is true, and no less once it is known.

const HERE = { state: 'here' };
const HANDED_OVER = { state: 'handed-over' };
const heldBy = (devices: number) => ({ state: 'held', devices });

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

/** A copy of the person's vault on another machine; both go on. */
async function copied(one: Person): Promise<Person> {
  await one.workspace.vault.lock();
  const host = one.machine.host.disk.clone();
  await one.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  host.disk.machine = 'c'.repeat(32);
  const machine = laptop(host, new MemoryCache(), one.machine.places);
  const workspace = machine.start();
  await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  return { ...one, machine, workspace, round: () => workspace.sync.run(one.target) };
}

async function founder(): Promise<Person> {
  const one = await person();
  await one.workspace.team.found('Ош мониторинг');
  return one;
}

const ownOf = async ({ workspace }: { workspace: Workspace }) => (await workspace.sync.overview()).own;
const keptBy = async ({ workspace }: { workspace: Workspace }, id: string) =>
  (await workspace.sync.kept([id]))[0];
const waitingOf = async ({ workspace }: { workspace: Workspace }) =>
  (await workspace.sync.overview()).targets[0]?.waiting;

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
  test('is not held by the device that it was itself', async () => {
    const one = await founder();
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    for (const cache of [one.machine.cache, new MemoryCache()]) {
      const two = await moved(one, cache, cache === one.machine.cache ? 'b' : 'c');
      for (let i = 0; i < 3; i++) {
        await exchange(two);
        expect(await keptBy(two, id)).toEqual(HANDED_OVER);
        expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 2, held: 0 });
      }
      await two.workspace.vault.lock();
    }
  });

  test('has handed over nothing that a broken round never brought to a target, and tells when it is there', async () => {
    const one = await founder();
    await exchange(one);
    const id = await saveNew(one.workspace, titled('биринчи'));
    stickOf(one).readOnly = true;
    expect((await one.round()).outcome).toBe('failed');
    const two = await moved(one);
    expect(await keptBy(two, id)).toEqual(HERE);
    expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 0, held: 0 });
    expect(await waitingOf(two)).toBe(2);
    stickOf(one).readOnly = false;
    await exchange(two);
    expect(await keptBy(two, id)).toEqual(HANDED_OVER);
    expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 2, held: 0 });
    expect(await waitingOf(two)).toBe(0);
  });

  test('is held by those who held its words before, as soon as it hears from them', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one, other, one);
    const two = await moved(one);
    await exchange(two);
    expect(await keptBy(two, id)).toEqual(heldBy(1));
    expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 2, held: 2 });
    const later = await saveNew(two.workspace, titled('экинчи ишим'));
    await exchange(two);
    expect(await keptBy(two, later)).toEqual(HANDED_OVER);
    await exchange(other, two);
    expect(await keptBy(two, id)).toEqual(heldBy(1));
    expect(await keptBy(two, later)).toEqual(heldBy(1));
    expect(await ownOf(two)).toEqual({ changes: 3, handedOver: 3, held: 3 });
  });

  test('counts once for the others, not as the device that it was as well', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one, other, one);
    const two = await moved(other);
    await exchange(two, one, two, one);
    expect(await keptBy(one, id)).toEqual(heldBy(1));
  });

  test('still has the words that it wrote before it came to a team among its own', async () => {
    const one = await person();
    const id = await saveNew(one.workspace, titled('биринчи'));
    const two = await moved(one);
    await two.workspace.team.found('Ош мониторинг');
    expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 0, held: 0 });
    expect(await waitingOf(two)).toBe(2);
    await exchange(two);
    expect(await keptBy(two, id)).toEqual(HANDED_OVER);
    expect(await ownOf(two)).toEqual({ changes: 2, handedOver: 2, held: 0 });
    expect(await waitingOf(two)).toBe(0);
  });

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

describe('two living laptops of one person, one of them a copy of the other', () => {
  test('each hold what the other wrote', async () => {
    const one = await founder();
    const before = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    const copy = await copied(one);
    await exchange(copy);
    // The device that the copy was may be no other than the copy itself: nothing tells of two yet.
    expect(await keptBy(copy, before)).toEqual(HANDED_OVER);
    await exchange(one, copy);
    for (const each of [one, copy]) expect(await keptBy(each, before)).toEqual(heldBy(1));
    const mine = await saveNew(one.workspace, titled('экинчи ишим'));
    const other = await saveNew(copy.workspace, titled('үчүнчү'));
    await exchange(one, copy, one, copy);
    for (const each of [one, copy]) {
      for (const id of [before, mine, other]) expect(await keptBy(each, id)).toEqual(heldBy(1));
      expect(await ownOf(each)).toEqual({ changes: 4, handedOver: 4, held: 4 });
    }
  });

  test('do not count for words that only one of them ever had', async () => {
    const one = await founder();
    await exchange(one);
    const copy = await copied(one);
    await exchange(copy, one);
    const id = await saveNew(copy.workspace, titled('биринчи'));
    expect(await keptBy(copy, id)).toEqual(HERE);
    await exchange(copy);
    expect(await keptBy(copy, id)).toEqual(HANDED_OVER);
    await exchange(one, copy);
    expect(await keptBy(copy, id)).toEqual(heldBy(1));
  });
});

describe('an exchange point', () => {
  test('that is given another address holds nothing yet, and what the old place has is not forgotten', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    const fresh = new MemoryPlace();
    one.machine.places.set('/new', fresh);
    await one.workspace.sync.setTarget(one.target, {
      name: 'Башка',
      settings: { kind: 'folder', path: '/new' },
    });
    const { targets } = await one.workspace.sync.overview();
    expect(targets).toMatchObject([{ name: 'Башка', lastRound: null, waiting: 2 }]);
    expect(await keptBy(one, id)).toEqual(HANDED_OVER);
    await exchange(one);
    expect((await one.workspace.sync.overview()).flags).toEqual([]);
    expect(await waitingOf(one)).toBe(0);
    await other.workspace.sync.setTarget(other.target, { settings: { kind: 'folder', path: '/new' } });
    await exchange(other);
    expect(await titles(other.workspace)).toEqual(['биринчи']);
  });

  test('is still the other place after a kill right after it was given another address', async () => {
    const { one } = await team();
    await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    await one.workspace.vault.lock();
    await one.workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
    await one.workspace.sync.setTarget(one.target, { settings: { kind: 'folder', path: '/new' } });
    const { host, cache, places } = one.machine;
    const disk = host.disk.clone();
    const image = new MemoryCache();
    for (const [key, value] of cache.entries) image.entries.set(key, value);
    const workspace = laptop(disk, image, places).start();
    await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect(await waitingOf({ workspace })).toBe(2);
  });

  test('that is given another address while a round runs is not told what the old place has', async () => {
    const { one } = await team();
    await saveNew(one.workspace, titled('биринчи'));
    const running = one.round();
    await one.workspace.sync.setTarget(one.target, { settings: { kind: 'folder', path: '/new' } });
    expect((await running).outcome).toBe('done');
    const { targets } = await one.workspace.sync.overview();
    expect(targets).toMatchObject([{ lastRound: null, waiting: 2 }]);
  });

  test('at the same address by other words is the same place', async () => {
    const { one } = await team();
    await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    await one.workspace.sync.setTarget(one.target, {
      name: 'Кызыл флешка',
      automatic: true,
      settings: { kind: 'folder', path: '/stick' },
    });
    const { targets } = await one.workspace.sync.overview();
    expect(targets).toMatchObject([{ lastRound: { outcome: 'done' }, waiting: 0 }]);
  });

  test('that was wiped and cannot be written any more has nothing, and nothing is handed over', async () => {
    const one = await founder();
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    const place = stickOf(one);
    place.files.clear();
    place.readOnly = true;
    expect((await one.round()).outcome).toBe('failed');
    expect(await keptBy(one, id)).toEqual(HERE);
    expect(await ownOf(one)).toEqual({ changes: 2, handedOver: 0, held: 0 });
    expect(await waitingOf(one)).toBe(2);
    place.readOnly = false;
    await exchange(one);
    expect(await keptBy(one, id)).toEqual(HANDED_OVER);
  });

  test('that was wiped takes nothing back from what another point has, nor from one that was taken off the list', async () => {
    const one = await founder();
    one.machine.places.set('/second', new MemoryPlace());
    const second = await one.workspace.sync.addTarget({
      name: 'Экинчи',
      settings: { kind: 'folder', path: '/second' },
      automatic: false,
      metered: false,
    });
    const id = await saveNew(one.workspace, titled('биринчи'));
    await exchange(one);
    expect((await one.workspace.sync.run(second)).error).toBeNull();
    stickOf(one).files.clear();
    stickOf(one).readOnly = true;
    expect((await one.round()).outcome).toBe('failed');
    expect(await keptBy(one, id)).toEqual(HANDED_OVER);
    await one.workspace.sync.removeTarget(second);
    expect(await keptBy(one, id)).toEqual(HANDED_OVER);
  });
});
