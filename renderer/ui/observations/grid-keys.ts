/** What a key does in the grid; `to` is a row. */
export type GridKey =
  | { readonly does: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly does: 'open' | 'toggle' | 'all' | 'clear' | 'remove' };

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** How far a key goes from `index`; letters by their place, so that J and K work on a Cyrillic layout. */
function target(code: string, at: { index: number; last: number; page: number }): number | null {
  switch (code) {
    case 'ArrowDown':
    case 'KeyJ':
      return at.index + 1;
    case 'ArrowUp':
    case 'KeyK':
      return at.index - 1;
    case 'PageDown':
      return at.index + at.page;
    case 'PageUp':
      return at.index - at.page;
    case 'Home':
      return 0;
    case 'End':
      return at.last;
    default:
      return null;
  }
}

/** Null for keys that mean nothing here, so that the window keeps its own. */
export function readGridKey(
  event: Pressed,
  at: { readonly index: number; readonly last: number; readonly page: number },
): GridKey | null {
  const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey || metaKey) return null;
  if (ctrlKey && !shiftKey && code === 'KeyA') return { does: 'all' };
  if (ctrlKey && code !== 'Home' && code !== 'End') return null;
  const to = target(code, at);
  if (to !== null) {
    return { does: 'move', to: Math.min(at.last, Math.max(0, to)), extend: shiftKey };
  }
  if (shiftKey) return null;
  switch (code) {
    case 'Enter':
    case 'NumpadEnter':
      return { does: 'open' };
    case 'Space':
      return { does: 'toggle' };
    case 'Escape':
      return { does: 'clear' };
    case 'Delete':
      return { does: 'remove' };
    default:
      return null;
  }
}
