import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkObservation, hasErrors, type Problem } from '@/core/model/check-observation.ts';
import { parseFormFile } from '@/core/model/form-file.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';

const TODAY = '2021-06-15';
const formText = readFileSync(new URL('../../../seeds/forms/bride-kidnapping.json', import.meta.url), 'utf8');
const parsed = parseFormFile(formText);
if (!parsed.ok) throw new Error('The seed form is broken.');
const forms = [parsed.value];

const sound: Observation = {
  ...emptyObservation('ky'),
  date: '2021-04-12',
  place: { unit: '41706000000000', label: 'Ош облусу' },
  title: { text: 'Кыз ала качуу', lang: 'ky' },
  narrative: {
    text: 'Апрелдин он экисинде кечинде айылдагы үч жигит кызды машинага салып алып кетишкен, ата-энеси эртеси милицияга арыз жазган.',
    lang: 'ky',
  },
  sourceType: 'relative',
  consent: 'given',
  consentPurpose: 'Отчет',
  consentAudience: ['own-organisation'],
  themes: { 'bride-kidnapping': true },
  people: { p1: { role: 'victim', sex: 'female', ageGroup: '18-24', characteristics: [] } },
  links: { 'KGZ-2020-L.1.a': { direction: 'regression', comment: '' } },
};
const known = { measures: new Set(['KGZ-2020-L.1.a']), places: new Set(['41706000000000']) };
const check = (edit: Partial<Observation>): Problem[] =>
  checkObservation({ ...sound, ...edit }, forms, TODAY, known);
const codes = (edit: Partial<Observation>): string[] =>
  check(edit).map(({ level, field, code }) => `${level} ${field} ${code}`);

test('says nothing about a sound observation', () => {
  expect(check({})).toEqual([]);
});

describe('an error', () => {
  test('refuses a record of which nobody could tell what it is about', () => {
    const empty = { text: '  ', lang: 'ky' as const };
    expect(codes({ title: empty, narrative: empty })).toContain('error narrative check/empty');
    expect(hasErrors(check({ narrative: empty }))).toBe(false);
    expect(codes({ title: empty })).toEqual(['warning title check/no-title']);
  });

  test('refuses a text in a date that is no date, at its field', () => {
    expect(codes({ date: '12.04.2021' })).toEqual(['error date check/not-a-date']);
    expect(codes({ consentDate: '2021-02-30' })).toEqual(['error consentDate check/not-a-date']);
    const answers = { 'bride-kidnapping/taken-on': 'April' };
    expect(codes({ answers })).toContain('error answers/bride-kidnapping/taken-on check/not-a-date');
  });
});

