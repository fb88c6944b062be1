/** The five locales of the product (BCP 47). Never `kg`, never bare `uz`. */
export const LOCALES = ['ky', 'ru', 'uz-Cyrl', 'uz-Latn', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The language of a text that a person wrote: one of the five, or `other`. */
export const TEXT_LANGS = [...LOCALES, 'other'] as const;
export type TextLang = (typeof TEXT_LANGS)[number];

/** A label in every locale: seeds and organisations' own files must carry all five. */
export type Label = Readonly<Record<Locale, string>>;

export const isLocale = (code: string): code is Locale => (LOCALES as readonly string[]).includes(code);
