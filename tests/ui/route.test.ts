import { expect, test } from 'vitest';
import { parseRoute, paths } from '@/ui/app/route.ts';

test.each([
  ['', { name: 'catalogue', code: null, query: {} }],
  [paths.catalogue(), { name: 'catalogue', code: null, query: {} }],
  [paths.catalogue('KGZ-2020-D5.3.a'), { name: 'catalogue', code: 'KGZ-2020-D5.3.a', query: {} }],
  [paths.observations(), { name: 'observations', query: {} }],
  [paths.newObservation(), { name: 'observation-new', query: {} }],
  [
    paths.newObservation({ measure: 'KGZ-2020-D5.3.a' }),
    { name: 'observation-new', query: { measure: 'KGZ-2020-D5.3.a' } },
  ],
  [paths.observation('0abc'), { name: 'observation', id: '0abc', query: {} }],
  [
    paths.editObservation('0abc', { draft: '0def' }),
    { name: 'observation-edit', id: '0abc', query: { draft: '0def' } },
  ],
  [paths.drafts(), { name: 'drafts', query: {} }],
  [paths.settings(), { name: 'settings', query: {} }],
])('reads the address %j', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test.each([
  '#/elsewhere',
  '#/drafts/1',
  '#/catalogue/a/b',
  '#/observations/1/delete',
  '#/observations/%E0%A4%A',
])('says of %j that there is no such page', (hash) => {
  expect(parseRoute(hash).name).toBe('not-found');
});

test('a code with odd characters survives the way into an address and back', () => {
  const code = 'a/b?c#d е';
  expect(parseRoute(paths.catalogue(code))).toEqual({ name: 'catalogue', code, query: {} });
});
