/** A stretch of a text that stayed, went, or came. */
export interface Stretch {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Words with their apostrophes and hyphens, runs of white space, and every other character by itself. */
const TOKENS = /[\p{L}\p{N}\p{M}]+(?:['’‘ʻʼ-][\p{L}\p{N}\p{M}]+)*|\s+|[^\p{L}\p{N}\p{M}\s]/gu;

/**
 * Edits beyond this are a new text rather than an edited one; it also bounds time and memory (Myers needs the square
 * of it), so that a history of long narratives opens at once on a slow machine.
 */
const MOST_EDITS = 600;

/** What was edited between two texts, word by word. Joining `same` and `gone` gives `before`; `same` and `new`, `after`. */
export function wordDiff(before: string, after: string): readonly Stretch[] {
  const a = before.match(TOKENS) ?? [];
  const b = after.match(TOKENS) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  return merge([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle(a.slice(start, endA), b.slice(start, endB)),
    { kind: 'same', text: a.slice(endA).join('') },
  ]);
}

/** Myers, "An O(ND) difference algorithm and its variations" (1986): the shortest script, walked back from its end. */
function middle(a: readonly string[], b: readonly string[]): Stretch[] {
  const rewritten: Stretch[] = [
    { kind: 'gone', text: a.join('') },
    { kind: 'new', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0) return rewritten;
  const most = Math.min(MOST_EDITS, a.length + b.length);
  const furthest = new Int32Array(2 * most + 3);
  const at = (k: number): number => furthest[k + most + 1] ?? 0;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[k + most + 1] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace, most);
    }
  }
  return rewritten;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Int32Array[],
  most: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const at = (k: number): number => trace[d]?.[k + most + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromX = d === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      x--;
      y--;
      stretches.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (d === 0) break;
    if (down) stretches.push({ kind: 'new', text: b[--y] ?? '' });
    else stretches.push({ kind: 'gone', text: a[--x] ?? '' });
  }
  return stretches.reverse();
}

/** Neighbours of one kind become one; within an edited passage, what went stands before what came. */
function merge(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  let gone = '';
  let came = '';
  const close = (): void => {
    if (gone !== '') merged.push({ kind: 'gone', text: gone });
    if (came !== '') merged.push({ kind: 'new', text: came });
    gone = '';
    came = '';
  };
  for (const [i, { kind, text }] of stretches.entries()) {
    if (text === '') continue;
    if (kind === 'gone') gone += text;
    else if (kind === 'new') came += text;
    else if (/^\s+$/u.test(text) && gone !== '' && came !== '' && stretches[i + 1]?.kind !== 'same') {
      // A space between two replaced words belongs to the passage: "two words" -> "three others" reads as one edit.
      gone += text;
      came += text;
    } else {
      close();
      const last = merged.at(-1);
      if (last?.kind === 'same') merged[merged.length - 1] = { kind: 'same', text: last.text + text };
      else merged.push({ kind: 'same', text });
    }
  }
  close();
  return merged;
}
