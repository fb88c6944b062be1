import type { TFunction } from 'i18next';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import { type Format, formatFor } from './format.ts';
import { createI18n } from './i18n.ts';

const ChangeLocale = createContext<(locale: Locale) => void>(() => undefined);

/**
 * Gives everything below it one language. A new `locale` re-renders texts in place: no component is remounted,
 * so nothing that is being typed is lost. `onChange` is asked for another language; whoever holds the
 * preferences passes it back as `locale`.
 */
export function LanguageProvider(props: {
  readonly locale: Locale;
  readonly onChange: (locale: Locale) => void;
  readonly children: ReactNode;
}) {
  const { locale, onChange, children } = props;
  const [instance] = useState(() => createI18n(locale));
  useLayoutEffect(() => {
    if (instance.language !== locale) void instance.changeLanguage(locale);
    document.documentElement.lang = locale;
  }, [instance, locale]);
  return (
    <I18nextProvider i18n={instance}>
      <ChangeLocale.Provider value={onChange}>{children}</ChangeLocale.Provider>
    </I18nextProvider>
  );
}

/** Translates a key of locales/en.json: `t('app.nav.drafts')`, `t('list.found', { count })`. */
export function useT(): TFunction {
  return useTranslation().t;
}

export function useLanguage(): { readonly locale: Locale; readonly setLocale: (locale: Locale) => void } {
  const { i18n } = useTranslation();
  const setLocale = useContext(ChangeLocale);
  const locale = i18n.language;
  if (!isLocale(locale)) throw new Error('Texts are used outside of a LanguageProvider.');
  return useMemo(() => ({ locale, setLocale }), [locale, setLocale]);
}

/** Dates, numbers, lists and sizes as the interface language writes them. */
export function useFormat(): Format {
  return formatFor(useLanguage().locale);
}
