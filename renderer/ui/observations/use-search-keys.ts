import { useEffect, useRef } from 'react';
import { useSearchText } from '../app/search-text.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/**
 * The key with the slash goes to the search above the list; from there the arrow down, or Enter, goes into the
 * list. By the key's place: on a Russian layout the same key types a full stop.
 */
export function useSearchKeys(intoList: () => void): void {
  const { field } = useSearchText();
  const latest = useRef(intoList);
  useEffect(() => {
    latest.current = intoList;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.code === 'Slash' && !isTyping(event.target)) {
        event.preventDefault();
        field.current?.select();
      } else if (
        event.target === field.current &&
        (event.code === 'ArrowDown' || event.code === 'Enter') &&
        !event.isComposing
      ) {
        event.preventDefault();
        latest.current();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
