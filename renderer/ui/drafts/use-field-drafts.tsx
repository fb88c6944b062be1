import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { useFlush } from '../app/use-flush.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { FieldDrafts, type FieldPlace, isTyped, type KeptWords } from './field-drafts.ts';

const FieldDraftsContext = createContext<FieldDrafts | null>(null);

/** Keeps what is typed beside forms for as long as the vault is open. */
export function FieldDraftsProvider({ children }: { readonly children: ReactNode }) {
  const { drafts } = useWorkspace();
  const [kept] = useState(() => new FieldDrafts(drafts));
  useEffect(() => {
    // The page of drafts says what is wrong with them.
    kept.load().catch(() => undefined);
    return () => kept.leave();
  }, [kept]);
  useFlush(useCallback(() => kept.flush(), [kept]));
  return <FieldDraftsContext.Provider value={kept}>{children}</FieldDraftsContext.Provider>;
}

export function useFieldDrafts(): FieldDrafts {
  const kept = useContext(FieldDraftsContext);
  if (kept === null) throw new Error('Field drafts are used outside of a FieldDraftsProvider.');
  return kept;
}

/** What is being typed for one field; null while nothing is. */
export function useFieldDraft(place: FieldPlace): KeptWords | null {
  const kept = useFieldDrafts();
  return useSyncExternalStore(kept.subscribe, () => kept.of(place));
}

/** Everything that was typed and would be lost without its draft. */
export function useTypedFields(): readonly KeptWords[] {
  const kept = useFieldDrafts();
  const all = useSyncExternalStore(kept.subscribe, kept.all);
  return useMemo(() => [...all.values()].filter(isTyped), [all]);
}
