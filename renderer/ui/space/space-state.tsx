import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Space } from '@/core/workspace.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';

const SpaceContext = createContext<Space | null>(null);

/** Knows how much room the vault's drive has, for everything below it. */
export function SpaceProvider({ children }: { readonly children: ReactNode }) {
  const workspace = useWorkspace();
  const [space, setSpace] = useState<Space | null>(null);
  useEffect(() => {
    // Without an answer there is nothing to tell; a host that is gone is told elsewhere.
    workspace.space.state().then(setSpace, () => undefined);
  }, [workspace]);
  useWorkspaceEvent((event) => {
    if (event.event === 'space') setSpace(event.space);
  });
  return <SpaceContext.Provider value={space}>{children}</SpaceContext.Provider>;
}

/** Null until it is known. */
export const useSpace = (): Space | null => useContext(SpaceContext);
