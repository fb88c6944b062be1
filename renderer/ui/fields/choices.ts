import { useMemo } from 'react';
import type { Label } from '@/core/base/locales.ts';
import { wordMatcher } from '@/core/search/query.ts';
import { useReference } from '../app/reference.tsx';
import { useLanguage } from '../language/language.tsx';

/** A coded answer with its words in every locale. */
export interface Choice {
  readonly code: string;
  readonly label: Label;
  readonly hint?: Label | undefined;
}

/** Where a field takes its choices from: a vocabulary by code, or a list at hand (a form's own options). */
export type ChoiceSource =
  | { readonly vocabulary: string; readonly options?: undefined }
  | { readonly options: readonly Choice[]; readonly vocabulary?: undefined };

export interface ShownChoice {
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  /** True when every word of the query begins a word of the label in any language, in any script. */
  matches(query: string): boolean;
}

/**
 * The choices in the interface language. A code among `chosen` that the list does not know (a newer version wrote
 * it, or the form changed) is shown bare, so that it can be seen and taken away.
 */
export function useChoices(source: ChoiceSource, chosen: readonly string[] = []): readonly ShownChoice[] {
  const { vocabularies } = useReference();
  const { locale } = useLanguage();
  const list = source.options ?? vocabularies[source.vocabulary]?.terms;
  const shown = useMemo(
    () =>
      (list ?? []).map((choice) => ({
        value: choice.code,
        label: choice.label[locale],
        hint: choice.hint?.[locale] ?? null,
        matches: wordMatcher(Object.values(choice.label).join(' ')),
      })),
    [list, locale],
  );
  const strangers = chosen.filter((code) => !shown.some(({ value }) => value === code));
  if (strangers.length === 0) return shown;
  return [
    ...shown,
    ...strangers.map((code) => ({
      value: code,
      label: code,
      hint: null,
      matches: (query: string) => code.includes(query),
    })),
  ];
}

/** A Mantine `filter` over shown choices. */
export function filterBy(choices: readonly ShownChoice[]) {
  const byCode = new Map(choices.map((choice) => [choice.value, choice]));
  return <T>({ options, search }: { options: readonly T[]; search: string }): T[] =>
    options.filter((option) => {
      const value = (option as { readonly value?: string }).value;
      return value === undefined || search.trim() === '' || byCode.get(value)?.matches(search) === true;
    });
}
