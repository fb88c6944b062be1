import { describe, expect, test } from 'vitest';
import { fromUtf8 } from '@/core/base/bytes.ts';
import type { ExportRecord } from '@/core/exchange/record.ts';
import { parseCsv } from '../../support/libreoffice.ts';
import { bytesOf, linesOf, open, opened, plain } from './exported.ts';
import { AUTHOR, full, OTHER, record } from './records.ts';
import { readBack } from './tables.ts';

describe('a conflict', () => {
  const at = '2021-05-01T06:00:00Z';
  const version = (value: ExportRecord['conflicts'][0]['versions'][0]['value'], author = AUTHOR) => ({
    value,
    author,
    at,
  });
  const torn = record(
    'c',
    {
      title: { text: 'Бир', lang: 'ky' },
      themes: { evictions: true },
      links: { 'KGZ-2020-L.1.a': { direction: 'progress', comment: 'x' } },
    },
    {
      conflicts: [
        {
          field: 'title',
          versions: [version({ text: 'Бир', lang: 'ky' }), version({ text: 'Два', lang: 'ru' }, OTHER)],
        },
        { field: 'kind', versions: [version('incident'), version('media', OTHER)] },
        { field: 'village', versions: [version('Көк-Ой'), version(null, OTHER)] },
        {
          field: 'links/KGZ-2020-L.1.a',
          versions: [version({ direction: 'progress', comment: 'x' }), version(null)],
        },
        { field: 'answers/wells/depth', versions: [version(4), version(5)] },
        { field: 'deleted', versions: [version(true), version(false)] },
        { field: 'date', versions: [version('2021'), version(2021)] },
      ],
    },
  );

  test('marks its record and stands on a sheet of its own with every version', async () => {
    const workbook = await opened(open, [torn]);
    expect(linesOf(workbook, 'Observations')[0]).toMatchObject({
      'Unsettled conflicts (number)': 7,
      'Unsettled conflicts':
        'Title; Kind; Village; Linked measures: KGZ-2020-L.1.a; Depth; Deletion; Date of the event',
    });
    const lines = linesOf(workbook, 'Conflicts');
    expect(lines.map((line) => [line.field, line.Version, line.Value, line.Author])).toEqual([
      ['title', 1, 'Бир · ky', 'Айбек'],
      ['title', 2, 'Два · ru', 'Нигора'],
      ['kind', 1, 'incident · Incident', 'Айбек'],
      ['kind', 2, 'media · Media report', 'Нигора'],
      ['village', 1, 'Көк-Ой', 'Айбек'],
      ['village', 2, '(emptied)', 'Нигора'],
      ['links/KGZ-2020-L.1.a', 1, 'Progress · x', 'Айбек'],
      ['links/KGZ-2020-L.1.a', 2, '(emptied)', 'Айбек'],
      ['answers/wells/depth', 1, '4', 'Айбек'],
      ['answers/wells/depth', 2, '5', 'Айбек'],
      ['deleted', 1, '(record deleted)', 'Айбек'],
      ['deleted', 2, '(record kept)', 'Айбек'],
      ['date', 1, '2021', 'Айбек'],
      ['date', 2, '2021', 'Айбек'],
    ]);
    expect(lines[0]).toMatchObject({ 'Shown in the list': 'Yes', 'Field::English (en)': 'Title' });
    expect(lines[1]).toMatchObject({
      'Shown in the list': 'No',
      'Written (UTC+6)': new Date('2021-05-01T12:00:00Z'),
    });
  });

  test('tells in a CSV, which has no such sheet, every version as well, behind all other columns', async () => {
    const choice = { ...open, format: 'csv' as const };
    const [header, row, other] = parseCsv(fromUtf8(await bytesOf(choice, [torn, record('b', {})])));
    expect(header?.at(-1)).toBe('Unsettled conflicts (all versions)');
    const [marks] = parseCsv(fromUtf8(await bytesOf({ ...choice, columns: ['title'] }, [torn])));
    expect(marks?.slice(0, 5)).toEqual([
      ...['id', 'Title', 'title.lang', 'Real names', 'Unsettled conflicts (number)'],
    ]);
    expect(other?.at(-1)).toBe('');
    const told = linesOf(await opened(open, [torn]), 'Conflicts').map(
      (line) =>
        `Field: ${line['Field::English (en)']}; Version: ${line.Version}; Shown in the list: ${line['Shown in the list']}; Author: ${line.Author}; Written (UTC+6): 2021-05-01 12:00:00; Value: ${line.Value}`,
    );
    expect(told).toHaveLength(14);
    expect(row?.at(-1)?.split('\n')).toEqual(told);
  });

  test('about confidentiality is decided by the more careful version', async () => {
    const unsure = record(
      'd',
      { sensitivity: 'open' },
      { conflicts: [{ field: 'sensitivity', versions: [version('open'), version('confidential')] }] },
    );
    expect(linesOf(await opened(plain, [unsure]), 'Observations')).toEqual([]);
  });
});

