import { useMemo } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { TextLang } from '@/core/base/locales.ts';
import { isAnswered } from '@/core/model/answers.ts';
import type { Column, Form, Question } from '@/core/model/form.ts';
import {
  linkSchema,
  personSchema,
  placeSchema,
  textSchema,
  translationSchema,
} from '@/core/model/observation.ts';
import { type Labels, useLabels, useReference } from '../app/reference.tsx';
import type { Format } from '../language/format.ts';
import { useFormat, useT } from '../language/language.tsx';
import { splitKey, splitRegister } from './field-names.ts';

/** A register's value as a person reads it. */
export interface Words {
  readonly text: string;
  /** The language of a text that somebody wrote; null for words of the interface. */
  readonly lang: TextLang | null;
  /** Running text: two versions are compared word by word. */
  readonly prose: boolean;
  /** A real name: shown only when asked for. */
  readonly secret: boolean;
}

type T = ReturnType<typeof useT>;

/** The vocabularies of coded fields. */
export const CODED: Readonly<Record<string, string>> = {
  kind: 'observation-kinds',
  sourceType: 'source-types',
  sourceConnection: 'source-connections',
  reliability: 'reliability',
  consent: 'consent-states',
  consentAudience: 'consent-audiences',
  consentLang: 'languages',
  sensitivity: 'sensitivities',
  status: 'statuses',
};
export const DATES = ['date', 'consentDate', 'consentWithdrawnOn'];

const plain = (text: string): Words => ({ text, lang: null, prose: false, secret: false });
const prose = (text: string, lang: TextLang | null): Words => ({ text, lang, prose: true, secret: false });
/** A shape that this version does not know is shown as it is. */
const raw = (value: Json): Words => plain(typeof value === 'string' ? value : JSON.stringify(value));

interface Tools {
  readonly t: T;
  readonly labels: Labels;
  readonly format: Format;
}

function optionWords(item: Question | Column, code: string, { labels }: Tools): string {
  const option = item.options?.find((known) => known.code === code);
  if (option !== undefined) return labels.of(option.label);
  return item.vocabulary === undefined ? code : labels.term(item.vocabulary, code);
}

/** One cell of a table of rows. */
export function cellWords(column: Column, value: Json | undefined, tools: Tools): string {
  if (value === undefined || !isAnswered(value)) return '';
  if (column.type === 'choice' && typeof value === 'string') return optionWords(column, value, tools);
  return typeof value === 'number' ? tools.format.number(value) : raw(value).text;
}

function answerWords(question: Question, value: Json, tools: Tools): Words {
  const { t, format } = tools;
  switch (question.type) {
    case 'text': {
      const text = textSchema.safeParse(value);
      return text.success ? prose(text.data.text, text.data.lang) : raw(value);
    }
    case 'line':
      return typeof value === 'string' ? prose(value, null) : raw(value);
    case 'choice':
      return typeof value === 'string' ? plain(optionWords(question, value, tools)) : raw(value);
    case 'choices':
      return Array.isArray(value)
        ? plain(value.map((code) => optionWords(question, String(code), tools)).join('; '))
        : raw(value);
    case 'number':
      return typeof value === 'number' ? plain(format.number(value)) : raw(value);
    case 'date':
      return typeof value === 'string' ? plain(format.date(value)) : raw(value);
    case 'yes-no':
      return value === 'yes' || value === 'no' || value === 'unknown'
        ? plain(t(`observation.values.${value}`))
        : raw(value);
    case 'rows':
      return plain(rowsWords(question, value, tools));
  }
}

function rowsWords(question: Question, value: Json, tools: Tools): string {
  if (!Array.isArray(value)) return raw(value).text;
  return value
    .map((row: Json) =>
      (question.columns ?? [])
        .flatMap((column) => {
          const words = cellWords(column, (row as Record<string, Json>)[column.code], tools);
          return words === '' ? [] : [`${tools.labels.of(column.label)}: ${words}`];
        })
        .join('; '),
    )
    .join('\n');
}

