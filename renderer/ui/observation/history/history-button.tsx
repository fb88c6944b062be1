import { ActionIcon, Tooltip } from '@mantine/core';
import { ariaChord, type Chord, chordLabel } from '../../kit/hotkey.ts';
import { HistoryIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';

/** Opens the history: of the field that has the focus in a form, else of the whole observation. */
export const HISTORY: Chord = 'Alt+KeyH';

/**
 * Opens one field's history. In a form it is no stop of the Tab key, which leads from field to field there; the
 * chord opens the history of the field that has the focus.
 */
export function HistoryButton(props: {
  readonly register: string;
  readonly onOpen: (register: string) => void;
  readonly inForm?: boolean;
}) {
  const { register, onOpen, inForm = false } = props;
  const t = useT();
  const nameOf = useFieldNames();
  const label = t('observation.history.ofField', { field: nameOf(register) });
  return (
    <Tooltip label={inForm ? `${label} (${chordLabel(HISTORY)})` : label}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={label}
        {...(inForm ? { tabIndex: -1, 'aria-keyshortcuts': ariaChord(HISTORY) } : {})}
        onClick={() => onOpen(register)}
      >
        <HistoryIcon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
