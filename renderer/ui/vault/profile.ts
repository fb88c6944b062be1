import { useCallback, useEffect, useState } from 'react';
import type { Profile } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';

/** Who works here, and the vault's own settings; null until they are read. `reload` after anything that changes them. */
export function useProfile(): {
  readonly profile: Profile | null;
  readonly error: unknown;
  reload(): Promise<void>;
} {
  const workspace = useWorkspace();
  const [profile, setProfile] = useState<Profile | null>(null);
  const [error, setError] = useState<unknown>(null);
  const reload = useCallback(async () => {
    try {
      setProfile(await workspace.vault.profile());
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  }, [workspace]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { profile, error, reload };
}
