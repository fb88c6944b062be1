import { eachToken, keysOf, type TermKeys } from './fold.ts';
import { levelOf, type Pattern, parseQuery } from './query.ts';
import type { Synonyms } from './synonyms.ts';

/** `[start, end)` in UTF-16 units of the text as it was typed. */
export type Range = readonly [start: number, end: number];

/** As `Marker.ranges`, of one text. */
export function matchRanges(text: string, query: string, synonyms?: Synonyms): Range[] {
  return new Marker(query, synonyms).ranges(text);
}

/** Marks one query in many texts: they share most of their words, and each word is folded and compared once. */
export class Marker {
  readonly #patterns: readonly Pattern[];
  readonly #keysOf: (word: string) => TermKeys;
  readonly #answers = new Map<string, boolean>();

  /** `keys`: where the keys of words are looked up, when they are remembered from query to query. */
  constructor(query: string, synonyms?: Synonyms, keys: (word: string) => TermKeys = keysOf) {
    this.#patterns = parseQuery(query, synonyms).flatMap((word) => word.alternatives.flat());
    this.#keysOf = keys;
  }

  /**
   * The words of `text` that answer a word of the query, ascending and apart. Whole words are given, also when
   * the query has only their beginning; a word of the query marks wherever it stands, whether or not the others
   * are there too. What begins more than `reach` units after the first of them is not looked at.
   */
  ranges(text: string, reach = Number.POSITIVE_INFINITY): Range[] {
    if (this.#patterns.length === 0) return [];
    const found: [number, number][] = [];
    let until = Number.POSITIVE_INFINITY;
    eachToken(text, (start, end) => {
      if (start > until) return false;
      if (!this.#isAnswer(text.slice(start, end))) return true;
      // A hyphenated word comes after its parts and covers them.
      while (found.length > 0 && (found[found.length - 1] as Range)[0] >= start) found.pop();
      found.push([start, end]);
      until = (found[0] as Range)[0] + reach;
      return true;
    });
    return found;
  }

  #isAnswer(word: string): boolean {
    let answer = this.#answers.get(word);
    if (answer === undefined) {
      const keys = this.#keysOf(word);
      answer = keys.a !== '' && this.#patterns.some((pattern) => levelOf(pattern, keys) !== null);
      this.#answers.set(word, answer);
    }
    return answer;
  }
}

const ELLIPSIS = '…';
const SPACE = /\s/u;

/** First position at or after `at`, at most `until`, where a word does not go on from before. */
function wordStart(text: string, at: number, until: number): number {
  if (at === 0) return 0;
  let start = at;
  while (start < until && !SPACE.test(text.charAt(start - 1))) start++;
  while (start < until && SPACE.test(text.charAt(start))) start++;
  return start;
}

/** Last position at or before `at`, at least `from`, where a word ends. */
function wordEnd(text: string, at: number, from: number): number {
  if (at >= text.length) return text.length;
  let end = at;
  while (end > from && !SPACE.test(text.charAt(end))) end--;
  while (end > from && SPACE.test(text.charAt(end - 1))) end--;
  return end;
}

/** Never between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/**
 * A stretch of at most `length` units of the text around its first range, cut between words (or, when a single
 * word is longer than that, between characters), on one line, with an ellipsis where something was left out;
 * and the ranges that lie in it, as they stand there.
 */
export function excerpt(
  text: string,
  ranges: readonly Range[],
  length: number,
): { excerpt: string; ranges: Range[] } {
  const first = ranges[0] ?? [0, 0];
  let start = 0;
  let end = text.length;
  if (text.length > length) {
    // A third of the room goes before the match: enough to see who, with what was done after it.
    const lead = Math.max(0, Math.floor((length - (first[1] - first[0])) / 3));
    start = Math.max(0, Math.min(first[0] - lead, text.length - length));
    start = wholeCharacter(text, wordStart(text, start, first[0]));
    end = wordEnd(text, Math.min(text.length, start + length), Math.min(first[1], start + length));
    if (end <= start) end = start + length;
    end = wholeCharacter(text, Math.min(end, start + length));
  }
  const before = start > 0 ? ELLIPSIS : '';
  const after = end < text.length ? ELLIPSIS : '';
  const shift = before.length - start;
  return {
    excerpt: before + text.slice(start, end).replace(/[\s\u2028\u2029]/gu, ' ') + after,
    ranges: ranges
      .filter(([from, to]) => from < end && to > start)
      .map(([from, to]) => [Math.max(from, start) + shift, Math.min(to, end) + shift] as const),
  };
}
