import type { VirtualItem } from '@tanstack/react-virtual';
import {
  createContext,
  type Dispatch,
  type ReactNode,
  type RefObject,
  type SetStateAction,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import type { ExportChoices } from '../export/export-choices.ts';
import { type Filters, NO_FILTERS } from './filters.ts';
import { ListResult } from './list-result.ts';

/** Where the list stood when it was left. */
export interface ListPlace {
  readonly active: { readonly id: string | null; readonly index: number } | null;
  readonly offset: number;
  /** Heights of the rows that were in sight, so that the offset means the same place again. */
  readonly measured: VirtualItem[];
}

interface ListMemory {
  readonly result: ListResult;
  readonly filters: Filters;
  readonly setFilters: Dispatch<SetStateAction<Filters>>;
  readonly panelOpen: boolean;
  readonly setPanelOpen: Dispatch<SetStateAction<boolean>>;
  readonly place: RefObject<ListPlace>;
  /** What the last export was made of. */
  readonly exportChoices: RefObject<ExportChoices | null>;
}

const MemoryContext = createContext<ListMemory | null>(null);

/**
 * Keeps the list's question, its answer and the place in it while other screens are shown. In memory only, and
 * gone when the vault locks: filters hold tags, which somebody typed.
 */
export function ListMemoryProvider({ children }: { readonly children: ReactNode }) {
  const workspace = useWorkspace();
  const [result] = useState(() => new ListResult(workspace.observations, 'list'));
  const [filters, setFilters] = useState(NO_FILTERS);
  const [panelOpen, setPanelOpen] = useState(false);
  const place = useRef<ListPlace>({ active: null, offset: 0, measured: [] });
  const exportChoices = useRef<ExportChoices>(null);
  const value = useMemo(
    () => ({ result, filters, setFilters, panelOpen, setPanelOpen, place, exportChoices }),
    [result, filters, panelOpen],
  );
  return <MemoryContext.Provider value={value}>{children}</MemoryContext.Provider>;
}

export function useListMemory(): ListMemory {
  const memory = useContext(MemoryContext);
  if (memory === null) throw new Error('The list is used outside of a ListMemoryProvider.');
  return memory;
}
