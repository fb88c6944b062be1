import { z } from 'zod';
import { jsonValueSchema } from './json-value.ts';
import { codeSchema, textLangSchema } from './label.ts';

/**
 * An observation: what a monitor saw or was told. When, where, who did what to whom, source, consent,
 * narrative, linked measures with a direction.
 *
 * Every top-level member is a register of its own in the change log; members of the keyed collections
 * (`themes`, `people`, `names`, `tags`, `links`, `answers`, `translations`) are registers one by one, so two
 * monitors who add a link each never meet in a conflict (see `fields.ts`).
 */
export const KINDS = ['incident', 'statement', 'indicator', 'change', 'media'] as const;
export const DIRECTIONS = ['progress', 'no-change', 'regression'] as const;
export const STATUSES = ['submitted', 'has-issues', 'approved', 'rejected'] as const;
export const SENSITIVITIES = ['open', 'internal', 'confidential'] as const;
/** Which of an observation's texts are asked for: the original, its working translations, or both. */
export const WORDINGS = ['both', 'original', 'translation'] as const;

export type Kind = (typeof KINDS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type Status = (typeof STATUSES)[number];
export type Sensitivity = (typeof SENSITIVITIES)[number];
export type Wording = (typeof WORDINGS)[number];

/** Text that a person wrote, with the language it is written in. */
export const textSchema = z.strictObject({ text: z.string().max(1_000_000), lang: textLangSchema });
export type Text = z.infer<typeof textSchema>;

const line = z.string().max(2_000);

/** A unit of the seeds or of the organisation's own list, with the label the monitor saw on that day. */
export const placeSchema = z.strictObject({ unit: z.string().max(64), label: line });
export type PlaceRef = z.infer<typeof placeSchema>;

export const personSchema = z.strictObject({
  role: codeSchema,
  sex: codeSchema.nullable(),
  ageGroup: codeSchema.nullable(),
  characteristics: z.array(codeSchema).max(40),
});
export type Person = z.infer<typeof personSchema>;

export const linkSchema = z.strictObject({ direction: z.enum(DIRECTIONS), comment: z.string().max(20_000) });
export type Link = z.infer<typeof linkSchema>;

export const translationSchema = z.strictObject({
  text: z.string().max(1_000_000),
  translator: line,
  /** EDTF day on which the translation was made. */
  on: line,
});
export type Translation = z.infer<typeof translationSchema>;

export const observationSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** EDTF level 1 (`edtf.ts`), or empty while unknown. */
  date: line,
  place: placeSchema.nullable(),
  village: line,
  placeNote: z.string().max(20_000),
  title: textSchema,
  narrative: textSchema,
  sourceType: codeSchema.nullable(),
  source: line,
  sourceConnection: codeSchema.nullable(),
  reliability: codeSchema.nullable(),
  consent: codeSchema.nullable(),
  consentPurpose: z.string().max(20_000),
  consentAudience: z.array(codeSchema).max(40),
  consentLang: textLangSchema.nullable(),
  consentDate: line,
  consentWithdrawnOn: line,
  sensitivity: z.enum(SENSITIVITIES),
  status: z.enum(STATUSES),
  reviewNote: z.string().max(20_000),
  /** For kind `indicator`: what was counted, the value, its unit. */
  indicatorDefinition: line,
  indicatorValue: z.number().finite().nullable(),
  indicatorUnit: line,
  /** Theme codes; they open the forms that name them. */
  themes: z.record(codeSchema, z.literal(true)),
  people: z.record(codeSchema, personSchema),
  /** Real names by the key of the person: hidden by default, excluded from exports unless chosen. */
  names: z.record(codeSchema, line),
  tags: z.record(line, z.literal(true)),
  /** By measure code, e.g. `KGZ-2020-D5.3.a`. */
  links: z.record(codeSchema, linkSchema),
  /** By `form/question`. */
  answers: z.record(z.string().max(160), jsonValueSchema),
  /** By `field/lang`, e.g. `narrative/ru`. */
  translations: z.record(z.string().max(160), translationSchema),
});
export type Observation = z.infer<typeof observationSchema>;

export function emptyObservation(lang: Text['lang']): Observation {
  return {
    kind: 'incident',
    date: '',
    place: null,
    village: '',
    placeNote: '',
    title: { text: '', lang },
    narrative: { text: '', lang },
    sourceType: null,
    source: '',
    sourceConnection: null,
    reliability: null,
    consent: null,
    consentPurpose: '',
    consentAudience: [],
    consentLang: null,
    consentDate: '',
    consentWithdrawnOn: '',
    sensitivity: 'internal',
    status: 'submitted',
    reviewNote: '',
    indicatorDefinition: '',
    indicatorValue: null,
    indicatorUnit: '',
    themes: {},
    people: {},
    names: {},
    tags: {},
    links: {},
    answers: {},
    translations: {},
  };
}
