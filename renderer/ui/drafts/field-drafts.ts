import { type Json, sameJson } from '@/core/base/json.ts';
import type { DraftsDoor, FieldDraft } from '@/core/workspace.ts';
import { DraftKeeper, type DraftState, type DraftStore } from '../observation/form/draft-keeper.ts';

/** What was typed for one field, without the id and the time that keeping gives it. */
export type FieldWords = Omit<FieldDraft, 'id' | 'updatedAt'>;
/** Which field of which record, and what for. */
export type FieldPlace = Pick<FieldWords, 'of' | 'record' | 'field'>;

export interface KeptWords {
  readonly words: FieldWords;
  readonly state: DraftState;
}

const keyOf = ({ of, record, field }: FieldPlace): string => `${of} ${record}/${field}`;

/** False while a field that was opened holds what it began from: nothing would be lost with it. */
export const isTyped = ({
  words,
}: {
  readonly words: { readonly from: Json; readonly value: Json };
}): boolean => !sameJson(words.value, words.from);

/**
 * The words that are being typed beside forms, while the vault is open: whichever screen shows them, and whether their
 * conflict is still open or was settled elsewhere. On the disk, sealed, as drafts of forms are.
 */
export class FieldDrafts {
  readonly #drafts: DraftsDoor;
  readonly #store: DraftStore<FieldWords>;
  readonly #keepers = new Map<string, DraftKeeper<FieldWords>>();
  readonly #listeners = new Set<() => void>();
  #kept: ReadonlyMap<string, KeptWords> = new Map();

  constructor(drafts: DraftsDoor) {
    this.#drafts = drafts;
    this.#store = {
      newId: () => drafts.newId(),
      put: (draft) => drafts.putField(draft),
      discard: (id) => drafts.discard(id),
    };
  }

  /** Everything that is being typed; another map after every change. */
  readonly all = (): ReadonlyMap<string, KeptWords> => this.#kept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  of(place: FieldPlace): KeptWords | null {
    return this.#kept.get(keyOf(place)) ?? null;
  }

  /** Takes up what was on the disk when the vault was opened. */
  async load(): Promise<void> {
    for (const { id, updatedAt, ...words } of await this.#drafts.fields()) {
      // The newest of a field, and nothing that was typed here before it was read.
      if (this.#keepers.has(keyOf(words))) continue;
      this.#begin(words, id);
      this.#set(words, { words, state: { state: 'kept', at: updatedAt } });
    }
  }

  type(words: FieldWords): void {
    const keeper = this.#keepers.get(keyOf(words)) ?? this.#begin(words, null);
    this.#set(words, { words, state: this.of(words)?.state ?? { state: 'none' } });
    keeper.change(isTyped({ words }) ? words : null);
  }

  /** The words were saved, or are not wanted any longer. */
  drop(place: FieldPlace): void {
    const keeper = this.#keepers.get(keyOf(place));
    this.#keepers.delete(keyOf(place));
    this.#set(place, null);
    keeper?.change(null);
    void keeper?.leave();
  }

  /** Resolves once everything typed so far is on the disk, or could not be put there. */
  async flush(): Promise<void> {
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.flush()));
  }

  /** The vault is closed: nothing stays in memory. */
  leave(): void {
    for (const keeper of this.#keepers.values()) void keeper.leave();
  }

  #begin(place: FieldPlace, id: string | null): DraftKeeper<FieldWords> {
    const keeper = new DraftKeeper<FieldWords>(this.#store, id);
    this.#keepers.set(keyOf(place), keeper);
    keeper.listen((state) => {
      const kept = this.of(place);
      if (kept !== null && this.#keepers.get(keyOf(place)) === keeper) this.#set(place, { ...kept, state });
    });
    return keeper;
  }

  #set(place: FieldPlace, kept: KeptWords | null): void {
    const all = new Map(this.#kept);
    if (kept === null) all.delete(keyOf(place));
    else all.set(keyOf(place), kept);
    this.#kept = all;
    for (const listener of this.#listeners) listener();
  }
}
