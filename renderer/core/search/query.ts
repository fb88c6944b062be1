import { keysOf, type TermKeys, tokens, wholeTokens } from './fold.ts';
import type { Synonyms } from './synonyms.ts';

/** How well a word of a text answers a word of a query; smaller is better. */
export const EXACT = 0;
export const SAME_KEY = 1;
export const PREFIX = 2;
export const SYNONYM = 3;
export type Level = typeof EXACT | typeof SAME_KEY | typeof PREFIX | typeof SYNONYM;

/** One word to look for. */
export interface Pattern extends TermKeys {
  readonly synonym: boolean;
  /** It matches whole words only. */
  readonly whole: boolean;
  /**
   * It is, or ends in, one letter again and again: its keys collapse to that letter, with which half the dictionary
   * begins. It is the beginning of what is spelt so only.
   */
  readonly repeats: boolean;
}

/** `zz` and nothing else, or `toooo`: a letter (or two, which `ng`, `ie` and `ts` collapse as one) three times at the end. */
const REPEATS = /^(\p{L})\1+$|(\p{L}{1,2})\2{2,}$/u;

const repeats = ({ plain }: TermKeys): boolean => REPEATS.test(plain.replaceAll('\u02bb', ''));

/** Patterns that must all match. */
export type Alternative = readonly Pattern[];

/** One word of the query (or one known phrase): any of its alternatives will do. */
export interface QueryWord {
  readonly alternatives: readonly Alternative[];
}

/** Words beyond this many are not looked at. */
export const MAX_QUERY_WORDS = 32;

const SHORT_SYNONYM = 2;

export function patternOf(token: string): Pattern {
  const keys = keysOf(token);
  return { ...keys, synonym: false, whole: false, repeats: repeats(keys) };
}

/** A very short synonym matches whole words only: as a prefix it would find half the dictionary. */
function synonymPattern(keys: TermKeys): Pattern {
  return { ...keys, synonym: true, whole: keys.plain.length <= SHORT_SYNONYM, repeats: false };
}

/**
 * A hyphenated word is looked for as one word, or as its parts in any order. A number among these is one in full: the
 * 1 of article 172-1 is no beginning of 172.
 */
function alternativesOf(text: string): Alternative[] {
  const found = tokens(text).map((token) => patternOf(token.text));
  const whole = found.pop();
  const parts = found
    .filter((pattern) => pattern.a !== '')
    .map((part) => (/^\d+$/.test(part.plain) ? { ...part, whole: true } : part));
  const alternatives: Alternative[] = [];
  if (whole !== undefined && whole.a !== '') alternatives.push([whole]);
  if (parts.length > 0) alternatives.push(parts);
  return alternatives;
}

/**
 * What a query asks for: every word must be answered. A word with synonyms is also answered by the words of its
 * group, a phrase the synonyms know is one word. Empty when the query has no word in it.
 */
export function parseQuery(query: string, synonyms?: Synonyms): QueryWord[] {
  const words = wholeTokens(query)
    .map((token) => ({ alternatives: alternativesOf(token.text) }))
    .filter((word) => word.alternatives.length > 0)
    .slice(0, MAX_QUERY_WORDS);
  if (synonyms === undefined) return words;
  const result: QueryWord[] = [];
  for (let at = 0; at < words.length; ) {
    const keys = words.slice(at).map(({ alternatives }) => (alternatives[0] as Alternative)[0] as Pattern);
    const { length, phrases } = synonyms.expand(keys);
    const typed = words.slice(at, at + length);
    const alternatives: Alternative[] =
      length === 1
        ? [...(typed[0] as QueryWord).alternatives]
        : [typed.flatMap((word) => word.alternatives[0] ?? [])];
    for (const phrase of phrases) alternatives.push(phrase.map(synonymPattern));
    result.push({ alternatives });
    at += length;
  }
  return result;
}

/** How a word with these keys answers the pattern; null when it does not. */
export function levelOf(pattern: Pattern, keys: TermKeys): Level | null {
  const same = keys.a === pattern.a || keys.b === pattern.b;
  if (!same) {
    if (pattern.whole) return null;
    const begins =
      keys.spelt.startsWith(pattern.spelt) ||
      (!pattern.repeats && (keys.a.startsWith(pattern.a) || keys.b.startsWith(pattern.b)));
    if (!begins) return null;
  }
  if (pattern.synonym) return SYNONYM;
  if (!same) return PREFIX;
  return keys.plain === pattern.plain ? EXACT : SAME_KEY;
}

/** Tells of queries whether the text holds all their words or beginnings of them; it is folded when first asked. */
export function wordMatcher(text: string): (query: string) => boolean {
  let known: readonly TermKeys[] | null = null;
  return (query) => {
    known ??= tokens(text).map((token) => keysOf(token.text));
    const words = known;
    const isThere = (pattern: Pattern): boolean => words.some((keys) => levelOf(pattern, keys) !== null);
    return parseQuery(query).every(({ alternatives }) =>
      alternatives.some((alternative) => alternative.every(isThere)),
    );
  };
}
