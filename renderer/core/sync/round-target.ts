import type { RoundControl } from './round-control.ts';
import type { OpenTarget } from './target.ts';

/**
 * A target for one round. When the round is stopped, every call ends with `Stopped` at once and the target is closed,
 * which nobody waits for: a server that has fallen silent or a drive that hangs would hold the round, and with it the
 * lock of the vault, for minutes.
 */
export async function openForRound(
  control: RoundControl,
  open: () => Promise<OpenTarget>,
): Promise<OpenTarget> {
  const target = await control.unlessStopped(() => {
    const opening = open();
    control.onStop(() => void opening.then((late) => late.close()).catch(() => undefined));
    return opening;
  });
  return {
    list: (folder) => control.unlessStopped(() => target.list(folder)),
    get: (path, options) => control.unlessStopped(() => target.get(path, options)),
    put: (path, bytes) => control.unlessStopped(() => target.put(path, bytes)),
    close: () => control.unlessStopped(() => target.close()),
  };
}
