import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { type Chord, readChord } from '../../kit/hotkey.ts';
import { useT } from '../../language/language.tsx';
import { ENTER, letterChord, SISTER, TOGGLE } from './chords.ts';
import classes from './palette.module.css';

/** What is printed on a key: its Latin half and its Cyrillic one. */
const PRINTED: Readonly<Record<string, string>> = { Semicolon: '; ж', Backquote: '` ё', Digit1: '1…0' };

function Keys({ chord }: { readonly chord: Chord }) {
  const { ctrl, alt, shift, code } = readChord(chord);
  const keys = [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', PRINTED[code] ?? code];
  return keys
    .filter((key) => key !== false)
    .map((key, index) => (
      <Fragment key={key}>
        {index > 0 && ' + '}
        <Kbd size="xs">{key}</Kbd>
      </Fragment>
    ));
}

/** The chords in words, and what happens to apostrophes. */
export function PaletteHelp({ id }: { readonly id: string }) {
  const t = useT();
  const lines: readonly (readonly [Chord, string])[] = [
    [SISTER, t('fields.typing.helpSister')],
    [letterChord(0), t('fields.typing.helpNumber')],
    [TOGGLE, t('fields.typing.helpToggle')],
    [ENTER, t('fields.typing.helpEnter')],
    ['Ctrl+Z', t('fields.typing.helpUndo')],
  ];
  return (
    <section id={id} className={classes.help} aria-label={t('fields.typing.help')}>
      <dl>
        {lines.map(([chord, words]) => (
          <Fragment key={chord}>
            <dt>
              <Keys chord={chord} />
            </dt>
            <dd>{words}</dd>
          </Fragment>
        ))}
      </dl>
      <p>{t('fields.typing.helpApostrophe')}</p>
    </section>
  );
}
