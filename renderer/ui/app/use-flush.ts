import { useEffect } from 'react';
import { useBeforeLock } from './workspace.tsx';

/**
 * Calls `flush` whenever what was typed must be on the disk now: before the vault locks, and when the window is left,
 * hidden or closed. It must be kept (`useCallback`) as long as it flushes the same.
 */
export function useFlush(flush: () => Promise<void>): void {
  useBeforeLock(flush);
  useEffect(() => {
    const now = () => void flush();
    const onHidden = () => {
      if (document.visibilityState === 'hidden') now();
    };
    window.addEventListener('blur', now);
    window.addEventListener('pagehide', now);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('blur', now);
      window.removeEventListener('pagehide', now);
      document.removeEventListener('visibilitychange', onHidden);
    };
  }, [flush]);
}
