import { CodedError } from '../base/coded-error.ts';
import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { type Change, OBSERVATION } from '../changes/change.ts';
import { writeChange } from '../changes/edit.ts';
import { allVisible, DELETED, fieldsOf, foldChanges, type RecordState, seenOf } from '../changes/register.ts';
import { diffFields, type FieldMap, type Seen, toFields } from '../model/fields.ts';
import type { Observation } from '../model/observation.ts';
import { otherLayout, withMissingLetters } from '../search/layout.ts';
import type {
  HistoryEntry,
  ObservationQuery,
  ObservationRow,
  ObservationsDoor,
  OpenedObservation,
  Progress,
} from '../workspace.ts';
import { historyOf } from './history.ts';
import { Marking } from './marking.ts';
import { openedOf } from './opened.ts';
import { PlaceTree, SortKeys, select } from './query.ts';
import { underReview } from './review.ts';
import { FIELDS_OF, type Row } from './row.ts';
import type { Session } from './session.ts';

/** Records in one journal entry of a bulk edit: small enough to stay responsive, large enough to be quick. */
const BULK = 200;
interface Result {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly text: string;
  readonly query: ObservationQuery;
}

/** Observations: what the list, the form and the history ask for. */
export class Observations implements ObservationsDoor {
  readonly #session: Session;
  readonly #places: PlaceTree;
  readonly #results = new Map<string, Result>();
  readonly #keys = new SortKeys();
  readonly #marking: Marking;
  #queries = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#places = new PlaceTree(session.reference.places);
    this.#marking = new Marking(session);
  }

  async query(
    slot: string,
    query: ObservationQuery,
  ): Promise<{ key: string; total: number; suggestion: string | null }> {
    const text = query.text.trim();
    const rows = this.#select(query, text);
    this.#queries++;
    const key = `${slot}#${this.#queries}`;
    this.#results.set(slot, { key, rows, text, query });
    const suggestion =
      rows.length === 0 && text !== ''
        ? ([...otherLayout(text), ...withMissingLetters(text)].find(
            (other) => this.#select(query, other).length > 0,
          ) ?? null)
        : null;
    return { key, total: rows.length, suggestion };
  }

  #select(query: ObservationQuery, text: string): Row[] {
    const { store, search } = this.#session;
    const ranks =
      text === ''
        ? null
        : new Map(search.search(text, fieldsOfQuery(query)).map((hit) => [hit.doc, hit.score] as const));
    return select(store.rows, query, ranks, this.#places, this.#keys);
  }

  /** The rows of a kept result as they are now, or null when it is no longer kept. */
  kept(key: string): Result | null {
    const result = this.#results.get(key.slice(0, key.lastIndexOf('#')));
    return result?.key === key ? result : null;
  }

  async ids(key: string): Promise<readonly string[]> {
    return this.kept(key)?.rows.map((row) => row.id) ?? [];
  }

  async page(key: string, from: number, count: number): Promise<readonly ObservationRow[]> {
    const result = this.kept(key);
    if (result === null) return [];
    const rows = result.rows.slice(from, from + count).map((row) => this.#session.store.row(row.id) ?? row);
    const shown = (row: Row, match: ObservationRow['match']): ObservationRow => {
      const { n, from, to, translated, village, ...rest } = row;
      return { ...rest, placeLabel: this.#places.labelOf(row, result.query.locale), match };
    };
    if (result.text === '') return rows.map((row) => shown(row, null));
    const matches = await this.#marking.of(rows, result.text, fieldsOfQuery(result.query));
    return rows.map((row, i) => shown(row, matches[i] ?? null));
  }

  async #state(id: string): Promise<{ state: RecordState; changes: readonly Change[] }> {
    const changes = await this.#session.store.changes(id);
    if (changes.length === 0) {
      throw new CodedError('observation/unknown', 'There is no observation with this id.', { id });
    }
    return { state: foldChanges(changes), changes };
  }

  async open(id: string): Promise<OpenedObservation> {
    const { changes } = await this.#state(id);
    return openedOf(id, changes);
  }

  async save(edit: Parameters<ObservationsDoor['save']>[0]): Promise<{ id: string; at: string }> {
    const id = edit.id ?? edit.draft ?? newId(this.#session.random);
    const before = edit.base === null ? {} : toFields(edit.base);
    const diff = diffFields(before, toFields(edit.observation));
    const edited = edit.id === null ? diff : underReview(diff);
    const at = await this.#write([{ id, edited, seen: edit.seen }], { lastWords: true });
    if (edit.draft !== null) {
      // What was saved is on the disk; a draft that cannot be removed now is recognised as saved later.
      await this.#session.drafts.discard(edit.draft).catch(() => undefined);
    }
    return { id, at };
  }

  /** One change for each edit that says anything, in one journal entry; resolves with the device time of writing. */
  async #write(
    edits: readonly { id: string; edited: FieldMap; seen: Seen }[],
    care = { lastWords: false },
  ): Promise<string> {
    const { clock } = this.#session;
    return this.#session.write((pen) => {
      let next = pen.next;
      return edits
        .filter(({ edited }) => Object.keys(edited).length > 0)
        .map(({ id, edited, seen }) =>
          writeChange({ ...pen, next: next++ }, clock, { record: id, type: OBSERVATION }, edited, seen),
        );
    }, care);
  }

  /** Saves many new observations, `BULK` to a journal entry. */
  async addAll(
    observations: readonly Observation[],
    onProgress: (progress: Progress) => void,
  ): Promise<void> {
    for (let at = 0; at < observations.length; at += BULK) {
      await this.#write(
        observations.slice(at, at + BULK).map((observation) => ({
          id: newId(this.#session.random),
          edited: toFields(observation),
          seen: {},
        })),
      );
      const done = Math.min(at + BULK, observations.length);
      onProgress({ step: 'writing', done, total: observations.length });
    }
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return historyOf((await this.#state(id)).changes);
  }

  async remove(ids: readonly string[], seen?: Seen): Promise<void> {
    const shown = seen && Object.values(seen).flat();
    await this.#each(ids, (state) =>
      state.deletion === 'deleted'
        ? null
        : { edited: { [DELETED]: true }, seen: { [DELETED]: shown ?? allVisible(state) } },
    );
  }

  async restore(ids: readonly string[]): Promise<void> {
    await this.#each(ids, (state) =>
      state.deletion === 'none' ? null : { edited: { [DELETED]: false }, seen: seenOf(state) },
    );
  }

  async bulk(
    ids: readonly string[],
    edit: Parameters<ObservationsDoor['bulk']>[1],
    onProgress: (progress: Progress) => void,
  ): Promise<void> {
    const wanted: Record<string, Json> = {};
    if (edit.status !== undefined) wanted.status = edit.status;
    if (edit.sensitivity !== undefined) wanted.sensitivity = edit.sensitivity;
    for (const tag of edit.addTags ?? []) wanted[`tags/${tag}`] = true;
    for (const tag of edit.removeTags ?? []) wanted[`tags/${tag}`] = null;
    await this.#each(
      ids,
      (state) => {
        const now = fieldsOf(state);
        const edited = Object.fromEntries(
          Object.entries(wanted).filter(([name, value]) => (now[name] ?? null) !== value),
        );
        return { edited, seen: seenOf(state) };
      },
      onProgress,
    );
  }

  async #each(
    ids: readonly string[],
    edit: (state: RecordState) => { edited: FieldMap; seen: Seen } | null,
    onProgress: (progress: Progress) => void = () => undefined,
  ): Promise<void> {
    for (let at = 0; at < ids.length; at += BULK) {
      const some = ids.slice(at, at + BULK);
      const changes = await this.#session.store.changesOf(some);
      const edits = some.flatMap((id, i) => {
        const known = changes[i] ?? [];
        const written = known.length === 0 ? null : edit(foldChanges(known));
        return written === null ? [] : [{ id, ...written }];
      });
      await this.#write(edits);
      onProgress({ step: 'writing', done: Math.min(at + BULK, ids.length), total: ids.length });
    }
  }

  async tags(): Promise<readonly (readonly [string, number])[]> {
    const counts = new Map<string, number>();
    for (const row of this.#session.store.rows) {
      if (row.deleted) continue;
      for (const tag of row.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  stateHash(): Promise<string> {
    return this.#session.stateHash();
  }
}

/** A query that another version wrote may not say where to look. */
const fieldsOfQuery = ({ wording }: Partial<ObservationQuery>): number => FIELDS_OF[wording ?? 'both'];
