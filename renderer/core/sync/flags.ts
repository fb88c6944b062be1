import { isoSeconds } from '../base/clock.ts';
import { canonical } from '../base/json.ts';
import type { Ledger } from './ledger.ts';

/** Journals something that a person should know, unless the overview says the same already. */
export async function raiseFlag(
  ledger: Ledger,
  code: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  const told = ledger.state.flags.some(
    (flag) => flag.code === code && canonical(flag.detail) === canonical(detail),
  );
  if (told) return;
  await ledger.keep([{ entry: { kind: 'flag', code, detail, at: isoSeconds(ledger.clock) } }]);
}
