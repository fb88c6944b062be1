import type { ReactNode } from 'react';

/** Text as it was typed, with the stretches that matched marked. `ranges` are ascending and apart. */
export function Highlighted(props: {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}) {
  const { text, ranges } = props;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push(<mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
