import { CodedError } from '../base/coded-error.ts';
import type { Locale } from '../base/locales.ts';
import { type DemoPhrases, demoPhrasesSchema } from '../model/demo-phrases.ts';
import { type Form, formSchema } from '../model/form.ts';
import { parseFormFile } from '../model/form-file.ts';
import { type Place, placesSchema } from '../model/place.ts';
import {
  type Catalogue,
  catalogueSchema,
  type TermList,
  translationFileSchema,
} from '../model/recommendation.ts';
import { type Vocabulary, vocabularySchema } from '../model/vocabulary.ts';
import { parseSynonyms, type Synonyms } from '../search/synonyms.ts';

/** The seeds as text, by path below `seeds/`: read by the same parsers as the organisation's own files. */
export type SeedFiles = Readonly<Record<string, string>>;

export interface ReferenceData {
  readonly catalogue: Catalogue;
  readonly places: readonly Place[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly forms: readonly Form[];
  readonly synonyms: Synonyms;
  readonly demo: DemoPhrases;
  /** By list (`en`, `ru`): the words passphrases and recovery sheets are drawn from. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** Reads all seeds. A seed that does not parse is a fault of the build: throws `seeds/broken` with the file's name. */
export function readSeeds(files: SeedFiles): ReferenceData {
  const json = (path: string): unknown => {
    const text = files[path];
    if (text === undefined) throw new CodedError('seeds/broken', `The seed ${path} is missing.`, { path });
    return JSON.parse(text);
  };
  const below = (folder: string): string[] =>
    Object.keys(files)
      .filter((path) => path.startsWith(folder))
      .sort();
  const read = <T>(path: string, schema: { parse(value: unknown): T }): T => {
    try {
      return schema.parse(json(path));
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw new CodedError('seeds/broken', `The seed ${path} does not parse: ${String(error)}`, { path });
    }
  };

  const vocabularies: Record<string, Vocabulary> = {};
  for (const path of below('vocabularies/')) {
    const vocabulary = read(path, vocabularySchema);
    vocabularies[vocabulary.code] = vocabulary;
  }
  const letter = read('catalogue/recommendations.json', catalogueSchema);
  const terms = (locale: Locale): Record<TermList, Record<string, string>> => {
    const labels = (list: TermList) =>
      Object.fromEntries((vocabularies[list]?.terms ?? []).map(({ code, label }) => [code, label[locale]]));
    return { themes: labels('themes'), groups: labels('groups') };
  };
  const translations: Catalogue['translations'] = Object.fromEntries(
    below('catalogue/')
      .filter((path) => path !== 'catalogue/recommendations.json')
      .map((path) => read(path, translationFileSchema))
      .map((translation) => [translation.lang, { ...translation, ...terms(translation.lang) }]),
  );
  const forms = below('forms/').map((path) => {
    const parsed = parseFormFile(files[path] ?? '');
    if (!parsed.ok) {
      const { line, code } = parsed.error;
      throw new CodedError('seeds/broken', `The form ${path} is refused in line ${line}: ${code}.`, {
        path,
        line,
      });
    }
    return formSchema.parse(parsed.value);
  });
  const synonyms = parseSynonyms(json('synonyms.json'));
  if (synonyms === null) {
    throw new CodedError('seeds/broken', 'The seed synonyms.json does not parse.', { path: 'synonyms.json' });
  }
  return {
    catalogue: { ...letter, terms: terms(letter.source.lang), translations },
    places: read('places.json', placesSchema).units,
    vocabularies,
    forms,
    synonyms,
    demo: read('demo.json', demoPhrasesSchema),
    words: (json('passphrase-words.json') as { words: Record<string, string[]> }).words,
  };
}
