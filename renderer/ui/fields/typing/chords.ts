/**
 * Chords for letters that the keyboard lacks. They are matched by the key's place (`event.code`), so they are the same
 * on a Russian, Kyrgyz, Uzbek or English layout, and they act only while a text field has the focus.
 *
 * Why these:
 * - Ctrl+Alt is AltGr on Windows: the Kyrgyz layout types ң ө ү with it.
 * - Alt+letter opens menus (F, E, V, D in browsers), Ctrl+letter and Ctrl+Shift+letter are nearly all taken by Chrome,
 *   Edge and Firefox, F-keys need Fn on many laptops.
 * - Alt+digit of the top row does nothing in Windows or its browsers (Alt codes come from the number pad, whose
 *   `event.code` differs; tabs are on Ctrl+digit), and digits stand at one place on all layouts.
 * - Windows switches layouts when Alt+Shift is released with no key in between, so a digit in between is safe; whoever
 *   has it otherwise types the plain capital and lets the next chord change it.
 * - Ctrl+; is free. It works on the letter that stands before the cursor, so there is one chord to learn for all
 *   letters, capitals included, and nothing to remember about digits: н Ctrl+; gives ң.
 */
import type { Chord } from '../../kit/hotkey.ts';

/** Turns the letter before the cursor into its sister. */
export const SISTER: Chord = 'Ctrl+Semicolon';
/** Shows or hides the letters. The key left of the digits. */
export const TOGGLE: Chord = 'Alt+Backquote';
/** Moves the focus into the letters and back to the field. */
export const ENTER: Chord = 'Alt+Shift+Backquote';

/** The chord of the letter at `index` of `MISSING_LETTERS`: digits 1 to 9, then 0. */
export const letterChord = (index: number): Chord => `Alt+Digit${(index + 1) % 10}`;
export const capitalChord = (index: number): Chord => `Alt+Shift+Digit${(index + 1) % 10}`;
