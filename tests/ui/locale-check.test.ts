import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

/** Runs the check over a small project of its own, in which one thing at a time is wrong. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

const LOCALES = ['en', 'ru', 'ky', 'uz-Latn', 'uz-Cyrl'] as const;
type Texts = Record<(typeof LOCALES)[number], Record<string, unknown>>;

/** A complete, correct set of texts. */
const good = (): Texts => ({
  en: { list: { draft: 'Draft', found_one: '{{count}} hit', found_other: '{{count}} hits' } },
  ru: {
    list: {
      draft: 'Черновик',
      found_one: '{{count}} строка',
      found_few: '{{count}} строки',
      found_many: '{{count}} строк',
      found_other: '{{count}} строки',
    },
  },
  ky: { list: { draft: 'Каралама', found_one: '{{count}} сап', found_other: '{{count}} сап' } },
  'uz-Latn': { list: { draft: 'Qoralama', found_one: '{{count}} qator', found_other: '{{count}} qator' } },
  'uz-Cyrl': { list: { draft: 'Қоралама', found_one: '{{count}} қатор', found_other: '{{count}} қатор' } },
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function check(texts: Texts = good()): { readonly code: number | null; readonly says: string } {
  for (const locale of LOCALES) put(`locales/${locale}.json`, JSON.stringify(texts[locale]));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT, 'build/check-locales.mjs'), '--root', root],
    { encoding: 'utf8' },
  );
  return { code: status, says: stdout + stderr };
}

/** The good texts with one text of one locale set, or taken away. */
function withText(
  locale: (typeof LOCALES)[number],
  key: string,
  text: string | undefined,
  texts: Texts = good(),
): Texts {
  (texts[locale].list as Record<string, string | undefined>)[key] = text;
  return texts;
}

function makeProject(): void {
  root = mkdtempSync(join(tmpdir(), 'baikoo-locales-'));
  put('build/locale-exceptions.json', '{ "phrase": {} }');
  put('renderer/ui/list.tsx', "t('list.draft'); t('list.found', { count: 1 });");
  cpSync(join(PROJECT, 'tests/fixtures/glossary.tsv'), join(root, 'tests/fixtures/glossary.tsv'));
}
beforeEach(makeProject);
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('finds nothing in texts that are right', () => {
  expect(check()).toEqual({ code: 0, says: 'locales: nothing found\n' });
});

/** What is wrong, in which language, under which key and with which text (none: it is missing), and what is said. */
const FAULTS: readonly (readonly [string, (typeof LOCALES)[number], string, string | undefined, string])[] = [
  ['a missing key', 'ru', 'k1', undefined, 'locales/ru.json: "list.k1" is missing'],
  ['a key that English does not have', 'ru', 'more', 'Ещё', '"list.more" is no key of en.json'],
  ['a missing plural form', 'ru', 'found_many', undefined, '"list.found_many" is missing'],
  ['a plural form the language lacks', 'ky', 'found_few', '{{count}} сап', '"list.found_few" is no key'],
  ['a lost placeholder', 'ru', 'found_few', 'строки', '"list.found_few" lacks {{count}}'],
  ['a placeholder of its own', 'ky', 'k2', 'Каралама {{n}}', '"list.k2" has {{n}}, which English has not'],
  ['an empty text', 'ru', 'k3', '', '"list.k3" is empty'],
  ['a Latin word in Russian', 'ru', 'k4', 'Черновик draft', 'list.k4 (ru) has Latin letters in "draft"'],
  ['a Latin o in a Russian word', 'ru', 'k5', 'Чернoвик', 'list.k5 (ru) mixes Latin and Cyrillic letters'],
  ['a Cyrillic о in Uzbek Latin', 'uz-Latn', 'k6', 'Qоralama', 'list.k6 (uz-Latn) mixes Latin and Cyrillic'],
  ['a Cyrillic word in English', 'en', 'k7', 'Draft со', 'list.k7 (en) has Cyrillic letters in "со"'],
  [
    'a typed apostrophe',
    'uz-Latn',
    'k8',
    "Qoralama o'z",
    `list.k8 (uz-Latn) has a typed apostrophe in "o'z"`,
  ],
  ['a curly apostrophe', 'uz-Latn', 'k9', 'Qoralama g‘oya', 'list.k9 (uz-Latn) has a typed apostrophe'],
  ['U+02BC after o', 'uz-Latn', 'k10', 'Qoralama oʼz', 'list.k10 (uz-Latn) has a typed apostrophe'],
  ['U+02BB for the tutuq', 'uz-Latn', 'k11', 'Qoralama maʻno', 'list.k11 (uz-Latn) has U+02BB where U+02BC'],
  ['Kyrgyz letters in Uzbek', 'uz-Cyrl', 'k12', 'Қоралама өз', 'list.k12 (uz-Cyrl) has letters of another'],
  ['another word than the glossary’s', 'ru', 'k13', 'Заготовка', 'list.k13 (ru) says "draft" without the'],
  ['another Kyrgyz word', 'ky', 'k14', 'Чийме', 'list.k14 (ky) says "draft" without the'],
  ['another Uzbek word', 'uz-Latn', 'k15', 'Xomaki matn', 'list.k15 (uz-Latn) says "draft" without the'],
  ['another word in one script', 'uz-Cyrl', 'k16', 'Хомаки матн', 'list.k16 (uz-Cyrl) says "draft" without'],
  ['the glossary’s letters inside another word', 'ky', 'k17', 'Жакараламасы', 'list.k17 (ky) says "draft"'],
  ['a missing Uzbek key', 'uz-Latn', 'k18', undefined, 'locales/uz-Latn.json: "list.k18" is missing'],
  ['a key missing in one script', 'uz-Cyrl', 'k19', undefined, 'locales/uz-Cyrl.json: "list.k19" is missing'],
];

