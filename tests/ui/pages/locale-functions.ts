import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { type Format, formatFor } from '@/ui/language/format.ts';

/** Puts the formatting functions on the page, where a test calls them inside Chromium. */
declare global {
  interface Window {
    formats: Readonly<Record<Locale, Format>>;
    /** The same through Chromium's own Intl, to show why the tables are there. */
    intlMonth(locale: string): string;
  }
}

window.formats = Object.fromEntries(LOCALES.map((locale) => [locale, formatFor(locale)])) as Record<
  Locale,
  Format
>;
window.intlMonth = (locale) =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(
    new Date('2020-12-04T00:00:00Z'),
  );
