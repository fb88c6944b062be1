import { expect, test } from 'vitest';
import { exportObservations } from '@/core/exchange/export.ts';
import type { ExportRecord, ExportReference } from '@/core/exchange/record.ts';
import { sheetsByLibreOffice, testWithLibreOffice } from '../../support/libreoffice.ts';
import { linesOf, open, opened } from './exported.ts';
import { AUTHOR, about, full, OTHER, pullOf, record, reference } from './records.ts';
import { never, quiet, readBack } from './tables.ts';

const at = '2021-05-01T06:00:00Z';
const version = (value: ExportRecord['conflicts'][0]['versions'][0]['value'], author = AUTHOR) => ({
  value,
  author,
  at,
});
const CONTESTED = 'KGZ-2020-L.1.a';
const GONE = 'KGZ-2020-D1.2.e';
const link = (direction: string) => ({ direction, comment: '' });

/** A direction that two people saw differently, and a link that one of them took away. */
const torn: ExportRecord = {
  ...full,
  conflicts: [
    {
      field: `links/${CONTESTED}`,
      versions: [version(link('regression')), version(link('progress'), OTHER)],
    },
    { field: `links/${GONE}`, versions: [version(null), version(link('progress'), OTHER)] },
  ],
};
const NAMES = `Linked measures: ${CONTESTED}; Linked measures: ${GONE}`;

test('a record with conflicts is marked in every row of every sheet, one without in none', async () => {
  const calm = record('b', {
    links: { [CONTESTED]: { direction: 'progress', comment: '' } },
    people: full.observation.people,
    translations: full.observation.translations,
    themes: full.observation.themes,
    answers: full.observation.answers,
  });
  const workbook = await opened(open, [torn, calm]);
  for (const name of ['Observations', 'Links', 'People', 'Translations', 'owners']) {
    const lines = linesOf(workbook, name);
    const marked = lines.filter((line) => (line.observation ?? line.id) === torn.id);
    const others = lines.filter((line) => !marked.includes(line));
    expect(marked.length, name).toBeGreaterThan(0);
    expect(others.length, name).toBeGreaterThan(0);
    for (const line of marked) {
      expect(line, name).toMatchObject({ 'Unsettled conflicts (number)': 2, 'Unsettled conflicts': NAMES });
    }
    for (const line of others) expect(line, name).not.toHaveProperty('Unsettled conflicts');
  }
});

test('a measure tells how many observations may count otherwise, those without a row of links among them', async () => {
  const deleted = record(
    'd',
    { links: { [CONTESTED]: { direction: 'progress', comment: '' } } },
    { conflicts: [{ field: 'deleted', versions: [version(true), version(false)] }] },
  );
  const workbook = await opened(open, [torn, deleted]);
  const undecided = (code: string) =>
    linesOf(workbook, 'Measures').find(({ measure }) => measure === code)?.[
      'Observations, all (Unsettled conflicts)'
    ];
  expect(undecided(CONTESTED)).toBe(2);
  expect(undecided(GONE)).toBe(1);
  expect(undecided('KGZ-2020-L.1.b')).toBeUndefined();
  const readMe = linesOf(workbook, 'Read me').find(({ Item }) => Item === 'Unsettled conflicts');
  expect(readMe?.Content).toContain(
    'the column “Observations, all (Unsettled conflicts)” of the sheet “Measures”',
  );
});

const written = (text: string, author: string, reviewer: string | null = null) => ({
  text,
  reviewer,
  author,
  at,
});
const contested: ExportReference = {
  ...reference,
  catalogue: {
    ...reference.catalogue,
    contested: {
      ru: [
        {
          code: CONTESTED,
          name: 'text',
          versions: [written('Первый перевод', AUTHOR, 'Бюро'), written('Второй перевод', OTHER)],
        },
        { code: CONTESTED, name: 'note', versions: [written('не в файле', AUTHOR), written('тоже', OTHER)] },
        { code: 'themes.evictions', name: 'label', versions: [written('а', AUTHOR), written('б', OTHER)] },
      ],
      ky: [{ code: CONTESTED, name: 'text', versions: [written('бир', AUTHOR), written('эки', OTHER)] }],
    },
  },
};
const inRussian = () =>
  exportObservations({ ...open, locales: ['ru'] }, about, contested, pullOf([full]), quiet, never);

test('a contested translation is marked beside its measure, and all its versions are there', async () => {
  const workbook = await readBack(await inRussian());
  const name = `Неофициальный перевод: ${CONTESTED}, Русский (ru)`;
  for (const sheet of ['Меры', 'Связи с мерами']) {
    const lines = linesOf(workbook, sheet);
    const marked = lines.filter((line) => line['Нерешённые расхождения'] !== undefined);
    expect(marked, sheet).toMatchObject([{ measure: CONTESTED, 'Нерешённые расхождения': name }]);
  }
  const lines = linesOf(workbook, 'Расхождения');
  expect(lines.map((line) => [line.field, line.Версия, line.Значение, line.Автор])).toEqual([
    [`${CONTESTED}/ru`, 1, 'Первый перевод · Бюро', 'Айбек'],
    [`${CONTESTED}/ru`, 2, 'Второй перевод', 'Нигора'],
    ['themes.evictions/ru', 1, 'а', 'Айбек'],
    ['themes.evictions/ru', 2, 'б', 'Нигора'],
  ]);
  expect(lines[0]).not.toHaveProperty('observation');
  const readMe = linesOf(workbook, 'Прочтите').map((line) => String(Object.values(line)[1]));
  expect(readMe.some((line) => line.includes('выбор ещё не сделан: 2.'))).toBe(true);
});

testWithLibreOffice('LibreOffice shows the marks and every version of a translation', async () => {
  const shown = await sheetsByLibreOffice(await inRussian());
  const column = (sheet: string, header: string): string[] => {
    const [headers, ...rows] = shown.get(sheet) ?? [];
    return rows.map((row) => row[headers?.indexOf(header) ?? -1] ?? '').filter((cell) => cell !== '');
  };
  expect(column('Меры', 'Нерешённые расхождения')).toHaveLength(1);
  expect(column('Связи с мерами', 'Нерешённые расхождения')).toHaveLength(1);
  expect(column('Расхождения', 'Значение')).toEqual([
    ...['Первый перевод · Бюро', 'Второй перевод', 'а', 'б'],
  ]);
});
