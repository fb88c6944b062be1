import { splitChangeId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import { toldApart } from '../changes/register.ts';
import type { HistoryEntry } from '../workspace.ts';
import { isSaidAgain } from './review.ts';

/** A record's changes as people read them: who, when, on which device, and what each value replaced. */
export function historyOf(received: readonly Change[]): readonly HistoryEntry[] {
  const changes = toldApart(received);
  const values = new Map<string, Json[]>();
  const keyOf = (change: string, field: string): string => `${change}\n${field}`;
  for (const change of changes) {
    for (const [name, [value]] of Object.entries(change.fields)) {
      const key = keyOf(change.id, name);
      const known = values.get(key);
      if (known === undefined) values.set(key, [value]);
      else known.push(value);
    }
  }
  return changes.map((change) => ({
    change: change.id,
    author: change.author,
    at: change.at,
    device: splitChangeId(change.id)?.device ?? '',
    fields: Object.entries(change.fields).flatMap(([name, [value, replaces]]) => {
      const before = replaces.flatMap((replaced) => values.get(keyOf(replaced, name)) ?? []);
      return isSaidAgain(name, value, before) ? [] : [{ name, value, before }];
    }),
  }));
}
