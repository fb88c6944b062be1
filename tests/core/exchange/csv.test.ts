import { describe, expect, test } from 'vitest';
import { fromUtf8 } from '@/core/base/bytes.ts';
import { writeCsv } from '@/core/exchange/csv.ts';
import type { Cell } from '@/core/exchange/table.ts';
import { parseCsv } from '../../support/libreoffice.ts';
import { column, never, oneSheet, quiet, sheetOf, workbookOf } from './tables.ts';

const columns = ['a', 'b', 'c'].map((header) => column(header));
const textOf = async (rows: readonly (readonly Cell[])[]): Promise<string> =>
  fromUtf8(await writeCsv(oneSheet(columns, rows), quiet, never));

describe('a CSV', () => {
  test('is what Excel on a Russian Windows opens: mark, semicolons, CRLF, quotes, no sep line', async () => {
    expect(await textOf([['кыз', 'a;b', 'say "no"']])).toBe(
      '\ufeff"a";"b";"c"\r\n"кыз";"a;b";"say ""no"""\r\n',
    );
  });

  test('writes numbers with a comma, days and times as ISO, nothing as nothing', async () => {
    const text = await textOf([
      [-12.5, { day: '2021-04-12' }, { time: '2021-04-12T14:05:07' }],
      [1000, null],
    ]);
    expect(parseCsv(text).slice(1)).toEqual([
      ['-12,5', '2021-04-12', '2021-04-12 14:05:07'],
      ['1000', '', ''],
    ]);
  });

  test.each([
    ...['=1+1', '+7', '-7 people', '@x', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'],
    ...[' =1', '\u00a0\u2003 +1', ' \t-1', '\ufeff=1', '\u200b@x', '\u202e=1', '\u00ad=1', '\u0085=1'],
  ])('guards %j', async (text) => {
    const [, row] = parseCsv(await textOf([[text]]));
    expect(row?.[0]).toBe(`'${text.replace('\r', '\n')}`);
  });

  test.each(['кыз = аял', ' кыз', "'=1", '№ -1', '5-6', '(=1)', '\u2212 5', ''])(
    'leaves %j alone',
    async (text) => {
      expect(parseCsv(await textOf([[text]]))[1]?.[0]).toBe(text);
    },
  );

  test('guards a header as well, which an organisation may have written', async () => {
    const workbook = oneSheet([column('=cmd')], []);
    expect(fromUtf8(await writeCsv(workbook, quiet, never))).toBe('\ufeff"\'=cmd"\r\n');
  });

  test('keeps line breaks inside a field apart from the ends of rows', async () => {
    const text = await textOf([['one\r\ntwo\rthree\nfour', 'b', 'c']]);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(parseCsv(text)[1]?.[0]).toBe('one\ntwo\nthree\nfour');
  });

  test('shows a character that no text file holds as missing', async () => {
    expect(parseCsv(await textOf([['a\u0000b']]))[1]?.[0]).toBe('a\ufffdb');
  });

  test('lets a long text go on at the right, and every row has as many fields', async () => {
    const long = 'Рассказ; "кыз" 😀\n'.repeat(2_500);
    const rows: Cell[][] = [
      ['1', 'short', 'x\ny'],
      ['2', long, null],
      ['3', 'short', long.repeat(2)],
      ['4', 'short', 'x'],
    ];
    const [header, ...read] = parseCsv(await textOf(rows));
    expect(header?.slice(0, 4)).toEqual(['a', 'b', 'c', 'b (2)']);
    for (const row of read) {
      expect(row).toHaveLength(header?.length ?? 0);
      for (const field of row) expect(field.length).toBeLessThanOrEqual(32_767);
    }
    const whole = (row: number, name: string): string =>
      (header ?? []).map((h, i) => (h === name || h.startsWith(`${name} (`) ? read[row]?.[i] : '')).join('');
    for (const [i, row] of rows.entries()) {
      expect(whole(i, 'b')).toBe(row[1]);
      expect(whole(i, 'c')).toBe(row[2] ?? '');
    }
  });

  test('holds the first sheet of a workbook', async () => {
    const workbook = workbookOf(
      [sheetOf('A', [column('a')]), sheetOf('B', [column('b')])],
      [
        [0, ['1']],
        [1, ['never']],
        [0, ['2']],
      ],
    );
    expect(parseCsv(fromUtf8(await writeCsv(workbook, quiet, never)))).toEqual([['a'], ['1'], ['2']]);
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(writeCsv(oneSheet(columns, [['1']]), quiet, controller.signal)).rejects.toMatchObject({
      code: 'export/cancelled',
    });
  });
});
