import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormProblem } from '@/core/model/form.ts';
import { MAX_FORM_FILE, parseFormFile } from '@/core/model/form-file.ts';

const seeds = new URL('../../../seeds/forms/', import.meta.url);

const label = (words: string): string =>
  `{ "ky": "${words} ky", "ru": "${words} ru", "uz-Cyrl": "${words} ўз", "uz-Latn": "${words} oʻz", "en": "${words}" }`;

const GOOD = `{
  "format": "baikoo-form",
  "version": 1,
  "code": "wells",
  "revision": 3,
  "title": ${label('Wells')},
  "themes": ["water"],
  "sections": [
    {
      "code": "first",
      "title": ${label('First')},
      "questions": [
        { "code": "dry", "type": "yes-no", "label": ${label('Dry?')} },
        {
          "code": "depth", "type": "number", "min": 0, "max": 300, "label": ${label('Depth')},
          "when": { "question": "dry", "is": "no" },
          "checks": [
            { "code": "deep", "when": { "question": "depth", "above": 200 }, "message": ${label('Deep')} }
          ]
        },
        { "code": "dug", "type": "date", "label": ${label('Dug')} },
        {
          "code": "uses", "type": "choices", "label": ${label('Uses')},
          "when": { "all": [{ "not": { "question": "dry", "is": ["yes", "unknown"] } }, { "question": "depth", "answered": true }] },
          "options": [
            { "code": "drink", "label": ${label('Drinking')} },
            { "code": "field", "label": ${label('Fields')} }
          ]
        },
        {
          "code": "owners", "type": "rows", "label": ${label('Owners')},
          "columns": [
            { "code": "who", "type": "choice", "vocabulary": "person-roles", "label": ${label('Who')} },
            { "code": "share", "type": "number", "label": ${label('Share')} }
          ]
        }
      ]
    }
  ]
}
`;

/** `▶` stands where the problem must be told. */
const BROKEN: [what: string, from: string, to: string, code: string][] = [
  ['a comma stands before a bracket', '["water"]', '["water", ▶]', 'form/not-json'],
  ['quotation marks are curly', '"code": "wells"', '"code": ▶“wells”', 'form/not-json'],
  ['a string runs over the end of its line', '"code": "wells",', '"code": "wells,▶', 'form/not-json'],
  ['an escape does not exist', '"wells"', '"w▶\\xells"', 'form/not-json'],
  ['the number has a leading zero', '"max": 300', '"max": 0▶300', 'form/not-json'],
  ['a comment is written', '"version": 1,', '"version": 1, ▶// first', 'form/not-json'],
  ['a member is given twice', '"revision": 3,', '"revision": 3, ▶"code": "b",', 'form/duplicate-member'],
  ['it is another kind of file', '"baikoo-form"', '▶"baikoo-places"', 'form/not-a-form'],
  ['a newer version wrote it', '"version": 1', '"version": ▶2', 'form/newer'],
  ['a member is unknown', '"revision": 3,', '"revision": 3, ▶"colour": "red",', 'form/unknown-member'],
  [
    'a member hides as a prototype',
    '"revision": 3,',
    '"revision": 3, ▶"__proto__": {},',
    'form/unknown-member',
  ],
  ['a number is written as text', '"revision": 3', '"revision": ▶"3"', 'form/wrong-type'],
  ['the question type does not exist', '"type": "date"', '"type": ▶"day"', 'form/wrong-type'],
  ['a code holds a space', '"code": "dug"', '"code": ▶"dug on"', 'form/bad-code'],
  ['a code is Cyrillic', '"code": "dug"', '"code": ▶"дата"', 'form/bad-code'],
  ['a label lacks a language', '"label": { "ky": "Dug ky",', '"label": ▶{', 'form/label-missing'],
  ['a label is empty', '"ru": "Dug ru"', '"ru": ▶"  "', 'form/label-missing'],
  [
    'a label has a language we do not know',
    '"ky": "Dug ky",',
    '"ky": "Dug ky", ▶"kg": "Dug",',
    'form/unknown-member',
  ],
  ['two questions share a code', '"code": "dug"', '"code": ▶"depth"', 'form/duplicate-code'],
  ['two options share a code', '"code": "field"', '"code": ▶"drink"', 'form/duplicate-code'],
  ['two columns share a code', '"code": "share"', '"code": ▶"who"', 'form/duplicate-code'],
  [
    'a condition names no question',
    '"question": "dry", "is": "no"',
    '"question": ▶"wet", "is": "no"',
    'form/unknown-question',
  ],
  [
    'a nested condition names no question',
    '"not": { "question": "dry"',
    '"not": { "question": ▶"wet"',
    'form/unknown-question',
  ],
  [
    'a check names no question',
    '"question": "depth", "above"',
    '"question": ▶"width", "above"',
    'form/unknown-question',
  ],
  ['a bound names no question', '"above": 200', '"above": { "question": ▶"width" }', 'form/unknown-question'],
  [
    'a bound compares a number with a day',
    '"above": 200',
    '"above": { "question": ▶"dug" }',
    'form/wrong-condition',
  ],
  ['a bound is a word', '"above": 200', '"above": ▶"200"', 'form/wrong-type'],
  [
    'a condition waits for an answer that cannot be given',
    '"is": "no"',
    '"is": ▶"never"',
    'form/unknown-option',
  ],
  [
    'one of several answers cannot be given',
    '["yes", "unknown"]',
    '["yes", ▶"maybe"]',
    'form/unknown-option',
  ],
  [
    'a condition measures what is not a number',
    '"question": "depth", "above"',
    '"question": ▶"uses", "above"',
    'form/wrong-condition',
  ],
  ['a list of answers is empty', '["yes", "unknown"]', '▶[]', 'form/missing'],
  ['rows have no columns', '"type": "rows",', '"type": "rows", "hint": ▶5,', 'form/wrong-type'],
  ['bounds are the wrong way round', '"min": 0, "max": 300', '"min": 400, "max": ▶300', 'form/bad-bounds'],
  ['a day has a smallest number', '"type": "date",', '"type": "date", ▶"min": 1,', 'form/unknown-member'],
];

