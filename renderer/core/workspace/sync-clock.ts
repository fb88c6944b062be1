/** Milliseconds. */
const AFTER_WRITING = 20_000;
const BETWEEN_ROUNDS = 5 * 60_000;
const FIRST_RETRY = 30_000;
const LAST_RETRY = 30 * 60_000;
const LOOK = 15_000;

/**
 * Starts rounds by themselves: soon after something was written, every few minutes otherwise, and, where a target was
 * out of reach (no line, no stick), again and again at growing intervals, so that it is noticed when it appears. Time
 * is counted in ticks of this clock, which the wall clock's jumps do not touch.
 */
export class SyncClock {
  readonly #targets: () => readonly string[];
  readonly #run: (id: string) => Promise<boolean>;
  /** When each target is due, in milliseconds of waiting from now; and how long it waited last after a failure. */
  readonly #due = new Map<string, { wait: number; retry: number }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  /** `run` resolves with whether the round went through. */
  constructor(ports: {
    readonly targets: () => readonly string[];
    readonly run: (id: string) => Promise<boolean>;
  }) {
    this.#targets = ports.targets;
    this.#run = ports.run;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        if (this.#timer !== undefined) this.start();
      });
    }, LOOK);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** There is something to tell: whatever is due later is due soon. */
  wake(): void {
    for (const due of this.#due.values()) due.wait = Math.min(due.wait, AFTER_WRITING);
  }

  async #look(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (const id of this.#targets()) {
        const due = this.#due.get(id) ?? { wait: 0, retry: FIRST_RETRY };
        this.#due.set(id, due);
        due.wait -= LOOK;
        if (due.wait > 0 || this.#timer === undefined) continue;
        if (await this.#run(id).catch(() => false)) {
          due.wait = BETWEEN_ROUNDS;
          due.retry = FIRST_RETRY;
        } else {
          due.wait = due.retry;
          due.retry = Math.min(LAST_RETRY, 2 * due.retry);
        }
      }
    } finally {
      this.#running = false;
    }
  }
}
