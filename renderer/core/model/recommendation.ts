import { z } from 'zod';
import type { Locale } from '../base/locales.ts';
import { codeSchema, labelSchema, localeSchema } from './label.ts';

const words = z.string().min(1).max(20_000);

const measureSchema = z.strictObject({
  code: codeSchema,
  /** Verbatim words of the area's text. */
  text: words,
  /** Verbatim words that follow the measure in the area's text and belong to none. */
  separator: z.string(),
  /** Verbatim words of the area that the measure's sentence begins with, or ends with. */
  leadIn: z.string().nullable(),
  trailing: z.string().nullable(),
  themes: z.array(codeSchema),
  groups: z.array(codeSchema),
  editorNote: z.string().optional(),
});
export type Measure = z.infer<typeof measureSchema>;

const areaSchema = z.strictObject({
  code: codeSchema,
  seq: z.number().int().positive(),
  part: z.enum(['letter', 'annex']),
  sectionCodes: z.array(codeSchema).min(1),
  sectionPath: z.array(words).min(1),
  text: words,
  lang: localeSchema,
  measures: z.array(measureSchema).min(1),
  themes: z.array(codeSchema),
  groups: z.array(codeSchema),
  instruments: z.array(z.strictObject({ code: codeSchema, relation: z.enum(['named', 'inferred']) })),
  sdgTargets: z.array(
    z.strictObject({ target: z.string().max(8), reason: words, status: z.enum(['proposed', 'confirmed']) }),
  ),
  /** Editorial, not the letter's. */
  shortTitle: words,
  editorNotes: z.array(words).optional(),
});
export type Area = z.infer<typeof areaSchema>;

/** A source document and its recommendations, verbatim in its own language. */
export const catalogueSchema = z.strictObject({
  format: z.literal('baikoo-catalogue'),
  version: z.literal(1),
  code: codeSchema,
  source: z.strictObject({ title: labelSchema, date: z.iso.date(), lang: localeSchema }),
  /** Members of an area that are ours, not the letter's. */
  editorial: z.array(z.string()).optional(),
  areas: z.array(areaSchema).min(1).max(5_000),
});

const translationStateSchema = z.strictObject({
  state: z.enum(['draft', 'reviewed']),
  reviewer: z.string().min(1).max(200).optional(),
  on: z.iso.date().optional(),
});
/** How far a translation has come: a draft, or reviewed, by whom and on which day. */
export type TranslationState = z.infer<typeof translationStateSchema>;

/**
 * An unofficial translation of a catalogue: seeds carry one for each other locale; the organisation's
 * corrections are exported in the same format.
 */
export const translationFileSchema = z.strictObject({
  format: z.literal('baikoo-translation'),
  version: z.literal(1),
  catalogue: codeSchema,
  lang: localeSchema,
  state: z.enum(['draft', 'reviewed']),
  origin: z.string().max(200),
  sections: z.record(codeSchema, words),
  items: z.record(
    codeSchema,
    z.strictObject({
      text: words.optional(),
      shortTitle: words.optional(),
      leadIn: words.optional(),
      trailing: words.optional(),
      note: words.optional(),
      notes: z.array(words).optional(),
    }),
  ),
  sdgReasons: z.record(words, words),
  /** Labels of the vocabularies of the same names; in seeds the vocabularies have them. */
  themes: z.record(codeSchema, words).optional(),
  groups: z.record(codeSchema, words).optional(),
  /** Of entries (`correction.ts`) whose state is not the file's. */
  states: z.record(codeSchema, translationStateSchema).optional(),
});
export type TranslationFile = z.infer<typeof translationFileSchema>;

/** Vocabularies whose labels are translated, and corrected, with the catalogue. */
export const TERM_LISTS = ['themes', 'groups'] as const;
export type TermList = (typeof TERM_LISTS)[number];

/** A text of a translation that people worded differently without knowing of one another. */
export interface ContestedText {
  /** Of its entry, and its name there: see `correction.ts`. */
  readonly code: string;
  readonly name: string;
  /** The first is the one that the translation has: a stand-in, not a decision. The seed's words for who went back to them. */
  readonly versions: readonly {
    readonly text: string;
    readonly reviewer: string | null;
    readonly author: string;
    readonly at: string;
  }[];
}

export interface Catalogue extends z.infer<typeof catalogueSchema> {
  /** Labels of themes and groups in the source's language, by code. */
  readonly terms?: Readonly<Record<TermList, Readonly<Record<string, string>>>>;
  /** The seeds', with the organisation's corrections over them. */
  readonly translations: Readonly<Partial<Record<Locale, TranslationFile>>>;
  /** Codes of the entries (`correction.ts`) whose translation holds words of the organisation. */
  readonly corrected?: Readonly<Partial<Record<Locale, readonly string[]>>>;
  /** In the order of codes and names; a language without any has no list. */
  readonly contested?: Readonly<Partial<Record<Locale, readonly ContestedText[]>>>;
}
