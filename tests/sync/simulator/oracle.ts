import { canonical, type Json } from '@/core/base/json.ts';
import { textMark } from '@/core/base/text-mark.ts';
import type { Change } from '@/core/changes/change.ts';
import { foldChanges } from '@/core/changes/register.ts';
import { type Machine, textOf } from './machine.ts';

/** Every change that a machine holds, by record. */
export async function held(machine: Machine): Promise<Map<string, Change[]>> {
  const { store } = machine.session;
  const byRecord = new Map<string, Change[]>();
  const ids = [...store.rows.map((row) => row.id), ...store.everyOther().map((state) => state.id)];
  for (const id of ids) byRecord.set(id, [...(await store.changes(id))]);
  return byRecord;
}

/** The texts of these changes. */
export const textsOn = async (machine: Machine): Promise<Set<string>> =>
  new Set([...(await held(machine)).values()].flat().map(textOf));

/**
 * What should be visible of a record, worked out the slow and plain way, apart from the product's: a value is visible
 * unless a change that names it replaced it. Where different changes share an id, only a name with the change's own
 * mark counts.
 */
export function visible(changes: readonly Change[]): Record<string, string[]> {
  const distinct = [...new Map(changes.map((change) => [textOf(change), change])).values()];
  const shown: Record<string, string[]> = {};
  for (const change of distinct) {
    const twins = distinct.filter((other) => other.id === change.id).length > 1;
    const name = twins ? `${change.id}#${textMark(textOf(change))}` : change.id;
    for (const [field, [value]] of Object.entries(change.fields)) {
      const hidden = distinct.some((other) => other.fields[field]?.[1].includes(name) === true);
      if (hidden) continue;
      shown[field] ??= [];
      shown[field].push(canonical(value));
    }
  }
  for (const values of Object.values(shown)) values.sort();
  return shown;
}

/** What is wrong with the machines' states, in words; empty when all is well. */
export async function faults(
  machines: readonly Machine[],
  owed: ReadonlyMap<string, Change>,
): Promise<string[]> {
  const wrong: string[] = [];
  const hashes = new Set<string>();
  for (const machine of machines) {
    hashes.add(await machine.session.stateHash());
    const byRecord = await held(machine);
    const texts = await textsOn(machine);
    for (const [text, change] of owed) {
      if (!texts.has(text)) wrong.push(`${machine.name} lost ${change.id} of ${change.record}`);
    }
    for (const [record, changes] of byRecord) {
      const expected = visible(changes);
      const state = foldChanges(changes);
      for (const [field, values] of Object.entries(expected)) {
        const found = (state.registers[field] ?? []).map((one) => canonical(one.value as Json)).sort();
        if (canonical(found) !== canonical(values)) {
          wrong.push(`${machine.name} shows ${field} of ${record} as ${found}, not ${values}`);
        }
      }
    }
  }
  if (hashes.size > 1) wrong.push(`the states differ (${machines.length} machines, ${hashes.size} states)`);
  return wrong;
}
