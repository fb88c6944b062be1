import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import { err, ok, type Result } from '../base/result.ts';

/**
 * Words drawn from a list of 1,296 (four dice) carry 10.34 bits each.
 *
 * A suggested passphrase has 62.0 bits: with Argon2id at one guess a second and core, a thousand cores need
 * 73 million years for half of them. Recovery words have 124.1 bits and need no stretching.
 */
export const PASSPHRASE_WORDS = 6;
export const RECOVERY_WORDS = 12;

/** `count` words, each drawn from the whole list with equal chance, repetition allowed. */
export function drawWords(list: readonly string[], count: number, random: Random): string[] {
  if (list.length < 2 || list.length > 65_536) {
    throw new CodedError('words/bad-list', 'A word list must hold 2 to 65,536 words.', {
      length: list.length,
    });
  }
  // Draws past the last whole multiple would favour the first words of the list, so they are drawn again.
  const limit = 65_536 - (65_536 % list.length);
  const words: string[] = [];
  while (words.length < count) {
    const [high, low] = random.bytes(2) as unknown as [number, number];
    const drawn = (high << 8) | low;
    if (drawn < limit) words.push(list[drawn % list.length] as string);
  }
  return words;
}

export type WordsProblem =
  /** Positions, from 1, of words that are in no list. */
  | { readonly code: 'words/unknown'; readonly positions: readonly number[] }
  | { readonly code: 'words/count'; readonly expected: number; readonly found: number };

/**
 * The list's spelling of words as somebody typed them from a sheet: case, extra white space, line numbers,
 * punctuation, hyphens and е for ё are forgiven. `list` may join the lists of several languages.
 */
export function parseWords(
  typed: string,
  list: readonly string[],
  count: number = RECOVERY_WORDS,
): Result<readonly string[], WordsProblem> {
  const spellings = new Map(list.map((word) => [fold(word), word]));
  const found = fold(typed)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
  const positions = found.flatMap((word, i) => (spellings.has(word) ? [] : [i + 1]));
  if (positions.length > 0) return err({ code: 'words/unknown', positions });
  if (found.length !== count) return err({ code: 'words/count', expected: count, found: found.length });
  return ok(found.map((word) => spellings.get(word) as string));
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
