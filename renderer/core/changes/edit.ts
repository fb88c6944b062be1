import { type Clock, isoSeconds } from '../base/clock.ts';
import { changeId, type DeviceId, type RecordId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { FieldMap, Seen } from '../model/fields.ts';
import { type Change, isChange } from './change.ts';

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