describe('finds', () => {
  let says = '';
  let code: number | null = null;
  beforeAll(() => {
    makeProject();
    const texts = good();
    for (let number = 1; number <= 19; number += 1) {
      for (const locale of LOCALES) {
        withText(locale, `k${number}`, (good()[locale].list as Record<string, string>).draft, texts);
      }
    }
    for (const [, locale, key, text] of FAULTS) withText(locale, key, text, texts);
    ({ says, code } = check(texts));
    rmSync(root, { recursive: true, force: true });
  });

  test.each(FAULTS)('%s', (_, __, ___, ____, finding) => {
    expect(says).toContain(finding);
  });
  test('all of them, and fails', () => {
    expect(code).toBe(1);
  });
});

test('lets Uzbek be written rightly, and formats and names stay Latin in Cyrillic text', () => {
  const texts = withText('uz-Latn', 'draft', 'Qoralama: oʻz gʻoyasi maʼnosi');
  (texts.ru.list as Record<string, string>).draft = 'Черновик в XLSX, CSV и PDF, Baikoo, KGZ-2020-D1.2.c';
  expect(check(texts).says).toBe('locales: nothing found\n');
});

test('finds a key that no source names', () => {
  put('renderer/ui/list.tsx', "t('list.found', { count: 1 });");
  expect(check().says).toContain('"list.draft" is used nowhere');
});

test('counts a key as used that a template literal may build', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template literal is the source under test.
  put('renderer/ui/list.tsx', "t(`list.${state}`); t('list.found', { count: 1 });");
  expect(check().code).toBe(0);
});

test('finds an error code of core that has no words', () => {
  put('renderer/core/disk.ts', "throw new CodedError('disk/melted', 'The disk melted.');");
  expect(check().says).toContain('"disk/melted" has no words');
});

test('looks into seeds: a label that lacks a language, and a look-alike letter', () => {
  const label = { en: 'Case', ru: 'Дело', ky: 'Иш', 'uz-Latn': 'Ish', 'uz-Cyrl': 'Иш' };
  put('seeds/a.json', JSON.stringify({ terms: [{ label: { ...label, 'uz-Cyrl': undefined } }] }));
  put('seeds/b.json', JSON.stringify({ terms: [{ label: { ...label, ky: 'Иш cот' } }] }));
  const { says } = check();
  expect(says).toContain('seeds/a.json terms/0/label: no text in uz-Cyrl');
  expect(says).toContain('seeds/b.json terms/0/label (ky) mixes Latin and Cyrillic letters in "cот"');
});

