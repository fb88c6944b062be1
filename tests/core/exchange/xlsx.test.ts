import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fromUtf8 } from '@/core/base/bytes.ts';
import { CELL_LIMIT, type Cell } from '@/core/exchange/table.ts';
import { writeXlsx } from '@/core/exchange/xlsx.ts';
import { columnLetters, serialOf, xmlText } from '@/core/exchange/xlsx-cells.ts';
import { column, never, oneSheet, quiet, readBack, sheetOf, workbookOf } from './tables.ts';

const long = 'Ала качуу 😀 oʻgʻirlash. '.repeat(1_700);

const TEXTS = [
  'Кыргызча: ң ө ү Ң Ө Ү',
  'Oʻzbekcha: oʻ gʻ taʼlim',
  'Ўзбекча: ў қ ғ ҳ',
  'линия 1\nлиния 2\n\nлиния 4',
  'виндоус\r\nстрока',
  'табуляция\tвнутри',
  '=HYPERLINK("http://example.org";"x")',
  '+996 555 000000',
  '-2+3',
  '@SUM(A1)',
  '\tstarts with a tab',
  '\rstarts with CR',
  '  spaces around  ',
  '<b>&amp; "quotes" \'and\'</b>',
  '😀 👩‍👩‍👧 𝒳',
  'a\u0000b\u0001c\u001fd',
  '_x0041_ is not A, _x0041_x0042_ is not either',
  '0012',
  '1E5',
  'TRUE',
  '2021-04',
  '﷽ \u200f\u2028 \u00a0',
  'x'.repeat(CELL_LIMIT),
];

async function cellsOf(cells: readonly Cell[], wrap = true): Promise<unknown[]> {
  const columns = cells.map((_, i) => column(`c${i}`, { wrap, repeats: i % 2 === 0 }));
  const workbook = await readBack(await writeXlsx(oneSheet(columns, [cells]), quiet, never));
  const row = workbook.worksheets[0]?.getRow(2);
  return cells.map((_, i) => row?.getCell(i + 1).value ?? null);
}