describe('what must not leave', () => {
  const secret = record(
    's',
    {
      ...full.observation,
      source: 'CANARY-source',
      placeNote: 'CANARY-house',
      consentPurpose: 'CANARY-purpose',
      reviewNote: 'CANARY-review',
      names: { p1: 'CANARY-name', p9: 'CANARY-orphan' },
      answers: { 'wells/who': 'CANARY-answer' },
    },
    {
      conflicts: [
        {
          field: 'source',
          versions: ['CANARY-source', 'CANARY-source-2'].map((value) => ({ value, author: AUTHOR, at: '' })),
        },
        {
          field: 'names/p1',
          versions: ['CANARY-name', 'CANARY-name-2'].map((value) => ({ value, author: AUTHOR, at: '' })),
        },
        {
          field: 'answers/wells/who',
          versions: ['CANARY-answer', 'CANARY-answer-2'].map((value) => ({ value, author: AUTHOR, at: '' })),
        },
        {
          field: 'people/p1',
          versions: [{ value: full.observation.people.p1 as never, author: AUTHOR, at: '' }],
        },
      ],
    },
  );
  const confidential = record('k', {
    sensitivity: 'confidential',
    title: { text: 'CANARY-confidential', lang: 'ru' },
    links: full.observation.links,
  });

  const allText = async (bytes: Uint8Array): Promise<string> => {
    const workbook = await readBack(bytes);
    return workbook.worksheets
      .flatMap((sheet) => (sheet.getSheetValues() as unknown[][]).flat())
      .map(String)
      .join('\n');
  };

  test('is in no sheet and no CSV unless it is asked for, conflicts included', async () => {
    const text = await allText(await bytesOf(plain, [secret, confidential]));
    expect(text).not.toContain('CANARY');
    expect(text).not.toContain('ethnic-minority');
    expect(text).toContain('(left out of this file)');
    const csv = fromUtf8(await bytesOf({ ...plain, format: 'csv' }, [secret, confidential]));
    expect(csv).not.toContain('CANARY');
    expect(parseCsv(csv)).toHaveLength(2);
    expect(parseCsv(csv)[1]?.at(-1)).toContain('Value: (left out of this file)');
  });

  test('needs names to be asked for on their own', async () => {
    const sensitive = await allText(await bytesOf({ ...plain, includeSensitive: true }, [secret]));
    expect(sensitive).toContain('CANARY-source-2');
    expect(sensitive).not.toContain('CANARY-name');
    expect(sensitive).not.toContain('CANARY-orphan');
    const named = await allText(await bytesOf({ ...plain, includeNames: true }, [secret]));
    expect(named).toContain('CANARY-name-2');
    expect(named).toContain('CANARY-orphan');
    expect(named).not.toContain('CANARY-source');
  });

  test('stays out of a conflict when its column was not chosen', async () => {
    const text = await allText(await bytesOf({ ...open, columns: ['kind'], includeNames: false }, [secret]));
    expect(text).not.toContain('CANARY');
  });

  test('is counted in the Read me', async () => {
    const workbook = await opened(plain, [secret, confidential]);
    const readMe = Object.fromEntries(
      linesOf(workbook, 'Read me').map(({ Item, Content }) => [Item, Content]),
    );
    expect(readMe['Observations in this file']).toBe('1 of 2 selected');
    expect(readMe['Left out: confidential observations']).toMatch(/^1\./);
    expect(readMe['Left out: sensitive fields']).toMatch(/^9 filled fields/);
    expect(readMe['Left out: sensitive fields']).toContain('Who told?');
    expect(readMe['Left out: real names']).toMatch(/^2\./);
    expect(
      linesOf(workbook, 'Measures').reduce((sum, line) => sum + Number(line['Observations, all']), 0),
    ).toBe(2);
  });
});
