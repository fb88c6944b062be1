import { createContext, type ReactNode, type RefObject, useContext, useMemo, useRef, useState } from 'react';

interface SearchText {
  readonly text: string;
  setText(text: string): void;
  /** The search field itself, for keys that lead into it and out of it. */
  readonly field: RefObject<HTMLInputElement | null>;
}

const SearchContext = createContext<SearchText | null>(null);

/** Holds what is being searched for: in memory only, because an address with it would stay in a browser's history. */
export function SearchProvider({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const value = useMemo(() => ({ text, setText, field }), [text]);
  return <SearchContext.Provider value={value}>{children}</SearchContext.Provider>;
}

/** The text of the search field above every screen; the list of observations shows what it finds. */
export function useSearchText(): SearchText {
  const search = useContext(SearchContext);
  if (search === null) throw new Error('The search text is used outside of a SearchProvider.');
  return search;
}
