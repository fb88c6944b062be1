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
const END_OF_LEVEL = 1;
const SPACE = 2;
const FIRST_SIGN = 3;
const OTHER_SIGN = 0xff;
const NUMBER = 0x100;
/** Letters that are in no table follow by their code. */
const FIRST_LETTER = 0x200;
const PLAIN_MARKS = ' ';

const weigh = (scripts: readonly (readonly string[])[]): ReadonlyMap<string, number> =>
  new Map(scripts.flat().map((letter, at) => [letter, FIRST_LETTER + at]));

const WEIGHTS: Readonly<Record<Locale, ReadonlyMap<string, number>>> = {
  ky: weigh([CYRILLIC, LATIN]),
  ru: weigh([CYRILLIC, LATIN]),
  'uz-Cyrl': weigh([CYRILLIC_UZBEK, LATIN]),
  'uz-Latn': weigh([LATIN_UZBEK, CYRILLIC]),
  en: weigh([LATIN, CYRILLIC]),
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
  return String.fromCharCode(NUMBER) + String.fromCharCode(0x20 + Math.min(bare.length, 0xd000)) + bare;
}

/**
 * A string whose plain order (`<`) is the alphabetical order of `text` in the locale: letters first of all, then
 * accents, then small before capital; numbers by their value; spaces and signs before digits before letters, the
 * locale's own script before the other. Apostrophes that are not part of a letter count last.
 */
export function sortKey(locale: Locale, text: string): string {
  const composed = text.normalize('NFC');
  let lower = composed.toLowerCase();
  if (locale === 'uz-Latn') lower = uzbekLatin(lower);
  const weights = WEIGHTS[locale];
  let primary = '';
  let marks = '';
  const bare = lower.replace(APOSTROPHE_RUN, '');
  for (const [piece] of bare.matchAll(/[0-9]+|[^0-9]/gu)) {
    if (piece >= '0' && piece <= '9\uffff') {
      primary += numberKey(piece);
      continue;
    }
    const known = weightOf(piece, weights);
    if (known !== undefined) {
      primary += String.fromCharCode(known);
      marks += PLAIN_MARKS;
      continue;
    }
    // й and ў are letters of the tables; what is left is read as its base letter with marks.
    for (const part of piece.normalize('NFD')) {
      const weight = weightOf(part, weights);
      if (/\p{M}/u.test(part)) marks = marks.slice(0, -1) + part;
      else {
        primary += weight === undefined ? part : String.fromCharCode(weight);
        marks += PLAIN_MARKS;
      }
    }
  }
  const end = String.fromCharCode(END_OF_LEVEL);
  const cases = Array.from(composed, (character) => (character === character.toLowerCase() ? ' ' : '!')).join(
    '',
  );
  return primary + end + marks.trimEnd() + end + (bare === lower ? '' : lower) + end + cases.trimEnd();
}

function weightOf(character: string, weights: ReadonlyMap<string, number>): number | undefined {
  const letter = weights.get(character);
  if (letter !== undefined) return letter;
  if (/\s/u.test(character)) return SPACE;
  const sign = SIGNS.indexOf(character);
  if (sign >= 0) return FIRST_SIGN + sign;
  return /[\p{P}\p{S}\p{C}]/u.test(character) ? OTHER_SIGN : undefined;
}

/** Orders texts as the locale's alphabet does. For long lists compute each `sortKey` once instead. */
export function comparator(locale: Locale): (left: string, right: string) => number {
  return (left, right) => {
    const leftKey = sortKey(locale, left);
    const rightKey = sortKey(locale, right);
    return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0;
  };
}
