import { codeOf } from '@/core/base/coded-error.ts';
import type { Draft } from '@/core/workspace.ts';

/** What a form has typed, without the id and the time that keeping gives it. */
export type DraftContent = Omit<Draft, 'id' | 'updatedAt'>;

/** Where the drafts of one kind are kept. */
export interface DraftStore<Content> {
  newId(): Promise<string>;
  /** Resolves with the time once the draft is on the disk. */
  put(draft: { readonly id: string } & Content): Promise<string>;
  discard(id: string): Promise<void>;
}

export type DraftState =
  /** Nothing was typed that is worth keeping. */
  | { readonly state: 'none' }
  /** Something was typed that is not on the disk yet. */
  | { readonly state: 'typing' }
  | { readonly state: 'kept'; readonly at: string }
  | { readonly state: 'failed'; readonly error: unknown };

/** A pause in typing. */
const PAUSE = 500;
/** While typing goes on, what is on the disk is never older than this. */
const LONGEST = 1_500;
const RETRY = 5_000;

/** Keepers whose form is gone while the disk refuses its last words, by draft. */
const behind = new Map<string, { yieldUnwritten(): object | null }>();

/** What a form that was left could not put on the disk, for the form that opens the same draft. */
export const takeOver = (draft: string): DraftContent | null =>
  (behind.get(draft)?.yieldUnwritten() ?? null) as DraftContent | null;

/**
 * Keeps one draft, of a form or of a field, on the disk: after every pause in typing, at the latest every 1.5 seconds, and whenever it
 * is told to. Writes follow each other, so the newest content is what stays. A write that failed is tried again.
 */
export class DraftKeeper<Content extends object = DraftContent> {
  readonly #drafts: DraftStore<Content>;
  readonly #onWritten: () => void;
  #id: string | null;
  #report: (state: DraftState) => void = () => undefined;
  /** What is to be written next; null takes the draft away. */
  #next: Content | null | undefined;
  #since: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | null = null;
  #over = false;
  #left = false;

  /**
   * `id` is that of the draft the form was opened from; null until something was typed into a fresh form. `onWritten`
   * is called after every change on the disk, also when nobody listens any more.
   */
  constructor(
    drafts: DraftStore<NoInfer<Content>>,
    id: string | null,
    onWritten: () => void = () => undefined,
  ) {
    this.#drafts = drafts;
    this.#id = id;
    this.#onWritten = onWritten;
  }

  /** The draft's id; null when nothing was ever kept. */
  get id(): string | null {
    return this.#id;
  }

  listen(report: (state: DraftState) => void): void {
    this.#report = report;
  }

  /** Something was typed; null: the form says nothing that its record does not say, so it needs no draft. */
  change(content: Content | null): void {
    if (this.#over || (content === null && this.#id === null && this.#writing === null)) {
      this.#next = undefined;
      clearTimeout(this.#timer);
      if (!this.#over) this.#report({ state: 'none' });
      return;
    }
    this.#next = content;
    this.#report({ state: 'typing' });
    const now = performance.now();
    this.#since ??= now;
    this.#wait(Math.max(0, Math.min(PAUSE, this.#since + LONGEST - now)));
  }

  /** Resolves once everything typed so far is on the disk, or could not be put there (which is reported). */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#write();
  }

  /** Waits for a write under way and starts no other, so that a save finds the draft at rest; `change` goes on. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    this.#next = undefined;
    this.#since = null;
    await this.#writing;
    clearTimeout(this.#timer);
  }

  /**
   * The form is gone. What is not on the disk yet goes on being tried, until the form is opened again (`takeOver`) or
   * the vault is locked. Resolves with true when everything is on the disk.
   */
  async leave(): Promise<boolean> {
    this.#left = true;
    await this.flush();
    if (this.#next === undefined) return true;
    if (this.#id !== null) behind.set(this.#id, this);
    return false;
  }

  /** The content was saved and its draft is gone: nothing is written any more. */
  end(): void {
    this.#over = true;
    if (this.#id !== null && behind.get(this.#id) === this) behind.delete(this.#id);
    this.#next = undefined;
    clearTimeout(this.#timer);
  }

  /** Ends the keeper and hands over what it could not write. */
  yieldUnwritten(): Content | null {
    const content = this.#next ?? null;
    this.end();
    return content;
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(), milliseconds);
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== undefined) {
      const content = this.#next;
      this.#next = undefined;
      this.#since = null;
      try {
        const state = await this.#put(content);
        this.#onWritten();
        if (this.#id !== null && behind.get(this.#id) === this) behind.delete(this.#id);
        if (this.#next === undefined && !this.#over) this.#report(state);
      } catch (error) {
        if (this.#over) return;
        // A locked vault leaves nothing in memory.
        if (this.#left && codeOf(error) === 'vault/locked') {
          this.end();
          return;
        }
        // Whatever was typed meanwhile is newer than what could not be written.
        if (this.#next === undefined) this.#next = content;
        this.#report({ state: 'failed', error });
        this.#wait(RETRY);
        return;
      }
    }
  }

  async #put(content: Content | null): Promise<DraftState> {
    if (content === null) {
      if (this.#id !== null) await this.#drafts.discard(this.#id);
      return { state: 'none' };
    }
    this.#id ??= await this.#drafts.newId();
    const at = await this.#drafts.put({ id: this.#id, ...content });
    return { state: 'kept', at };
  }
}
