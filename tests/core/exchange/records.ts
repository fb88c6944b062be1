import { readdirSync, readFileSync } from 'node:fs';
import type { ExportAbout } from '@/core/exchange/read-me.ts';
import type { ExportRecord, ExportReference, PullRecords } from '@/core/exchange/record.ts';
import { type Form, formSchema } from '@/core/model/form.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { placesSchema } from '@/core/model/place.ts';
import { catalogueSchema } from '@/core/model/recommendation.ts';
import { vocabularySchema } from '@/core/model/vocabulary.ts';

const seeds = new URL('../../../seeds/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, seeds), 'utf8'));
const label = (text: string) => ({
  ky: `${text} ky`,
  ru: `${text} ru`,
  'uz-Cyrl': `${text} ўз`,
  'uz-Latn': `${text} uz`,
  en: text,
});

export const AUTHOR = '0123456789abcdefghjkmnpqrs';
export const OTHER = '1123456789abcdefghjkmnpqrs';

/** A form of every kind of question: the seeds' forms may change, these answers may not. */
export const form: Form = formSchema.parse({
  format: 'baikoo-form',
  version: 1,
  code: 'wells',
  revision: 1,
  title: label('Wells'),
  themes: ['evictions'],
  sections: [
    {
      code: 's',
      title: label('S'),
      questions: [
        { code: 'dry', type: 'yes-no', label: label('Dry?') },
        { code: 'why', type: 'text', label: label('Why?'), when: { question: 'dry', is: 'yes' } },
        { code: 'who', type: 'line', label: label('Who told?'), sensitive: true },
        {
          code: 'use',
          type: 'choices',
          label: label('Use'),
          options: [
            { code: 'drink', label: label('Drinking') },
            { code: 'field', label: label('Fields') },
          ],
        },
        { code: 'sex', type: 'choice', label: label('Sex'), vocabulary: 'sexes' },
        { code: 'depth', type: 'number', label: label('Depth') },
        { code: 'dug', type: 'date', label: label('Dug') },
        {
          code: 'owners',
          type: 'rows',
          label: label('Owners'),
          columns: [
            { code: 'who', type: 'choice', vocabulary: 'person-roles', label: label('Owner') },
            { code: 'share', type: 'number', label: label('Share') },
            { code: 'note', type: 'line', label: label('Note') },
          ],
        },
      ],
    },
  ],
});

export const reference: ExportReference = {
  catalogue: { ...catalogueSchema.parse(json('catalogue/recommendations.json')), translations: {} },
  places: placesSchema.parse(json('places.json')).units,
  vocabularies: Object.fromEntries(
    readdirSync(new URL('vocabularies/', seeds)).map((name) => {
      const vocabulary = vocabularySchema.parse(json(`vocabularies/${name}`));
      return [vocabulary.code, vocabulary];
    }),
  ),
  forms: [form],
  members: { [AUTHOR]: 'Айбек', [OTHER]: 'Нигора' },
};

export const record = (
  id: string,
  edit: Partial<Observation>,
  rest: Partial<ExportRecord> = {},
): ExportRecord => ({
  id,
  observation: { ...emptyObservation('ky'), ...edit },
  conflicts: [],
  author: AUTHOR,
  createdAt: '2021-04-12T20:30:00Z',
  updatedAt: '2021-05-01T06:00:15Z',
  unread: {},
  ...rest,
});

/** Filled to the last field. */
export const full = record('aaaaaaaaaaaaaaaaaaaaaaaaaa', {
  kind: 'indicator',
  date: '2021-04/..',
  place: { unit: 'KG02000000000', label: 'Ысык-Көл обл.' },
  village: 'Көк-Ой',
  placeNote: 'Үчүнчү көчө',
  title: { text: '=Кыз ала качуу', lang: 'ky' },
  narrative: { text: 'Биринчи сап\nэкинчи сап 😀', lang: 'ky' },
  sourceType: 'witness',
  source: 'Коңшусу',
  sourceConnection: 'eyewitness',
  reliability: 'likely-reliable',
  consent: 'given-with-limits',
  consentPurpose: '- баяндама',
  consentAudience: ['own-organisation', 'media'],
  consentLang: 'ky',
  consentDate: '2021-04-13',
  consentWithdrawnOn: '2021-05',
  sensitivity: 'internal',
  status: 'has-issues',
  reviewNote: 'Күнүн тактоо керек',
  indicatorDefinition: 'Класстардын саны',
  indicatorValue: -3.5,
  indicatorUnit: 'класс',
  themes: { evictions: true, 'bride-kidnapping': true },
  people: {
    p1: { role: 'victim', sex: 'female', ageGroup: '16-17', characteristics: ['ethnic-minority', 'child'] },
    p2: { role: 'alleged-perpetrator', sex: null, ageGroup: null, characteristics: [] },
  },
  names: { p1: 'Бурул Бакирова' },
  tags: { 'жаз 2021': true, ашыгыч: true },
  links: {
    'KGZ-2020-L.1.a': { direction: 'regression', comment: 'Арыз кабыл алынган жок' },
    'KGZ-2020-L.1.b': { direction: 'no-change', comment: '' },
  },
  answers: {
    'wells/dry': 'yes',
    'wells/why': { text: 'Суу жок', lang: 'ky' },
    'wells/who': 'Мугалим',
    'wells/use': ['drink', 'field'],
    'wells/sex': 'female',
    'wells/depth': -12.5,
    'wells/dug': '2020-XX-XX',
    'wells/owners': [
      { who: 'witness', share: 40, note: '=x' },
      { who: 'official', share: 60 },
    ],
  },
  translations: {
    'narrative/ru': { text: 'Первая строка', translator: 'Нигора', on: '2021-04-20' },
    'title/en': { text: 'Bride kidnapping', translator: '', on: '' },
  },
});

export const about: ExportAbout = {
  at: '2021-06-01T18:00:00Z',
  by: 'Айбек',
  organisation: 'Көз',
  legalLabel: { ru: 'Материал распространен…' },
  demo: false,
  filters: null,
  total: 1,
};

export function pullOf(records: readonly ExportRecord[], size = 2): PullRecords {
  let at = 0;
  return async () => {
    if (at >= records.length) return null;
    const batch = records.slice(at, at + size);
    at += size;
    return batch;
  };
}
