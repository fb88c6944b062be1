import { describe, expect, test } from 'vitest';
import type { Json } from '@/core/base/json.ts';
import { answerProblem, firingChecks, formsFor, isAnswered, visibleQuestions } from '@/core/model/answers.ts';
import type { Condition, Form, Question } from '@/core/model/form.ts';

const label = { ky: 'а', ru: 'а', 'uz-Cyrl': 'а', 'uz-Latn': 'a', en: 'a' };
const ask = (code: string, type: Question['type'], rest: Partial<Question> = {}): Question => ({
  code,
  type,
  label,
  ...rest,
});
const formOf = (...questions: Question[]): Form => ({
  format: 'baikoo-form',
  version: 1,
  code: 'f',
  revision: 1,
  title: label,
  themes: ['water'],
  sections: [{ code: 's', title: label, questions }],
});
const answers = (given: Record<string, Json>) =>
  Object.fromEntries(Object.entries(given).map(([code, value]) => [`f/${code}`, value]));
const options = ['a', 'b'].map((code) => ({ code, label }));

/** A form whose question `target` waits for the condition. */
const shows = (when: Condition, given: Record<string, Json>): boolean =>
  visibleQuestions(
    formOf(
      ask('yn', 'yes-no'),
      ask('many', 'choices', { options }),
      ask('n', 'number'),
      ask('m', 'number'),
      ask('d1', 'date'),
      ask('d2', 'date'),
      ask('words', 'text'),
      ask('target', 'line', { when }),
    ),
    answers(given),
  ).has('target');

describe('a condition', () => {
  test.each<[string, Condition, Record<string, Json>, boolean]>([
    ['one code', { question: 'yn', is: 'yes' }, { yn: 'yes' }, true],
    ['another code', { question: 'yn', is: 'yes' }, { yn: 'no' }, false],
    ['one of several codes', { question: 'yn', is: ['yes', 'unknown'] }, { yn: 'unknown' }, true],
    ['one of several choices', { question: 'many', is: 'b' }, { many: ['a', 'b'] }, true],
    ['none of several choices', { question: 'many', is: 'b' }, { many: ['a'] }, false],
    ['a code of nothing', { question: 'yn', is: 'yes' }, {}, false],
    ['an answer', { question: 'n', answered: true }, { n: 0 }, true],
    [
      'an empty text as no answer',
      { question: 'words', answered: true },
      { words: { text: ' ', lang: 'ky' } },
      false,
    ],
    ['the lack of an answer', { question: 'many', answered: false }, { many: [] }, true],
    ['a smaller number', { question: 'n', below: 18 }, { n: 17 }, true],
    ['an equal number as not smaller', { question: 'n', below: 18 }, { n: 18 }, false],
    ['an equal number as not larger', { question: 'n', above: 18 }, { n: 18 }, false],
    ['a number above another answer', { question: 'n', above: { question: 'm' } }, { n: 2, m: 1 }, true],
    ['a number above no answer', { question: 'n', above: { question: 'm' } }, { n: 2 }, false],
    [
      'an earlier day',
      { question: 'd1', below: { question: 'd2' } },
      { d1: '2021-04', d2: '2021-05-01' },
      true,
    ],
    [
      'a day that may be the same',
      { question: 'd1', below: { question: 'd2' } },
      { d1: '2021-04', d2: '2021-04-30' },
      false,
    ],
    ['a later day', { question: 'd1', above: { question: 'd2' } }, { d1: '2022', d2: '2021-04-30' }, true],
    [
      'all parts',
      {
        all: [
          { question: 'n', below: 5 },
          { question: 'yn', is: 'yes' },
        ],
      },
      { n: 4, yn: 'no' },
      false,
    ],
    [
      'any part',
      {
        any: [
          { question: 'n', below: 5 },
          { question: 'yn', is: 'yes' },
        ],
      },
      { n: 4, yn: 'no' },
      true,
    ],
    ['the contrary', { not: { question: 'yn', is: 'yes' } }, { yn: 'no' }, true],
  ])('knows %s', (_what, when, given, expected) => {
    expect(shows(when, given)).toBe(expected);
  });
});

