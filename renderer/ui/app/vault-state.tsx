import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { VaultStatus } from '@/core/workspace.ts';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { BareFrame } from './app-frame.tsx';
import { useWorkspace, useWorkspaceEvent } from './workspace.tsx';

interface VaultState {
  readonly status: VaultStatus;
  /** Asks again; call it after anything that opens, locks or destroys the vault. */
  refresh(): Promise<void>;
}

const VaultContext = createContext<VaultState | null>(null);

/** Knows whether the vault is absent, locked, open, busy or unusable, and notices when it locks by itself. */
export function VaultStateProvider({ children }: { readonly children: ReactNode }) {
  const workspace = useWorkspace();
  const [status, setStatus] = useState<VaultStatus | null>(null);
  const [error, setError] = useState<unknown>(null);
  const refresh = useCallback(async () => {
    try {
      setStatus(await workspace.vault.status());
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  }, [workspace]);

  useEffect(() => {
    void refresh();
  }, [refresh]);
  useWorkspaceEvent((event) => {
    if (event.event === 'locked') void refresh();
  });

  const value = useMemo(() => (status === null ? null : { status, refresh }), [status, refresh]);
  if (error !== null || value === null) {
    return (
      <BareFrame demo={false}>
        {error === null ? <Busy /> : <ErrorNote error={error} onRetry={() => void refresh()} />}
      </BareFrame>
    );
  }
  return <VaultContext.Provider value={value}>{children}</VaultContext.Provider>;
}

export function useVaultState(): VaultState {
  const state = useContext(VaultContext);
  if (state === null) throw new Error('The vault state is used outside of a VaultStateProvider.');
  return state;
}
