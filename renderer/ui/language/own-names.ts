import type { Locale } from '@/core/base/locales.ts';

/** What each language calls itself: the same in every interface language, so that it is found by its speakers. */
export const OWN_NAMES: Readonly<Record<Locale, string>> = {
  ky: 'Кыргызча',
  ru: 'Русский',
  'uz-Cyrl': 'Ўзбекча',
  'uz-Latn': 'Oʻzbekcha',
  en: 'English',
};

/** The order of menus. */
export const LANGUAGE_ORDER: readonly Locale[] = ['ky', 'ru', 'uz-Latn', 'uz-Cyrl', 'en'];
