/** Milliseconds. */
const AFTER_WRITING = 20_000;
const BETWEEN_ROUNDS = 5 * 60_000;
const FIRST_RETRY = 30_000;
const LAST_RETRY = 30 * 60_000;
const LOOK = 15_000;

/** When a target's turn comes. */
interface Due {
  /** Milliseconds of waiting from now. */
  wait: number;
  /** How long it waits after the next failure. */
  retry: number;
  /** A person stopped its round: nothing brings the next turn nearer but that person. */
  stopped: boolean;
}

/**
 * Starts rounds by themselves: soon after something was written, every few minutes otherwise, and, where a target was
 * out of reach (no line, no stick), again and again at growing intervals, so that it is noticed when it appears. What a
 * person stopped rests until its next regular turn. Time is counted in ticks of this clock, which the wall clock's
 * jumps do not touch.
 */
export class SyncClock {
  readonly #targets: () => readonly string[];
  readonly #run: (id: string) => Promise<unknown>;
  readonly #due = new Map<string, Due>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  /** `run` resolves when the round is over; how it ended, `ended` has been told. */
  constructor(ports: {
    readonly targets: () => readonly string[];
    readonly run: (id: string) => Promise<unknown>;
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
    for (const due of this.#due.values()) if (!due.stopped) due.wait = Math.min(due.wait, AFTER_WRITING);
  }

  /** A round is over, whoever started it. `stopped` also where a person's word came too late to change how it ended. */
  ended(id: string, outcome: 'done' | 'stopped' | 'failed'): void {
    const due = this.#dueOf(id);
    due.stopped = outcome === 'stopped';
    if (outcome === 'failed') {
      due.wait = due.retry;
      due.retry = Math.min(LAST_RETRY, 2 * due.retry);
    } else {
      due.wait = BETWEEN_ROUNDS;
      due.retry = FIRST_RETRY;
    }
  }

  #dueOf(id: string): Due {
    const due = this.#due.get(id) ?? { wait: 0, retry: FIRST_RETRY, stopped: false };
    this.#due.set(id, due);
    return due;
  }

  async #look(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (const id of this.#targets()) {
        const due = this.#dueOf(id);
        due.wait -= LOOK;
        if (due.wait > 0 || this.#timer === undefined) continue;
        due.wait = BETWEEN_ROUNDS;
        await this.#run(id).catch(() => undefined);
      }
    } finally {
      this.#running = false;
    }
  }
}