describe('hiding', () => {
  const chain = formOf(
    ask('reported', 'yes-no'),
    ask('stage', 'choice', { options, when: { question: 'reported', is: 'yes' } }),
    ask('number', 'line', {
      when: { question: 'stage', is: 'a' },
      checks: [{ code: 'short', when: { question: 'stage', is: 'a' }, message: label }],
    }),
  );

  test('closes a whole chain behind the answer that opened it, and deletes nothing', () => {
    const given = answers({ reported: 'yes', stage: 'a', number: '12' });
    expect([...visibleQuestions(chain, given)]).toEqual(['reported', 'stage', 'number']);
    expect(firingChecks(chain, given).map(({ question, check }) => `${question} ${check.code}`)).toEqual([
      'number short',
    ]);
    const closed = { ...given, 'f/reported': 'no' };
    const before = structuredClone(closed);
    expect([...visibleQuestions(chain, closed)]).toEqual(['reported']);
    expect(firingChecks(chain, closed)).toEqual([]);
    expect(closed).toEqual(before);
    expect(visibleQuestions(chain, { ...closed, 'f/reported': 'yes' }).has('number')).toBe(true);
  });

  test('of a form that goes in circles ends', () => {
    const circle = formOf(
      ask('a', 'yes-no', { when: { not: { question: 'b', is: 'yes' } } }),
      ask('b', 'yes-no', { when: { not: { question: 'a', is: 'yes' } } }),
    );
    expect(visibleQuestions(circle, answers({ a: 'yes', b: 'yes' })).size).toBeLessThanOrEqual(2);
  });

  test('reads the answers of its own form only', () => {
    expect(visibleQuestions(chain, { 'g/reported': 'yes' }).has('stage')).toBe(false);
  });

  test('opens a form by its themes', () => {
    expect(formsFor({ water: true }, [chain])).toEqual([chain]);
    expect(formsFor({ roads: true }, [chain])).toEqual([]);
  });
});

describe('an answer', () => {
  const rows = ask('r', 'rows', {
    columns: [
      { code: 'who', type: 'choice', label, options },
      { code: 'share', type: 'number', label, min: 0, max: 100 },
    ],
  });

  test.each<[Question, Json, string | null]>([
    [ask('t', 'text'), { text: 'сөз', lang: 'ky' }, null],
    [ask('t', 'text'), { text: 'сөз', lang: 'kg' }, 'answer/wrong-type'],
    [ask('t', 'text'), 'сөз', 'answer/wrong-type'],
    [ask('l', 'line'), 'сөз', null],
    [ask('l', 'line'), 'а'.repeat(2_001), 'answer/too-long'],
    [ask('l', 'line'), 5, 'answer/wrong-type'],
    [ask('c', 'choice', { options }), 'a', null],
    [ask('c', 'choice', { options }), 'z', 'answer/not-an-option'],
    [ask('c', 'choice', { vocabulary: 'unknown-list' }), 'z', null],
    [ask('c', 'choices', { options }), ['a', 'b'], null],
    [ask('c', 'choices', { options }), ['a', 'z'], 'answer/not-an-option'],
    [ask('c', 'choices', { options }), 'a', 'answer/wrong-type'],
    [ask('n', 'number', { min: 0, max: 9 }), 9, null],
    [ask('n', 'number', { min: 0, max: 9 }), -1, 'answer/too-small'],
    [ask('n', 'number', { min: 0, max: 9 }), 10, 'answer/too-large'],
    [ask('n', 'number'), '5', 'answer/wrong-type'],
    [ask('d', 'date'), '2021-04-XX', null],
    [ask('d', 'date'), '12.04.2021', 'answer/not-a-date'],
    [ask('y', 'yes-no'), 'unknown', null],
    [ask('y', 'yes-no'), 'maybe', 'answer/not-an-option'],
    [ask('y', 'yes-no'), true, 'answer/wrong-type'],
    [rows, [{ who: 'a', share: 50 }, {}], null],
    [rows, [{ who: 'z' }], 'answer/not-an-option'],
    [rows, [{ share: 101 }], 'answer/too-large'],
    [rows, [{ left: 'from an older form' }], null],
    [rows, { who: 'a' }, 'answer/wrong-type'],
    [rows, ['a'], 'answer/wrong-type'],
    [ask('n', 'number'), null, null],
    [ask('n', 'number'), '', 'answer/wrong-type'],
    [ask('t', 'text'), { text: '', lang: 'ru' }, null],
  ])('%j %j: %s', (question, value, expected) => {
    expect(answerProblem(question, value)).toBe(expected);
  });

  test('is compared with a vocabulary that is at hand', () => {
    const term = { code: 'female', label };
    const sexes = {
      format: 'baikoo-vocabulary',
      version: 1,
      code: 'sexes',
      scale: false,
      terms: [term],
    } as const;
    const question = ask('c', 'choice', { vocabulary: 'sexes' });
    const lists = { sexes: { ...sexes, terms: [...sexes.terms] } };
    expect(answerProblem(question, 'female', lists)).toBeNull();
    expect(answerProblem(question, 'z', lists)).toBe('answer/not-an-option');
  });

  test('counts as given when it is zero or a no, and not when it is empty', () => {
    for (const value of [0, 'no', [{}], { text: 'a', lang: 'ky' }, false])
      expect(isAnswered(value)).toBe(true);
    for (const value of [null, undefined, '', ' ', [], { text: '', lang: 'ky' }]) {
      expect(isAnswered(value)).toBe(false);
    }
  });
});
