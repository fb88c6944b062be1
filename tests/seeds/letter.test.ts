import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueSchema } from '@/core/model/recommendation.ts';

const catalogue = catalogueSchema.parse(
  JSON.parse(readFileSync('seeds/catalogue/recommendations.json', 'utf8')),
);
const letter = readFileSync('tests/fixtures/letter-2020-12-04.txt', 'utf8');

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** The annex as the catalogue tells it: headings where a new section begins, each area as one bullet. */
function rebuildAnnex(): string[] {
  const told: string[] = [];
  let open: readonly string[] = [];
  for (const area of catalogue.areas) {
    if (area.part !== 'annex') continue;
    area.sectionPath.forEach((title, depth) => {
      if (open[depth] !== title) told.push(...words(title));
    });
    open = area.sectionPath;
    told.push('-', ...words(area.text));
  }
  return told;
}

describe('the catalogue', () => {
  test('rebuilds the annex of the letter word by word, each word exactly once', () => {
    const annex = letter.slice(letter.indexOf('\nAnnex\n') + '\nAnnex\n'.length);
    expect(rebuildAnnex()).toEqual(words(annex));
  });

  test('holds 44 areas and 134 measures with unique codes', () => {
    const codes = catalogue.areas.flatMap((area) => [area.code, ...area.measures.map((m) => m.code)]);
    expect(catalogue.areas).toHaveLength(44);
    expect(codes).toHaveLength(44 + 134);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('rebuilds each area from its measures and the words between them, none left over', () => {
    for (const area of catalogue.areas) {
      const told = area.measures.map((measure) => measure.text + measure.separator).join('');
      expect(told, area.code).toBe(area.text);
    }
  });

  test('quotes the areas of the letter itself word for word', () => {
    const flat = words(letter).join(' ');
    for (const area of catalogue.areas) {
      if (area.part === 'letter') expect(flat, area.code).toContain(words(area.text).join(' '));
    }
  });
});
