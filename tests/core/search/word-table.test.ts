import { expect, test } from 'vitest';
import { WordTable } from '@/core/search/word-table.ts';

test('each word is made once and keeps its number while the table grows', () => {
  const table = new WordTable();
  const words = Array.from({ length: 20_000 }, (_, at) => `сөз${at}ʻ${at % 7}`);
  const text = words.join(' ');
  const made: string[] = [];
  for (let round = 0; round < 2; round++) {
    let start = 0;
    const numbers = words.map((word) => {
      const number = table.numberOf(text, start, start + word.length, (fresh) => made.push(fresh) - 1);
      start += word.length + 1;
      return number;
    });
    expect(numbers).toEqual([...words.keys()]);
  }
  expect(made).toEqual(words);
});

test('words that begin alike, and the empty one, are told apart', () => {
  const table = new WordTable();
  const seen: string[] = [];
  const numberOf = (word: string): number =>
    table.numberOf(word, 0, word.length, (fresh) => seen.push(fresh) - 1);
  expect(['кыз', 'кызы', 'кы', '', 'кыз', ''].map(numberOf)).toEqual([0, 1, 2, 3, 0, 3]);
});