function elementWords(root: string, key: string, value: Json, forms: readonly Form[], tools: Tools): Words {
  const { t, labels, format } = tools;
  switch (root) {
    case 'themes':
    case 'tags':
      return plain(t('observation.values.added'));
    case 'names':
      return { text: String(value), lang: null, prose: false, secret: true };
    case 'links': {
      const link = linkSchema.safeParse(value);
      if (!link.success) return raw(value);
      const direction = labels.term('directions', link.data.direction);
      return prose(link.data.comment === '' ? direction : `${direction}. ${link.data.comment}`, null);
    }
    case 'people': {
      const person = personSchema.safeParse(value);
      if (!person.success) return raw(value);
      const { role, sex, ageGroup, characteristics } = person.data;
      return plain(
        [
          labels.term('person-roles', role),
          ...(sex === null ? [] : [labels.term('sexes', sex)]),
          ...(ageGroup === null ? [] : [labels.term('age-groups', ageGroup)]),
          ...characteristics.map((code) => labels.term('characteristics', code)),
        ].join(', '),
      );
    }
    case 'translations': {
      const translation = translationSchema.safeParse(value);
      if (!translation.success) return raw(value);
      const { text, translator, on } = translation.data;
      const by = [translator, on === '' ? '' : format.date(on)].filter((part) => part !== '').join(', ');
      return prose(by === '' ? text : `${text} (${by})`, splitKey(key)[1] as TextLang);
    }
    case 'answers': {
      const [formCode, code] = splitKey(key);
      const question = forms
        .find((form) => form.code === formCode)
        ?.sections.flatMap(({ questions }) => questions)
        .find((known) => known.code === code);
      return question === undefined ? raw(value) : answerWords(question, value, tools);
    }
    default:
      return raw(value);
  }
}

function fieldWords(root: string, value: Json, { t, labels, format }: Tools): Words {
  const vocabulary = CODED[root];
  if (root === 'deleted') {
    return plain(t(value === true ? 'observation.values.deleted' : 'observation.values.restored'));
  }
  if (vocabulary !== undefined) {
    if (typeof value === 'string') return plain(labels.term(vocabulary, value));
    if (Array.isArray(value)) {
      return plain(value.map((code) => labels.term(vocabulary, String(code))).join('; '));
    }
  }
  if (root === 'place') {
    const place = placeSchema.safeParse(value);
    if (!place.success) return raw(value);
    const name = labels.place(place.data.unit);
    return plain(name === place.data.unit ? place.data.label : name);
  }
  if (typeof value === 'string') {
    return DATES.includes(root) ? plain(format.date(value)) : prose(value, null);
  }
  if (typeof value === 'number') return plain(format.number(value, 10));
  const text = textSchema.safeParse(value);
  return text.success ? prose(text.data.text, text.data.lang) : raw(value);
}

/** Nothing that could be read: a text that was emptied, a list without items. */
function isBlank(value: Json): boolean {
  if (value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length === 0 : (value as { text?: Json }).text === '';
}

export interface ValueWords {
  /** The value of any register; null when it is empty or taken away. */
  of(register: string, value: Json): Words | null;
  answer(question: Question, value: Json): Words;
  cell(column: Column, value: Json | undefined): string;
}

/** Values in the interface language, coded ones by their labels. */
export function useValueWords(): ValueWords {
  const t = useT();
  const labels = useLabels();
  const format = useFormat();
  const { forms } = useReference();
  return useMemo(() => {
    const tools = { t, labels, format };
    return {
      of(register, value) {
        const { root, key } = splitRegister(register);
        if (isBlank(value)) return null;
        return key === null ? fieldWords(root, value, tools) : elementWords(root, key, value, forms, tools);
      },
      answer: (question, value) => answerWords(question, value, tools),
      cell: (column, value) => cellWords(column, value, tools),
    };
  }, [t, labels, format, forms]);
}