function breakUp(from: string, to: string): { text: string; line: number; column: number } {
  expect(GOOD.split(from)).toHaveLength(2);
  const marked = GOOD.replace(from, () => to);
  const before = marked.slice(0, marked.indexOf('▶')).split('\n');
  return {
    text: marked.replace('▶', ''),
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  };
}

const refusal = (text: string): FormProblem => {
  const parsed = parseFormFile(text);
  if (parsed.ok) throw new Error('The file was accepted.');
  return parsed.error;
};

describe('a good file', () => {
  test.each(readdirSync(seeds))('reads the seed %s', (name) => {
    const parsed = parseFormFile(readFileSync(new URL(name, seeds), 'utf8'));
    expect(parsed.ok ? parsed.value.format : parsed.error).toBe('baikoo-form');
  });

  test('is read whole, with a byte order mark or Windows line ends as well', () => {
    for (const text of [GOOD, `\ufeff${GOOD}`, GOOD.replaceAll('\n', '\r\n')]) {
      const parsed = parseFormFile(text);
      expect(parsed.ok && parsed.value).toEqual(JSON.parse(GOOD));
    }
  });
});

describe('a bad file is refused at the spot', () => {
  test.each(BROKEN)('when %s', (_what, from, to, code) => {
    const { text, line, column } = breakUp(from, to);
    expect(refusal(text)).toMatchObject({ code, line, column });
  });

  test.each([
    ['a comma is missing between lines', '"version": 1,', '"version": 1', 'form/not-json', 4, 3],
    ['a member is left out', '  "code": "wells",\n', '', 'form/missing', 1, 1],
    [
      'a condition says nothing',
      '"question": "dry", "is": "no"',
      '"question": "dry"',
      'form/missing',
      16,
      19,
    ],
    ['a choice offers nothing', '"vocabulary": "person-roles", ', '', 'form/no-options', 33, 13],
    ['rows have no columns', '"columns": [', '"x": [', 'form/unknown-member', 32, 11],
    ['the end is missing', '  ]\n}\n', '  ]\n', 'form/not-json', 40, 1],
  ])('when %s', (_what, from, to, code, line, column) => {
    expect(GOOD.split(from)).toHaveLength(2);
    expect(refusal(GOOD.replace(from, to))).toMatchObject({ code, line, column });
  });

  test('when a question shows only if it was answered, even by a detour', () => {
    const own = GOOD.replace('"question": "dry", "is": "no"', '"question": "depth", "above": 1');
    expect(refusal(own)).toMatchObject({ code: 'form/circular', line: 16, column: 19 });
    const detour = GOOD.replace('"question": "dry", "is": "no"', '"question": "uses", "is": "drink"');
    expect(refusal(detour)).toMatchObject({ code: 'form/circular', line: 16, column: 19 });
  });

  test('when a circle of conditions leads through every one of 4,000 questions, and when its chain has no end', () => {
    const form = JSON.parse(GOOD);
    const [section] = form.sections;
    const question = (code: number, next: number) => ({
      ...section.questions[0],
      code: `q${code}`,
      when: { any: [{ question: `q${next}`, is: 'yes' }, { not: { question: 'q3999', answered: true } }] },
    });
    const chain = (last: (question: object) => object): string =>
      JSON.stringify({
        ...form,
        sections: Array.from({ length: 40 }, (_, s) => ({
          ...section,
          code: `s${s}`,
          questions: Array.from({ length: 100 }, (_, q) => {
            const at = s * 100 + q;
            return at === 3_999 ? last(question(at, 0)) : question(at, at + 1);
          }),
        })),
      });
    expect(refusal(chain((question) => question))).toMatchObject({
      code: 'form/circular',
      detail: { found: 'q0' },
    });
    expect(refusal(chain((question) => ({ ...question, when: undefined })))).toMatchObject({
      code: 'form/too-large',
      detail: { limit: 'conditions', path: 'sections/0/questions/0/when' },
    });
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])(
    'when a code is %s, which every object has a member for',
    (code) => {
      expect(refusal(GOOD.replace('"share"', `"${code}"`))).toMatchObject({
        code: 'form/bad-code',
        line: 34,
      });
    },
  );

  test('when rows come without columns', () => {
    const from = GOOD.indexOf(',\n          "columns"');
    const to = GOOD.indexOf('\n        }\n      ]\n    }', from);
    const problem = refusal(GOOD.slice(0, from) + GOOD.slice(to));
    expect(problem).toMatchObject({ code: 'form/no-columns', detail: { path: 'sections/0/questions/4' } });
  });

  test('when it is too deep or too long, without overflowing the stack', () => {
    expect(refusal('['.repeat(100_000)).code).toBe('form/too-large');
    expect(refusal(`${GOOD}${' '.repeat(MAX_FORM_FILE)}`).code).toBe('form/too-large');
  });

  test('when it is not JSON at all', () => {
    for (const text of ['', '   ', 'null', '[]', 'PK\u0003\u0004', '<html>', '{"a":1}x']) {
      expect(refusal(text).code).toMatch(/^form\/not-(json|a-form)$/);
    }
  });

  test('when it names lists and themes that this workspace does not have', () => {
    const known = { vocabularies: new Set(['sexes']), themes: new Set(['water']) };
    const parsed = parseFormFile(GOOD, known);
    expect(!parsed.ok && parsed.error.code).toBe('form/unknown-vocabulary');
    const other = parseFormFile(GOOD, { themes: new Set(['roads']) });
    expect(!other.ok && other.error).toMatchObject({ code: 'form/unknown-theme', line: 7, column: 14 });
    expect(parseFormFile(GOOD, { vocabularies: new Set(['person-roles']), themes: known.themes }).ok).toBe(
      true,
    );
  });

  test('with the first of several faults', () => {
    const text = GOOD.replace('"code": "dug"', '"code": "d g"').replace('"revision": 3', '"revision": 0');
    expect(refusal(text)).toMatchObject({ line: 5, column: 15 });
  });
});

describe('any damage', () => {
  test('that hides as a prototype changes none', () => {
    const text = GOOD.replace('"revision": 3', '"__proto__": { "polluted": true }, "revision": 3');
    expect(refusal(text)).toMatchObject({ code: 'form/unknown-member', detail: { member: '__proto__' } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('is either harmless or refused with a place inside the file', () => {
    const lines = GOOD.split('\n').length;
    fc.assert(
      fc.property(fc.nat(GOOD.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), (at, junk) => {
        const parsed = parseFormFile(GOOD.slice(0, at) + junk + GOOD.slice(at + 1));
        if (!parsed.ok) {
          expect(parsed.error.line).toBeGreaterThanOrEqual(1);
          expect(parsed.error.line).toBeLessThanOrEqual(lines + 3);
          expect(parsed.error.column).toBeGreaterThanOrEqual(1);
          expect(parsed.error.code).toMatch(/^form\//);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('reads every JSON value as the platform does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parseFormFile(`{"format":"baikoo-form","version":1,"x":${text}}`);
        expect(!parsed.ok && parsed.error.code).not.toBe('form/not-json');
      }),
    );
  });
});
