import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from 'react';
import type { Joining, SyncOverview, Team } from '@/core/team-doors.ts';
import type { WorkspaceEvent } from '@/core/workspace.ts';
import { type Answer, useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';

/** Who this vault works with and how far its edits have come, as every screen sees it. */
interface ExchangeNow {
  /** Null while this vault belongs to no team. */
  readonly team: Team | null;
  readonly joining: Joining | null;
  readonly overview: SyncOverview;
}

const ExchangeContext = createContext<Answer<ExchangeNow> | null>(null);

const EVENTS: readonly WorkspaceEvent['event'][] = ['sync', 'changed'];

/** Asks once for all screens, and again while rounds run or edits are made. Passes on that a line has appeared. */
export function ExchangeProvider({ children }: { readonly children: ReactNode }) {
  const { team, sync } = useWorkspace();
  const ask = useCallback(async (): Promise<ExchangeNow> => {
    const [ours, joining, overview] = await Promise.all([team.team(), team.joining(), sync.overview()]);
    return { team: ours, joining, overview };
  }, [team, sync]);
  const { value, error, again } = useAnswer(ask, EVENTS);
  useEffect(() => {
    // A vault that has just locked exchanges nothing.
    const tell = () => void sync.lineAppeared().catch(() => undefined);
    window.addEventListener('online', tell);
    return () => window.removeEventListener('online', tell);
  }, [sync]);
  const answer = useMemo(() => ({ value, error, again }), [value, error, again]);
  return <ExchangeContext.Provider value={answer}>{children}</ExchangeContext.Provider>;
}

/** Team, way into one, and the exchange as they are now; null until the first answer. */
export function useExchange(): Answer<ExchangeNow> {
  const answer = useContext(ExchangeContext);
  if (answer === null) throw new Error('The exchange is used outside of an ExchangeProvider.');
  return answer;
}
