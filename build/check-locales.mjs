// `npm run check:locales`: every text in every language, in its own script, by the glossary, and none unused.
import { readFileSync } from 'node:fs';
import { report } from './check-files.mjs';
import { LOCALES, readInterface, readSeeds } from './locale-files.mjs';
import { findIn, holdsTerm, lookFor, readGlossary } from './locale-glossary.mjs';
import { scriptProblems } from './locale-script.mjs';
import { readUsage } from './locale-usage.mjs';

const problems = [];
const texts = readInterface();
const usage = readUsage();
const seeds = readSeeds(problems);
const exceptions = JSON.parse(readFileSync('build/locale-exceptions.json', 'utf8'));
const usedExceptions = new Set();

/** A finding that a reviewer let pass: `kind`, place and word are listed in locale-exceptions.json with a reason. */
function isException(kind, id) {
  if (exceptions[kind]?.[id] === undefined) return false;
  usedExceptions.add(`${kind} ${id}`);
  return true;
}

// ---- keys and plural forms

const FORM = /^(.*)_(zero|one|two|few|many|other)$/;
const formsOf = (locale) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
const plurals = new Set(
  [...texts.en.keys()]
    .map((key) => FORM.exec(key))
    .filter((match) => match !== null && match[2] === 'other' && texts.en.has(`${match[1]}_one`))
    .map((match) => match[1]),
);
const familyOf = (key) => {
  const base = FORM.exec(key)?.[1];
  return base !== undefined && plurals.has(base) ? base : null;
};

for (const locale of LOCALES) {
  const expected = new Set([...texts.en.keys()].filter((key) => familyOf(key) === null));
  for (const base of plurals) for (const form of formsOf(locale)) expected.add(`${base}_${form}`);
  for (const key of expected) {
    if (!texts[locale].has(key)) problems.push(`locales/${locale}.json: "${key}" is missing`);
  }
  for (const [key, text] of texts[locale]) {
    if (!expected.has(key)) problems.push(`locales/${locale}.json: "${key}" is no key of en.json`);
    if (text.trim() === '') problems.push(`locales/${locale}.json: "${key}" is empty`);
    if (text !== text.trim()) problems.push(`locales/${locale}.json: "${key}" begins or ends with a space`);
  }
}

// ---- placeholders and tags

const marksOf = (text) => new Set(text.match(/\{\{[^}]*\}\}|<\/?[A-Za-z0-9]+\s*\/?>/g) ?? []);
for (const locale of LOCALES) {
  if (locale === 'en') continue;
  for (const [key, text] of texts[locale]) {
    const base = familyOf(key);
    const english = texts.en.get(base === null ? key : `${base}_other`);
    if (english === undefined) continue;
    const wanted = marksOf(english);
    const given = marksOf(text);
    for (const mark of wanted) {
      if (!given.has(mark)) problems.push(`locales/${locale}.json: "${key}" lacks ${mark}`);
    }
    for (const mark of given) {
      if (!wanted.has(mark))
        problems.push(`locales/${locale}.json: "${key}" has ${mark}, which English has not`);
    }
  }
}

for (const { where, texts: labels } of seeds) {
  const slots = (text) => [...new Set(text.match(/\{[a-z][A-Za-z]*\}/g) ?? [])].sort().join(' ');
  for (const [locale, text] of Object.entries(labels)) {
    if (labels.en !== undefined && slots(text) !== slots(labels.en)) {
      problems.push(
        `${where} (${locale}) has the placeholders ${slots(text) || 'none'}, English ${slots(labels.en) || 'none'}`,
      );
    }
  }
}

// ---- unused keys, and codes without words

const sectionsOf = (code) => ['errors', 'notices'].map((section) => `${section}.${code.replace('/', '.')}`);
const codeKeys = new Set();
for (const code of new Set(
  [...usage.codes.keys(), ...usage.literals].filter((text) => /^[a-z-]+\/[a-z-]+$/.test(text)),
)) {
  for (const key of sectionsOf(code)) {
    codeKeys.add(`${key}.says`).add(`${key}.todo`);
    codeKeys.add(`${key.slice(0, key.lastIndexOf('.'))}.todo`);
  }
}
for (const key of texts.en.keys()) {
  const named = familyOf(key) ?? key;
  const used =
    usage.literals.has(named) || codeKeys.has(named) || usage.patterns.some((pattern) => pattern.test(named));
  if (!used) problems.push(`locales/en.json: "${key}" is used nowhere`);
}
for (const [code, file] of usage.codes) {
  const has = (key) => texts.en.has(key) || plurals.has(key);
  const worded = sectionsOf(code).some(
    (key) => has(`${key}.says`) && (has(`${key}.todo`) || has(`${key.slice(0, key.lastIndexOf('.'))}.todo`)),
  );
  if (!worded && !isException('code', code)) {
    problems.push(`${file}: "${code}" has no words in locales/en.json (says and todo)`);
  }
}

// ---- script and glossary, over interface and seeds

const all = [
  ...[...texts.en.keys()].map((key) => ({
    where: key,
    texts: Object.fromEntries(
      LOCALES.filter((locale) => texts[locale].has(key)).map((locale) => [locale, texts[locale].get(key)]),
    ),
  })),
  ...seeds,
];
// Plural forms that English lacks (few, many) are in no English key: they say what its other plural says.
for (const locale of LOCALES) {
  for (const [key, text] of texts[locale]) {
    if (texts.en.has(key)) continue;
    const en = texts.en.get(`${familyOf(key)}_other`);
    all.push({ where: key, texts: { ...(en === undefined ? {} : { en }), [locale]: text } });
  }
}

const terms = lookFor(readGlossary(), Object.keys(exceptions.phrase));
for (const { where, texts: here } of all) {
  const quoted = [...(here.en ?? '').matchAll(/“(\w+)”/g)].map(([, word]) => word);
  for (const [locale, text] of Object.entries(here)) {
    for (const problem of scriptProblems(locale, text, {
      namesLetters: isException('letters', where),
      quoted,
    })) {
      problems.push(`${where} (${locale}) ${problem}`);
    }
  }
  if (here.en === undefined) continue;
  for (const term of findIn(here.en, terms)) {
    if (term.key === null) {
      usedExceptions.add(`phrase ${term.phrase}`);
      continue;
    }
    const area = where.startsWith('seeds/catalogue') ? 'catalogue' : 'interface';
    if (isException('term', `${term.key} in ${area}`)) continue;
    for (const [locale, text] of Object.entries(here)) {
      if (locale === 'en' || holdsTerm(text, term, locale)) continue;
      if (isException('glossary', `${where} ${locale} ${term.key}`)) continue;
      problems.push(
        `${where} (${locale}) says "${term.english}" without the glossary's word for "${term.key}": ${text}`,
      );
    }
  }
}

for (const [kind, list] of Object.entries(exceptions)) {
  for (const id of Object.keys(list)) {
    if (!usedExceptions.has(`${kind} ${id}`)) {
      problems.push(`build/locale-exceptions.json: nothing needs the exception ${kind} "${id}" any more`);
    }
  }
}
report('locales', problems);
