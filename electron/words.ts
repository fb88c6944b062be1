import { shell as en } from '../locales/en.json';
import { shell as ky } from '../locales/ky.json';
import { shell as ru } from '../locales/ru.json';
import { shell as uzCyrl } from '../locales/uz-Cyrl.json';
import { shell as uzLatn } from '../locales/uz-Latn.json';
import type { Locale } from '../renderer/core/base/locales.ts';

/** What the shell says outside of the page: menus, system dialogs, refusals to start. From the interface's own files. */
const TEXTS: Readonly<Record<Locale, typeof en>> = { en, ky, ru, 'uz-Cyrl': uzCyrl, 'uz-Latn': uzLatn };

export type ShellKey = {
  [Group in keyof typeof en & string]: `shell.${Group}.${keyof (typeof en)[Group] & string}`;
}[keyof typeof en & string];

/** The text of a key, in the app's language as it is now. */
export type Say = (key: ShellKey, values?: Readonly<Record<string, string>>) => string;

export function sayIn(locale: Locale): Say {
  return (key, values = {}) => {
    const [, group, name] = key.split('.') as [string, string, string];
    const text = (TEXTS[locale] as Record<string, Record<string, string>>)[group]?.[name] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => values[slot] ?? '');
  };
}
