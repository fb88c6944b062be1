import { correctApostrophes } from '@/core/model/typing.ts';

/** A field one can type text into. */
export type TextControl = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES = ['text', 'search', ''];

/** The control when it takes free text; null for numbers, passwords, lists without search and read-only ones. */
export function asTextControl(target: EventTarget | null): TextControl | null {
  if (target instanceof HTMLTextAreaElement) return usable(target);
  if (!(target instanceof HTMLInputElement) || !TEXT_TYPES.includes(target.type)) return null;
  return target.inputMode === 'numeric' || target.inputMode === 'decimal' ? null : usable(target);
}

const usable = <T extends TextControl>(control: T): T | null =>
  control.readOnly || control.disabled || control.dataset.letters === 'off' ? null : control;

/** What `replaceRange` has replaced in a control, as `start:text`. */
const replaced = new WeakMap<TextControl, Set<string>>();

/**
 * To be called after an undo. The browser selects what came back, and the next key would overwrite it: when that is
 * what `replaceRange` took away, the cursor goes behind it instead.
 */
export function settleUndo(control: TextControl): void {
  const { selectionStart: start, selectionEnd: end, value } = control;
  if (start === null || end === null || start === end) return;
  if (replaced.get(control)?.has(`${start}:${value.slice(start, end)}`)) control.setSelectionRange(end, end);
}

let inserting = false;
/** True during the events of `replaceRange`: what is inserted on purpose needs no correcting. */
export const isInserting = (): boolean => inserting;

/**
 * Replaces `[start, end)` of a focused control as if it had been typed. `execCommand` is the only way that keeps the
 * control's undo stack (setting `value` empties it) and fires the events a controlled React field waits for.
 */
export function replaceRange(control: TextControl, start: number, end: number, text: string): void {
  if (document.activeElement !== control) control.focus({ preventScroll: true });
  control.setSelectionRange(start, end);
  if (start < end) {
    const known = replaced.get(control) ?? new Set<string>();
    replaced.set(control, known.add(`${start}:${control.value.slice(start, end)}`));
  }
  inserting = true;
  try {
    if (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text))
      return;
  } finally {
    inserting = false;
  }
  // A browser that refuses the command still gets the text, at the price of its undo.
  control.setRangeText(text, start, end, 'end');
  control.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/** Types `text` at the cursor, over what is selected. */
export function insertText(control: TextControl, text: string): void {
  replaceRange(control, control.selectionStart ?? 0, control.selectionEnd ?? 0, text);
}

/**
 * Makes the apostrophes of `[start, end)` the letters they stand for, as one step to undo; the cursor stays. True when
 * anything changed.
 */
export function correctRange(control: TextControl, start: number, end: number): boolean {
  const { value, selectionStart, selectionEnd, selectionDirection } = control;
  const corrected = correctApostrophes(value, start, end);
  let first = start;
  while (first < end && corrected[first] === value[first]) first++;
  if (first === end) return false;
  let last = end;
  while (corrected[last - 1] === value[last - 1]) last--;
  replaceRange(control, first, last, corrected.slice(first, last));
  control.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? 'none');
  return true;
}