describe('a warning', () => {
  test.each<[string, Partial<Observation>, string]>([
    ['no date', { date: '' }, 'date check/no-date'],
    ['a date after today', { date: '2021-06-16' }, 'date check/future'],
    ['a month after today', { date: '2021-07' }, 'date check/future'],
    ['no place', { place: null }, 'place check/no-place'],
    ['a place that nobody knows', { place: { unit: 'x', label: 'X' } }, 'place check/unknown-place'],
    ['no link to a measure', { links: {} }, 'links check/no-link'],
    ['no theme', { themes: {} }, 'themes check/no-theme'],
    [
      'a link to an unknown measure',
      { links: { 'KGZ-2020-X.a': { direction: 'progress', comment: '' } } },
      'links/KGZ-2020-X.a check/unknown-measure',
    ],
    [
      'a very short narrative',
      { narrative: { text: 'Алып кетишти.', lang: 'ky' } },
      'narrative check/short-narrative',
    ],
    ['no source', { sourceType: null }, 'sourceType check/no-source'],
    ['people without a word on consent', { consent: null }, 'consent check/consent-missing'],
    ['people who were not asked', { consent: 'not-asked' }, 'consent check/consent-missing'],
    ['consent refused', { consent: 'refused' }, 'consent check/consent-refused'],
    ['consent withdrawn', { consent: 'withdrawn' }, 'consent check/consent-withdrawn'],
    ['consent given and taken back', { consentWithdrawnOn: '2021-05' }, 'consent check/consent-contradicts'],
    ['consent to nothing', { consentPurpose: '' }, 'consentPurpose check/consent-no-purpose'],
    ['consent towards nobody', { consentAudience: [] }, 'consentAudience check/consent-no-audience'],
    [
      'an open record without consent to that',
      { sensitivity: 'open' },
      'sensitivity check/open-without-consent',
    ],
    [
      'a child in an open record',
      {
        sensitivity: 'open',
        people: { p1: { role: 'victim', sex: null, ageGroup: '16-17', characteristics: [] } },
      },
      'sensitivity check/child-in-open',
    ],
    [
      'a name in an open record',
      { sensitivity: 'open', names: { p1: 'Бурул К.' } },
      'sensitivity check/name-in-open',
    ],
    [
      'a name in the narrative, with an ending',
      {
        names: { p1: 'Асел Т.' },
        narrative: { text: `${sound.narrative.text} Аселди көрүштү.`, lang: 'ky' },
      },
      'narrative check/name-in-text',
    ],
    ['a name without a person', { names: { p9: 'Бурул' } }, 'names/p9 check/name-without-person'],
    ['an indicator without a value', { kind: 'indicator' }, 'indicatorValue check/indicator-no-value'],
    [
      'an indicator without a definition',
      { kind: 'indicator' },
      'indicatorDefinition check/indicator-no-definition',
    ],
    [
      'an indicator without a source',
      { kind: 'indicator', sourceType: null },
      'source check/indicator-no-source',
    ],
    [
      'an answer that is no option',
      { answers: { 'bride-kidnapping/heard': 'somehow' } },
      'answers/bride-kidnapping/heard check/answer',
    ],
    [
      'a sensitive answer in an open record',
      { sensitivity: 'open', answers: { 'bride-kidnapping/injuries': 'yes' } },
      'sensitivity check/sensitive-in-open',
    ],
  ])('tells of %s', (_what, edit, expected) => {
    expect(codes(edit)).toContain(`warning ${expected}`);
    expect(hasErrors(check(edit))).toBe(false);
  });

  test('comes from the form as well, naming its message', () => {
    const problems = check({ answers: { 'bride-kidnapping/age': 16 } });
    const fired = problems.filter(({ code }) => code === 'check/form');
    expect(fired.length).toBeGreaterThan(0);
    expect(fired[0]?.detail).toMatchObject({ form: 'bride-kidnapping', question: 'age' });
    const asked = forms[0]?.sections.flatMap((s) => s.questions).find((q) => q.code === 'age');
    expect(asked?.checks?.map(({ code }) => code)).toContain(fired[0]?.detail.check);
  });

  test('does not come from a form whose theme was not chosen, nor from a hidden question', () => {
    const answers = { 'bride-kidnapping/age': 16, 'bride-kidnapping/told-to-settle': 'yes' };
    expect(codes({ answers, themes: { evictions: true } })).toEqual([]);
    expect(codes({ answers }).filter((code) => code.includes('told-to-settle'))).toEqual([]);
  });

  test('never repeats a real name', () => {
    const problems = check({
      sensitivity: 'open',
      names: { p1: 'Канайым' },
      title: { text: 'Канайым', lang: 'ky' },
    });
    expect(problems.length).toBeGreaterThan(1);
    expect(JSON.stringify(problems)).not.toContain('Канайым');
  });
});

test('never throws, whatever stands in the answers', () => {
  const question = fc.constantFrom('age', 'heard', 'taken-on', 'participants', 'consent-words', 'pressure');
  fc.assert(
    fc.property(fc.dictionary(question, fc.jsonValue()), (given) => {
      const answers = Object.fromEntries(
        Object.entries(given).map(([code, value]) => [`bride-kidnapping/${code}`, value]),
      ) as Observation['answers'];
      expect(Array.isArray(check({ answers }))).toBe(true);
    }),
  );
});
