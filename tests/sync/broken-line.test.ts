import { expect, test } from 'vitest';
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
