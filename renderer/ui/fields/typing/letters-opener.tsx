import { ActionIcon } from '@mantine/core';
import { ariaChord } from '../../kit/hotkey.ts';
import { KeyboardIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { TOGGLE } from './chords.ts';
import { setLetters } from './letters-state.ts';

/**
 * Brings the letters to a field. Not a stop of the Tab key: there would be one more for every field, and the chord does
 * the same.
 */
export function LettersOpener({ focus }: { readonly focus: () => void }) {
  const t = useT();
  return (
    <ActionIcon
      data-letters-opener=""
      variant="subtle"
      color="gray"
      size="sm"
      tabIndex={-1}
      aria-label={t('fields.typing.show')}
      aria-keyshortcuts={ariaChord(TOGGLE)}
      title={t('fields.typing.show')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        focus();
        setLetters({ shown: true });
      }}
    >
      <KeyboardIcon size={16} aria-hidden />
    </ActionIcon>
  );
}
