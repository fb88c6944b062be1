import { expect, test } from 'vitest';
import { laptop, openNewVault, query, saveNew, titled } from '../../support/vault.ts';

test('what a query found is shown as the observation reads now, whatever was asked and shown before', async () => {
  const { workspace } = await openNewVault(laptop());
  const { observations } = workspace;
  const id = await saveNew(workspace, titled('Снос', 'Утром приехала техника, соседи вышли.'));
  const found = async (text: string) => {
    const { key } = await observations.query('list', query({ text }));
    const [row] = await observations.page(key, 0, 50);
    return row?.match?.ranges.map(([from, to]) => row.match?.excerpt.slice(from, to));
  };
  expect(await found('тех')).toEqual(['техника']);
  expect(await found('сосед')).toEqual(['соседи']);

  const { observation, seen } = await observations.open(id);
  const narrative = { text: 'Утром приехал судья.', lang: 'ru' } as const;
  await observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, narrative },
    draft: null,
  });
  expect(await found('тех')).toBeUndefined();
  expect(await found('суд')).toEqual(['судья']);
});
