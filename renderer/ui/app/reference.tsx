import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Label, Locale } from '@/core/base/locales.ts';
import type { Reference } from '@/core/workspace.ts';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useLanguage } from '../language/language.tsx';
import { useWorkspace, useWorkspaceEvent } from './workspace.tsx';

const ReferenceContext = createContext<Reference | null>(null);

/** Several changes in a row (a bulk edit, a sync) ask for the reference data once. */
const SETTLE_MILLISECONDS = 300;

/** Loads catalogue, places, vocabularies and forms once, shows its children when they are there, and keeps them fresh. */
export function ReferenceProvider({ children }: { readonly children: ReactNode }) {
  const workspace = useWorkspace();
  const [reference, setReference] = useState<Reference | null>(null);
  const [error, setError] = useState<unknown>(null);
  const timer = useRef<number | undefined>(undefined);

  const load = useCallback(async () => {
    try {
      setReference(await workspace.reference.all());
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  }, [workspace]);

  useEffect(() => {
    void load();
    return () => window.clearTimeout(timer.current);
  }, [load]);
  useWorkspaceEvent((event) => {
    if (event.event !== 'changed' || !event.reference) return;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void load(), SETTLE_MILLISECONDS);
  });

  if (reference === null)
    return error === null ? <Busy /> : <ErrorNote error={error} onRetry={() => void load()} />;
  return <ReferenceContext.Provider value={reference}>{children}</ReferenceContext.Provider>;
}

/** Catalogue, places, vocabularies, forms and members' names; always there below an open vault. */
export function useReference(): Reference {
  const reference = useContext(ReferenceContext);
  if (reference === null) throw new Error('Reference data is used outside of a ReferenceProvider.');
  return reference;
}

/** A coded term in a language; the bare code when no vocabulary knows it (a newer version wrote it). */
export const termIn = (
  { vocabularies }: Pick<Reference, 'vocabularies'>,
  vocabulary: string,
  code: string,
  locale: Locale,
): string => vocabularies[vocabulary]?.terms.find((term) => term.code === code)?.label[locale] ?? code;

export interface Labels {
  /** As `termIn`, in the interface language. */
  term(vocabulary: string, code: string): string;
  /** A term's explanation, or null. */
  hint(vocabulary: string, code: string): string | null;
  /** A place's name; its bare id when it is not in the list. */
  place(id: string): string;
  /** Picks the interface language out of a five-language label. */
  of(label: Label): string;
}

/** Labels in the interface language, for use in loops and callbacks. */
export function useLabels(): Labels {
  const { vocabularies, places } = useReference();
  const { locale } = useLanguage();
  const placeNames = useMemo(() => new Map(places.map((place) => [place.id, place.names])), [places]);
  return useMemo(() => {
    return {
      term: (vocabulary, code) => termIn({ vocabularies }, vocabulary, code, locale),
      hint: (vocabulary, code) =>
        vocabularies[vocabulary]?.terms.find((term) => term.code === code)?.hint?.[locale] ?? null,
      place: (id) => placeNames.get(id)?.[locale] ?? id,
      of: (label) => label[locale],
    };
  }, [vocabularies, placeNames, locale]);
}
