import { type FocusEvent, useLayoutEffect, useRef } from 'react';

/**
 * Where the focus goes when the item that had it is taken off a list: into the one that has come in its place, or to the
 * heading after the last. Spread the answer over what holds the list; `items` and `heading` are selectors of what can
 * take the focus.
 */
export function useLostFocus(
  items: string,
  heading: string,
): {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
} {
  const held = useRef<{ readonly element: Element; readonly place: number } | null>(null);
  useLayoutEffect(() => {
    const lost = held.current;
    if (lost === null || lost.element.isConnected || document.activeElement !== document.body) return;
    held.current = null;
    const left = document.querySelectorAll<HTMLElement>(items);
    const next = left[Math.min(lost.place, left.length - 1)];
    // What unfolds the item, or the item itself: a button that decides something is reached on purpose.
    const into = next?.querySelector<HTMLElement>('[aria-expanded]') ?? next;
    (into ?? document.querySelector<HTMLElement>(heading))?.focus();
  });
  return {
    onFocus({ target }) {
      const item = target.closest(items);
      const place = item === null ? -1 : [...document.querySelectorAll(items)].indexOf(item);
      held.current = place === -1 ? null : { element: target, place };
    },
    // Of an element that is taken away the page is not told.
    onBlur() {
      held.current = null;
    },
  };
}
