/**
 * The fold: one word, however it was typed, becomes two plain keys, and two spellings match when key A of the
 * one is a prefix of key A of the other, or B of B. It bridges Kyrgyz, Russian, Uzbek in both scripts and the
 * English forms of names, and the letters that a Russian keyboard lacks.
 *
 *   1. NFC, lower case; soft hyphens, zero-width characters and stress marks dropped
 *   2. letters by the table of `letters.ts`; Latin o + apostrophe is ў, every other apostrophe is dropped, yo is ё
 *   3. kh -> h, gh -> g; dzh, zh, dj -> j; shch -> sh; a c that is no ch: s before e and i, else k (policiya, Canada)
 *   4. key B only: consonant + iu -> u (Тюп, Түп)
 *   5. doubled letters collapse (digits never); ie -> e; ts -> s; ng -> n; doubled letters again
 *
 * Steps 3 to 5 see keys, not letters, so a digraph and the two letters it can be taken for always fall
 * together in both scripts: Uzbek `mazhab` is мазҳаб, `ishchi` is ишчи.
 *
 * A collapse can swallow the letter a person has just typed (питани, питание -> pitane), so a third key,
 * `spelt`, keeps the letters of step 2: what is typed literally is found at every keystroke.
 */
import {
  ANY_HYPHEN,
  ANY_IGNORED,
  APOSTROPHE,
  APOSTROPHE_RUN,
  classAt,
  HYPHEN,
  IGNORED,
  LETTER,
  MARK,
  WORD_PART,
} from './characters.ts';
import { IO_OR_E, IO_OR_O, letterKey, O_OR_U, unmix } from './letters.ts';

/** Raise when the same word may get other keys than before: stored indexes are then rebuilt. */
export const FOLD_VERSION = 3;

/** A word's keys are cut at this length, so that a run of letters without spaces cannot bloat an index. */
const MAX_WORD = 64;

export interface TermKeys {
  readonly a: string;
  readonly b: string;
  /** Key A before its letters collapse. */
  readonly spelt: string;
  /** The word itself in lower case with its apostrophes made uniform: equal for an exact match. */
  readonly plain: string;
}

/** A word of a text: `[start, end)` in UTF-16 units of the text as typed, and that stretch itself. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Most words need no more than lower case. */
const ORDINARY = /^(?:[a-z0-9]+|[а-яёңөүўқғҳ0-9]+)$/;

function plainWord(token: string): string {
  const lower = token.toLowerCase();
  if (lower.length <= MAX_WORD && ORDINARY.test(lower)) return lower;
  const typed = token
    .replace(ANY_IGNORED, '')
    .replace(/[\u0300\u0301]/g, '')
    .normalize('NFC');
  // `IP-манзил` is of two scripts on purpose.
  return typed
    .replace(WORD_PART, unmix)
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(ANY_HYPHEN, '-')
    .replace(APOSTROPHE_RUN, (_run, at: number, whole: string) =>
      /[og]/.test(whole.charAt(at - 1)) ? '\u02bb' : '\u02bc',
    )
    .slice(0, MAX_WORD);
}

/** Latin yo, but not the y and oʻ of yoʻl. */
const LATIN_IO = /yo(?!\u02bb)/g;

function lettersOf(plain: string): string {
  let letters = '';
  let before = '';
  for (const character of plain.replace(LATIN_IO, 'ё')) {
    if (character === '\u02bb' && before === 'o') letters = letters.slice(0, -1) + O_OR_U;
    else if (character === 'о' && before === 'ь') letters += IO_OR_O;
    else if (character !== '\u02bb' && character !== '\u02bc' && character !== '-') {
      letters += letterKey(character);
    }
    before = character;
  }
  return letters.slice(0, 2 * MAX_WORD);
}

const inA = (letters: string): string =>
  letters.replaceAll(O_OR_U, 'o').replaceAll(IO_OR_E, 'io').replaceAll(IO_OR_O, 'io');
const inB = (letters: string): string =>
  letters.replaceAll(O_OR_U, 'u').replaceAll(IO_OR_E, 'e').replaceAll(IO_OR_O, 'o');

const DOUBLED = /(ch|sh|[a-z])\1+/g;
const PLACEHOLDERS = new RegExp(`[${O_OR_U}${IO_OR_E}${IO_OR_O}]`);

