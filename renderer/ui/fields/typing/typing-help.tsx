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

/** A list is there and in its place, and a window that was scrolled or resized at rest, after this long. */
const REST_MILLISECONDS = 250;

/** True for a language that a Russian or English keyboard cannot write. */
const lacksLetters = (lang: string): boolean => lang === 'ky' || lang.startsWith('uz');

/** A control with its label, hint and notes, and so with what stands at the end of the label's line. */
const wholeField = (control: TextControl): Element =>
  control.closest('.mantine-InputWrapper-root') ?? control;

const PRESSED_OR_TYPED_INTO = 'a[href], button, input, textarea, [role="combobox"], [role="tab"]';

/** What else can be pressed or typed into, and is to be seen. */
function othersThan(field: Element): DOMRect[] {
  const height = window.innerHeight;
  return [...document.querySelectorAll(PRESSED_OR_TYPED_INTO)]
    .filter((element) => !field.contains(element) && !inPalette(element))
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.width > 1 && box.bottom > 0 && box.top < height);
}

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
  // Of when the field got the focus or was scrolled: a list that changes with every letter moves nothing.
  const others = useRef<readonly DOMRect[]>([]);
  const shown = letters.shown ?? (lacksLetters(locale) || lacksLetters(control?.lang ?? ''));
  useUzbekApostrophes();

  const place = useCallback(() => {
    const size = palette.current?.getBoundingClientRect();
    if (control === null || size === undefined) return;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const list = document.getElementById(control.getAttribute('aria-controls') ?? '');
    const next = placePalette(
      wholeField(control).getBoundingClientRect(),
      size,
      view,
      letters.at,
      list?.getBoundingClientRect() ?? null,
      others.current,
    );
    setAt((old) => (old?.x === next.x && old.y === next.y ? old : next));
  }, [control, letters.at]);

  // The place depends on what is laid out; it follows scrolling, resizing, a field that grows and a list that opens.
  useEffect(() => {
    if (control === null || !shown) return;
    const placeAnew = () => {
      others.current = othersThan(wholeField(control));
      place();
    };
    let frame = 0;
    let timer: number | undefined;
    // Once more when what moves with it has come to rest.
    const soon = (how: () => void) => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
      frame = requestAnimationFrame(how);
      timer = window.setTimeout(how, REST_MILLISECONDS);
    };
    const later = () => soon(placeAnew);
    const afterList = () => soon(place);
    later();
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
        at={at ?? { x: 0, y: -2000 }}
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
