import { z } from 'zod';
import { codeSchema, labelSchema } from './label.ts';

const termSchema = z.strictObject({
  code: codeSchema,
  label: labelSchema,
  hint: labelSchema.optional(),
  /** Code in the HURIDOCS micro-thesauri, where one corresponds. */
  huridocs: z.string().max(20).optional(),
});
export type Term = z.infer<typeof termSchema>;

/** A coded list. In a scale the order of the terms carries meaning, the same in every language. */
export const vocabularySchema = z.strictObject({
  format: z.literal('baikoo-vocabulary'),
  version: z.literal(1),
  code: codeSchema,
  scale: z.boolean(),
  terms: z.array(termSchema).min(1).max(2_000),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;
