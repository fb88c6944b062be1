import { type ChangeId, type RecordId, twinId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { textMark } from '../base/text-mark.ts';
import type { FieldMap, Seen } from '../model/fields.ts';
import { type Change, OBSERVATION } from './change.ts';

/** One visible value of a register, with the change that wrote it. */
export interface VisibleValue {
  readonly value: Json;
  readonly change: ChangeId;
  readonly author: string;
  readonly at: string;
}

/** A register's visible values in an order every device agrees on; more than one is a conflict. */
export type Register = readonly VisibleValue[];

export interface RecordState {
  readonly id: RecordId;
  readonly type: string;
  readonly registers: Readonly<Record<string, Register>>;
  /** `contested`: somebody deleted the record while somebody else wrote in it; it stays, marked as a conflict. */
  readonly deletion: 'none' | 'deleted' | 'contested';
}

/** The register that says whether a record is deleted. Its `replaces` list every value the deleter saw, of any register. */
export const DELETED = 'deleted';

/** Bytewise order of ids, the same on every device; it carries no meaning and decides nothing. */
const byId = (a: VisibleValue, b: VisibleValue): number =>
  a.change < b.change ? -1 : a.change > b.change ? 1 : canonical(a.value) < canonical(b.value) ? -1 : 1;

/**
 * The state of one record: what any set of its changes says, whatever the order or repetition.
 *
 * A value is visible as long as no change of the set replaces it. Concurrent equal values count once (two
 * people who wrote the same are no conflict). Two different changes under one id (a cloned laptop) both
 * show, each under an id of its own (`twinId`), and only a change that names that one replaces it: whoever wrote the
 * bare id may have seen the other. Values that replace each other in a circle all show. `changes` must not be empty
 * and must belong to one record.
 */
export function foldChanges(received: readonly Change[]): RecordState {
  const changes = toldApart(received);
  const first = changes[0];
  if (first === undefined) throw new RangeError('A record without changes does not exist.');
  const replaced = replacedIn(changes);
  const registers: Record<string, VisibleValue[]> = {};
  const several = new Set<VisibleValue[]>();
  const show = ({ id, author, at, fields }: Change, name: string): void => {
    const visible = { value: fields[name]?.[0] as Json, change: id, author, at };
    const others = registers[name];
    if (others === undefined) registers[name] = [visible];
    else {
      others.push(visible);
      several.add(others);
    }
  };
  const hidden = new Map<string, Change[]>();
  for (const change of changes) {
    for (const name of Object.keys(change.fields)) {
      if (!replaced.get(name)?.has(change.id)) show(change, name);
      else if (!hidden.get(name)?.push(change)) hidden.set(name, [change]);
    }
  }
  if (hidden.size > 0) {
    const changeOf = new Map(changes.map((change) => [change.id, change]));
    for (const [name, values] of hidden) {
      for (const change of inCircles(changeOf, name, values, registers[name] ?? [])) show(change, name);
    }
  }
  for (const values of several) values.sort(byId);
  return { id: first.record, type: typeOf(changes), registers, deletion: deletionOf(changes, registers) };
}

/** Values before a circle that are told from those in it; with more, they show as well. */
const MOST_BEFORE = 100;

/**
 * The hidden values of a register that replace each other in a circle. Whoever replaces a value has seen it, so only a
 * program that makes up ids can write one: those of somebody's next edits, so that they vanish as they are saved.
 */
function inCircles(
  changeOf: ReadonlyMap<ChangeId, Change>,
  name: string,
  hidden: readonly Change[],
  visible: Register,
): readonly Change[] {
  const reached = new Set(visible.map(({ change }) => change));
  // Grows while it is walked.
  for (const id of reached) {
    for (const before of changeOf.get(id)?.fields[name]?.[1] ?? []) reached.add(before);
  }
  // Nothing visible goes back to these: a circle, or what was before it.
  let left = hidden.filter(({ id }) => !reached.has(id));
  for (let pass = 0; pass < MOST_BEFORE && left.length > 0; pass++) {
    const ids = new Set(left.map(({ id }) => id));
    const others = left.filter(({ fields }) => fields[name]?.[1].some((id) => ids.has(id)));
    if (others.length === left.length) break;
    left = others;
  }
  return left;
}

/** Not that of whichever came first: an observation is one whatever else somebody calls its record. */
export function typeOf(changes: readonly Change[]): string {
  let found = changes[0]?.type ?? '';
  for (const { type } of changes) {
    if (type === OBSERVATION) return type;
    if (type < found) found = type;
  }
  return found;
}

/** The ids whose value is replaced, by register. */
function replacedIn(changes: readonly Change[]): ReadonlyMap<string, ReadonlySet<ChangeId>> {
  const replaced = new Map<string, Set<ChangeId>>();
  for (const { fields } of changes) {
    for (const name of Object.keys(fields)) {
      for (const id of fields[name]?.[1] ?? []) {
        const ids = replaced.get(name);
        if (ids === undefined) replaced.set(name, new Set([id]));
        else ids.add(id);
      }
    }
  }
  return replaced;
}

/** The same changes, repeated ones once, those that share an id under ids that tell them apart. */
export function toldApart(changes: readonly Change[]): readonly Change[] {
  const ids = new Set(changes.map((change) => change.id));
  if (ids.size === changes.length) return changes;
  const byId = new Map<ChangeId, Map<string, Change>>();
  for (const change of changes) {
    const texts = byId.get(change.id) ?? new Map<string, Change>();
    texts.set(canonical(change as unknown as Json), change);
    byId.set(change.id, texts);
  }
  return [...byId].flatMap(([id, texts]) =>
    texts.size === 1
      ? [...texts.values()]
      : [...texts].map(([text, change]) => ({ ...change, id: twinId(id, textMark(text)) })),
  );
}

/** A deletion counts as long as nothing is visible in the record that its author had not seen. */
function deletionOf(
  changes: readonly Change[],
  registers: Readonly<Record<string, Register>>,
): RecordState['deletion'] {
  const deletions = registers[DELETED]?.filter((v) => v.value === true) ?? [];
  if (deletions.length === 0) return 'none';
  if (deletions.length < (registers[DELETED]?.length ?? 0)) return 'contested';
  const seen = seenBy(
    changes,
    deletions.map((v) => v.change),
  );
  const unseen = Object.values(registers).some((register) => register.some((v) => !seen.has(v.change)));
  return unseen ? 'contested' : 'deleted';
}

/** Every value that one of the given deletions saw, and the deletions themselves. */
function seenBy(changes: readonly Change[], deletions: readonly ChangeId[]): ReadonlySet<ChangeId> {
  const seen = new Set(deletions);
  for (const { id, fields } of changes) {
    if (deletions.includes(id)) for (const other of fields[DELETED]?.[1] ?? []) seen.add(other);
  }
  return seen;
}

/** The visible values, by register, that no deletion of the record had seen: what was written beside them. */
export function writtenBesideDeletion(
  received: readonly Change[],
  { registers }: RecordState,
): (VisibleValue & { readonly field: string })[] {
  const deletions = registers[DELETED]?.flatMap((v) => (v.value === true ? [v.change] : [])) ?? [];
  const seen = seenBy(toldApart(received), deletions);
  return Object.entries(registers).flatMap(([field, register]) =>
    field === DELETED ? [] : register.filter((v) => !seen.has(v.change)).map((v) => ({ ...v, field })),
  );
}

/** What a deletion says it has seen whose author was shown `shown`: that, and what the deletions among it had seen. */
export const deletionOver = (received: readonly Change[], shown: readonly ChangeId[]): ChangeId[] => [
  ...seenBy(toldApart(received), shown),
];

/** True when a register holds two or more different visible values. */
export function isConflict(register: Register): boolean {
  const [first, ...others] = register;
  if (first === undefined || others.length === 0) return false;
  const text = canonical(first.value);
  return others.some((value) => canonical(value.value) !== text);
}

/** Names of the registers in conflict; `deleted` when the record was deleted beside an edit. */
export const conflictsOf = (state: RecordState): string[] =>
  Object.keys(state.registers).filter((name) =>
    name === DELETED ? state.deletion === 'contested' : isConflict(state.registers[name] ?? []),
  );

/** The ids of every visible value: what a deletion says it has seen. */
export const allVisible = (state: RecordState): ChangeId[] =>
  Object.values(state.registers).flatMap((register) => register.map((value) => value.change));

/**
 * One value for each register, for lists and forms. In a conflict this is the first in the agreed order: a
 * stand-in to show beside the mark, never a decision.
 */
export function fieldsOf(state: RecordState): FieldMap {
  const fields: Record<string, Json> = {};
  for (const name of Object.keys(state.registers)) {
    const first = state.registers[name]?.[0];
    if (first !== undefined) fields[name] = first.value;
  }
  return fields;
}

/** The ids of all visible values of each register: what a reader of this state has seen. */
export function seenOf(state: RecordState): Seen {
  const seen: Record<string, ChangeId[]> = {};
  for (const [name, register] of Object.entries(state.registers)) seen[name] = register.map((v) => v.change);
  return seen;
}
