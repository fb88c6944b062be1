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

/** The type of the records that people write; any other is something that the team sets. */
export const OBSERVATION = 'observation';

const MOST_REPLACED = 10_000;
/** A tag is part of its register's name, and may be as long as a line (model/observation.ts). */
const LONGEST_NAME = 2_100;

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
  name !== '' && name.length <= LONGEST_NAME && !(name in Object.prototype) && !name.endsWith('/__proto__');

function isFields(value: unknown): value is Change['fields'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.keys(fields).every((name) => isName(name) && isRegister(fields[name]));
}

const MEMBERS = 6;
const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= most;

/**
 * Strict about the shape, open about names: changes of an unknown kind or field are kept and forwarded. By hand: of
 * all that a pack costs its reader, a schema over every change was the largest part.
 */
export function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== MEMBERS) return false;
  const { id, record, type, author, at, fields } = value as Readonly<Record<keyof Change, unknown>>;
  return (
    isReplaceable(id) &&
    !(id as string).includes('#') &&
    isText(record, 1, 200) &&
    isText(type, 1, 64) &&
    typeof author === 'string' &&
    ID_PATTERN.test(author) &&
    isText(at, 0, 40) &&
    isFields(fields)
  );
}
