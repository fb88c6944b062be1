/**
 * Alphabetical order by own tables, because Chromium's Intl has no order for Kyrgyz or Uzbek. Kyrgyz and Russian
 * agree with `Intl.Collator('ru')`: ң after н, ө after о, ү after у, ё beside е.
 */
import type { Locale } from '../base/locales.ts';
import { APOSTROPHE_RUN } from './characters.ts';

const LATIN = [...'abcdefghijklmnopqrstuvwxyz'];
const CYRILLIC = [...'абвгғдежзийкқлмнңоөпрстуўүфхҳцчшщъыьэюя'];
const CYRILLIC_UZBEK = [...'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяўқғҳ'];
/** oʻ, gʻ, sh and ch as one character each. */
const [O_TURNED, G_TURNED, SH, CH] = ['\ue000', '\ue001', '\ue002', '\ue003'];
const LATIN_UZBEK = [...LATIN, O_TURNED, G_TURNED, SH, CH] as string[];

/** Signs that come before all digits and letters, in the order of the Unicode root collation. */
const SIGNS = [...'_-–—,;:!?.\'"‘’“”«»()[]{}§@*/\\&#%`´^+<=>|~$€№'];

// Weights are UTF-16 units, so that keys compare as plain strings.
const END_OF_LEVEL = '\u0001';
const SPACE = '\u0002';
const FIRST_SIGN = 3;
const OTHER_SIGN = '\u00ff';
const NUMBER = '\u0100';
/** Letters that are in no table follow by their code. */
const FIRST_LETTER = 0x200;
const SIGN = /[\p{P}\p{S}\p{C}]/u;

function weigh(...scripts: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const weights = new Map<string, string>();
  for (const space of ' \t\n\r\u00a0\u2009\u202f') weights.set(space, SPACE);
  for (const [at, sign] of SIGNS.entries()) weights.set(sign, String.fromCharCode(FIRST_SIGN + at));
  for (const [at, letter] of scripts.flat().entries()) {
    weights.set(letter, String.fromCharCode(FIRST_LETTER + at));
  }
  return weights;
}

const WEIGHTS: Readonly<Record<Locale, ReadonlyMap<string, string>>> = {
  ky: weigh(CYRILLIC, LATIN),
  ru: weigh(CYRILLIC, LATIN),
  'uz-Cyrl': weigh(CYRILLIC_UZBEK, LATIN),
  'uz-Latn': weigh(LATIN_UZBEK, CYRILLIC),
  en: weigh(LATIN, CYRILLIC),
};

const TURNED_LETTER = /([og])[\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032'`\u00b4\uff07]/g;

function uzbekLatin(lower: string): string {
  return lower
    .replace(TURNED_LETTER, (_pair, letter: string) => (letter === 'o' ? O_TURNED : G_TURNED) as string)
    .replaceAll('sh', SH as string)
    .replaceAll('ch', CH as string);
}

/** Digits of a number without its leading zeros, preceded by their count: 9 before 10, in plain string order. */
function numberKey(digits: string): string {
  const bare = digits.replace(/^0+(?=\d)/, '');
  return NUMBER + String.fromCharCode(0x20 + Math.min(bare.length, 0xd000)) + bare;
}

/**
 * A string whose plain order (`<`) is the alphabetical order of `text` in the locale: letters first of all, then
 * accents, then small before capital; numbers by their value; spaces and signs before digits before letters, the
 * locale's own script before the other. Apostrophes that are not part of a letter count last.
 */
export function sortKey(locale: Locale, text: string): string {
  const composed = text.normalize('NFC');
  const small = composed.toLowerCase();
  const lower = locale === 'uz-Latn' ? uzbekLatin(small) : small;
  const bare = lower.replace(APOSTROPHE_RUN, '');
  const weights = WEIGHTS[locale];
  let primary = '';
  let letters = 0;
  // A space for each letter without an accent, as far as the last one with.
  let marks = '';
  let digits = '';
  for (const character of bare) {
    if (character >= '0' && character <= '9') {
      digits += character;
      continue;
    }
    if (digits !== '') primary += numberKey(digits);
    digits = '';
    const known = weights.get(character);
    if (known !== undefined) {
      primary += known;
      letters++;
      continue;
    }
    // й and ў are letters of the tables; what is left is read as its base letter with marks.
    for (const part of character.normalize('NFD')) {
      if (/\p{M}/u.test(part)) marks = marks.padEnd(letters - 1) + part;
      else {
        primary += weights.get(part) ?? (SIGN.test(part) ? OTHER_SIGN : part);
        letters++;
      }
    }
  }
  if (digits !== '') primary += numberKey(digits);
  const apostrophes = bare === lower ? '' : lower;
  const cases = small === composed ? '' : casesOf(composed);
  return `${primary}${END_OF_LEVEL}${marks}${END_OF_LEVEL}${apostrophes}${END_OF_LEVEL}${cases}`;
}

const casesOf = (text: string): string =>
  Array.from(text, (character) => (character === character.toLowerCase() ? ' ' : '!'))
    .join('')
    .trimEnd();

/** Orders texts as the locale's alphabet does. For long lists compute each `sortKey` once instead. */
export function comparator(locale: Locale): (left: string, right: string) => number {
  return (left, right) => {
    const leftKey = sortKey(locale, left);
    const rightKey = sortKey(locale, right);
    return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0;
  };
}
