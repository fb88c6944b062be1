import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import type { Form, Question } from '@/core/model/form.ts';
import { type Observation, observationSchema } from '@/core/model/observation.ts';
import type { Place } from '@/core/model/place.ts';
import type { Catalogue } from '@/core/model/recommendation.ts';
import type { Vocabulary } from '@/core/model/vocabulary.ts';

/** The three stories of `tests/fixtures/stories`, as they are to be typed and as they must come out again. */

const root = new URL('../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

const storySchema = z.strictObject({
  note: z.string(),
  /** The language of the interface while the story is typed. */
  interface: z.enum(LOCALES),
  /** The narrative; its paragraphs are joined by an empty line. */
  paragraphs: z.array(z.string().min(1)),
  /** How a person types the dates, by register. */
  typed: z.record(z.string(), z.string()),
  /** Words of the narrative or title in another script than the story's. */
  search: z.strictObject({ query: z.string(), script: z.enum(['Latin', 'Cyrillic']) }),
  observation: observationSchema.omit({ narrative: true }),
});

export interface Story {
  readonly name: string;
  readonly locale: Locale;
  readonly observation: Observation;
  readonly typed: Readonly<Record<string, string>>;
  readonly search: { readonly query: string; readonly script: 'Latin' | 'Cyrillic' };
}

function story(name: string): Story {
  const {
    interface: locale,
    paragraphs,
    typed,
    search,
    observation,
  } = storySchema.parse(readJson(`tests/fixtures/stories/${name}.json`));
  const narrative = { text: paragraphs.join('\n\n'), lang: observation.title.lang };
  return { name, locale, typed, search, observation: { ...observation, narrative } };
}

export const STORIES: readonly Story[] = [
  story('bride-kidnapping.ky'),
  story('forced-eviction.ru'),
  story('uzbek-language-schooling.uz-Latn'),
];

/** The lists as they lie in `seeds/`, read without the product's help. */
export const places = (readJson('seeds/places.json') as { units: readonly Place[] }).units;
export const catalogue = readJson('seeds/catalogue/recommendations.json') as Catalogue;

/** A measure in our unofficial translation. */
export function translatedMeasure(code: string, locale: Locale): string {
  const { items } = readJson(`seeds/catalogue/${locale}.json`) as {
    readonly items: Readonly<Record<string, { readonly text: string }>>;
  };
  return items[code]?.text ?? '';
}

const vocabularies = new Map<string, Vocabulary>();
export function vocabulary(code: string): Vocabulary {
  let found = vocabularies.get(code);
  if (found === undefined) {
    found = readJson(`seeds/vocabularies/${code}.json`) as Vocabulary;
    vocabularies.set(code, found);
  }
  return found;
}

export function term(list: string, code: string, locale: Locale): string {
  const found = vocabulary(list).terms.find((each) => each.code === code);
  if (found === undefined) throw new Error(`The list ${list} has no term ${code}.`);
  return found.label[locale];
}

/** The form that a story's themes open. */
export function formOf({ observation }: Story): Form {
  const [key = ''] = Object.keys(observation.answers);
  return readJson(`seeds/forms/${key.split('/')[0]}.json`) as Form;
}

export const questionsOf = (form: Form): readonly Question[] =>
  form.sections.flatMap(({ questions }) => questions);

export function optionLabel(
  item: Pick<Question, 'type' | 'options' | 'vocabulary'>,
  code: string,
  locale: Locale,
): string {
  if (item.vocabulary !== undefined) return term(item.vocabulary, code, locale);
  const found = item.options?.find((option) => option.code === code);
  if (found === undefined) throw new Error(`There is no answer ${code}.`);
  return found.label[locale];
}

/** One calendar place in a language, with those above it: what a monitor sees in the list of places. */
export function placeLabel(unit: string, locale: Locale): string {
  const names: string[] = [];
  for (let place = places.find(({ id }) => id === unit); place !== undefined && place.parent !== null; ) {
    names.push(place.names[locale]);
    const { parent } = place;
    place = places.find(({ id }) => id === parent);
  }
  return names.join(', ');
}
