import type { ObservationQuery, ObservationRow, ObservationsDoor } from '@/core/workspace.ts';

/** Rows that are asked for at once. */
export const PAGE = 100;
/** Pages that stay in memory: the nearest ones, so that going back a little shows no gaps. */
const KEPT = 24;
/** Pages under way at once; while somebody drags the scroll bar, those of where it is now come next. */
const AT_ONCE = 2;

export interface ListState {
  /** Null until the first answer. */
  readonly query: ObservationQuery | null;
  readonly key: string;
  readonly total: number;
  readonly suggestion: string | null;
  readonly pages: ReadonlyMap<number, readonly ObservationRow[]>;
  /** Counts results. */
  readonly revision: number;
  /** True when this result answers the same query as the one before it: the data changed, not the question. */
  readonly refreshed: boolean;
  readonly error: unknown;
}

const EMPTY: ListState = {
  query: null,
  key: '',
  total: 0,
  suggestion: null,
  pages: new Map(),
  revision: 0,
  refreshed: false,
  error: null,
};

/**
 * The result of one query as a window sees it: a number of rows and those pages of them that are in sight. The
 * newest question wins; an answer that is overtaken is never shown, and the old result stays until the first rows
 * of the new one are there, so nothing flickers while somebody types.
 */
export class ListResult {
  readonly #door: Pick<ObservationsDoor, 'query' | 'page'>;
  readonly #slot: string;
  readonly #listeners = new Set<() => void>();
  readonly #under = new Set<number>();
  #state = EMPTY;
  #asked: ObservationQuery | null = null;
  #waiting: ObservationQuery | null = null;
  #running = false;
  #sight = { from: 0, to: 0 };

  constructor(door: Pick<ObservationsDoor, 'query' | 'page'>, slot: string) {
    this.#door = door;
    this.#slot = slot;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly state = (): ListState => this.#state;

  row(index: number): ObservationRow | null {
    return this.#state.pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Asks a question; a question that was asked last is not asked again. */
  ask(query: ObservationQuery): void {
    if (this.#asked !== null && sameQuery(this.#asked, query) && this.#state.error === null) return;
    this.#asked = query;
    this.#waiting = query;
    void this.#run();
  }

  /** Asks the last question again, because the data changed. */
  refresh(): void {
    if (this.#asked === null) return;
    this.#waiting = this.#asked;
    void this.#run();
  }

  /** Says which rows are in sight; pages that are missing there are fetched. */
  show(from: number, to: number): void {
    this.#sight = { from, to };
    this.#fill();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#waiting !== null) {
        const query = this.#waiting;
        this.#waiting = null;
        await this.#answer(query);
      }
    } catch (error) {
      this.#set({ ...this.#state, error });
    } finally {
      this.#running = false;
    }
    // A question that came while the last one failed still wants its answer.
    if (this.#waiting !== null) void this.#run();
  }

  async #answer(query: ObservationQuery): Promise<void> {
    const found = await this.#door.query(this.#slot, query);
    if (this.#waiting !== null) return;
    const refreshed = this.#state.query !== null && sameQuery(this.#state.query, query);
    const wanted = refreshed ? this.#pagesInSight(found.total) : found.total > 0 ? [0] : [];
    const fetched = await Promise.all(
      wanted.map(async (page) => [page, await this.#door.page(found.key, page * PAGE, PAGE)] as const),
    );
    this.#under.clear();
    this.#set({
      query,
      ...found,
      pages: new Map(fetched),
      revision: this.#state.revision + 1,
      refreshed,
      error: null,
    });
    if (refreshed) this.#fill();
  }

  #pagesInSight(total: number): number[] {
    if (total === 0) return [];
    const last = Math.floor((total - 1) / PAGE);
    const first = Math.min(last, Math.max(0, Math.floor(this.#sight.from / PAGE)));
    const end = Math.min(last, Math.max(first, Math.floor(this.#sight.to / PAGE)));
    return Array.from({ length: end - first + 1 }, (_, i) => first + i);
  }

  #fill(): void {
    const { pages, total, key } = this.#state;
    for (const page of this.#pagesInSight(total)) {
      if (this.#under.size >= AT_ONCE) return;
      if (pages.has(page) || this.#under.has(page)) continue;
      this.#under.add(page);
      void this.#fetch(page, key);
    }
  }

  async #fetch(page: number, key: string): Promise<void> {
    try {
      const rows = await this.#door.page(key, page * PAGE, PAGE);
      if (this.#state.key !== key) return;
      this.#under.delete(page);
      // Somebody else asked under this slot: the result is no longer kept.
      if (rows.length === 0) return this.refresh();
      this.#set({ ...this.#state, pages: this.#nearest(page, rows) });
    } catch (error) {
      if (this.#state.key !== key) return;
      this.#under.delete(page);
      this.#set({ ...this.#state, error });
      return;
    }
    this.#fill();
  }

  #nearest(page: number, rows: readonly ObservationRow[]): ListState['pages'] {
    const pages = new Map(this.#state.pages).set(page, rows);
    const here = this.#sight.from / PAGE;
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    for (const number of far.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(number);
    return pages;
  }

  #set(state: ListState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const sameQuery = (one: ObservationQuery, other: ObservationQuery): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
