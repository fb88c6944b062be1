import { useEffect, useRef } from 'react';

/**
 * A key chord by the key's place on the keyboard (`event.code`), so it works on a Russian, Kyrgyz or Uzbek
 * layout as on an English one. There is no Ctrl+Alt: Windows types letters with it (AltGr).
 */
export type Chord =
  | `Alt+${string}`
  | `Alt+Shift+${string}`
  | `Ctrl+${string}`
  | `Ctrl+Shift+${string}`
  | `F${number}`
  | 'Escape';

interface Keys {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly code: string;
}

export function readChord(chord: Chord): Keys {
  const parts = chord.split('+');
  const keys = {
    ctrl: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    code: parts.at(-1) ?? '',
  };
  if (keys.ctrl && keys.alt) throw new Error(`The chord ${chord} would collide with AltGr.`);
  return keys;
}

export function matchesChord(
  event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'getModifierState'>,
  chord: Chord,
): boolean {
  const keys = readChord(chord);
  return (
    event.code === keys.code &&
    event.ctrlKey === keys.ctrl &&
    event.altKey === keys.alt &&
    event.shiftKey === keys.shift &&
    !event.metaKey &&
    !event.getModifierState('AltGraph')
  );
}

/** How the chord is written: `Alt+KeyN` -> `Alt+N`. The letter is the one printed on the key's Latin half. */
export function chordLabel(chord: Chord): string {
  return chord
    .replace(/Key([A-Z])$/, '$1')
    .replace(/Digit([0-9])$/, '$1')
    .replace('Semicolon', ';')
    .replace('Backquote', '`')
    .replace('Escape', 'Esc');
}

/** The chord in the form that `aria-keyshortcuts` takes. */
export function ariaChord(chord: Chord): string {
  return chordLabel(chord).replace('Ctrl', 'Control').replace('Esc', 'Escape');
}

/** Runs `action` when the chord is pressed anywhere in the window while `enabled`. Held keys do not repeat it. */
export function useHotkey(chord: Chord, action: () => void, enabled = true): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !matchesChord(event, chord)) return;
      event.preventDefault();
      if (!event.repeat) latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [chord, enabled]);
}
