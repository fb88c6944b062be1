import { expect, test } from 'vitest';
import { type Bytes, concat } from '@/core/base/bytes.ts';
import type { Target } from '@/core/sync/target.ts';
import { meet, team, titlesOf, write } from './two-machines.ts';

test('of several packs, those that came before the line broke are kept, and asked for no more', async () => {
  const { one, other, place } = await team();
  for (const title of ['биринчи', 'экинчи ишим', 'үчүнчү иш']) {
    await write(one, title);
    await meet(one, place);
  }
  const asked: string[] = [];
  place.mishap = (_call, method, path) => {
    if (method === 'get' && path.endsWith('.bkp')) asked.push(path);
    return /\/000003-/.test(path) ? { code: 'target/unreachable' } : null;
  };
  await expect(meet(other, place)).rejects.toMatchObject({ code: 'target/unreachable' });
  expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим']);
  expect(asked).toHaveLength(3);
  await expect(meet(other, place)).rejects.toMatchObject({ code: 'target/unreachable' });
  expect(asked).toHaveLength(4);
  place.mishap = null;
  await meet(other, place);
  expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим', 'үчүнчү иш']);
});

test('of several heads, those that came before the line broke are remembered', async () => {
  const { one, other, place } = await team();
  await write(one, 'биринчи');
  await meet(one, place);
  const { device } = one.session.device;
  const isOwnHead = (path: string) => path.endsWith(`/${other.session.device.device}/head.bkh`);
  place.mishap = (_call, method, path) =>
    method === 'get' && isOwnHead(path) ? { code: 'target/unreachable' } : null;
  await expect(meet(other, place)).rejects.toMatchObject({ code: 'target/unreachable' });
  expect(other.session.state.head(device)?.head.seq).toBe(1);
  expect(titlesOf(other)).toEqual([]);
});

test('a pack longer than its head tells is read in its own turn only, and the right one once it is back', async () => {
  const { one, other, place } = await team();
  for (const title of ['биринчи', 'экинчи ишим']) {
    await write(one, title);
    await meet(one, place);
  }
  const [path, bytes] = [...place.files].find(([name]) => name.includes('/000002-')) as [string, Bytes];
  place.files.set(path, concat(bytes, new Uint8Array(1_000_000)));
  const most: [string, number][] = [];
  const open = (): Target => {
    const target = place.open();
    return {
      list: (folder) => target.list(folder),
      put: (name, content) => target.put(name, content),
      get(name, options) {
        most.push([name, options.maxBytes]);
        return target.get(name, options);
      },
    };
  };
  await meet(other, { open });
  expect(most.find(([asked]) => asked === path)).toEqual([path, bytes.length]);
  expect(titlesOf(other)).toEqual(['биринчи']);
  place.files.set(path, bytes);
  await meet(other, place);
  expect(titlesOf(other)).toEqual(['биринчи', 'экинчи ишим']);
});
