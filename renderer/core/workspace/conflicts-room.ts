import type { ChangeId } from '../base/ids.ts';
import { type Json, sameJson } from '../base/json.ts';
import { type Change, OBSERVATION } from '../changes/change.ts';
import { writeChange } from '../changes/edit.ts';
import {
  conflictsOf,
  DELETED,
  deletionOver,
  fieldsOf,
  foldChanges,
  isConflict,
  type RecordState,
  seenOf,
  toldApart,
  writtenBesideDeletion,
} from '../changes/register.ts';
import { keysOf, tokens } from '../search/fold.ts';
import type {
  ConflictsDoor,
  ConflictVersion,
  DuplicateHint,
  LinkedAccount,
  OpenConflict,
  Verdict,
} from '../team-doors.ts';
import { historyOf } from './history.ts';
import { underReview } from './review.ts';
import type { Row } from './row.ts';
import type { Session } from './session.ts';

const PAIR = 'pair';
/** A hint needs this many words of the two titles in common, each of four letters or more. */
const LEAST_WORDS = 2;
const LEAST_LETTERS = 4;
/** Observations of one day and place that are compared with each other; more are no hint but a busy place. */
const BUSY = 40;
const MOST_HINTS = 200;

/** What several people wrote side by side, and what may be two accounts of one event. */
export class Conflicts implements ConflictsDoor {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async list(): Promise<readonly OpenConflict[]> {
    const { store } = this.#session;
    const rows = store.rows.filter((row) => row.conflicts > 0 && !row.deleted);
    const changes = await store.changesOf(rows.map((row) => row.id));
    const observed = rows.flatMap((row, i) => openConflicts(changes[i] ?? [], row.title));
    const others = await Promise.all(
      store
        .everyOther()
        .filter((state) => state.deletion !== 'deleted' && conflictsOf(state).length > 0)
        .map(async (state) => openConflicts(await store.changes(state.id), this.#titleOf(state))),
    );
    return [...observed, ...others.flat()];
  }

  async standing(record: string, field: string): Promise<readonly ConflictVersion[]> {
    const changes = await this.#session.store.changes(record);
    return changes.length === 0 ? [] : (foldChanges(changes).registers[field] ?? []);
  }

  async settle(record: string, field: string, value: Json, versions: readonly ChangeId[]): Promise<void> {
    const changes = await this.#session.store.changes(record);
    if (changes.length === 0) return;
    const state = foldChanges(changes);
    const target = { record, type: state.type };
    const shown = field === DELETED && value === true ? deletionOver(changes, versions) : versions;
    const edited = state.type === OBSERVATION ? underReview({ [field]: value }) : { [field]: value };
    // The status was not shown; going back under review asks for a choice and takes none.
    const seen = { ...seenOf(state), [field]: shown };
    await this.#session.write((pen) => [writeChange(pen, this.#session.clock, target, edited, seen)]);
  }

  async duplicates(): Promise<readonly DuplicateHint[]> {
    const buckets = new Map<string, Row[]>();
    for (const row of this.#session.store.rows) {
      const key = bucketOf(row);
      if (key === null) continue;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [row]);
      else bucket.push(row);
    }
    const judged = this.#judged();
    const hints: DuplicateHint[] = [];
    for (const bucket of buckets.values()) {
      if (bucket.length > BUSY) continue;
      for (const [i, one] of bucket.entries()) {
        for (const other of bucket.slice(i + 1)) {
          const hint = judged.has(pairId(one.id, other.id)) ? null : hintOf(one, other);
          if (hint !== null) hints.push(hint);
          if (hints.length === MOST_HINTS) return hints;
        }
      }
    }
    return hints;
  }

  async duplicatesOf(id: string): Promise<readonly DuplicateHint[]> {
    const row = this.#session.store.row(id);
    const key = row === undefined ? null : bucketOf(row);
    if (row === undefined || key === null) return [];
    const judged = this.#judged();
    const bucket = this.#session.store.rows.filter(
      (other) => other.id !== id && bucketOf(other) === key && !judged.has(pairId(id, other.id)),
    );
    return bucket.flatMap((other) => hintOf(row, other) ?? []).slice(0, BUSY);
  }

  async judge(one: string, other: string, verdict: Verdict | null, shown: Verdict | null): Promise<void> {
    await this.#session.edit({ type: PAIR, record: pairId(one, other) }, { verdict }, { verdict: shown });
  }

