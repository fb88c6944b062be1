import { createContext, useContext, useMemo } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import { entryTexts, stateOf, translatedText } from '@/core/model/correction.ts';
import type { Catalogue, TranslationState } from '@/core/model/recommendation.ts';
import type { Counts, Tally } from '@/core/workspace.ts';
import { useReference } from '../app/reference.tsx';
import type { Browse } from './browse.ts';

/** A text of the catalogue and the language it is in. */
export interface Wording {
  readonly text: string;
  readonly lang: Locale;
}

/** The catalogue's texts, by entry and name (`model/correction.ts`). */
export interface Texts {
  original(code: string, name: string): Wording | null;
  /** Null where there is no translation, or none is asked for. */
  translation(code: string, name: string): Wording | null;
  /** For lines that have room for one wording only. */
  one(code: string, name: string): Wording;
  state(code: string): TranslationState;
  /** True when the translation holds words of the organisation. */
  isCorrected(code: string): boolean;
  /** True when the translation that is asked for stands in for several: of the text, or of any text of the entry. */
  isContested(code: string, name?: string): boolean;
}

export function useTexts({ lang, shown }: Pick<Browse, 'lang' | 'shown'>): Texts {
  const { catalogue } = useReference();
  return useMemo(() => textsOf(catalogue, lang, shown), [catalogue, lang, shown]);
}

function textsOf(catalogue: Catalogue, lang: Locale | null, shown: Browse['shown']): Texts {
  const source = catalogue.source.lang;
  const file = lang === null ? undefined : catalogue.translations[lang];
  const corrected = new Set(lang === null ? [] : catalogue.corrected?.[lang]);
  const contested = lang === null || shown === 'original' ? [] : (catalogue.contested?.[lang] ?? []);
  const originals = entryTexts(catalogue);
  const original = (code: string, name: string): Wording | null => {
    const text = originals.get(code)?.[name];
    return text === undefined ? null : { text, lang: source };
  };
  const translation = (code: string, name: string): Wording | null => {
    if (lang === null) return null;
    const text = translatedText(file, code, name, originals.get(code) ?? {});
    return text === null ? null : { text, lang };
  };
  return {
    original,
    translation,
    one: (code, name) =>
      (shown === 'original' ? null : translation(code, name)) ??
      original(code, name) ?? { text: code, lang: source },
    state: (code) => stateOf(file, code),
    isCorrected: (code) => corrected.has(code),
    isContested: (code, name) =>
      contested.some((text) => text.code === code && (name === undefined || text.name === name)),
  };
}

/** What every part of the catalogue's screen needs. */
export interface View {
  readonly browse: Browse;
  readonly texts: Texts;
  readonly counts: Counts;
  /** The address of an entry, or of the outline alone, with the filters and languages of this view or others. */
  pathOf(code: string | null, edit?: Partial<Browse>): string;
  /** Opens the editor of an entry's translation. */
  improve(code: string): void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('A part of the catalogue is used outside of its screen.');
  return view;
}

export const NOTHING: Tally = { progress: 0, 'no-change': 0, regression: 0 };

/** `KGZ-2020-D1.2.c` -> `D1.2.c`: within one document its own name says nothing. */
export const shortCode = (code: string, catalogue: string): string =>
  code.startsWith(`${catalogue}-`) ? code.slice(catalogue.length + 1) : code;
