import { expect } from 'vitest';
import { writeXlsx } from '@/core/exchange/xlsx.ts';
import { sheetsByLibreOffice, testWithLibreOffice } from '../../support/libreoffice.ts';
import { column, never, quiet, sheetOf, workbookOf } from './tables.ts';

const long = 'Ала качуу 😀 oʻgʻirlash. '.repeat(1_700);

testWithLibreOffice('LibreOffice opens a workbook and shows every value', async () => {
  const texts = [
    'Кыргызча: ң ө ү Ң Ө Ү',
    'Oʻzbekcha: oʻ gʻ taʼlim',
    'строка 1\nстрока 2; "x"',
    '=1+1',
    '+996 555',
    '@x',
    '0012',
    '2021-04',
    '😀 👩‍👩‍👧',
    '<b>&amp;</b>',
    '_x0041_',
    '  spaces  ',
  ];
  const wide = { wrap: true };
  const sheets = [
    sheetOf('Байкоолор', [
      column('текст', wide),
      column('күн'),
      column('убакыт'),
      column('сан'),
      column('x'),
    ]),
    sheetOf('Oʻqing', [column('a')], { list: false }),
  ];
  const bytes = await writeXlsx(
    workbookOf(sheets, [
      ...texts.map(
        (text) => [0, [text, { day: '2021-04-12' }, { time: '2021-04-12T14:05:07' }, -12.5, text]] as const,
      ),
      [0, [long, { day: '1899-05-01' }]],
      [1, ['read']],
    ]),
    quiet,
    never,
  );
  const read = await sheetsByLibreOffice(bytes);
  expect([...read.keys()].sort()).toEqual(['Oʻqing', 'Байкоолор']);
  const [header, ...rows] = read.get('Байкоолор') ?? [];
  expect(header).toEqual(['текст', 'күн', 'убакыт', 'сан', 'x', 'текст (2)']);
  expect(rows.slice(0, -1)).toEqual(
    texts.map((text) => [text, '12.04.2021', '12.04.2021 14:05:07', '-12.5', text, '']),
  );
  const last = rows.at(-1) ?? [];
  expect(`${last[0]}${last[5]}`).toBe(long);
  expect(last[1]).toBe('1899-05-01');
  expect(read.get('Oʻqing')).toEqual([['a'], ['read']]);
});
