import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '@/core/workspace.ts';
import { useVaultState } from '../app/vault-state.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import { Step } from './step.tsx';

/** Opens the demonstration by itself: a newcomer came to look, not to choose a passphrase. */
export function DemoStart() {
  const t = useT();
  const { locale } = useLanguage();
  const workspace = useWorkspace();
  const { refresh } = useVaultState();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const begun = useRef(false);

  const open = useCallback(async () => {
    setError(null);
    try {
      await workspace.vault.openDemo(locale, setProgress);
      await refresh();
    } catch (failure) {
      setError(failure);
    }
  }, [workspace, locale, refresh]);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void open();
  }, [open]);

  return (
    <Step title={t('vault.demo.title')} first>
      {error === null ? (
        <Busy progress={progress} />
      ) : (
        <ErrorNote error={error} onRetry={() => void open()} />
      )}
    </Step>
  );
}
