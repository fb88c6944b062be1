import { createInstance, type FormatterModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '#locales/en.json';
import ky from '#locales/ky.json';
import ru from '#locales/ru.json';
import uzCyrl from '#locales/uz-Cyrl.json';
import uzLatn from '#locales/uz-Latn.json';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { formatFor } from './format.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    /** English is the key list: a key that is not in en.json is a type error. */
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** In development and tests a gap stops the show; a released build shows it in brackets, never in another language. */
function gap(what: string): string {
  if (import.meta.env.DEV) throw new Error(`${what}. Every text must exist in every locale.`);
  return `⟦${what}⟧`;
}

/** Writes numbers inside texts the way the locale does; i18next's own formatter asks Intl, which lacks Kyrgyz and Uzbek. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, lng) =>
    typeof value === 'number' ? formatFor(lng as Locale).number(value) : (value as string),
};

/**
 * The texts of all five locales, bundled: nothing is loaded later, so a switch is instant. No locale falls back
 * to another one (i18next would show Latin text in `uz-Cyrl`).
 */
export function createI18n(locale: Locale): i18n {
  const instance = createInstance();
  void instance
    .use(formatter)
    .use(initReactI18next)
    .init({
      lng: locale,
      resources: {
        en: { translation: en },
        ru: { translation: ru },
        ky: { translation: ky },
        'uz-Latn': { translation: uzLatn },
        'uz-Cyrl': { translation: uzCyrl },
      },
      supportedLngs: [...LOCALES],
      load: 'currentOnly',
      fallbackLng: false,
      initAsync: false,
      returnNull: false,
      returnEmptyString: false,
      parseMissingKeyHandler: (key) => gap(`Text "${key}" is missing in "${instance.language}"`),
      missingInterpolationHandler: (text: string) => gap(`A value for "${text}" was not given`),
      interpolation: { escapeValue: false, alwaysFormat: true },
      react: { useSuspense: false },
    });
  return instance;
}
