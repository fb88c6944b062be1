/**
 * What a UTF-16 unit means to the tokeniser. One table look-up per unit keeps the scan of a 400-word
 * narrative in microseconds.
 */
export const OTHER = 0;
export const LETTER = 1;
/** A combining mark: continues a word, never starts one. */
export const MARK = 2;
/** Every character that people type for oʻ, gʻ, tutuq belgisi or in place of ъ. */
export const APOSTROPHE = 3;
export const HYPHEN = 4;
/** Soft hyphens, zero-width and direction marks: not there for the reader, so not there for the search. */
export const IGNORED = 5;
const SURROGATE = 6;

const APOSTROPHES =
  "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c\uff07";
const HYPHENS = '-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d';
const IGNORABLES =
  '\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff';

const CLASSES = new Uint8Array(0x10000);
for (let unit = 0; unit < 0x10000; unit++) {
  const character = String.fromCharCode(unit);
  if (unit >= 0xd800 && unit <= 0xdfff) CLASSES[unit] = SURROGATE;
  else if (/[\p{L}\p{N}]/u.test(character)) CLASSES[unit] = LETTER;
  else if (/\p{M}/u.test(character)) CLASSES[unit] = MARK;
}
for (const character of APOSTROPHES) CLASSES[character.charCodeAt(0)] = APOSTROPHE;
for (const character of HYPHENS) CLASSES[character.charCodeAt(0)] = HYPHEN;
for (const character of IGNORABLES) CLASSES[character.charCodeAt(0)] = IGNORED;

/** A run of apostrophes, of any of the kinds in use. */
export const APOSTROPHE_RUN = new RegExp(`[${APOSTROPHES}]+`, 'g');
export const ANY_HYPHEN = new RegExp(`[\\${HYPHENS}]`, 'g');
/** A part of a hyphenated word. */
export const WORD_PART = new RegExp(`[^\\${HYPHENS}]+`, 'g');
export const ANY_IGNORED = new RegExp(`[${IGNORABLES}]`, 'g');

/** The class of the unit at `at`; `OTHER` past the end. Both halves of a surrogate pair get the pair's class. */
export function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (Number.isNaN(unit)) return OTHER;
  const kind = CLASSES[unit] as number;
  if (kind !== SURROGATE) return kind;
  const point = text.codePointAt(unit >= 0xdc00 ? at - 1 : at) ?? 0;
  return point > 0xffff && /[\p{L}\p{N}]/u.test(String.fromCodePoint(point)) ? LETTER : OTHER;
}
