import { readFileSync } from 'node:fs';
import type { Locale } from '@/core/base/locales.ts';

type Tree = { readonly [key: string]: string | Tree };

const loaded = new Map<Locale, Tree>();

function tree(locale: Locale): Tree {
  let texts = loaded.get(locale);
  if (texts === undefined) {
    const file = new URL(`../../locales/${locale}.json`, import.meta.url);
    texts = JSON.parse(readFileSync(file, 'utf8')) as Tree;
    loaded.set(locale, texts);
  }
  return texts;
}

/**
 * What the interface says under a key, so that tests find things as people do, in any language.
 * Throws for a key that does not exist, and for a value that was not given.
 */
export function textOf(
  locale: Locale,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  let found: string | Tree | undefined = tree(locale);
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`There is no text "${key}" in ${locale}.`);
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The text "${key}" needs a value for "${name}".`);
    return String(value);
  });
}
