import { useCallback, useEffect, useRef, useState } from 'react';
import { useBeforeLock } from '../app/workspace.tsx';
import { type Toast, useToast } from '../kit/toasts.tsx';

/**
 * A text setting that keeps itself: on leaving the field, on leaving the screen and before a lock. There is no save
 * button to forget; every change can be taken back. A failed attempt leaves what was typed where it is.
 */
export function useKeptText(
  value: string,
  options: {
    /** The field's label, for telling what was saved. */
    readonly label: Toast['text'];
    /** `before`: what stood there until now. */
    readonly keep: (text: string, before: string) => Promise<void>;
    /** False for text that must not be kept, such as an empty name. */
    readonly accepts?: (text: string) => boolean;
  },
): {
  readonly text: string;
  readonly error: unknown;
  type(text: string): void;
  /** Call it when the field is left. */
  commit(): Promise<void>;
} {
  const toast = useToast();
  const [text, setText] = useState(value);
  const [error, setError] = useState<unknown>(null);
  const kept = useRef(value);
  const latest = useRef({ text, options });
  useEffect(() => {
    latest.current = { text, options };
  });

  const keepNow = useCallback(
    async (next: string, before: string) => {
      const { label, keep } = latest.current.options;
      try {
        await keep(next, before);
        setError(null);
        toast({
          text: (wording) => wording.t('settings.kept', { what: label(wording) }),
          undo: async () => {
            await keep(before, next);
            kept.current = before;
            setText(before);
          },
        });
      } catch (failure) {
        kept.current = before;
        setError(failure);
      }
    },
    [toast],
  );
  // A lock that comes while the last change is on its way waits for it.
  const underWay = useRef<Promise<void>>(Promise.resolve());
  const commit = useCallback(() => {
    const { accepts = () => true } = latest.current.options;
    const next = latest.current.text.trim();
    const before = kept.current;
    if (next !== before && accepts(next)) {
      kept.current = next;
      underWay.current = underWay.current.then(() => keepNow(next, before));
    }
    return underWay.current;
  }, [keepNow]);
  useBeforeLock(commit);
  // Leaving by a key chord takes the focused field away without a blur.
  useEffect(
    () => () => {
      void commit();
    },
    [commit],
  );

  return { text, error, type: setText, commit };
}
