import { toHex, utf8 } from '../base/bytes.ts';
import { canonical, type Json } from '../base/json.ts';
import type { RecordState } from '../changes/register.ts';
import { sha256 } from '../vault/primitives.ts';

/** One record's visible values as a line: its id and their SHA-256. */
export async function stateLine(state: RecordState): Promise<string> {
  const visible = canonical(state.registers as unknown as Json);
  return `${state.id} ${toHex(await sha256(utf8(`${state.type}\n${visible}`)))}`;
}

/** SHA-256 (hex) over every record's line in the order of their ids: equal states, equal hashes. */
export async function hashOfLines(lines: readonly string[]): Promise<string> {
  return toHex(await sha256(utf8(lines.toSorted().join('\n'))));
}
