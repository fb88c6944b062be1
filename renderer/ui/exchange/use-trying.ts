import { useCallback, useRef, useState } from 'react';
import { CodedError } from '@/core/base/coded-error.ts';
import type { TargetSettings } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';

export type Trying =
  | { readonly state: 'resting' | 'trying' | 'works' }
  | { readonly state: 'untrusted'; readonly fingerprint: string }
  | { readonly state: 'failed'; readonly error: unknown };

function outcomeOf(error: unknown): Trying {
  if (error instanceof CodedError && error.code === 'target/untrusted') {
    const { fingerprint } = error.detail;
    if (typeof fingerprint === 'string') return { state: 'untrusted', fingerprint };
  }
  return { state: 'failed', error };
}

/** Tries an exchange point's settings without keeping them. */
export function useTrying(): {
  readonly trying: Trying;
  /** True when it can be used. */
  tryOut(settings: TargetSettings): Promise<boolean>;
  rest(): void;
} {
  const { sync } = useWorkspace();
  /** Counts the attempts, those given up too. */
  const latest = useRef(0);
  const [trying, setTrying] = useState<Trying>({ state: 'resting' });
  const tryOut = useCallback(
    async (settings: TargetSettings) => {
      latest.current += 1;
      const own = latest.current;
      setTrying({ state: 'trying' });
      const outcome = await sync.tryTarget(settings).then((): Trying => ({ state: 'works' }), outcomeOf);
      // An answer to settings that were edited meanwhile says nothing of those that stand there now.
      if (latest.current !== own) return false;
      setTrying(outcome);
      return outcome.state === 'works';
    },
    [sync],
  );
  const rest = useCallback(() => {
    latest.current += 1;
    setTrying({ state: 'resting' });
  }, []);
  return { trying, tryOut, rest };
}
