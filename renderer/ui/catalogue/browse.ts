import { isLocale, type Locale } from '@/core/base/locales.ts';
import { paths } from '../app/route.ts';

/** Which of the two wordings is on the screen: the letter's, the translation's, or both side by side. */
export const SHOWN = ['both', 'translation', 'original'] as const;
export type Shown = (typeof SHOWN)[number];

/** What narrows the outline, and how its texts are shown: all codes, so it stands in the address and goes back with it. */
export interface Browse {
  readonly theme: string | null;
  readonly group: string | null;
  /** An SDG target (`5.3`) or a whole goal (`5`). */
  readonly sdg: string | null;
  /** The language of the translation beside the original; null for none. */
  readonly lang: Locale | null;
  readonly shown: Shown;
}

export const isFiltered = ({ theme, group, sdg }: Browse): boolean =>
  theme !== null || group !== null || sdg !== null;

const translationFor = (locale: Locale, source: Locale): Locale | null => (locale === source ? null : locale);

/** Reads an address's query; what it does not say is as the interface language suggests. */
export function browseOf(query: Readonly<Record<string, string>>, locale: Locale, source: Locale): Browse {
  const { theme = null, group = null, sdg = null, lang = '' } = query;
  const chosen = lang === 'none' ? null : isLocale(lang) && lang !== source ? lang : undefined;
  return {
    theme,
    group,
    sdg,
    lang: chosen === undefined ? translationFor(locale, source) : chosen,
    shown: SHOWN.find((shown) => shown === query.shown) ?? 'both',
  };
}

/** The address of an area, a measure or (null) the outline alone, seen as `browse` says. */
export function browsePath(code: string | null, browse: Browse, locale: Locale, source: Locale): string {
  const { theme, group, sdg, lang, shown } = browse;
  const query = new URLSearchParams({
    ...(theme === null ? {} : { theme }),
    ...(group === null ? {} : { group }),
    ...(sdg === null ? {} : { sdg }),
    ...(lang === translationFor(locale, source) ? {} : { lang: lang ?? 'none' }),
    ...(shown === 'both' ? {} : { shown }),
  }).toString();
  const path = code === null ? paths.catalogue() : paths.catalogue(code);
  return query === '' ? path : `${path}?${query}`;
}
