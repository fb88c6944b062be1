import type { Clock } from '../base/clock.ts';

/** Milliseconds. */
const AFTER_WRITING = 20_000;
const BETWEEN_ROUNDS = 5 * 60_000;
const FIRST_RETRY = 30_000;
/** A line may last ten minutes a day: with the tick and the try before, it is noticed within two. */
const LAST_LINE_RETRY = 90_000;
const LAST_RETRY = 30 * 60_000;
const TICK = 15_000;
/** A tick that comes so much too late comes after sleep. */
const SLEEP = 60_000;

/**
 * How a round ended, as far as the next one's time hangs on it. `away`: no such folder or drive, which costs nothing to
 * look for. `no-line`: nobody answered, which costs a few hundred bytes to find out. `failed`: somebody answered, or
 * this machine failed, which a quick repetition would not mend. `stopped`: by a person.
 */
export type RoundEnd = 'done' | 'stopped' | 'away' | 'no-line' | 'failed';

/** When a target's turn comes. */
interface Due {
  /** Milliseconds of waiting from now. */
  wait: number;
  /** How long it waits after the next failure of each kind. */
  retry: { 'no-line': number; failed: number };
  last: RoundEnd | null;
  /** Something was written since the last round began. */
  woken: boolean;
}

/**
 * Starts rounds by themselves: soon after something was written, every few minutes otherwise, and, where nobody could
 * be reached, again and again, so that a line or a stick is noticed when it appears. Who answers with an error is asked
 * at growing intervals, and what a person stopped rests until its next regular turn. Time is counted in ticks of this
 * clock, which the wall clock's jumps do not touch: one that looks like sleep only makes it look sooner.
 */
export class SyncClock {
  readonly #targets: () => readonly string[];
  readonly #run: (id: string) => Promise<unknown>;
  readonly #wall: Clock;
  readonly #due = new Map<string, Due>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  /** `run` resolves when the round is over; how it ended, `ended` has been told. */
  constructor(ports: {
    readonly targets: () => readonly string[];
    readonly run: (id: string) => Promise<unknown>;
    readonly wall: Clock;
  }) {
    this.#targets = ports.targets;
    this.#run = ports.run;
    this.#wall = ports.wall;
  }

  start(): void {
    const from = this.#wall.now();
    this.#timer = setTimeout(() => {
      this.start();
      for (const due of this.#due.values()) due.wait -= TICK;
      if (this.#wall.now() - from > TICK + SLEEP) this.lineAppeared();
      else void this.#look();
    }, TICK);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** There is something to tell: whatever is due later is due soon, but where an error or a person said no. */
  wake(): void {
    for (const due of this.#due.values()) {
      due.woken = true;
      if (due.last !== 'stopped' && due.last !== 'failed') due.wait = Math.min(due.wait, AFTER_WRITING);
    }
  }

  /** There is a line that was not there before, as the system says: who waited for one tries it at once. */
  lineAppeared(): void {
    for (const due of this.#due.values()) {
      if (due.last === 'stopped') continue;
      // An error may have been the former line's. One that comes and goes must not make it a hail of tries.
      due.wait = due.last === 'failed' ? Math.min(due.wait, LAST_LINE_RETRY) : 0;
      due.retry['no-line'] = FIRST_RETRY;
    }
    void this.#look();
  }

  /** A person gave a target other settings: what it did before says nothing. What they stopped goes on resting. */
  changed(id: string): void {
    if (this.#due.get(id)?.last !== 'stopped') this.#due.delete(id);
  }

  /**
   * A round is over, whoever started it. `stopped` also where a person's word came too late to change how it ended.
   * `seconds`: the target asked not to come back sooner.
   */
  ended(id: string, end: RoundEnd, seconds = 0): void {
    const due = this.#dueOf(id);
    due.last = end;
    if (end === 'away') {
      due.wait = TICK;
    } else if (end === 'no-line' || end === 'failed') {
      due.wait = Math.max(due.retry[end], 1000 * seconds);
      due.retry[end] = Math.min(end === 'failed' ? LAST_RETRY : LAST_LINE_RETRY, 2 * due.retry[end]);
    } else {
      due.wait = BETWEEN_ROUNDS;
      due.retry = { 'no-line': FIRST_RETRY, failed: FIRST_RETRY };
    }
    // Written while the round ran, so perhaps not in it.
    if (due.woken && (end === 'done' || end === 'no-line')) due.wait = Math.min(due.wait, AFTER_WRITING);
    due.woken = false;
  }

  #dueOf(id: string): Due {
    const retry = { 'no-line': FIRST_RETRY, failed: FIRST_RETRY };
    const due = this.#due.get(id) ?? { wait: 0, retry, last: null, woken: false };
    this.#due.set(id, due);
    return due;
  }

  async #look(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (const id of this.#targets()) {
        const due = this.#dueOf(id);
        if (due.wait > 0 || this.#timer === undefined) continue;
        due.wait = BETWEEN_ROUNDS;
        due.woken = false;
        await this.#run(id).catch(() => undefined);
      }
    } finally {
      this.#running = false;
    }
  }
}
