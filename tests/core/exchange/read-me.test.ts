import { describe, expect, test } from 'vitest';
import { fromUtf8 } from '@/core/base/bytes.ts';
import type { ExportAbout, ExportFilters } from '@/core/exchange/read-me.ts';
import { parseCsv } from '../../support/libreoffice.ts';
import { bytesOf, linesOf, opened, plain } from './exported.ts';
import { AUTHOR, full, record } from './records.ts';

describe('the Read me', () => {
  const filters: ExportFilters = {
    text: 'ала качуу',
    wording: 'translation',
    themes: ['bride-kidnapping'],
    measures: ['KGZ-2020-L.1'],
    directions: ['regression'],
    place: 'KG02000000000',
    from: '2021-01-01',
    to: null,
    langs: ['ky'],
    kinds: [],
    statuses: [],
    sensitivities: [],
    authors: [AUTHOR],
    tags: [],
    conflictsOnly: false,
    deleted: false,
  };

  test('says who, when, by which filters, under which label and with which columns, in every language', async () => {
    const workbook = await opened({ ...plain, locales: ['ru', 'ky'], columns: ['title'] }, [full], {
      filters,
    });
    const sheet = workbook.getWorksheet('Прочтите');
    const rows = ((sheet?.getSheetValues() ?? []) as string[][]).slice(2).map((row) => row.slice(1));
    const said = (item: string): string | undefined => rows.find(([name]) => name === item)?.[1];
    expect(said('Организация')).toBe('Көз');
    expect(said('Кто создал файл')).toBe('Айбек');
    expect(said('Когда создан файл')).toContain('2021-06-02 00:00:00');
    expect(said('Юридическая пометка')).toBe('Материал распространен…');
    expect(said('Фильтр: слова')).toBe('ала качуу');
    expect(said('Фильтр: где искать')).toBe('Только переводы');
    expect(said('Фильтр: Место')).toBe('Иссык-Кульская область');
    expect(said('Фильтр: Дата события')).toBe('2021-01-01/..');
    expect(said('Фильтр: Автор')).toBe('Айбек');
    expect(said('Фильтр: Вид')).toBeUndefined();
    expect(said('title')).toBe('Заголовок');
    expect(said('Не включено: невыбранные столбцы')).toContain('Рассказ');
    const kyrgyz = rows.find(([, , item]) => item === 'Уюм');
    expect(kyrgyz?.[3]).toBe('Көз');
  });

  test('says that nothing was filtered, or that rows were picked', async () => {
    const none = {
      ...filters,
      text: '',
      wording: 'both' as const,
      themes: [],
      measures: [],
      directions: [],
      place: null,
      from: null,
      langs: [],
      authors: [],
    };
    const said = async (edit: Partial<ExportAbout>): Promise<string> =>
      String(
        linesOf(await opened(plain, [full], edit), 'Read me').find(({ Item }) => Item === 'Selection')
          ?.Content,
      );
    expect(await said({ filters: none })).toMatch(/^All observations/);
    expect(await said({ filters: null })).toMatch(/^Chosen one by one/);
  });

  test('and every row of a practice vault say that the data is invented', async () => {
    const workbook = await opened(plain, [full], { demo: true });
    expect(linesOf(workbook, 'Read me')[0]?.Item).toBe('FICTIONAL DATA');
    expect(linesOf(workbook, 'Observations')[0]).toHaveProperty('Fictional data', 'FICTIONAL DATA');
    const csv = parseCsv(fromUtf8(await bytesOf({ ...plain, format: 'csv' }, [full], { demo: true })));
    expect(csv[1]?.[csv[0]?.indexOf('Fictional data') ?? -1]).toBe('FICTIONAL DATA');
  });

  test('counts texts that go on in another column', async () => {
    const long = record('l', { narrative: { text: 'сөз '.repeat(10_000), lang: 'ky' } });
    const readMe = linesOf(await opened(plain, [long]), 'Read me');
    expect(readMe.find(({ Item }) => Item === 'Long texts')?.Content).toMatch(/^1 texts/);
  });
});

test('a CSV carries the legal label in every row, in a language it is worded in', async () => {
  const rows = parseCsv(
    fromUtf8(await bytesOf({ ...plain, format: 'csv', locales: ['ky'] }, [full, record('b', {})])),
  );
  const at = rows[0]?.indexOf('Юридикалык белги') ?? -1;
  expect(rows.slice(1).map((row) => row[at])).toEqual(['Материал распространен…', 'Материал распространен…']);
});
