import { describe, expect, test } from 'vitest';
import { finds, rowsOf } from './finding.ts';
import { MATCHES, NO_MATCHES } from './more-pairs.ts';

describe("the fact sheet's folding pairs hold on the index", () => {
  test.each(rowsOf('folding-pairs.tsv'))('%s: "%s" and "%s" (%s)', (expected, query = '', text = '') => {
    expect(finds(query, text)).toBe(expected === 'match');
  });
});

describe('what people type into a search in five languages holds on the index', () => {
  test.each(rowsOf('typed-pairs.tsv'))('%s: "%s" and "%s"', (expected, query = '', text = '') => {
    expect(finds(query, text)).toBe(expected === 'match');
  });
});

describe('further pairs hold on the index', () => {
  test.each(MATCHES)('"%s" finds "%s"', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  test.each(NO_MATCHES)('"%s" does not find "%s"', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  test('there are enough of both kinds', () => {
    expect(MATCHES.length + NO_MATCHES.length).toBeGreaterThan(200);
    expect(NO_MATCHES.length).toBeGreaterThan(50);
  });
});
