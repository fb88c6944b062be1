import { z } from 'zod';
import { type ChangeId, ID_PATTERN, type RecordId, splitChangeId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { isJsonValue } from '../model/json-value.ts';

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

const isReplaceable = (id: unknown): boolean => typeof id === 'string' && splitChangeId(id) !== null;

const MOST_REPLACED = 10_000;

function isRegister(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [written, replaces]: unknown[] = value;
  return (
    isJsonValue(written) &&
    Array.isArray(replaces) &&
    replaces.length <= MOST_REPLACED &&
    replaces.every(isReplaceable)
  );
}

/** A name that every object answers to by itself (`constructor`, `__proto__`) names no register of ours. */
const isName = (name: string): boolean =>
  name !== '' && name.length <= 300 && !(name in Object.prototype) && !name.endsWith('/__proto__');

/** By hand: of all that a pack costs its reader, a schema over every register of every change was the largest part. */
function isFields(value: unknown): value is Change['fields'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, register]) => isName(name) && isRegister(register));
}

/** Strict about the shape, open about names: changes of an unknown kind or field are kept and forwarded. */
export const changeSchema: z.ZodType<Change> = z.strictObject({
  id: z.string().refine((id) => isReplaceable(id) && !id.includes('#')),
  record: z.string().min(1).max(200),
  type: z.string().min(1).max(64),
  author: z.string().regex(ID_PATTERN),
  at: z.string().max(40),
  fields: z.custom<Change['fields']>(isFields),
}) as z.ZodType<Change>;
