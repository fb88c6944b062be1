import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { diffFields, type Seen, toFields } from '@/core/model/fields.ts';
import type { Observation } from '@/core/model/observation.ts';
import { useFlush } from '../../app/use-flush.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { draftsChanged } from '../../drafts/draft-signal.ts';
import { useToast } from '../../kit/toasts.tsx';
import { DraftKeeper, type DraftState } from './draft-keeper.ts';

/** What a form starts from: a saved record, a draft of one, or an empty sheet. */
export interface FormStart {
  /** The observation being edited; null for a new one. */
  readonly record: string | null;
  /** The record as it was seen when editing began; null for a new one. */
  readonly base: Observation | null;
  readonly seen: Seen;
  /** What an untouched form holds: the record, or an empty observation with what the address brought. */
  readonly blank: Observation;
  readonly observation: Observation;
  /** The draft that `observation` comes from. */
  readonly draft: { readonly id: string; readonly updatedAt: string } | null;
  /** The record was edited elsewhere after the draft was begun. */
  readonly moved: boolean;
  /** `observation` holds words that the disk has refused so far. */
  readonly unwritten: boolean;
}

/** True when the form says something that its record, or an empty sheet, does not say. */
export const differs = (blank: Observation, observation: Observation): boolean =>
  Object.keys(diffFields(toFields(blank), toFields(observation))).length > 0;

/**
 * Keeps what stands in the form on the disk: after a pause in typing, when the window is left, hidden or closed,
 * before the vault locks, and when the screen changes.
 */
export function useDraft(
  start: FormStart,
  observation: Observation,
  onFirstKept: (id: string) => void,
): { readonly keeper: DraftKeeper; readonly state: DraftState } {
  const { drafts } = useWorkspace();
  const [keeper] = useState(() => new DraftKeeper(drafts, start.draft?.id ?? null, draftsChanged));
  const [state, setState] = useState<DraftState>(
    start.draft === null ? { state: 'none' } : { state: 'kept', at: start.draft.updatedAt },
  );
  const given = useRef<Observation | null>(start.unwritten ? null : start.observation);
  const firstKept = useRef(onFirstKept);
  useEffect(() => {
    firstKept.current = onFirstKept;
  });

  useEffect(() => {
    let known = keeper.id;
    keeper.listen((next) => {
      setState(next);
      if (next.state !== 'kept' || known === keeper.id || keeper.id === null) return;
      known = keeper.id;
      firstKept.current(known);
    });
    return () => keeper.listen(() => undefined);
  }, [keeper]);

  // A layout effect: whatever event comes next, even the page's last, finds the keeper up to date.
  useLayoutEffect(() => {
    if (given.current === observation) return;
    given.current = observation;
    const { record, base, seen, blank } = start;
    keeper.change(differs(blank, observation) ? { record, base, seen, observation } : null);
  }, [keeper, start, observation]);

  useFlush(useCallback(() => keeper.flush(), [keeper]));

  // Leaving asks nothing; should the disk refuse the last words, the next screen says so.
  const say = useRef<() => void>(() => undefined);
  const toast = useToast();
  useEffect(() => {
    say.current = () => toast({ text: ({ t }) => t('observation.draft.failedLeft') });
  });
  useEffect(
    () => () => {
      void keeper.leave().then((written) => {
        if (!written) say.current();
      });
    },
    [keeper],
  );

  return { keeper, state };
}
