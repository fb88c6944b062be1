import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { type Format, formatFor } from '@/ui/language/format.ts';
import { createI18n } from '@/ui/language/i18n.ts';

/** Puts the language functions on the page, where a test calls them inside Chromium. */
declare global {
  interface Window {
    formats: Readonly<Record<Locale, Format>>;
    /** `count` cases in the words that a test gives for each plural form. */
    countCases(locale: Locale, forms: Readonly<Record<string, string>>, count: number): string;
    /** A text of the interface, or what is thrown where it is missing. */
    say(locale: Locale, key: string, values?: Readonly<Record<string, unknown>>): string;
  }
}

window.formats = Object.fromEntries(LOCALES.map((locale) => [locale, formatFor(locale)])) as Record<
  Locale,
  Format
>;

window.countCases = (locale, forms, count) => {
  const texts = createI18n(locale);
  for (const [form, text] of Object.entries(forms)) {
    texts.addResource(locale, 'translation', `cases_${form}`, text);
  }
  return (texts.t as unknown as (key: string, values: object) => string)('cases', { count });
};

window.say = (locale, key, values = {}) => {
  const { t } = createI18n(locale);
  try {
    return (t as unknown as (key: string, values: object) => string)(key, values);
  } catch (error) {
    return `thrown: ${(error as Error).message}`;
  }
};
