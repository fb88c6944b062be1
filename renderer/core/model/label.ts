import { z } from 'zod';
import { LOCALES, TEXT_LANGS } from '../base/locales.ts';

// Compiled parsers need `eval`, which the window's content policy forbids.
z.config({ jitless: true });

const words = z.string().trim().min(1).max(20_000);

/** A label in all five locales; none may be missing or empty. */
export const labelSchema = z.strictObject({
  ky: words,
  ru: words,
  'uz-Cyrl': words,
  'uz-Latn': words,
  en: words,
});

export const localeSchema = z.enum(LOCALES);
export const textLangSchema = z.enum(TEXT_LANGS);

/** Members every object has (`constructor`, `toString`): an answer stored by such a code would never be missing. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).join('|');

/** Codes of seeds and of organisations' own files. */
export const codeSchema = z
  .string()
  .regex(new RegExp(`^(?!(?:${INHERITED})$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`));
