import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Stretch, wordDiff } from '@/ui/observation/history/word-diff.ts';

const side = (stretches: readonly Stretch[], kind: 'gone' | 'new'): string =>
  stretches
    .filter((stretch) => stretch.kind === 'same' || stretch.kind === kind)
    .map(({ text }) => text)
    .join('');

const written = (stretches: readonly Stretch[]): string =>
  stretches
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `[+${text}+]`))
    .join('');

describe('the difference of two texts', () => {
  test('is told in whole words, what went before what came', () => {
    expect(written(wordDiff('На улице сорок детей.', 'На улице тридцать восемь детей.'))).toBe(
      'На улице [-сорок-][+тридцать восемь+] детей.',
    );
    expect(written(wordDiff('айыл өкмөтү билген', 'айыл өкмөтү билген эмес'))).toBe(
      'айыл өкмөтү билген[+ эмес+]',
    );
  });

  test('keeps a word with its apostrophes whole', () => {
    expect(written(wordDiff('oʻn bir qiz', 'oʻt bir qiz'))).toBe('[-oʻn-][+oʻt+] bir qiz');
    expect(written(wordDiff("maʼlum bo'ldi", "maʼlum bo'lmadi"))).toBe("maʼlum [-bo'ldi-][+bo'lmadi+]");
  });

  test('reads neighbouring edited words as one passage', () => {
    expect(written(wordDiff('приехал начальник милиции утром', 'приехал глава района утром'))).toBe(
      'приехал [-начальник милиции-][+глава района+] утром',
    );
  });

  test('gives both texts back, letter by letter, whatever they are', () => {
    const words = fc.array(fc.constantFrom('бир', 'эки', ' ', '  ', '\n', ',', 'oʻn', '—', 'ab', ''), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const before = a.join('');
        const after = b.join('');
        const stretches = wordDiff(before, after);
        expect(side(stretches, 'gone')).toBe(before);
        expect(side(stretches, 'new')).toBe(after);
        for (const [i, { kind }] of stretches.entries()) expect(kind).not.toBe(stretches[i + 1]?.kind);
      }),
      { numRuns: 500 },
    );
  });

  test('of equal texts is the text', () => {
    expect(wordDiff('то же самое', 'то же самое')).toEqual([{ kind: 'same', text: 'то же самое' }]);
    expect(wordDiff('', '')).toEqual([]);
  });

  test('of two long unlike texts is there in an instant', () => {
    const text = (seed: number): string =>
      Array.from({ length: 20_000 }, (_, i) => `слово${(i * seed) % 7919}`).join(' ');
    const before = text(31);
    const after = text(57);
    const start = performance.now();
    const stretches = wordDiff(before, after);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(side(stretches, 'gone')).toBe(before);
    expect(side(stretches, 'new')).toBe(after);
  });
});
