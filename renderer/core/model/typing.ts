/**
 * Rules of typing in five locales on a keyboard made for one of them: which language a text is in, which letter an
 * apostrophe stands for, which sister letter a plain one has. Pure; the interface applies them to a field.
 */
import type { TextLang } from '../base/locales.ts';

type Guessed = Exclude<TextLang, 'other'>;

/** Letters only one of the languages has; one of them says more than two common words. */
const TELLING: readonly (readonly [Guessed, RegExp])[] = [
  ['ky', /[ңөүӊӈ]/giu],
  ['uz-Cyrl', /[ўқғҳ]/giu],
  ['ru', /щ/giu],
  // Not the English who's, dog's and who'd.
  ['uz-Latn', /[og]['‘’ʻʼ`´](?!(?:s|d|ll|re|ve)(?!\p{Script=Latin}))(?=\p{Script=Latin})/giu],
];
const TELLING_WEIGHT = 3;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Function words and the commonest words of a report, none of which is one of another of the five in the same script. */
const COMMON: Readonly<Record<Guessed, ReadonlySet<string>>> = {
  ru: words(
    'и в на не что с по оно они это этот эта как из за к но для от был была были было его ее её их мы вы я ' +
      'мне нас вас то все всё уже или если когда чтобы который которая которые после до без при под над об ' +
      'со во где ли бы тут ещё еще нет только очень себя свой своей',
  ),
  ky: words(
    'жана менен бул эмес болгон деп жок бар бирок анын алар алардын аны ага биз биздин мен сен силер кыз ' +
      'айыл мектеп учун кийин чейин боюнча болуп эле экен керек жатат турат кыргыз айтты дейт ошол ушул эки ' +
      'анткени катары тууралуу ичинде деген ким эмне качан кайда аял киши адам балдар',
  ),
  'uz-Cyrl': words(
    'ва билан учун бу эмас бўлган деб йўқ лекин унинг улар уларнинг уни унга бизнинг сиз керак эди эмиш ' +
      'мактаб кейин гача бўйича ҳам шу ўша деди айтди киши одам болалар нима ким қачон қаерда маҳалла хотин ' +
      'ўзбек аммо чунки сўнг олиб келди ёки инсон хам хамда буйича булган йук килиш килди килинган',
  ),
  'uz-Latn': words(
    'va bilan uchun bu emas deb lekin uning ular ularning uni unga biz bizning siz men kerak edi maktab ' +
      'keyin ham shu qiz ayol kishi odam bolalar nima kim qachon qayerda mahalla xotin ammo chunki esa bor ' +
      'deydi dedi aytdi keldi qildi kuni yil tili uzbek yoki inson hamda boyicha bolgan yoq qilish',
  ),
  en: words(
    'the and of to in is was were are that this with for on by at from not they their she he her his it had ' +
      'has have been be who which there when where after before would could said did as or but an we our',
  ),
};

/** Endings that words of one language carry and of the others do not. */
const ENDINGS: readonly (readonly [Guessed, RegExp])[] = [
  ['ru', /(?:ого|его|ому|ыми|ими|ться|ость|ости|ение|ения|ция|ции|ский|ская|ских|ской)$/u],
  ['ky', /(?:дын|нын|дун|тын|дагы|тагы|ган|гон|кан|кон|лык|дык|тык|чылык|бы|ып|уп|оо|уу)$/u],
  ['uz-Cyrl', /(?:нинг|даги|гача|лиги|лик|ди|миз|ишни|лар(?:и|ни|ини|ига|идан)|ётган|илган|ади|мо[қк]да)$/u],
  ['uz-Latn', /(?:ning|dagi|gacha|ligi|lik|lari|larni|adi|gan|miz|ishi|ni)$/u],
  ['en', /(?:ing|tion|ed|ly|ness|ment)$/u],
];
/** Shorter words end like anything. */
const SHORTEST_ENDED = 5;

/** Enough to know; a narrative of any length is judged in the same time. */
const LOOKED_AT = 2_000;
/** One telling letter decides, one common word does not. */
const ENOUGH = 2;
/** How much more must speak for the winner than for the next: a Kyrgyz name makes no Russian text Kyrgyz. */
const CLEARLY = 1.25;

const WORD = /[\p{L}\p{M}'‘’ʻʼ`´]+/gu;

/** A quotation begins where no word does: not behind a letter, a digit or another apostrophe. */
const OPENING = /^[\s(«“"\u2013\u2014-]?$/u;
const LATIN_LETTER = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const IN_CYRILLIC: readonly TextLang[] = ['ky', 'ru', 'uz-Cyrl'];
/** What is still being typed may yet become any word. */
const UNFINISHED = /[\p{L}\p{M}'‘’ʻʼ`´]+$/u;

/** Whether all letters of the text are of the script the language is not written in. */
function isOtherScript(text: string, lang: TextLang): boolean {
  if (lang === 'other') return false;
  const [own, foreign] = IN_CYRILLIC.includes(lang) ? [CYRILLIC, LATIN_LETTER] : [LATIN_LETTER, CYRILLIC];
  return foreign.test(text) && !own.test(text);
}

/** How much speaks for each language, the likeliest first. */
function weigh(looked: string): readonly (readonly [Guessed, number])[] {
  const score: Record<Guessed, number> = { ky: 0, ru: 0, 'uz-Cyrl': 0, 'uz-Latn': 0, en: 0 };
  const langs = Object.keys(score) as Guessed[];
  for (const [lang, letters] of TELLING) score[lang] += TELLING_WEIGHT * (looked.match(letters)?.length ?? 0);
  for (const word of looked.match(WORD) ?? []) {
    for (const lang of langs) if (COMMON[lang].has(word)) score[lang] += 1;
    if (word.length < SHORTEST_ENDED) continue;
    for (const [lang, ending] of ENDINGS) if (ending.test(word)) score[lang] += 0.5;
  }
  return langs.map((lang) => [lang, score[lang]] as const).sort((a, b) => b[1] - a[1]);
}

/**
 * The language a text is probably in, judged by its first 2,000 characters; `current` while too little speaks for
 * another one. Where the current language is written in another script, a single finished word is enough. Never guesses
 * `other`.
 */
export function guessLanguage(text: string, current: TextLang): TextLang {
  const looked = text.slice(0, LOOKED_AT).toLowerCase();
  const other = isOtherScript(looked, current);
  for (const [judged, enough] of [[looked, ENOUGH] as const, [looked.replace(UNFINISHED, ''), 1] as const]) {
    const [[best, most], [, next]] = weigh(judged) as readonly [
      readonly [Guessed, number],
      readonly [Guessed, number],
    ];
    if (most >= enough && most >= CLEARLY * next) return best;
    if (!other) break;
  }
  return current;
}

/** U+02BB, the second half of oʻ and gʻ. */
export const OKINA = '\u02bb';
/** U+02BC, the tutuq: a letter of its own. */
export const TUTUQ = '\u02bc';

/** What people type, paste or have on their layouts for either of them; the right two included. */
const ANY_APOSTROPHE = /['\u2018\u2019\u201b\u2032\u2035`\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\uff07]/u;

/**
 * The letter an apostrophe stands for in Uzbek Latin text: U+02BB after o, O, g, G and U+02BC after any other Latin
 * letter. Null after anything else, where it is a quotation mark and stays as it was typed.
 */
export function letterForApostrophe(before: string): typeof OKINA | typeof TUTUQ | null {
  const last = before.at(-1) ?? '';
  if (!LATIN_LETTER.test(last)) return null;
  return /[og]/i.test(last) ? OKINA : TUTUQ;
}

/**
 * Uzbek Latin text with every apostrophe in a word made the letter it stands for; one that closes a quotation which
 * another one opened in the same line stays. Of the same length in UTF-16 units, so that positions in the text hold.
 * Only `[from, until)` is corrected, what stands around it is looked at.
 */
export function correctApostrophes(text: string, from = 0, until = text.length): string {
  if (!ANY_APOSTROPHE.test(text.slice(from, until))) return text;
  const line = text.lastIndexOf('\n', from - 1) + 1;
  let corrected = text.slice(0, line);
  let quoted = false;
  for (let at = line; at < until; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    let letter: string | null = null;
    if (character === '\n') quoted = false;
    else if (ANY_APOSTROPHE.test(character)) {
      letter = letterForApostrophe(corrected);
      if (letter === null && OPENING.test(corrected.slice(-1)) && LATIN_LETTER.test(next)) quoted = true;
      else if (letter === TUTUQ && quoted && next !== '' && !LATIN_LETTER.test(next)) {
        letter = null;
        quoted = false;
      }
    }
    corrected += at < from ? character : (letter ?? character);
  }
  return corrected + text.slice(until);
}

/** The letters a Russian keyboard lacks, in the order of their numbers: 1 to 9, then 0. */
export const MISSING_LETTERS = ['ң', 'ө', 'ү', 'ў', 'қ', 'ғ', 'ҳ', `o${OKINA}`, `g${OKINA}`, TUTUQ] as const;

/** The capital of one of them; only the first letter of oʻ and gʻ is raised. */
export const capital = (letter: string): string => letter.charAt(0).toUpperCase() + letter.slice(1);

const FAMILIES: readonly (readonly string[])[] = [
  ['н', 'ң'],
  ['о', 'ө'],
  ['у', 'ү', 'ў'],
  ['к', 'қ'],
  ['г', 'ғ'],
  ['х', 'ҳ'],
  ['o', `o${OKINA}`],
  ['g', `g${OKINA}`],
];
/** In Uzbek Cyrillic у stands for ў far more often than for the Kyrgyz ү. */
const UZBEK_U = ['у', 'ў', 'ү'];

export interface Replacement {
  /** How many UTF-16 units before the cursor go. */
  readonly remove: number;
  readonly insert: string;
}

/**
 * Turns the letter before the cursor into its next sister (н -> ң -> н, у -> ү -> ў -> у, o -> oʻ -> o), keeping its
 * case. Null when that letter has none.
 */
export function nextSister(before: string, lang: string): Replacement | null {
  const families = lang === 'uz-Cyrl' ? [UZBEK_U, ...FAMILIES] : FAMILIES;
  for (const length of [2, 1]) {
    const end = before.slice(-length);
    const family = families.find((forms) => forms.includes(end.toLowerCase()));
    if (end.length !== length || family === undefined) continue;
    const next = family[(family.indexOf(end.toLowerCase()) + 1) % family.length] as string;
    return { remove: length, insert: end === end.toLowerCase() ? next : capital(next) };
  }
  if (lang !== 'uz-Latn') return null;
  if (before.endsWith(TUTUQ)) return { remove: 1, insert: '' };
  return LATIN_LETTER.test(before.at(-1) ?? '') ? { remove: 0, insert: TUTUQ } : null;
}
