import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';

/**
 * For a list that is searched as somebody types: an Enter that comes before the answer waits for it and takes its first
 * item. What still stands in the list then answers an older question, and would be another measure or place than the
 * one that was typed.
 */
export function useEarlyEnter<Item>(take: (first: Item) => void) {
  const state = useRef<'answered' | 'asked' | 'entered'>('answered');
  const latest = useRef(take);
  useLayoutEffect(() => {
    latest.current = take;
  });
  return {
    asked: () => {
      state.current = 'asked';
    },
    /** `first` of the answer to what was asked last; undefined when nothing was found. */
    answered: (first: Item | undefined) => {
      const entered = state.current === 'entered';
      state.current = 'answered';
      if (entered && first !== undefined) latest.current(first);
    },
    /** True while an Enter waits, also when the line has been left since. */
    waits: () => state.current === 'entered',
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || state.current === 'answered') return;
      event.preventDefault();
      state.current = 'entered';
    },
  };
}
