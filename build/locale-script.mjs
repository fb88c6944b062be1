// Is a text in its language's own script? Look-alike letters (a Cyrillic а in a Latin word) deceive the eye, and
// then the search, the sorting and the speaking of the text go wrong.

/** Words that stay Latin in every language: names, formats, keys, units of the trade. */
const LATIN_WORDS = new Set(
  `Baikoo XLSX CSV PDF JSON EDTF UTF UTC BOM SHA XLSForm ID IP IPRS COVID
   Excel LibreOffice Word Windows Linux macOS Android Chrome Chromium Edge Firefox Electron Nextcloud WebDAV
   Caps Lock Ctrl Alt Shift Enter Esc Tab Backspace F1 OK USB SD SSD QR MIT`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Not words: placeholders, tags, codes, document numbers, addresses, section letters, Roman numerals. */
const NO_WORDS = [
  /\{\{[^}]*\}\}/g,
  /\{[a-z][A-Za-z]*\}/g,
  /<\/?[A-Za-z0-9]+\s*\/?>/g,
  /\b(?:Ctrl|Alt|Shift)(?:\+[A-Za-z0-9]+)+/g,
  /(?:https?|wss):\/\/\S*|\S+@\S+\.\S+/g,
  /\b[A-Z]{2,4}-\d{4}(?:-[A-Z0-9]+(?:\.[A-Za-z0-9]+)*)*/g,
  /\b[A-Z]\d+(?:\.[A-Za-z0-9]+)*\b/g,
  /\b[A-Z]+(?:\/[A-Za-z0-9.]+)+/g,
  /^[A-D]\. /g,
  /\b\d+\.[a-z]\b/g,
  /\b[IVXLC]+\b/g,
  /\.(?:bkv|bkd|json|csv|xlsx)\b/g,
];

const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** Letters of a Cyrillic alphabet that the language does not have: the sign of another language's word. */
const FOREIGN_LETTERS = {
  ru: /[ңөүқғҳў]/iu,
  ky: /[қғҳўіӊӈ]/iu,
  'uz-Cyrl': /[ңөүыщ]/iu,
};

const wordsOf = (text) => text.match(/[\p{L}\p{M}'‘’`´ʻʼ]+/gu) ?? [];

/**
 * The findings about one text, each a sentence. `namesLetters`: it speaks of letters, so single ones may be of any
 * script. `quoted`: words that English has in quotation marks, such as the name of a column, and that stay.
 *
 * @param {string} locale
 * @param {string} text
 * @param {{ namesLetters?: boolean, quoted?: readonly string[] }} [options]
 * @returns {string[]}
 */
export function scriptProblems(locale, text, { namesLetters = false, quoted = [] } = {}) {
  const problems = [];
  const bare = NO_WORDS.reduce((rest, pattern) => rest.replace(pattern, ' '), text.normalize('NFC'));
  if (text !== text.normalize('NFC')) problems.push('is not in Unicode normal form C');
  for (const word of wordsOf(bare)) {
    if ((namesLetters && [...word].length <= 2) || quoted.includes(word)) continue;
    const latin = LATIN.test(word.replaceAll(/[ʻʼ]/g, ''));
    const cyrillic = CYRILLIC.test(word);
    if (latin && cyrillic) problems.push(`mixes Latin and Cyrillic letters in "${word}"`);
    else if (locale === 'en' || locale === 'uz-Latn') {
      if (cyrillic) problems.push(`has Cyrillic letters in "${word}"`);
      if (locale === 'uz-Latn') problems.push(...apostropheProblems(word));
    } else {
      if (latin && !LATIN_WORDS.has(word)) problems.push(`has Latin letters in "${word}"`);
      if (FOREIGN_LETTERS[locale].test(word)) problems.push(`has letters of another language in "${word}"`);
    }
  }
  return problems;
}

/** Uzbek Latin: U+02BB after o and g, U+02BC elsewhere, nothing that a keyboard types instead. */
function apostropheProblems(word) {
  const inner = word.replace(/^['‘’]+|['‘’]+$/g, '');
  const problems = [];
  if (/[oOgG]['‘’`´ʼ]|['‘’`´]/u.test(inner)) problems.push(`has a typed apostrophe in "${word}"`);
  if (/(?<![oOgG])ʻ/u.test(inner)) problems.push(`has U+02BB where U+02BC belongs in "${word}"`);
  return problems;
}
