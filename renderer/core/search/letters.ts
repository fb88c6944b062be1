/**
 * The letters of the fold: what each Cyrillic or Latin letter becomes in a key. Placeholders stand for the
 * letters that read in two ways; `fold.ts` resolves them once for key A and once for key B.
 */

/** ў and oʻ: `o` in key A; `u` in key B, as a Russian keyboard types it. */
export const O_OR_U = '\ue000';
/** ё: Uzbek `io` in key A; in key B `e`, as Russians write it. */
export const IO_OR_E = '\ue001';
/** ьо (батальон): Uzbek Latin writes `yo` (batalyon): `io` in key A; the bare `o` in key B. */
export const IO_OR_O = '\ue002';

const ROWS: readonly (readonly [key: string, letters: string])[] = [
  ['a', 'аәaə'],
  ['b', 'бb'],
  ['v', 'вvw'],
  ['g', 'гғgґӷҕ'],
  ['d', 'дd'],
  ['e', 'еэeє'],
  [IO_OR_E, 'ё'],
  ['j', 'жjҷҗӌҹјž'],
  ['z', 'зzҙ'],
  ['i', 'ийыiyıїі'],
  ['k', 'кқkqҝҟӄԛ'],
  ['l', 'лl'],
  ['m', 'мm'],
  ['n', 'нңӊӈҥnñŋ'],
  ['o', 'оөӫoöø'],
  ['p', 'пp'],
  ['r', 'рr'],
  ['s', 'сsцҫ'],
  ['t', 'тt'],
  ['u', 'уүұuü'],
  [O_OR_U, 'ў'],
  ['f', 'фf'],
  ['h', 'хҳһhxӽӿ'],
  ['ch', 'чçč'],
  ['sh', 'шщşš'],
  ['', 'ъь'],
  ['iu', 'ю'],
  ['ia', 'я'],
  ['c', 'c'],
  ['s', 'ß'],
  ['d', 'đ'],
  ['l', 'ł'],
];

/** By code: all letters of the five languages lie below U+0530. */
const KEYS: (string | undefined)[] = new Array(0x530).fill(undefined);
for (const [key, letters] of ROWS) for (const letter of letters) KEYS[letter.charCodeAt(0)] = key;
for (const digit of '0123456789') KEYS[digit.charCodeAt(0)] = digit;

const keyAt = (character: string): string | undefined =>
  character.length === 1 ? KEYS[character.charCodeAt(0)] : undefined;

/**
 * What a lower-case character becomes. A letter that is not in the table (é, ā, a full-width a) is read
 * without its marks; a letter of a third script stays as it is.
 */
export function letterKey(character: string): string {
  const known = keyAt(character);
  if (known !== undefined) return known;
  let key = '';
  for (const base of character.normalize('NFKD').toLowerCase()) {
    if (!/\p{M}/u.test(base)) key += keyAt(base) ?? base;
  }
  return key;
}

const CYRILLIC_LOOK = 'АВСЕНІКМОРТХУасеоріхукмт';
const LATIN_LOOK = 'ABCEHIKMOPTXYaceopixykmt';
const toCyrillic = new Map([...LATIN_LOOK].map((letter, at) => [letter, CYRILLIC_LOOK[at] as string]));
const toLatin = new Map([...CYRILLIC_LOOK].map((letter, at) => [letter, LATIN_LOOK[at] as string]));

/** The Latin letters a small Cyrillic one is typed for, by its look (в for b) or its sound (д for d, с for both c and s). */
export function latinReadings(letter: string): string {
  const key = keyAt(letter) ?? '';
  const look = (toLatin.get(letter.toUpperCase()) ?? '').toLowerCase();
  return [...new Set(look + key.charAt(0))].join('');
}

const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/**
 * Rewrites a word that mixes Cyrillic and Latin look-alikes (a Latin `c` in `cуд`) into the script its other
 * letters belong to. A word whose letters truly belong to both (`SMSтер`) stays as it is. Expects the case as
 * typed: H looks like Н, h like no Cyrillic letter of ours.
 */
export function unmix(word: string): string {
  if (!LATIN.test(word) || !CYRILLIC.test(word)) return word;
  const letters = [...word];
  if (letters.every((letter) => !LATIN.test(letter) || toCyrillic.has(letter))) {
    return letters.map((letter) => toCyrillic.get(letter) ?? letter).join('');
  }
  if (letters.every((letter) => !CYRILLIC.test(letter) || toLatin.has(letter))) {
    return letters.map((letter) => toLatin.get(letter) ?? letter).join('');
  }
  return word;
}
