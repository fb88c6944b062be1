import { type Clock, isoSeconds } from '../base/clock.ts';
import { type ChangeId, changeId, type DeviceId, type RecordId } from '../base/ids.ts';
import { type Json, sameJson } from '../base/json.ts';
import type { FieldMap, Seen } from '../model/fields.ts';
import { type Change, isChange } from './change.ts';
import { DELETED, foldChanges, type RecordState, type Register, toldApart } from './register.ts';

/** Who writes: the device with its own counter, and the member at the keyboard. */
export interface Pen {
  readonly device: DeviceId;
  readonly author: string;
  /** The counter of the next change; the caller advances it once the change is on the disk. */
  readonly next: number;
}

/**
 * The change that turns what its author saw into what they wrote. `edited` holds only the registers that
 * differ (`diffFields`); each replaces exactly the values that were on the screen (`seen`).
 * Throws RangeError for what no reader would take in: it would stay here alone, and nobody would know.
 */
export function writeChange(
  pen: Pen,
  clock: Clock,
  target: { record: RecordId; type: string },
  edited: FieldMap,
  seen: Seen,
): Change {
  const fields: Record<string, readonly [Json, readonly string[]]> = {};
  for (const [name, value] of Object.entries(edited)) fields[name] = [value, seen[name] ?? []];
  const change: Change = {
    id: changeId(pen.device, pen.next),
    record: target.record,
    type: target.type,
    author: pen.author,
    at: isoSeconds(clock),
    fields,
  };
  if (!isChange(change)) throw new RangeError('The change is none that another device would take in.');
  return change;
}

/** An empty text and none look the same to whoever is shown them. */
const readsAs = (one: Json, other: Json): boolean => sameJson(one ?? '', other ?? '');

const idsOf = (register: Register): ChangeId[] => register.map(({ change }) => change);

/**
 * What a person edited of a record of which they were shown one value of each register, and which of its values that
 * replaces: those that read as the shown ones, so that what came since stands beside the edit. A register that is
 * wanted as it was shown, or that already stands so, is no edit. `shown` null: everything that stands now was meant.
 */
export function editOf(
  changes: readonly Change[],
  wanted: FieldMap,
  shown: FieldMap | null,
): { edited: FieldMap; seen: Seen } {
  const state = changes.length === 0 ? null : foldChanges(changes);
  const edited: Record<string, Json> = {};
  const seen: Record<string, readonly ChangeId[]> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const register = state?.registers[name] ?? [];
    if (name === DELETED) {
      if (state === null || state.deletion === (value === true ? 'deleted' : 'none')) continue;
      seen[name] = value === true ? deletionSeen(state, shown) : idsOf(register);
    } else {
      const before = shown === null ? null : (shown[name] ?? null);
      const standing = register.length === 0 ? [null] : register.map((visible) => visible.value);
      if (shown !== null && readsAs(value, before)) continue;
      if (standing.every((each) => readsAs(each, value))) continue;
      seen[name] = shown === null ? idsOf(register) : replacedBy(changes, register, name, before);
    }
    edited[name] = value;
  }
  return { edited, seen };
}

/** The visible values that read as the one that was shown; where all are newer, those that once did. */
function replacedBy(
  changes: readonly Change[],
  register: Register,
  name: string,
  shown: Json,
): readonly ChangeId[] {
  const visible = register.filter(({ value }) => readsAs(value, shown));
  if (visible.length > 0) return idsOf(visible);
  return toldApart(changes).flatMap(({ id, fields }) => {
    const written = fields[name];
    return written !== undefined && readsAs(written[0], shown) ? [id] : [];
  });
}

/** What can be shown of a register that `shown` does not name is nothing: it does not keep a record from its deletion. */
const deletionSeen = ({ registers }: RecordState, shown: FieldMap | null): readonly ChangeId[] =>
  Object.entries(registers).flatMap(([name, register]) => {
    const before = shown?.[name];
    return idsOf(before === undefined ? register : register.filter(({ value }) => readsAs(value, before)));
  });
