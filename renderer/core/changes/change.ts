import { z } from 'zod';
import { type ChangeId, ID_PATTERN, type RecordId, splitChangeId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { jsonValueSchema } from '../model/json-value.ts';

/**
 * One edit: immutable once written. `fields` maps a register's name to its new value and the ids of the
 * changes whose value it replaces, i.e. those the author saw; a value that nobody has replaced is visible.
 * `at` is the device's time, shown and never trusted.
 */
export interface Change {
  readonly id: ChangeId;
  readonly record: RecordId;
  /** What kind of record: `observation`, `view`, `form`, `setting`, `correction`, `member`; unknown kinds are kept. */
  readonly type: string;
  /** The author's member id. */
  readonly author: string;
  readonly at: string;
  readonly fields: Readonly<Record<string, readonly [value: Json, replaces: readonly ChangeId[]]>>;
}

const replacedIdSchema = z.string().refine((id) => splitChangeId(id) !== null);
const changeIdSchema = replacedIdSchema.refine((id) => !id.includes('#'));

/** Strict about the shape, open about names: changes of an unknown kind or field are kept and forwarded. */
export const changeSchema: z.ZodType<Change> = z.strictObject({
  id: changeIdSchema,
  record: z.string().min(1).max(200),
  type: z.string().min(1).max(64),
  author: z.string().regex(ID_PATTERN),
  at: z.string().max(40),
  fields: z.record(
    z.string().min(1).max(300),
    z.tuple([jsonValueSchema, z.array(replacedIdSchema).max(10_000)]),
  ),
}) as z.ZodType<Change>;
