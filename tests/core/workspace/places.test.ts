import { expect, test } from 'vitest';
import type { Locale } from '@/core/base/locales.ts';
import { laptop, observation, openNewVault, query, saveNew } from '../../support/vault.ts';

const KARA_SUU = 'KG06226000000';

test('the list calls a place as the language of the interface does, whatever it was called when it was chosen', async () => {
  const { workspace } = await openNewVault(laptop());
  const karaSuu = { unit: KARA_SUU, label: 'Qorasuv tumani, Oʻsh viloyati' };
  const title = (text: string) => ({ title: { text, lang: 'uz-Latn' as const } });
  await saveNew(workspace, observation({ ...title('1'), place: karaSuu, village: 'Navbahor' }));
  await saveNew(workspace, observation({ ...title('2'), village: 'Жалгыз айыл' }));
  await saveNew(
    workspace,
    observation({ ...title('3'), place: { unit: 'KG06999000000', label: 'Жоюлган район' } }),
  );
  await saveNew(
    workspace,
    observation({ ...title('4'), place: { ...karaSuu, label: 'Кара-Сууйский район' } }),
  );
  const placesIn = async (locale: Locale) => {
    const asked = query({ locale, sort: { by: 'place', descending: false } });
    const { key, total } = await workspace.observations.query('list', asked);
    return (await workspace.observations.page(key, 0, total)).map((row) => row.placeLabel);
  };
  expect(await placesIn('ky')).toEqual([
    'Жалгыз айыл',
    'Жоюлган район',
    'Кара-Суу району, Ош облусу',
    'Кара-Суу району, Ош облусу, Navbahor',
  ]);
  expect(await placesIn('uz-Latn')).toEqual(
    expect.arrayContaining(['Qorasuv tumani, Oʻsh viloyati', 'Qorasuv tumani, Oʻsh viloyati, Navbahor']),
  );
});
