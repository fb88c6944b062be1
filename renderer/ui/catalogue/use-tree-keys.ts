import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { keysOf, tokens } from '@/core/search/fold.ts';
import type { TreeRow } from './outline.ts';

/** Letters typed within this time are one word of a type-ahead. */
const TYPE_AHEAD_MILLISECONDS = 700;

export interface TreeActions {
  /** What a row begins with when somebody types: its code and its words. */
  readonly wordsOf: (row: TreeRow) => string;
  readonly onOpen: (row: TreeRow, open: boolean) => void;
  readonly onChoose: (row: TreeRow) => void;
  readonly onFocus: (code: string) => void;
}

/** Folded, so that it is found whichever keyboard layout and habit it is typed with. */
function startsWith(words: string, typed: string): boolean {
  if (words.toLowerCase().startsWith(typed.toLowerCase())) return true;
  const wanted = keysOf(typed);
  return (
    wanted.a !== '' &&
    tokens(words)
      .slice(0, 3)
      .some(({ text }) => {
        const keys = keysOf(text);
        return keys.a.startsWith(wanted.a) || keys.b.startsWith(wanted.b);
      })
  );
}

/** The keys of a tree (WAI-ARIA practices): arrows, Home, End, Enter, `*` and type-ahead, with one tab stop. */
export function useTreeKeys(
  tree: RefObject<HTMLElement | null>,
  rows: readonly TreeRow[],
  actions: TreeActions,
): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', until: 0 });

  const focus = (row: TreeRow | undefined): void => {
    if (row === undefined) return;
    actions.onFocus(row.node.code);
    const element = tree.current?.querySelector<HTMLElement>(`[data-code="${CSS.escape(row.node.code)}"]`);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  };

  const typeAhead = (letter: string, at: number, now: number): void => {
    const { text, until } = typed.current;
    const word = (now < until ? text : '') + letter;
    typed.current = { text: word, until: now + TYPE_AHEAD_MILLISECONDS };
    // A new word begins after the row in focus; a longer one may still mean it.
    const from = word.length === 1 ? at + 1 : at;
    const order = [...rows.slice(from), ...rows.slice(0, from)];
    focus(order.find((row) => startsWith(actions.wordsOf(row), word)));
  };

  return (event) => {
    const code = (event.target as HTMLElement).dataset.code;
    const at = rows.findIndex((row) => row.node.code === code);
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.timeStamp < typed.current.until;
    switch (event.key) {
      case 'ArrowDown':
        focus(rows[at + 1]);
        break;
      case 'ArrowUp':
        focus(rows[at - 1]);
        break;
      case 'Home':
        focus(rows[0]);
        break;
      case 'End':
        focus(rows.at(-1));
        break;
      case 'ArrowRight':
        if (row.open === false) actions.onOpen(row, true);
        else if (row.open === true) focus(rows[at + 1]);
        break;
      case 'ArrowLeft':
        if (row.open === true) actions.onOpen(row, false);
        else focus(rows.find((other) => other.node.code === row.parent));
        break;
      case 'Enter':
        actions.onChoose(row);
        break;
      case '*':
        for (const sibling of rows) {
          if (sibling.parent === row.parent && sibling.open === false) actions.onOpen(sibling, true);
        }
        break;
      default:
        if (event.key === ' ' && !typing) {
          actions.onChoose(row);
          break;
        }
        if (event.key.length !== 1) return;
        typeAhead(event.key, at, event.timeStamp);
    }
    event.preventDefault();
  };
}
