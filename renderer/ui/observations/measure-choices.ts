import { useMemo } from 'react';
import type { Label, Locale } from '@/core/base/locales.ts';
import { LOCALES } from '@/core/base/locales.ts';
import { useReference } from '../app/reference.tsx';
import type { Choice } from '../fields/choices.ts';

/** A measure is found by any of its words; what is shown of it ends here. */
const LONGEST = 110;

const short = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf(' ', LONGEST))}…`;

/** Areas and their measures as choices, in the letter's order, in every language that has a translation. */
export function useMeasureChoices(): readonly Choice[] {
  const { catalogue } = useReference();
  return useMemo(() => {
    const label = (code: string, words: (locale: Locale) => string | undefined, own: string): Label =>
      Object.fromEntries(
        LOCALES.map((locale) => [
          locale,
          `${code.replace(/^[A-Z]+-\d+-/, '')} · ${short(words(locale) ?? own)}`,
        ]),
      ) as Label;
    return catalogue.areas.flatMap((area) => [
      {
        code: area.code,
        label: label(
          area.code,
          (locale) => catalogue.translations[locale]?.items[area.code]?.shortTitle,
          area.shortTitle,
        ),
      },
      ...area.measures.map((measure) => ({
        code: measure.code,
        label: label(
          measure.code,
          (locale) => catalogue.translations[locale]?.items[measure.code]?.text,
          measure.text,
        ),
      })),
    ]);
  }, [catalogue]);
}
