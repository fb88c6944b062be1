import type { Bytes } from '../base/bytes.ts';
import { compareBytes, type EntryCursor, KEY_A, type Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Entries handled between two pauses: about a millisecond's work. */
const PAUSE_EVERY = 1000;

function compareEntries(left: EntryCursor, right: EntryCursor): number {
  return (
    compareBytes(left.key, left.length, right.key, right.length) ||
    left.hash - right.hash ||
    left.roles - right.roles
  );
}

/** Walks the entries of several segments together; `visit` gets the sources that hold the same entry. */
function* together(
  segments: readonly Segment[],
  wanted: (roles: number) => boolean,
  visit: (cursors: readonly EntryCursor[], sources: readonly number[]) => void,
): Generator<void> {
  const cursors = segments.map((segment) => segment.cursor());
  const advance = (source: number): boolean => {
    const cursor = cursors[source] as EntryCursor;
    while (cursor.next()) if (wanted(cursor.roles)) return true;
    return false;
  };
  let open = segments.map((_, source) => source).filter(advance);
  for (let handled = 1; open.length > 0; handled++) {
    let least: number[] = [];
    for (const source of open) {
      const order =
        least.length === 0
          ? -1
          : compareEntries(cursors[source] as EntryCursor, cursors[least[0] as number] as EntryCursor);
      if (order < 0) least = [source];
      else if (order === 0) least.push(source);
    }
    visit(cursors, least);
    const ended = least.filter((source) => !advance(source));
    if (ended.length > 0) open = open.filter((source) => !ended.includes(source));
    if (handled % PAUSE_EVERY === 0) yield;
  }
}

/**
 * Writes one segment with the living documents of several, pausing often. Documents that die meanwhile are
 * still in the result: the caller marks them dead there.
 */
export function* mergeSegments(segments: readonly Segment[], id: number): Generator<void, Bytes> {
  const living = segments.flatMap((segment, source) =>
    Array.from(segment.docs, (doc, ordinal) => ({ doc, source, ordinal })).filter(
      ({ ordinal }) => !segment.isDead(ordinal),
    ),
  );
  living.sort((left, right) => left.doc - right.doc);
  const places = segments.map((segment) => new Int32Array(segment.count).fill(-1));
  living.forEach(({ source, ordinal }, place) => {
    (places[source] as Int32Array)[ordinal] = place;
  });
  yield;
  const writer = new SegmentWriter(living.map(({ doc }) => doc));
  const terms = segments.map((segment) => new Int32Array(segment.terms).fill(-1));

  // A posting is its place * 256 + its fields.
  const gathered: number[] = [];
  yield* together(
    segments,
    (roles) => (roles & KEY_A) !== 0,
    (cursors, sources) => {
      gathered.length = 0;
      for (const source of sources) {
        const place = places[source] as Int32Array;
        (segments[source] as Segment).eachPosting(
          (cursors[source] as EntryCursor).term,
          (ordinal, fields) => {
            const to = place[ordinal] as number;
            if (to >= 0) gathered.push(to * 256 + fields);
          },
        );
      }
      if (gathered.length === 0) return;
      const postings = sources.length === 1 ? gathered : Float64Array.from(gathered).sort();
      for (const posting of postings) writer.posting(Math.floor(posting / 256), posting % 256);
      const term = writer.endTerm();
      for (const source of sources) {
        (terms[source] as Int32Array)[(cursors[source] as EntryCursor).term] = term;
      }
    },
  );

  yield* together(
    segments,
    () => true,
    (cursors, sources) => {
      const source = sources[0] as number;
      const cursor = cursors[source] as EntryCursor;
      const term = (terms[source] as Int32Array)[cursor.term] as number;
      if (term >= 0) writer.entry(cursor.key, cursor.length, cursor.roles, cursor.hash, term);
    },
  );
  return writer.finish(id);
}
