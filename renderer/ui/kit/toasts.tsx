import { Button, CloseButton } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import { useErrorText } from '../language/error-text.ts';
import { type Format, formatFor } from '../language/format.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { ariaChord, type Chord, useHotkey } from './hotkey.ts';
import { RestoreIcon } from './icons.ts';
import { KeyHint } from './key-hint.tsx';
import classes from './toasts.module.css';

/** Takes back what the newest toast tells of, from anywhere. */
export const UNDO: Chord = 'Alt+KeyZ';

/** What a sentence is made with, in the language that is on now. */
interface Wording {
  readonly t: ReturnType<typeof useT>;
  readonly locale: Locale;
  readonly format: Format;
}

/**
 * What was done, in one sentence; `undo` takes it back. The sentence is made anew when the language changes, so it
 * must be made from what it is given, not from the language of whoever shows it.
 */
export interface Toast {
  readonly text: (wording: Wording) => string;
  readonly undo?: () => Promise<void>;
}

/** An undo that failed. */
interface Failed {
  readonly failure: unknown;
  readonly undo?: undefined;
}

type Shown = (Toast | Failed) & { readonly id: number };

/** A sentence alone is read in a moment; whoever wants something back needs the time to find the key. */
const PLAIN_MILLISECONDS = 8_000;
const UNDO_MILLISECONDS = 60_000;
const MOST = 3;

const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** Shows what was done and offers to take it back, above whatever screen comes next. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const count = useRef(0);

  const show = useCallback((toast: Toast | Failed) => {
    count.current += 1;
    const shown = { ...toast, id: count.current };
    // What offers no way back is news for a moment only: the next toast takes its place.
    setToasts((old) => [...old.filter(({ undo }) => undo !== undefined), shown].slice(-MOST));
  }, []);
  const drop = useCallback((id: number) => setToasts((old) => old.filter((toast) => toast.id !== id)), []);
  const undo = useCallback(
    async ({ id, undo: takeBack }: Shown) => {
      drop(id);
      try {
        await takeBack?.();
      } catch (failure) {
        show({ failure });
      }
    },
    [drop, show],
  );

  const newest = toasts.findLast((toast) => toast.undo !== undefined);
  useHotkey(UNDO, () => newest && void undo(newest), newest !== undefined);

  return (
    <ToastContext.Provider value={show}>
      {children}
      <section className={classes.toasts} aria-label={t('kit.messages')} aria-live="polite">
        {toasts.map((toast) => (
          <ToastView
            key={toast.id}
            toast={toast}
            withKey={toast === newest}
            onUndo={() => void undo(toast)}
            onClose={() => drop(toast.id)}
          />
        ))}
      </section>
    </ToastContext.Provider>
  );
}

function ToastView(props: {
  readonly toast: Shown;
  readonly withKey: boolean;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}) {
  const { toast, withKey, onUndo, onClose } = props;
  const t = useT();
  const errorText = useErrorText();
  const { locale } = useLanguage();
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  const time = toast.undo === undefined ? PLAIN_MILLISECONDS : UNDO_MILLISECONDS;
  // Nothing vanishes from under the pointer or the focus.
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(() => close.current(), time);
    return () => window.clearTimeout(timer);
  }, [held, time]);
  const words = (): string => {
    if ('text' in toast) return toast.text({ t, locale, format: formatFor(locale) });
    const { says, todo } = errorText(toast.failure);
    return `${says} ${todo}`;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only holds the toast while somebody is at it.
    <div
      className={classes.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={classes.words}>{words()}</span>
      {toast.undo && (
        <Button
          size="compact-sm"
          variant="outline"
          color="gray.4"
          leftSection={<RestoreIcon size={16} aria-hidden />}
          rightSection={withKey ? <KeyHint chord={UNDO} /> : null}
          aria-keyshortcuts={withKey ? ariaChord(UNDO) : undefined}
          onClick={onUndo}
        >
          {t('kit.undo')}
        </Button>
      )}
      <CloseButton
        className={classes.close}
        size="sm"
        variant="transparent"
        aria-label={t('kit.close')}
        onClick={onClose}
      />
    </div>
  );
}

/** Shows a toast; it stays while screens change, until it is closed or its time is over. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ToastContext);
  if (show === null) throw new Error('Toasts are used outside of a ToastProvider.');
  return show;
}
