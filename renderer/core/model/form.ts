import { z } from 'zod';
import { codeSchema, labelSchema } from './label.ts';

/**
 * A theme's own questions, as data: seeds bring three, an organisation can add its own file in the same format
 * (read by `form-file.ts`, which refuses a bad one with line and reason). Answers are stored by `form/question`.
 */

/** `yes-no` is stored as `yes`, `no` or `unknown`; `text` as a Text; `rows` as a list of objects by column code. */
export const QUESTION_TYPES = [
  'text',
  'line',
  'choice',
  'choices',
  'number',
  'date',
  'yes-no',
  'rows',
] as const;

const bound = z.union([z.number(), z.strictObject({ question: codeSchema })]);

/** When a question shows, or a check warns, in terms of the answers to other questions of the same form. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly question: string; readonly is: string | readonly string[] }
  | { readonly question: string; readonly answered: boolean }
  | { readonly question: string; readonly below: number | { readonly question: string } }
  | { readonly question: string; readonly above: number | { readonly question: string } };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ question: codeSchema, is: z.union([codeSchema, z.array(codeSchema).min(1)]) }),
    z.strictObject({ question: codeSchema, answered: z.boolean() }),
    z.strictObject({ question: codeSchema, below: bound }),
    z.strictObject({ question: codeSchema, above: bound }),
  ]),
) as z.ZodType<Condition>;

const optionSchema = z.strictObject({ code: codeSchema, label: labelSchema });

const columnSchema = z.strictObject({
  code: codeSchema,
  type: z.enum(['line', 'choice', 'number']),
  label: labelSchema,
  options: z.array(optionSchema).min(1).optional(),
  vocabulary: codeSchema.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type Column = z.infer<typeof columnSchema>;

const questionSchema = z.strictObject({
  code: codeSchema,
  type: z.enum(QUESTION_TYPES),
  label: labelSchema,
  hint: labelSchema.optional(),
  /** Left out of exports unless the person ticks sensitive fields. */
  sensitive: z.boolean().optional(),
  options: z.array(optionSchema).min(1).optional(),
  /** A vocabulary whose terms are the options. */
  vocabulary: codeSchema.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  when: conditionSchema.optional(),
  columns: z.array(columnSchema).min(1).optional(),
  checks: z
    .array(z.strictObject({ code: codeSchema, when: conditionSchema, message: labelSchema }))
    .optional(),
});
export type Question = z.infer<typeof questionSchema>;

export const formSchema = z.strictObject({
  format: z.literal('baikoo-form'),
  version: z.literal(1),
  code: codeSchema,
  /** A newer revision of the same form replaces an older one; answers stay. */
  revision: z.number().int().positive(),
  title: labelSchema,
  /** Themes that open the form. */
  themes: z.array(codeSchema).min(1),
  sections: z
    .array(
      z.strictObject({
        code: codeSchema,
        title: labelSchema,
        questions: z.array(questionSchema).min(1).max(100),
      }),
    )
    .min(1)
    .max(40),
});
export type Form = z.infer<typeof formSchema>;

/** Why a form file was refused, and where. `code` is translated with `detail`. */
export interface FormProblem {
  /** 1-based line and column in the file. */
  readonly line: number;
  readonly column: number;
  /** `form/not-json`, `form/not-a-form`, `form/newer`, `form/missing`, `form/unknown-member`, `form/wrong-type`, `form/bad-code`,
   * `form/label-missing`, `form/duplicate-code`, `form/unknown-question`, `form/no-options`, `form/too-large`,
   * `form/duplicate-member`, `form/no-columns`, `form/bad-bounds`, `form/unknown-option`, `form/wrong-condition`, `form/circular`;
   * with the workspace's lists at hand also `form/unknown-vocabulary`, `form/unknown-theme`. */
  readonly code: string;
  /** Where in the structure (`sections/0/questions/2/label`) and what was found; primitives only. */
  readonly detail: Readonly<Record<string, string | number>>;
}