const joinDigraphs = (letters: string): string => {
  const key = letters.includes('c')
    ? letters.replace(/c(?!h)([ei]?)/g, (_c, next: string) => (next === '' ? 'k' : `s${next}`))
    : letters;
  if (!/[kgz]h|dj/.test(key)) return key.includes('shch') ? key.replaceAll('shch', 'sh') : key;
  return key
    .replace(/[kg]h/g, (pair) => (pair === 'kh' ? 'h' : 'g'))
    .replace(/dzh|zh|dj/g, 'j')
    .replaceAll('shch', 'sh');
};

const COLLAPSIBLE = /(ch|sh|[a-z])\1|ie|ts|ng/;

const collapse = (key: string): string => {
  if (!COLLAPSIBLE.test(key)) return key;
  return key
    .replace(DOUBLED, '$1')
    .replace(/ie/g, 'e')
    .replace(/ts/g, 's')
    .replace(/ng/g, 'n')
    .replace(DOUBLED, '$1');
};

/** All keys of one token. `a` is empty when nothing of the token carries meaning (a lone ь). */
export function keysOf(token: string): TermKeys {
  const plain = plainWord(token);
  const letters = lettersOf(plain);
  const ambiguous = PLACEHOLDERS.test(letters);
  const spelt = ambiguous ? inA(letters) : letters;
  const joined = joinDigraphs(spelt);
  const a = collapse(joined);
  const joinedB = ambiguous ? joinDigraphs(inB(letters)) : joined;
  const loneU = joinedB.includes('iu') ? joinedB.replace(/([bcdfghj-np-tv-z])iu/g, '$1u') : joinedB;
  return { a, b: loneU === joined ? a : collapse(loneU), spelt, plain };
}

/** `keysOf` with a memory for the last words asked for, between `most` and twice as many. */
export function rememberedKeys(most: number): (token: string) => TermKeys {
  let recent = new Map<string, TermKeys>();
  let older = recent;
  return (token) => {
    let keys = recent.get(token);
    if (keys !== undefined) return keys;
    keys = older.get(token) ?? keysOf(token);
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(token, keys);
    return keys;
  };
}

/** The two keys of one token: plain ASCII for Cyrillic and Latin words. */
export function foldToken(token: string): { a: string; b: string } {
  const { a, b } = keysOf(token);
  return { a, b };
}

/** First position at or after `at` whose unit is not ignored. */
function skipIgnored(text: string, at: number): number {
  let next = at;
  while (classAt(text, next) === IGNORED) next++;
  return next;
}

/**
 * Calls `visit` for every word of `text` in order of its end. An apostrophe between letters belongs to the word, a
 * quotation mark around it does not; a hyphenated word is visited as its parts and then as one word. A visit that
 * answers false is the last.
 */
export function eachToken(text: string, visit: (start: number, end: number) => boolean): void {
  const length = text.length;
  let at = 0;
  while (at < length) {
    if (classAt(text, at) !== LETTER) {
      at++;
      continue;
    }
    const start = at;
    let part = at;
    let end = ++at;
    for (;;) {
      const kind = classAt(text, at);
      if (kind === LETTER || kind === MARK) end = ++at;
      else if (kind === IGNORED) at++;
      else if (kind === APOSTROPHE) {
        let next = skipIgnored(text, at + 1);
        if (classAt(text, next) === APOSTROPHE) next = skipIgnored(text, next + 1);
        if (classAt(text, next) !== LETTER) {
          if (/[\u02bb\u02bc]/.test(text.charAt(at)) && /[og]/i.test(text.charAt(at - 1))) end = at + 1;
          break;
        }
        at = next;
      } else if (kind === HYPHEN) {
        const next = skipIgnored(text, at + 1);
        if (classAt(text, next) !== LETTER) break;
        if (!visit(part, end)) return;
        part = next;
        at = next;
      } else break;
    }
    if (part > start && !visit(part, end)) return;
    if (!visit(start, end)) return;
    at = Math.max(at, end);
  }
}

/** The words of a text: see `eachToken`. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  eachToken(text, (start, end) => found.push({ start, end, text: text.slice(start, end) }) > 0);
  return found;
}

/** The words of a text with hyphenated ones whole only. */
export function wholeTokens(text: string): Token[] {
  const found: Token[] = [];
  for (const token of tokens(text)) {
    while ((found.at(-1)?.start ?? -1) >= token.start) found.pop();
    found.push(token);
  }
  return found;
}
