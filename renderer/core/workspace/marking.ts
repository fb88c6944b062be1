import { foldChanges } from '../changes/register.ts';
import { rememberedKeys } from '../search/fold.ts';
import { excerpt, Marker } from '../search/highlight.ts';
import type { ObservationRow } from '../workspace.ts';
import { observationOf, type Row, SEARCH_FIELDS, type SearchText, searchTexts } from './row.ts';
import type { Session } from './session.ts';

const EXCERPT_LENGTH = 160;
/** Observations whose texts stay in memory: what the next letter of a query most likely finds again; some 2 MB. */
const KEPT = 200;
/** A vault's everyday words: some 5 MB of keys at the most. */
const WORDS = 10_000;

/**
 * Shows in each row what a query found in it. While somebody types, every letter asks about nearly the same
 * observations: their texts are kept, and no word of them is folded twice.
 */
export class Marking {
  readonly #session: Session;
  /** By the row that tells of this state of the observation: an edit makes a new one. The last asked for come last. */
  readonly #texts = new Map<Row, readonly SearchText[]>();
  readonly #keys = rememberedKeys(WORDS);

  constructor(session: Session) {
    this.#session = session;
  }

  /** What the query finds in each row, in `fields` (bits), or null; in the order of `rows`. */
  async of(rows: readonly Row[], query: string, fields: number): Promise<ObservationRow['match'][]> {
    const texts = await this.#textsOf(rows);
    const marker = new Marker(query, this.#session.reference.synonyms, this.#keys);
    return texts.map((of) => {
      for (const { field, text, lang } of of) {
        if ((fields & (1 << field)) === 0) continue;
        const ranges = marker.ranges(text, EXCERPT_LENGTH);
        if (ranges.length > 0) {
          return { field: SEARCH_FIELDS[field] ?? 'rest', lang, ...excerpt(text, ranges, EXCERPT_LENGTH) };
        }
      }
      return null;
    });
  }

  async #textsOf(rows: readonly Row[]): Promise<(readonly SearchText[])[]> {
    const missing = rows.filter((row) => !this.#texts.has(row));
    const changes = await this.#session.store.changesOf(missing.map((row) => row.id));
    const read = new Map<Row, readonly SearchText[]>(
      missing.map((row, i) => {
        const known = changes[i] ?? [];
        if (known.length === 0) return [row, []];
        return [row, searchTexts(observationOf(foldChanges(known)))];
      }),
    );
    const texts = rows.map((row) => read.get(row) ?? this.#texts.get(row) ?? []);
    for (const [i, row] of rows.entries()) {
      this.#texts.delete(row);
      this.#texts.set(row, texts[i] ?? []);
    }
    for (const row of [...this.#texts.keys()].slice(0, Math.max(0, this.#texts.size - KEPT))) {
      this.#texts.delete(row);
    }
    return texts;
  }
}
