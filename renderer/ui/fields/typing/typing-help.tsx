import { Portal } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { capital, MISSING_LETTERS, nextSister } from '@/core/model/typing.ts';
import { matchesChord } from '../../kit/hotkey.ts';
import { useLanguage } from '../../language/language.tsx';
import { useUzbekApostrophes } from './apostrophes.ts';
import { capitalChord, ENTER, letterChord, SISTER, TOGGLE } from './chords.ts';
import { asTextControl, insertText, replaceRange, type TextControl } from './insert.ts';
import { type Point, setLetters, useLetters } from './letters-state.ts';
import { Palette } from './palette.tsx';
import { placePalette } from './place-palette.ts';

/** A list is there and in its place this long after it was asked for. */
const LIST_MILLISECONDS = 250;

/** True for a language that a Russian or English keyboard cannot write. */
const lacksLetters = (lang: string): boolean => lang === 'ky' || lang.startsWith('uz');

const inPalette = (node: EventTarget | null): boolean =>
  node instanceof Element && node.closest('[data-letters-palette]') !== null;

function sister(control: TextControl): boolean {
  const end = control.selectionStart ?? 0;
  if (end !== control.selectionEnd) return false;
  const change = nextSister(control.value.slice(Math.max(0, end - 2), end), control.lang);
  if (change === null) return false;
  replaceRange(control, end - change.remove, end, change.insert);
  return true;
}

/** The letter a chord stands for, or null. */
function letterOf(event: KeyboardEvent): string | null {
  if (!event.altKey || !event.code.startsWith('Digit')) return null;
  for (const [index, letter] of MISSING_LETTERS.entries()) {
    if (matchesChord(event, letterChord(index)))
      return event.getModifierState('CapsLock') ? capital(letter) : letter;
    if (matchesChord(event, capitalChord(index))) return capital(letter);
  }
  return null;
}

/** The text control that has the focus, also while the focus is in the palette that belongs to it. */
function useFocusedControl(): TextControl | null {
  const [control, setControl] = useState<TextControl | null>(() => asTextControl(document.activeElement));
  useEffect(() => {
    const onFocusIn = (event: FocusEvent) => {
      if (!inPalette(event.target)) setControl(asTextControl(event.target));
    };
    const onFocusOut = (event: FocusEvent) => {
      if (!inPalette(event.relatedTarget)) setControl(null);
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, []);
  return control;
}

/**
 * Help with typing for every text field of the window; rendered once. Chords for the letters a keyboard lacks (see
 * `chords.ts`), the right apostrophes in Uzbek Latin fields, and a palette beside the field that has the focus.
 */
export function TypingHelp() {
  const { locale } = useLanguage();
  const letters = useLetters();
  const control = useFocusedControl();
  const palette = useRef<HTMLElement>(null);
  const [at, setAt] = useState<Point | null>(null);
  const shown = letters.shown ?? (lacksLetters(locale) || lacksLetters(control?.lang ?? ''));
  useUzbekApostrophes();

  const place = useCallback(() => {
    const size = palette.current?.getBoundingClientRect();
    if (control === null || size === undefined) return;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const list = document.getElementById(control.getAttribute('aria-controls') ?? '');
    const next = placePalette(
      control.getBoundingClientRect(),
      size,
      view,
      letters.at,
      list?.getBoundingClientRect() ?? null,
    );
    setAt((old) => (old?.x === next.x && old.y === next.y ? old : next));
  }, [control, letters.at]);

  // The place depends on what is laid out; it follows scrolling, resizing, a field that grows and a list that opens.
  useEffect(() => {
    if (control === null || !shown) return;
    let frame = requestAnimationFrame(place);
    let timer: number | undefined;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    };
    const afterList = () => {
      later();
      window.clearTimeout(timer);
      timer = window.setTimeout(place, LIST_MILLISECONDS);
    };
    const opened = new MutationObserver(afterList);
    opened.observe(control, { attributeFilter: ['aria-expanded'] });
    window.addEventListener('scroll', later, { capture: true, passive: true });
    window.addEventListener('resize', later);
    document.addEventListener('input', afterList);
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
      opened.disconnect();
      window.removeEventListener('scroll', later, { capture: true });
      window.removeEventListener('resize', later);
      document.removeEventListener('input', afterList);
    };
  }, [control, shown, place]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (control === null || event.isComposing) return;
      const letter = letterOf(event);
      if (letter !== null) insertText(control, letter);
      else if (matchesChord(event, SISTER)) sister(control);
      else if (matchesChord(event, TOGGLE)) {
        if (inPalette(document.activeElement)) control.focus();
        setLetters({ shown: !shown });
      } else if (matchesChord(event, ENTER)) {
        if (inPalette(document.activeElement)) control.focus();
        else if (!shown) setLetters({ shown: true });
        else palette.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [control, shown]);

  if (control === null || !shown) return null;
  return (
    <Portal>
      <Palette
        ref={palette}
        // Until it is measured it waits outside of the window.
        at={at ?? { x: -2000, y: 0 }}
        onInsert={(letter) => insertText(control, letter)}
        onMove={(to) => setLetters({ at: to })}
        onHide={() => {
          control.focus();
          setLetters({ shown: false });
        }}
        onLeave={() => control.focus()}
        onResize={place}
      />
    </Portal>
  );
}