describe('a cell', () => {
  test('gives every text back as it was written', async () => {
    expect(await cellsOf(TEXTS)).toEqual(TEXTS);
  });

  test('gives any text back as it was written, whatever stands in it', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const expected = given.map((text) => (text === '' ? null : text));
        expect(await cellsOf(given)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('replaces half a character, which no file can hold, by the sign for that', () => {
    expect(xmlText('a\ud83d b')).toBe('a\ufffd b');
  });

  test('gives numbers back as numbers, negative ones too', async () => {
    const numbers = [0, -12.5, 41.25, 1e21, -0.000001, 100_000];
    expect(await cellsOf(numbers)).toEqual(numbers);
  });

  test('gives days and times back as real dates', async () => {
    const [day, time, leap] = await cellsOf([
      { day: '2021-04-12' },
      { time: '2021-04-12T14:05:07' },
      { day: '2024-02-29' },
    ]);
    expect(day).toEqual(new Date('2021-04-12T00:00:00Z'));
    expect((time as Date).toISOString().slice(0, 19)).toBe('2021-04-12T14:05:07');
    expect(leap).toEqual(new Date('2024-02-29T00:00:00Z'));
  });

  test('writes a day that spreadsheets disagree on as text', async () => {
    expect(await cellsOf([{ day: '1899-12-31' }, { day: '1900-02-28' }])).toEqual([
      '1899-12-31',
      '1900-02-28',
    ]);
    expect(serialOf('1900-03-01')).toBe(61);
    expect(serialOf('2021-04-12')).toBe(44_298);
    expect(serialOf('2021-04-12T12:00:00')).toBe(44_298.5);
  });

  test('that looks like a formula is text and stays text when it is edited', async () => {
    const bytes = await writeXlsx(oneSheet([column('a'), column('b')], [['=1+1', 'plain']]), quiet, never);
    const sheet = (await readBack(bytes)).worksheets[0];
    expect(sheet?.getCell('A2').formula).toBeUndefined();
    expect(sheet?.getCell('A2').value).toBe('=1+1');
    const parts = unzipSync(bytes);
    const part = (path: string): string => fromUtf8(parts[path] as Uint8Array);
    const styles = [...part('xl/styles.xml').matchAll(/<xf xfId[^>]*>/g)].map(([xf]) =>
      xf.includes('quotePrefix="1"'),
    );
    const styleOf = (ref: string): number =>
      Number(new RegExp(`r="${ref}" s="(\\d+)"`).exec(part('xl/worksheets/sheet1.xml'))?.[1]);
    expect(styles[styleOf('A2')]).toBe(true);
    expect(styles[styleOf('B2')]).toBe(false);
  });
});

describe('a text longer than a cell', () => {
  test('goes on in further columns and loses nothing', async () => {
    expect(long.length).toBeGreaterThan(40_000);
    const longer = long.repeat(3);
    const columns = [column('id'), column('Рассказ', { wrap: true }), column('note')];
    const rows = [
      ['a', 'short', 'n'],
      ['b', long, 'n'],
      ['c', longer, long],
      ['d', 'short', null],
    ];
    const workbook = await readBack(await writeXlsx(oneSheet(columns, rows), quiet, never));
    const sheet = workbook.worksheets[0];
    const headers = ((sheet?.getRow(1).values ?? []) as string[]).slice(1);
    expect(headers.slice(0, 4)).toEqual(['id', 'Рассказ', 'note', 'Рассказ (2)']);
    expect(new Set(headers).size).toBe(headers.length);
    const whole = (row: number, header: string): string =>
      [header, `${header} (2)`, `${header} (3)`, `${header} (4)`]
        .map((name) =>
          headers.includes(name) ? sheet?.getRow(row).getCell(headers.indexOf(name) + 1).value : '',
        )
        .join('');
    for (const [i, [, narrative, note]] of rows.entries()) {
      expect(whole(i + 2, 'Рассказ')).toBe(narrative);
      expect(whole(i + 2, 'note')).toBe(note ?? '');
    }
    sheet?.eachRow((row) =>
      row.eachCell((cell) => expect(String(cell.value).length).toBeLessThanOrEqual(32_767)),
    );
  });
});

describe('a sheet', () => {
  test('of a list has a frozen header with filters over all its rows, and widths', async () => {
    const columns = [column('a', { width: 12 }), column('b', { width: 60, wrap: true })];
    const workbook = await readBack(
      await writeXlsx(
        oneSheet(columns, [
          ['1', 'слово '.repeat(40)],
          ['2', 'x'],
        ]),
        quiet,
        never,
      ),
    );
    const sheet = workbook.worksheets[0];
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBe('A1:B3');
    expect(sheet?.getColumn(1).width).toBe(12);
    expect(sheet?.getCell('B2').alignment).toMatchObject({ wrapText: true, vertical: 'top' });
    expect(sheet?.getCell('A2').alignment?.wrapText).toBeFalsy();
    expect(sheet?.getCell('A1').font).toMatchObject({ bold: true });
    expect(sheet?.getRow(2).height).toBeGreaterThan(30);
    expect(sheet?.getCell('A3').numFmt).toBe('@');
  });

  test('that nobody filled is left out when it may be, and rows of several sheets may come mixed', async () => {
    const sheets = [
      sheetOf('Байкоолор', [column('a')]),
      sheetOf('Пусто', [column('a')], { optional: true }),
      sheetOf("Links 'n' & <more>", [column('a')], { optional: true }),
      sheetOf('Read me', [column('a')], { list: false }),
    ];
    const workbook = await readBack(
      await writeXlsx(
        workbookOf(sheets, [
          [0, ['a']],
          [2, ['l1']],
          [0, ['b']],
          [3, ['r']],
          [2, ['l2']],
        ]),
        quiet,
        never,
      ),
    );
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Байкоолор',
      "Links 'n' & <more>",
      'Read me',
    ]);
    const values = workbook.worksheets.map((sheet) => sheet.getColumn(1).values.slice(1));
    expect(values).toEqual([
      ['a', 'a', 'b'],
      ['a', 'l1', 'l2'],
      ['a', 'r'],
    ]);
    expect(workbook.worksheets[2]?.autoFilter).toBeFalsy();
  });

  test('without rows is still a sheet', async () => {
    const workbook = await readBack(await writeXlsx(oneSheet([column('a')], []), quiet, never));
    expect(workbook.worksheets[0]?.getCell('A1').value).toBe('a');
  });

  test('names its columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'XFD',
    ]);
  });
});

describe('writing', () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => [`${i}`, 'сөз']);
  const big = () => oneSheet([column('a'), column('b', { repeats: true })], rows);

  test('tells how far it is', async () => {
    const seen: number[] = [];
    await writeXlsx(
      oneSheet([column('a'), column('b')], rows.slice(0, 10)),
      ({ done }) => seen.push(done),
      never,
    );
    expect(seen).toEqual([3, 6, 9, 10]);
  });

  test('stops when it is told to, and hears it while it works', async () => {
    const controller = new AbortController();
    const writing = writeXlsx(big(), quiet, controller.signal);
    setTimeout(() => controller.abort(), 1);
    await expect(writing).rejects.toMatchObject({ code: 'export/cancelled' });
  });

  test('passes on a failure of the source', async () => {
    const broken = { ...big(), next: () => Promise.reject(new Error('sealed row')) };
    await expect(writeXlsx(broken, quiet, never)).rejects.toThrow('sealed row');
  });

  test('gives the same bytes for the same rows, and names nobody', async () => {
    const first = await writeXlsx(big(), quiet, never);
    expect(await writeXlsx(big(), quiet, never)).toEqual(first);
    const workbook = await readBack(first);
    expect(workbook.creator).toBeFalsy();
    expect(workbook.lastModifiedBy).toBeFalsy();
    expect(workbook.company).toBeFalsy();
  });
});
