/**
 * How long a passphrase that a person made up would hold. No estimate knows what its guesser knows about the person,
 * so this one only takes away: everything a guesser tries first counts as little as it is worth, and the words say
 * "about".
 */
export type Strength = 'weak' | 'fair' | 'strong';

/** What makes it weaker than it looks; the first that applies. */
export type Weakness = 'digits' | 'keys' | 'repeats' | 'common' | 'one-word';

export interface Assessed {
  readonly strength: Strength;
  readonly weakness: Weakness | null;
}

/** The least that the vault takes, in characters after normalising. */
export const LEAST_CHARACTERS = 10;

/** A guess costs the guesser a second of Argon2id; a rented farm makes some ten thousand guesses a second: 55 bits last for ages. */
const FAIR_BITS = 38;
const STRONG_BITS = 55;

const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
];

/** Among the first guesses anywhere, and here. Matched inside the lower-cased text, so endings do not matter. */
const COMMON = [
  'password',
  'parol',
  'пароль',
  'сырсөз',
  'сырсоз',
  'admin',
  'админ',
  'welcome',
  'letmein',
  'qwerty',
  'йцукен',
  'baikoo',
  'байкоо',
  'kyrgyz',
  'кыргыз',
  'киргиз',
  'bishkek',
  'бишкек',
  'jalalabad',
  'жалалабад',
  'джалалабад',
  'iloveyou',
  'люблю',
];

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return ROWS.some((row) => row.includes(text) || row.includes(backwards));
}

/** True when letters, capitals, digits and signs alternate as they do in nothing that a person makes up. */
function looksDrawn(word: string): boolean {
  const kinds = [...word].map((sign) =>
    /\d/.test(sign) ? 'digit' : /\p{Lu}/u.test(sign) ? 'capital' : /\p{L}/u.test(sign) ? 'letter' : 'sign',
  );
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return kinds.length >= 6 && changes >= kinds.length / 2;
}

/** Bits of one word: letters of a word depend on each other, so that a long one is worth little more than a short one. */
function wordBits(typed: string): number {
  const word = typed.toLowerCase();
  if (/^(.)\1*$/u.test(word)) return 4;
  if (word.length >= 3 && isRun(word)) return 5;
  if (COMMON.some((common) => word.includes(common))) return 6;
  if (looksDrawn(typed)) return word.length * 5;
  const letters = word.replace(/[^\p{L}\p{M}]/gu, '').length;
  const digits = word.replace(/\D/g, '').length;
  const signs = word.length - letters - digits;
  // A year is one of about a hundred, which is less than four free digits.
  const digitBits = /^(19|20)\d\d$/.test(word) ? 7 : digits * 3.3;
  return Math.min(letters * 2.6, 8 + letters * 0.6) + digitBits + signs * 4;
}

/** `passphrase` as typed; `name`, if any, is what the person calls herself and what anybody would try first. */
export function assessPassphrase(passphrase: string, name = ''): Assessed {
  const text = passphrase.normalize('NFKC').trim();
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const own = name
    .toLowerCase()
    .split(/\s+/u)
    .filter((part) => part.length >= 3);
  const seen = new Set<string>();
  let bits = 0;
  for (const typed of words) {
    const word = typed.toLowerCase();
    const known = seen.has(word) || own.some((part) => word.includes(part));
    seen.add(word);
    bits += known ? 2 : wordBits(typed);
  }
  return { strength: strengthOf(bits), weakness: bits < STRONG_BITS ? weaknessOf(text.toLowerCase()) : null };
}

const strengthOf = (bits: number): Strength =>
  bits < FAIR_BITS ? 'weak' : bits < STRONG_BITS ? 'fair' : 'strong';

function weaknessOf(text: string): Weakness | null {
  const words = text.split(/\s+/u);
  const bare = words.join('');
  if (/^[\d\s.,/-]+$/.test(text)) return 'digits';
  if (bare.length >= 3 && words.some((word) => word.length >= 4 && isRun(word))) return 'keys';
  if (new Set(words).size < words.length || /(.)\1{3}/u.test(bare) || /^(.{2,6})\1+$/u.test(bare))
    return 'repeats';
  if (COMMON.some((common) => bare.includes(common))) return 'common';
  return words.length === 1 ? 'one-word' : null;
}
