import { describe, expect, test } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { exportColumns, makeWorkbook, previewExport } from '@/core/exchange/export.ts';
import type { ExportColumn, ExportPreview, ExportSpec, ObservationQuery } from '@/core/workspace.ts';
import { AUTHOR, about, full, pullOf, record, reference } from './records.ts';

test('a preview counts what is sensitive, named, confidential, without consent and in conflict', async () => {
  const version = (value: string) => ({ value, author: AUTHOR, at: '' });
  const records = [
    full,
    record('b', { sensitivity: 'confidential', consent: 'withdrawn', source: 'x' }),
    record(
      'c',
      { consent: 'given' },
      { conflicts: [{ field: 'consent', versions: [version('given'), version('refused')] }] },
    ),
    record('d', { answers: { 'wells/who': 'hidden: its theme is not chosen' }, names: { p1: ' ' } }),
  ];
  const preview: ExportPreview = await previewExport(reference, pullOf(records));
  expect(preview).toEqual({
    observations: 4,
    confidential: 1,
    // Of the full one: note, source, connection, purpose, language, date, review, characteristics, one answer.
    sensitiveFields: 10,
    names: 1,
    withoutConsent: 2,
    conflicts: 1,
  });
});

test('columns to choose have a label in every language, a code of their own, and no column of real names', () => {
  const columns: readonly ExportColumn[] = exportColumns(reference);
  const codes = columns.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes[0]).toBe('id');
  expect(codes).toContain('wells/depth');
  expect(codes).not.toContain('names');
  for (const { label } of columns) {
    expect(Object.keys(label).sort()).toEqual([...LOCALES].sort());
  }
  expect(columns.filter(({ sensitive, standard }) => sensitive && standard)).toEqual([]);
});

test('what the workspace passes fits', () => {
  const spec: ExportSpec = {
    format: 'xlsx',
    key: null,
    ids: [],
    columns: ['kind'],
    locales: ['ru'],
    includeSensitive: false,
    includeNames: false,
    includeConfidential: false,
    fileName: 'x',
  };
  const query = { text: '' } as ObservationQuery;
  const filters: Parameters<typeof makeWorkbook>[1]['filters'] = query;
  expect(filters).toBe(query);
  expect(makeWorkbook(spec, about, reference, pullOf([])).sheets[0]?.columns[0]?.header).toBe('id');
});

describe('the words of exports', () => {
  test.each(LOCALES)('name sheets and columns in %s so that a spreadsheet takes them', (locale) => {
    const workbook = makeWorkbook(
      {
        format: 'xlsx',
        columns: exportColumns(reference).map(({ code }) => code),
        locales: [locale],
        includeSensitive: true,
        includeNames: true,
        includeConfidential: true,
      },
      { ...about, demo: true },
      reference,
      pullOf([]),
    );
    const names = workbook.sheets.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { name, columns } of workbook.sheets) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[:\\/?*[\]]/);
      const headers = columns.map(({ header }) => header);
      expect(new Set(headers).size).toBe(headers.length);
    }
  });

  test.each(['export-columns', 'export-words', 'export-readme'])(
    'of %s are pure in script and keep their holes',
    (list) => {
      for (const { code, label, hint } of reference.vocabularies[list]?.terms ?? []) {
        for (const words of hint === undefined ? [label] : [label, hint]) {
          const holes = LOCALES.map((locale) => (words[locale].match(/\{\w+\}/g) ?? []).sort().join());
          expect([code, new Set(holes).size]).toEqual([code, 1]);
          expect(words['uz-Latn']).not.toMatch(/\p{Script=Cyrillic}|['’‘`]/u);
          expect(words.en).not.toMatch(/\p{Script=Cyrillic}/u);
          for (const locale of ['ky', 'ru', 'uz-Cyrl'] as const) {
            const latin = words[locale]
              .replace(/\{\w+\}|Baikoo|UTC|XX|«kind»/g, '')
              .match(/\p{Script=Latin}+/gu);
            expect([code, locale, latin]).toEqual([code, locale, null]);
          }
        }
      }
    },
  );
});
