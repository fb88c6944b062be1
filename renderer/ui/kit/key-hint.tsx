import { Kbd } from '@mantine/core';
import { type Chord, chordLabel } from './hotkey.ts';

/** Shows a chord beside what it does. Hidden from screen readers, which get it as `aria-keyshortcuts`. */
export function KeyHint({ chord }: { readonly chord: Chord }) {
  return (
    <Kbd size="xs" aria-hidden>
      {chordLabel(chord)}
    </Kbd>
  );
}