test('knows the glossary’s term by its abbreviation, and takes its own abbreviation for it', () => {
  const texts = withText('en', 'draft', 'The UPR is near');
  withText('ru', 'draft', 'УПО близко', texts);
  withText('ky', 'draft', 'УМБ жакын', texts);
  withText('uz-Latn', 'draft', 'UDSh yaqin', texts);
  withText('uz-Cyrl', 'draft', 'Шарҳ яқин', texts);
  const { says } = check(texts);
  expect(says).toContain('list.draft (uz-Cyrl) says "upr" without the glossary\'s word for "upr"');
  expect(says).toContain('locales: 1 found');
});

test('asks plural forms that English lacks for the glossary’s word too', () => {
  const texts = good();
  Object.assign(texts.en.list as object, { found_one: '{{count}} draft', found_other: '{{count}} drafts' });
  Object.assign(texts.ru.list as object, {
    found_one: '{{count}} черновик',
    found_few: '{{count}} заготовки',
    found_many: '{{count}} черновиков',
    found_other: '{{count}} черновика',
  });
  for (const [locale, text] of [
    ['ky', '{{count}} каралама'],
    ['uz-Latn', '{{count}} qoralama'],
    ['uz-Cyrl', '{{count}} қоралама'],
  ] as const) {
    Object.assign(texts[locale].list as object, { found_one: text, found_other: text });
  }
  const { says } = check(texts);
  expect(says).toContain('list.found_few (ru) says "draft"');
  expect(says).toContain('locales: 1 found');
});

test('holds vocabularies and the catalogue’s translations to the glossary', () => {
  const label = {
    en: 'Torture',
    ru: 'Мучения',
    ky: 'Кыйноо',
    'uz-Latn': 'Qiynoq',
    'uz-Cyrl': 'Қийноқ',
  };
  put('seeds/vocabularies/themes.json', JSON.stringify({ terms: [{ label }] }));
  put(
    'seeds/catalogue/recommendations.json',
    JSON.stringify({
      format: 'baikoo-catalogue',
      areas: [
        {
          code: 'A',
          sectionCodes: ['S'],
          sectionPath: ['Bodies'],
          shortTitle: 'Torture',
          text: 'Torture',
          editorNotes: [],
          sdgTargets: [{ target: '16.1', reason: 'No torture.' }],
          measures: [],
        },
      ],
    }),
  );
  for (const [lang, word, reason] of [
    ['ru', 'Пытки', 'Без пыток.'],
    ['ky', 'Кыйноо', 'Азапсыз.'],
    ['uz-Latn', 'Qiynoq', 'Qiynoqsiz.'],
    ['uz-Cyrl', 'Азоб', 'Қийноқсиз.'],
  ] as const) {
    put(
      `seeds/catalogue/${lang}.json`,
      JSON.stringify({
        format: 'baikoo-translation',
        lang,
        sections: { S: word },
        items: { A: { text: word, shortTitle: word } },
        sdgReasons: { 'No torture.': reason },
      }),
    );
  }
  const { says } = check();
  expect(says).toContain('seeds/vocabularies/themes.json terms/0/label (ru) says "torture"');
  expect(says).toContain('seeds/catalogue A/text (uz-Cyrl) says "torture"');
  expect(says).toContain('seeds/catalogue sdgReasons/No torture. (ky) says "torture"');
  expect(says).toContain('locales: 4 found');
});

test('wants an exception taken away once nothing needs it', () => {
  put('build/locale-exceptions.json', '{ "phrase": {}, "glossary": { "list.draft ru draft": "Reviewed." } }');
  expect(check().says).toContain('nothing needs the exception glossary "list.draft ru draft" any more');
  expect(check(withText('ru', 'draft', 'Заготовка')).code).toBe(0);
});

test('the project itself keeps a reason with every exception', () => {
  const exceptions = JSON.parse(
    readFileSync(join(PROJECT, 'build/locale-exceptions.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  for (const list of Object.values(exceptions)) {
    for (const reason of Object.values(list)) expect(reason).toMatch(/\w.*\.$/);
  }
});
