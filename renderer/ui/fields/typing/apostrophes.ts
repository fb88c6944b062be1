import { useEffect } from 'react';
import { asTextControl, correctRange, isInserting, settleUndo, type TextControl } from './insert.ts';

const APOSTROPHE_KINDS: readonly string[] = [
  'insertText',
  'insertFromPaste',
  'insertFromDrop',
  'insertReplacementText',
];

/**
 * Stores oʻ, gʻ and the tutuq right in every control whose `lang` is `uz-Latn`, as they are typed or pasted. The
 * apostrophe is let in first and replaced in a step of its own, so one undo brings back what was typed; undoing is no
 * typing, so it then stays.
 */
export function useUzbekApostrophes(): void {
  useEffect(() => {
    /** Where the control's text will have changed: from `start` to `rest` units before its end. */
    let before: { readonly control: TextControl; readonly start: number; readonly rest: number } | null =
      null;

    const onBeforeInput = (event: Event) => {
      const control = asTextControl(event.target);
      before =
        control === null || control.lang !== 'uz-Latn' || isInserting()
          ? null
          : {
              control,
              start: control.selectionStart ?? 0,
              rest: control.value.length - (control.selectionEnd ?? 0),
            };
    };
    const onInput = (event: Event) => {
      const change = before;
      before = null;
      if (!(event instanceof InputEvent) || event.isComposing) return;
      if (event.inputType === 'historyUndo') {
        const control = asTextControl(event.target);
        if (control !== null) settleUndo(control);
      }
      if (change === null || change.control !== event.target) return;
      if (!APOSTROPHE_KINDS.includes(event.inputType)) return;
      const { control, start, rest } = change;
      correctRange(control, start, control.value.length - rest);
    };
    document.addEventListener('beforeinput', onBeforeInput);
    document.addEventListener('input', onInput);
    return () => {
      document.removeEventListener('beforeinput', onBeforeInput);
      document.removeEventListener('input', onInput);
    };
  }, []);
}
