/** The five locales of the product (BCP 47). Never `kg`, never bare `uz`. */
export const LOCALES = ['ky', 'ru', 'uz-Cyrl', 'uz-Latn', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The language of a text that a person wrote: one of the five, or `other`. */
export const TEXT_LANGS = [...LOCALES, 'other'] as const;
export type TextLang = (typeof TEXT_LANGS)[number];

/** A label in every locale: seeds and organisations' own files must carry all five. */
export type Label = Readonly<Record<Locale, string>>;

export const isLocale = (code: string): code is Locale => (LOCALES as readonly string[]).includes(code);

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
