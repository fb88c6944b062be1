import { describe, expect, test } from 'vitest';
import type { CorrectedText } from '@/core/model/correction.ts';
import type { TranslationFile } from '@/core/model/recommendation.ts';
import type { Workspace } from '@/core/workspace.ts';
import { laptop, openNewVault, seedFiles } from '../../support/vault.ts';

const AREA = 'KGZ-2020-D1.2';
const REVIEW = { reviewer: 'Бюро переводов', on: '2021-05-03' };
const seed = JSON.parse(seedFiles['catalogue/ru.json'] ?? '') as TranslationFile;
const draft = (text: string): CorrectedText => ({ text, review: null });

async function correct(
  workspace: Workspace,
  code: string,
  texts: Readonly<Record<string, CorrectedText | null>>,
) {
  const { seen } = await workspace.corrections.open('ru', code);
  await workspace.corrections.save({ lang: 'ru', code, texts, seen });
}

describe('a conflict of translations', () => {
  test('is told with the catalogue, which shows one of them, until somebody chooses', async () => {
    const { workspace } = await openNewVault(laptop());
    const catalogue = async () => (await workspace.reference.all()).catalogue;
    await correct(workspace, AREA, { shortTitle: draft('Бирге') });
    const before = await catalogue();
    expect(before.contested).toEqual({});
    const { seen } = await workspace.corrections.open('ru', AREA);
    for (const text of ['Айгүл', 'Бектур']) {
      await workspace.corrections.save({ lang: 'ru', code: AREA, texts: { text: draft(text) }, seen });
    }
    const { contested, translations } = await catalogue();
    expect(Object.keys(contested ?? {})).toEqual(['ru']);
    expect(contested?.ru).toMatchObject([{ code: AREA, name: 'text' }]);
    const versions = contested?.ru?.[0]?.versions ?? [];
    expect(versions.map(({ text }) => text).sort()).toEqual(['Айгүл', 'Бектур']);
    expect(translations.ru?.items[AREA]?.text).toBe(versions[0]?.text);
    await correct(workspace, AREA, { text: draft('Бектур') });
    expect((await catalogue()).contested).toEqual({});
  });

  test('is told also where one went back to the seed’s words meanwhile, or named a reviewer', async () => {
    const { workspace } = await openNewVault(laptop());
    await correct(workspace, AREA, { text: draft('Айгүл') });
    const { seen } = await workspace.corrections.open('ru', AREA);
    const save = (value: CorrectedText | null) =>
      workspace.corrections.save({ lang: 'ru', code: AREA, texts: { text: value }, seen });
    await save(null);
    await save({ text: 'Айгүл', review: REVIEW });
    const [contested] = (await workspace.reference.all()).catalogue.contested?.ru ?? [];
    const versions = contested?.versions.map(({ text, reviewer }) => [text, reviewer]) ?? [];
    expect(versions).toHaveLength(2);
    expect(versions).toContainEqual([seed.items[AREA]?.text, null]);
    expect(versions).toContainEqual(['Айгүл', REVIEW.reviewer]);
  });

  test('of a theme’s name shows every version wherever the name stands', async () => {
    const { workspace } = await openNewVault(laptop());
    const label = async () =>
      (await workspace.reference.all()).vocabularies.themes?.terms.find(({ code }) => code === 'torture')
        ?.label.ru;
    const { seen } = await workspace.corrections.open('ru', 'themes.torture');
    for (const text of ['Истязания', 'Жестокость']) {
      const texts = { label: draft(text) };
      await workspace.corrections.save({ lang: 'ru', code: 'themes.torture', texts, seen });
    }
    expect((await label())?.split(' / ').sort()).toEqual(['Жестокость', 'Истязания']);
    await correct(workspace, 'themes.torture', { label: draft('Истязания') });
    expect(await label()).toBe('Истязания');
  });
});