  async linked(id: string): Promise<readonly LinkedAccount[]> {
    const { store } = this.#session;
    return store.others(PAIR).flatMap((state) => {
      const verdicts = state.registers.verdict ?? [];
      const ids = accountsOf(state.id);
      const [other] = ids.includes(id) ? ids.filter((each) => each !== id) : [];
      if (other === undefined || !verdicts.some(({ value }) => value === 'same')) return [];
      return store.row(other)?.deleted === false ? [{ id: other, contested: isConflict(verdicts) }] : [];
    });
  }

  /** Of a pair: what both accounts are called. */
  #titleOf(state: RecordState): string {
    return state.type === PAIR
      ? accountsOf(state.id)
          .map((id) => this.#session.store.row(id)?.title ?? '')
          .filter((title) => title !== '')
          .join(' · ')
      : otherTitle(state);
  }

  /** Verdicts by pair; undecided ones left out. */
  #judged(): Map<string, string> {
    const verdicts = this.#session.store.others(PAIR).map((state) => {
      const { verdict } = fieldsOf(state);
      return [state.id, typeof verdict === 'string' ? verdict : ''] as const;
    });
    return new Map(verdicts.filter(([, verdict]) => verdict !== ''));
  }
}

function openConflicts(changes: readonly Change[], title: string): OpenConflict[] {
  if (changes.length === 0) return [];
  const state = foldChanges(changes);
  return conflictsOf(state).map((field) => ({
    record: state.id,
    type: state.type,
    title,
    field,
    versions: state.registers[field] ?? [],
    unseen: field === DELETED ? toldBesideDeletion(changes, state) : [],
    ancestor: ancestorOf(
      changes,
      field,
      (state.registers[field] ?? []).map((value) => value.change),
    ),
  }));
}

/** What was written beside a deletion, as far as the history tells of it. */
function toldBesideDeletion(changes: readonly Change[], state: RecordState): OpenConflict['unseen'] {
  const told = new Set(
    historyOf(changes).flatMap(({ change, fields }) => fields.map(({ name }) => `${change} ${name}`)),
  );
  return writtenBesideDeletion(changes, state).filter(({ change, field }) => told.has(`${change} ${field}`));
}

/**
 * The value that every one of the versions replaced, themselves or by way of others, and that no other such value
 * replaced; null where there is none, or where two such values say different things.
 */
function ancestorOf(changes: readonly Change[], field: string, versions: readonly ChangeId[]): Json {
  const byId = new Map(toldApart(changes).map((change) => [change.id, change]));
  const replacedBy = (id: ChangeId): readonly ChangeId[] => byId.get(id)?.fields[field]?.[1] ?? [];
  const [first = new Set<ChangeId>(), ...others] = versions.map((id) => before(id, replacedBy));
  // A change may name one that is not here yet.
  const common = [...first].filter((id) => byId.has(id) && others.every((ids) => ids.has(id)));
  const older = new Set(common.flatMap(replacedBy));
  const latest = common.filter((id) => !older.has(id)).map((id) => byId.get(id)?.fields[field]?.[0] ?? null);
  const [value = null] = latest;
  return latest.every((other) => sameJson(other, value)) ? value : null;
}

/** Everything that a change replaced, itself or by way of others. */
function before(id: ChangeId, replacedBy: (id: ChangeId) => readonly ChangeId[]): Set<ChangeId> {
  const all = new Set<ChangeId>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const older of replacedBy(next)) {
      if (all.has(older)) continue;
      all.add(older);
      waiting.push(older);
    }
  }
  return all;
}

function otherTitle(state: RecordState): string {
  const { name, code } = fieldsOf(state);
  return typeof name === 'string' ? name : typeof code === 'string' ? code : '';
}

const accountsOf = (pair: string): string[] => pair.slice(PAIR.length + 1).split('+');

const pairId = (one: string, other: string): string =>
  one < other ? `${PAIR}:${one}+${other}` : `${PAIR}:${other}+${one}`;

/** Observations of one exact day and one place can tell of one event. */
const bucketOf = (row: Row): string | null =>
  row.deleted || row.place === null || row.from === null || row.from !== row.to
    ? null
    : `${row.from} ${row.place}`;

function hintOf(one: Row, other: Row): DuplicateHint | null {
  if (one.author === other.author) return null;
  const words = wordsOf(one.title);
  const common = [...wordsOf(other.title)].filter((word) => words.has(word)).length;
  const themes = one.themes.some((theme) => other.themes.includes(theme));
  if (common < LEAST_WORDS && !themes) return null;
  return {
    one: one.id,
    other: other.id,
    reasons: common < LEAST_WORDS ? ['date', 'place', 'themes'] : ['date', 'place', 'words'],
  };
}

const wordsOf = (title: string): Set<string> =>
  new Set(
    tokens(title)
      .map(({ text }) => keysOf(text).a)
      .filter((key) => key.length >= LEAST_LETTERS),
  );
