import { describe, expect, test } from 'vitest';
import type { Observation } from '@/core/model/observation.ts';
import type { ObservationQuery } from '@/core/workspace.ts';
import {
  laptop,
  openNewVault,
  PASSPHRASE,
  query,
  saveNew,
  silent,
  titled,
  titles,
} from '../../support/vault.ts';

const translated = (key: string, text: string): Pick<Observation, 'translations'> => ({
  translations: { [key]: { text, translator: 'Айбек', on: '2021-05-04' } },
});

/** In each, other words: the original of the first is Kyrgyz and its translation English; the second has none. */
async function filled() {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, {
    ...titled('которулган', 'Участковый арызды албай койду'),
    ...translated('narrative/en', 'The officer only laughed at it'),
    village: 'Кара-Дөбө',
  });
  await saveNew(workspace, titled('котормосуз', 'He laughed and went away'));
  return { machine, workspace };
}

describe('the words of a query are looked for', () => {
  test('in originals and translations alike, unless one of them is asked for', async () => {
    const { workspace } = await filled();
    const found = (edit: Partial<ObservationQuery>) =>
      titles(workspace, { sort: { by: 'title', descending: false }, ...edit });
    expect(await found({ text: 'laughed' })).toEqual(['котормосуз', 'которулган']);
    expect(await found({ text: 'laughed', wording: 'original' })).toEqual(['котормосуз']);
    expect(await found({ text: 'laughed', wording: 'translation' })).toEqual(['которулган']);
    expect(await found({ text: 'арызды', wording: 'original' })).toEqual(['которулган']);
    expect(await found({ text: 'арызды', wording: 'translation' })).toEqual([]);
    // Words of both: no text of the observation holds them all.
    expect(await found({ text: 'арызды laughed' })).toEqual(['которулган']);
    expect(await found({ text: 'арызды laughed', wording: 'original' })).toEqual([]);
    expect(await found({ text: 'арызды laughed', wording: 'translation' })).toEqual([]);
    expect(await found({ text: 'кара добо', wording: 'original' })).toEqual(['которулган']);
  });

  test('also once the index was stored and taken up again', async () => {
    const { machine, workspace } = await filled();
    await workspace.vault.lock();
    machine.host.disk.restart();
    const next = machine.start();
    await next.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect(await titles(next, { text: 'laughed', wording: 'original' })).toEqual(['котормосуз']);
    expect(await titles(next, { text: 'laughed', wording: 'translation' })).toEqual(['которулган']);
    expect(await titles(next, { wording: 'translation' })).toEqual(['которулган']);
  });

  test('and the excerpt is of the wording that was asked for, in its own language', async () => {
    const { workspace } = await filled();
    const match = async (edit: Partial<ObservationQuery>) => {
      const { key } = await workspace.observations.query('test', query(edit));
      return (await workspace.observations.page(key, 0, 1))[0]?.match;
    };
    expect(await match({ text: 'laughed', wording: 'translation' })).toMatchObject({
      field: 'translation',
      lang: 'en',
      excerpt: 'The officer only laughed at it',
      ranges: [[17, 24]],
    });
    expect(await match({ text: 'арыз' })).toMatchObject({ field: 'narrative', lang: 'ky' });
  });
});

test('asking for translations without a text finds what has one, and no longer once it is taken away', async () => {
  const { workspace } = await filled();
  expect(await titles(workspace, { wording: 'translation' })).toEqual(['которулган']);
  expect(await titles(workspace, { wording: 'original' })).toHaveLength(2);
  const { key } = await workspace.observations.query('test', query({ wording: 'translation' }));
  const [id = ''] = await workspace.observations.ids(key);
  const { observation, seen } = await workspace.observations.open(id);
  await workspace.observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, translations: {} },
    draft: null,
  });
  expect(await titles(workspace, { wording: 'translation' })).toEqual([]);
  expect(await titles(workspace, { text: 'officer' })).toEqual([]);
});

test('a query without the member, as views of older versions are, looks in both', async () => {
  const { workspace } = await filled();
  const { wording: _, ...older } = query({ text: 'laughed' });
  const { total } = await workspace.observations.query('test', older as ObservationQuery);
  expect(total).toBe(2);
});

test('another reading is suggested when nothing was found, and only then', async () => {
  const { workspace } = await openNewVault(laptop());
  await saveNew(workspace, titled('Тартиб буйича'));
  const suggested = async (text: string) =>
    (await workspace.observations.query('test', query({ text }))).suggestion;
  expect(await suggested('boyicha')).toBe('boʻyicha');
  expect(await suggested(',eqbxf')).toBe('буйича');
  expect(await suggested('buyicha')).toBeNull();
  expect(await suggested('ozbek')).toBeNull();
});
