import { useEffect } from 'react';
import { useWorkspace } from './workspace.tsx';

/** Often enough for the shortest idle time (a minute), rarely enough to cost nothing. */
const TOUCH_EVERY_MILLISECONDS = 15_000;

/** Tells the workspace that somebody is there while keys, pointer or wheel move. */
export function useTouch(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY;
    const touch = (event: Event) => {
      if (event.timeStamp - last < TOUCH_EVERY_MILLISECONDS) return;
      last = event.timeStamp;
      // A vault that has just locked has no idle time to start anew.
      workspace.vault.touch().catch(() => undefined);
    };
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true, capture: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true });
    };
  }, [workspace]);
}
