import { describe, expect, test } from 'vitest';
import type { ErrorDetail } from '@/core/base/coded-error.ts';
import type { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { flagsOf, invited, meet, newcomer, team, titlesOf, write } from './two-machines.ts';

/** Calls for this file fail, for as long as the mishap stands. */
function fail(place: MemoryPlace, path: string, code: string, detail: ErrorDetail = {}, puts = false): void {
  place.mishap = (_call, method, asked) =>
    asked === path && (method === 'get' || puts) ? { code, detail } : null;
}

const packsOf = (place: MemoryPlace, device: string): string[] =>
  [...place.files.keys()].filter((path) => path.includes(`/${device}/`) && path.endsWith('.bkp'));
const pathOf = (place: MemoryPlace, end: string): string =>
  [...place.files.keys()].find((path) => path.endsWith(end)) as string;

describe('one file that a target does not give', () => {
  test.each([
    ['a bad sector, a link, a 500', 'target/failed', { status: 500 }],
    ['a right that is missing', 'target/refused', { status: 403 }],
    ['a lock', 'target/busy', { status: 423 }],
  ] as const)(
    '(%s) keeps nobody else from sending, and is told at the second round',
    async (_, code, detail) => {
      const { one, other, place } = await team();
      await write(one, 'биринчи');
      await meet(one, place);
      await meet(other, place);
      const { device } = one.session.device;
      const shown = other.session.state.target('place').shown[device];
      fail(place, pathOf(place, `${device}/head.bkh`), code, detail, true);
      await write(other, 'экинчи ишим');
      await meet(other, place);
      expect(packsOf(place, other.session.device.device)).toHaveLength(1);
      expect(other.session.state.target('place').shown[device]).toEqual(shown);
      expect(flagsOf(other)).toEqual([]);
      await meet(other, place);
      expect(flagsOf(other)).toEqual(['sync/unreadable']);
      expect(other.session.state.flags[0]?.detail).toMatchObject({ device, target: 'place' });
      await write(one, 'үчүнчү иш');
      place.mishap = null;
      await meet(one, place);
      await meet(other, place);
      expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим', 'үчүнчү иш']);
    },
  );

  test.each([401, 407, 403, 500])('ends the round where it is all of them (%i)', async (status) => {
    const { one, place } = await team();
    await meet(one, place);
    const code = status === 500 ? 'target/failed' : 'target/refused';
    place.mishap = (_call, method) => (method === 'get' ? { code, detail: { status } } : null);
    for (let round = 0; round < 3; round++) {
      await expect(meet(one, place)).rejects.toMatchObject({ code, detail: { status } });
    }
    expect(flagsOf(one)).toEqual([]);
  });

  test('being a pack is asked of others, and stops nothing where they cannot put it there either', async () => {
    const { one, other, place } = await team();
    await write(one, 'биринчи');
    await meet(one, place);
    const [path = ''] = packsOf(place, one.session.device.device);
    fail(place, path, 'target/refused', { status: 403 }, true);
    await meet(other, place);
    expect(Object.keys(other.session.state.target('place').wanted)).toHaveLength(1);
    await write(one, 'экинчи ишим');
    await meet(one, place);
    const third = await newcomer(one, 'm3', 9);
    await meet(third, place);
    expect(packsOf(place, one.session.device.device)).toHaveLength(2);
    place.mishap = null;
    for (let round = 0; round < 3; round++) await meet(other, place);
    expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим']);
  });

  test('being the log is written over at the second round', async () => {
    const { one, place } = await team();
    await meet(one, place);
    const path = pathOf(place, '.bkl');
    fail(place, path, 'target/failed');
    place.files.set(path, new Chance(1).bytes(40));
    await meet(one, place);
    expect(place.files.get(path)).toHaveLength(40);
    await meet(one, place);
    expect(place.files.get(path)?.length).toBeGreaterThan(40);
  });

  test('being a folder of packs keeps nothing of the others away', async () => {
    const { one, other, place } = await team();
    const third = await newcomer(one, 'm3', 9);
    await write(one, 'биринчи');
    await write(third, 'экинчи ишим');
    for (const machine of [one, third]) await meet(machine, place);
    const [path = ''] = packsOf(place, one.session.device.device);
    place.mishap = (_call, method, asked) =>
      asked === path || (method === 'list' && path.startsWith(`${asked}/`))
        ? { code: 'target/failed' }
        : null;
    await meet(other, place);
    await meet(other, place);
    expect(titlesOf(other)).toEqual(['экинчи ишим']);
    expect(flagsOf(other)).toContain('sync/unreadable');
  });

  test('being the answer that a newcomer waits for is told', async () => {
    const { one, other, place, join } = await invited(3);
    await join(other);
    await join(one);
    const answered = [...place.files.keys()];
    place.mishap = (_call, method, path) =>
      method === 'get' && answered.includes(path)
        ? { code: 'target/refused', detail: { status: 403 } }
        : null;
    await expect(join(other)).rejects.toMatchObject({ code: 'target/refused' });
    await join(one);
  });
});

test('a line that breaks among the copies of a damaged head tells nobody that something was taken back', async () => {
  const { one, other, place } = await team();
  await write(one, 'биринчи');
  await meet(one, place);
  await meet(other, place);
  const path = pathOf(place, `${one.session.device.device}/head.bkh`);
  place.files.set(path.replace('head', 'head (2)'), place.files.get(path) as never);
  place.files.set(path, new Chance(2).bytes(300));
  place.mishap = (_call, method, asked) =>
    method === 'get' && asked.includes('head (2)') ? { code: 'target/unreachable' } : null;
  await expect(meet(other, place)).rejects.toMatchObject({ code: 'target/unreachable' });
  expect(flagsOf(other)).toEqual([]);
});
