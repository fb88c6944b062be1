/** Spaces of any width and the signs people put between thousands. */
const GROUPS = /[\s\u00a0\u202f_'’]/g;

/**
 * A number as people type it: `1 234`, `1234`, `-5`, with `decimals` also `1 234,5` and `1234.5`. Null when the text is
 * no such number; a comma or point between thousands is refused rather than guessed at.
 */
export function readNumber(text: string, decimals = false): number | null {
  const plain = text.trim().replace(/^[−–]/, '-').replace(GROUPS, '');
  const shape = decimals ? /^-?\d{1,15}(?:[.,]\d{1,10})?$/ : /^-?\d{1,15}(?:[.,]0{1,2})?$/;
  if (!shape.test(plain)) return null;
  const number = Number(plain.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}
