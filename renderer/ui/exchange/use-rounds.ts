import { useCallback, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';

export interface Rounds {
  /** Targets whose round was asked for here and has not ended, the running one included. */
  readonly asked: ReadonlySet<string>;
  /** Failures of asking, by target; what fails within a round stands in its report. */
  readonly errors: ReadonlyMap<string, unknown>;
  run(target: string): void;
  /** Takes back what was asked for and has not begun. */
  cancel(target: string): void;
}

const without =
  (target: string) =>
  (old: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...old].filter((id) => id !== target));

/** Starts rounds and remembers which were asked for: one that waits for another has no progress yet. */
export function useRounds(): Rounds {
  const { sync } = useWorkspace();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const [errors, setErrors] = useState<ReadonlyMap<string, unknown>>(new Map());
  const run = useCallback(
    (target: string) => {
      setAsked((old) => new Set([...old, target]));
      setErrors((old) => new Map([...old].filter(([id]) => id !== target)));
      sync
        .run(target)
        .catch((error: unknown) => setErrors((old) => new Map([...old, [target, error]])))
        .finally(() => setAsked(without(target)));
    },
    [sync],
  );
  const cancel = useCallback(
    (target: string) => {
      setAsked(without(target));
      sync.stop(target).catch((error: unknown) => setErrors((old) => new Map([...old, [target, error]])));
    },
    [sync],
  );
  return { asked, errors, run, cancel };
}
