import { z } from 'zod';
import { CodedError } from '../base/coded-error.ts';
import { keysOf, type TermKeys, wholeTokens } from './fold.ts';

/** Words and phrases that mean the same: узбек / өзбек, мектеп / maktab / школа, exonyms of places. */
const synonymsSchema = z.strictObject({
  format: z.literal('baikoo-synonyms'),
  version: z.literal(1),
  groups: z.array(z.array(z.string().trim().min(1).max(100)).min(2).max(100)).max(10_000),
});

type Phrase = readonly TermKeys[];

export interface Expansion {
  /** How many of the words given, from the first on, the expansion stands for: at least 1. */
  readonly length: number;
  /** What may stand in their place; empty when nothing is known. */
  readonly phrases: readonly Phrase[];
}

/** A shorter stem would make every longer word its inflection (ош, ошибка). */
const SHORTEST_STEM = 4;

export interface Synonyms {
  /** What else to look for when a query goes on with these words. The longest known phrase wins. */
  expand(words: readonly TermKeys[]): Expansion;
}

function phraseOf(text: string): Phrase {
  return wholeTokens(text)
    .map((token) => keysOf(token.text))
    .filter((keys) => keys.a !== '');
}

const sameKey = (one: TermKeys, other: TermKeys): boolean => one.a === other.a || one.b === other.b;

const isStem = (stem: TermKeys, word: TermKeys): boolean =>
  stem.a.length >= SHORTEST_STEM && (word.a.startsWith(stem.a) || word.b.startsWith(stem.b));

function buildSynonyms(groups: readonly (readonly string[])[]): Synonyms {
  const phrases: { readonly phrase: Phrase; readonly group: number }[] = [];
  const members: Phrase[][] = [];
  const byKey = new Map<string, number[]>();
  for (const group of groups) {
    const own: Phrase[] = [];
    for (const text of group) {
      const phrase = phraseOf(text);
      const first = phrase[0];
      if (first === undefined) continue;
      own.push(phrase);
      phrases.push({ phrase, group: members.length });
      for (const key of new Set([first.a, first.b])) {
        byKey.set(key, [...(byKey.get(key) ?? []), phrases.length - 1]);
      }
    }
    members.push(own);
  }

  /** Phrases whose first word is, or is the stem of, `word`. */
  function candidates(word: TermKeys): Set<number> {
    const found = new Set<number>();
    for (const key of new Set([word.a, word.b])) {
      for (let length = key.length; length > 0; length--) {
        for (const at of byKey.get(key.slice(0, length)) ?? []) found.add(at);
        if (length <= SHORTEST_STEM) break;
      }
    }
    return found;
  }

  function expand(words: readonly TermKeys[]): Expansion {
    const first = words[0];
    let length = 1;
    let found = new Set<number>();
    if (first === undefined) return { length, phrases: [] };
    for (const at of candidates(first)) {
      const { phrase, group } = phrases[at] as (typeof phrases)[number];
      const matches = phrase.every((keys, i) => {
        const word = words[i];
        return word !== undefined && (sameKey(keys, word) || isStem(keys, word));
      });
      if (!matches || phrase.length < length) continue;
      if (phrase.length > length) found = new Set();
      length = phrase.length;
      found.add(group);
    }
    const typed = words.slice(0, length);
    const others = [...found]
      .flatMap((group) => members[group] as Phrase[])
      .filter(
        (phrase) =>
          phrase.length !== typed.length ||
          phrase.some((keys, i) => keys.plain !== (typed[i] as TermKeys).plain),
      );
    return { length, phrases: others };
  }
  return { expand };
}

/** Reads a synonyms file (the seed, or an organisation's own). Error `search/synonyms`: it is not one. */
export function parseSynonyms(file: unknown): Synonyms {
  const parsed = synonymsSchema.safeParse(file);
  if (parsed.success) return buildSynonyms(parsed.data.groups);
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new CodedError('search/synonyms', `The synonyms file is malformed at "${path}".`, { path });
}
