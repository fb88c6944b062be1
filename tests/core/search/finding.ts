import { readFileSync } from 'node:fs';
import { keysOf, tokens } from '@/core/search/fold.ts';
import { SearchIndex } from '@/core/search/index.ts';
import { levelOf, parseQuery } from '@/core/search/query.ts';

/** The rows of a tab-separated fixture, without its header. */
export function rowsOf(fixture: string): string[][] {
  const text = readFileSync(new URL(`../../fixtures/${fixture}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
}

/** Whether the product's own index finds the text by the query, from its tail and from a stored segment alike. */
export function finds(query: string, text: string): boolean {
  const index = new SearchIndex();
  index.put(0, [{ field: 1, text: 'башка сөз' }]);
  index.put(7, [{ field: 1, text }]);
  const fromTail = index.search(query).some((hit) => hit.doc === 7);
  const restored = SearchIndex.restore(index.serialise());
  const fromSegment = restored?.search(query).some((hit) => hit.doc === 7);
  if (fromTail !== fromSegment) throw new Error(`Tail and segment disagree on "${query}" in "${text}".`);
  return fromTail;
}

/** The plainest search there is: fold everything, look at everything. */
export function scan(texts: ReadonlyMap<number, string>, query: string): number[] {
  const words = parseQuery(query);
  if (words.length === 0) return [];
  return [...texts]
    .filter(([, text]) => {
      const keys = tokens(text)
        .map((token) => keysOf(token.text))
        .filter((key) => key.a !== '');
      return words.every((word) =>
        word.alternatives.some((alternative) =>
          alternative.every((pattern) => keys.some((key) => levelOf(pattern, key) !== null)),
        ),
      );
    })
    .map(([doc]) => doc)
    .sort((left, right) => left - right);
}
