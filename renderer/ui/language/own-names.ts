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

/**
 * The locale to start in before anybody chose one, from the system's languages (BCP 47, best first).
 * `uz` without a script is Latin, the official one. Russian when nothing fits: it is what most of our users read.
 */
export function firstLocale(systemLanguages: readonly string[]): Locale {
  for (const tag of systemLanguages) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('ky')) return 'ky';
    if (lower.startsWith('uz-cyrl')) return 'uz-Cyrl';
    if (lower.startsWith('uz')) return 'uz-Latn';
    if (lower.startsWith('ru')) return 'ru';
    if (lower.startsWith('en')) return 'en';
  }
  return 'ru';
}
