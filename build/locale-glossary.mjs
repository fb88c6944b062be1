// Are the glossary's terms used? Where an English text holds one of its terms, each translation must hold the
// term's own word there: its stem, as all four languages inflect.
import { readFileSync } from 'node:fs';

const COLUMNS = { en: 'en', ru: 'ru', ky: 'ky', 'uz-Latn': 'uz_Latn', 'uz-Cyrl': 'uz_Cyrl' };

/** "a (b)" means that a or b will do, "a (b) c" that a c or b c will; "(the) a" that the bracket may be missing. */
function variants(cell) {
  const middle = /^(.*?)(\S+) \(([^)]*)\) (\S.*)$/.exec(cell);
  if (middle !== null) {
    const [, before, word, other, after] = middle;
    return [`${before}${word} ${after}`, `${before}${other} ${after}`];
  }
  const inside = [...cell.matchAll(/\(([^)]*)\)/g)].map((match) => match[1]);
  const outside = cell
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return [outside, ...inside]
    .flatMap((text) => text.split(/[,;]/))
    .map((text) => text.trim())
    .filter(Boolean);
}

/**
 * A bracket at the end of the English explains it ("monitor (person)") or shortens it ("(UPR)", which texts use in its
 * place); elsewhere it is another name.
 */
function englishNames(cell) {
  const [, short] = /\(([A-Z]{2,})\)$/.exec(cell) ?? [];
  const names = variants(cell.replace(/ \([^)]*\)$/, '')).filter((text) => text.length > 2);
  return short === undefined ? names : [...names, short];
}

/** What stays of a word when it is inflected: all but its last three letters, and at least three of them. */
function stem(word) {
  const letters = [...word.toLowerCase()];
  return letters.slice(0, Math.max(3, letters.length - 3)).join('');
}

const isWord = (text) => /\p{L}/u.test(text);

export function readGlossary() {
  const [header, ...lines] = readFileSync('tests/fixtures/glossary.tsv', 'utf8').trim().split(/\r?\n/);
  const names = header.split('\t');
  return lines
    .map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [names[index], cell])))
    .map((row) => ({
      key: row.key,
      english: englishNames(row.en),
      translations: Object.fromEntries(
        Object.entries(COLUMNS)
          .filter(([locale]) => locale !== 'en')
          .map(([locale, column]) => [locale, variants(row[column] ?? '').map((text) => stems(text))]),
      ),
    }));
}

const stems = (text) =>
  text
    .split(/[\s-]+/)
    .filter(isWord)
    .map(stem);

/**
 * What to look for in English texts, longest first ("draft law" is not about drafts): the glossary's terms, and the
 * phrases in which a term's word means something else ("city hall" is no place).
 */
export function lookFor(glossary, phrases) {
  return [
    ...glossary.flatMap((entry) =>
      entry.english.map((english) => ({ ...entry, english: english.toLowerCase() })),
    ),
    ...phrases.map((phrase) => ({ key: null, english: phrase.toLowerCase(), phrase })),
  ].sort((a, b) => b.english.length - a.english.length);
}

/** The terms and phrases that an English text holds, each stretch of it counted for the longest one only. */
export function findIn(english, terms) {
  let rest = english.toLowerCase().replaceAll(/https?:\/\/\S+|\{\{[^}]*\}\}/g, ' ');
  const found = [];
  for (const term of terms) {
    const pattern = new RegExp(`(?<![\\p{L}-])${literally(term.english)}(?:e?s)?(?![\\p{L}-])`, 'gu');
    if (!pattern.test(rest)) continue;
    rest = rest.replace(pattern, (match) => '\u0000'.repeat(match.length));
    found.push(term);
  }
  return found;
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const beginsWord = (text, part) => new RegExp(`(?<!\\p{L})${literally(part)}`, 'u').test(text);

/** True when the translation holds every stem of one of the term's variants. */
export function holdsTerm(translation, term, locale) {
  const lower = translation.toLowerCase();
  // The glossary's Russian is without ё, as the United Nations write it; in Russian the dots are a matter of style.
  const plain = locale === 'ru' ? lower.replaceAll('ё', 'е') : lower;
  return term.translations[locale].some(
    (parts) => parts.length > 0 && parts.every((part) => beginsWord(plain, part)),
  );
}
