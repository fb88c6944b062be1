import { useMemo } from 'react';
import type { Catalogue } from '@/core/model/recommendation.ts';
import { useReference } from '../app/reference.tsx';
import { useLanguage } from '../language/language.tsx';

/** A measure's words with the words of its area that its sentence begins or ends with. */
export interface MeasureWords {
  readonly leadIn: string;
  readonly text: string;
  readonly trailing: string;
  /** They stand in for several versions. */
  readonly contested?: boolean;
}

export interface ShownMeasure {
  readonly code: string;
  readonly area: string;
  readonly themes: readonly string[];
  /** Verbatim, in the language of the source. */
  readonly original: MeasureWords;
  readonly originalLang: string;
  /** The unofficial translation into the interface language; null when that is the original's, or there is none. */
  readonly translation: MeasureWords | null;
}

function shownMeasures(catalogue: Catalogue, locale: keyof Catalogue['translations']): ShownMeasure[] {
  const items = catalogue.translations[locale]?.items ?? {};
  const shown = new Set(['leadIn', 'text', 'trailing']);
  const contested = new Set(
    (catalogue.contested?.[locale] ?? []).filter(({ name }) => shown.has(name)).map(({ code }) => code),
  );
  return catalogue.areas.flatMap((area) =>
    area.measures.map((measure) => {
      const item = items[measure.code];
      const translated = area.lang !== locale && item?.text !== undefined;
      return {
        code: measure.code,
        area: area.code,
        themes: measure.themes,
        original: {
          leadIn: measure.leadIn ?? '',
          text: measure.text,
          trailing: measure.trailing ?? '',
        },
        originalLang: area.lang,
        translation: translated
          ? {
              leadIn: item.leadIn ?? '',
              text: item.text ?? '',
              trailing: item.trailing ?? '',
              contested: contested.has(measure.code),
            }
          : null,
      };
    }),
  );
}

export interface Measures {
  readonly all: readonly ShownMeasure[];
  readonly byCode: ReadonlyMap<string, ShownMeasure>;
  readonly byArea: ReadonlyMap<string, readonly ShownMeasure[]>;
}

/** The catalogue's measures with their words in the interface language. */
export function useMeasures(): Measures {
  const { catalogue } = useReference();
  const { locale } = useLanguage();
  return useMemo(() => {
    const all = shownMeasures(catalogue, locale);
    const byArea = new Map<string, ShownMeasure[]>();
    for (const measure of all) {
      const siblings = byArea.get(measure.area);
      if (siblings === undefined) byArea.set(measure.area, [measure]);
      else siblings.push(measure);
    }
    return { all, byCode: new Map(all.map((measure) => [measure.code, measure])), byArea };
  }, [catalogue, locale]);
}
