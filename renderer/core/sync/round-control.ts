import type { Clock } from '../base/clock.ts';

export interface RoundStep {
  readonly step: 'looking' | 'sending' | 'receiving';
  /** `pausing`: what is under way is finished first. */
  readonly state: 'going' | 'pausing' | 'paused' | 'stopping';
  readonly doneBytes: number;
  /** Null where nobody has told how much there is. */
  readonly totalBytes: number | null;
  /** Null where it was not measured yet, and where what is under way takes so long that it is not there any more. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** What was measured longer ago than so many milliseconds says little of the line as it is now. */
const MEASURED = 60_000;
/** What is under way may take so many milliseconds, and twice the time that its bytes take at the speed measured. */
const PATIENCE = 15_000;

/** Thrown when a round is stopped; no failure, so it has no code. */
export class Stopped extends Error {}

/**
 * The person's hand on a round, and its speed. A round asks `ready` before every file; bytes are those of files, not
 * of the protocol around them.
 */
export class RoundControl {
  readonly #clock: Clock;
  readonly #onStep: (step: RoundStep) => void;
  /** Null before it has begun: until then there is nothing to tell. */
  #step: RoundStep['step'] | null = null;
  #paused = false;
  #stopped = false;
  #wake: (() => void)[] = [];
  readonly #onStop = new Set<() => void>();
  #done = 0;
  #total: number | null = null;
  #moved = 0;
  #milliseconds = 0;
  #underWay = 0;
  /** Of the files under way, as far as their lengths are known. */
  #bytesUnderWay = 0;
  #toldSpeed = false;
  /** Up to here the time in which files were under way is counted. */
  #countedUpTo = 0;
  sentBytes = 0;
  receivedBytes = 0;

  constructor(clock: Clock, onStep: (step: RoundStep) => void = () => undefined) {
    this.#clock = clock;
    this.#onStep = onStep;
  }

  pause(): void {
    this.#paused = true;
    this.#tell();
  }

  resume(): void {
    this.#paused = false;
    this.#tell();
    for (const wake of this.#wake.splice(0)) wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#tell();
    for (const wake of this.#wake.splice(0)) wake();
    for (const act of [...this.#onStop]) act();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Called at once when the round is stopped, until the function that is returned is called. */
  onStop(act: () => void): () => void {
    this.#onStop.add(act);
    return () => this.#onStop.delete(act);
  }

  /** What `work` comes to. Error: `Stopped`, at once when the round is stopped, whatever becomes of the work. */
  async unlessStopped<T>(work: () => Promise<T>): Promise<T> {
    if (this.#stopped) throw new Stopped();
    return new Promise((resolve, reject) => {
      const forget = this.onStop(() => reject(new Stopped()));
      work().then(resolve, reject).finally(forget);
    });
  }

  /** Waits while paused. Error: `Stopped`. */
  async ready(): Promise<void> {
    while (this.#paused && !this.#stopped) {
      await new Promise<void>((wake) => {
        this.#wake.push(wake);
        this.#tell();
      });
    }
    if (this.#stopped) throw new Stopped();
  }

  /** `bytes`: how much the files of this step are together; 0 where that is not known. */
  begin(step: RoundStep['step'], bytes = 0): void {
    this.#step = step;
    this.#done = 0;
    this.#total = bytes > 0 ? bytes : null;
    this.#tell();
  }

  /** More to come than was known, or less. */
  expect(bytes: number): void {
    if (this.#total === null && bytes <= 0) return;
    this.#total = Math.max(this.#done, (this.#total ?? this.#done) + bytes);
    this.#tell();
  }

  /**
   * Moves one file and counts it: `bytesOf` tells how much it was. `told` is how much the total takes it for; null where
   * no total knows of it nor of what may follow it, and left out for what travels beside (heads, the log).
   */
  async transfer<T>(
    way: 'out' | 'in',
    move: () => Promise<T>,
    bytesOf: (moved: T) => number,
    told?: number | null,
  ): Promise<T> {
    await this.ready();
    if (this.#underWay === 0) this.#countedUpTo = this.#clock.now();
    this.#underWay += 1;
    this.#bytesUnderWay += told ?? 0;
    try {
      const moved = await move();
      this.#count(way, bytesOf(moved), told);
      return moved;
    } finally {
      this.#underWay -= 1;
      this.#bytesUnderWay -= told ?? 0;
      if (this.#paused) this.#tell();
    }
  }

  /** To be called now and then: takes a speed back that is not there any more. */
  look(): void {
    if (this.#toldSpeed && this.#isLate()) this.#tell();
  }

  #count(way: 'out' | 'in', bytes: number, told: number | null | undefined): void {
    const now = this.#clock.now();
    const took = now - this.#countedUpTo;
    this.#countedUpTo = now;
    // A clock that was set meanwhile says nothing about the line, and neither does an answer without a file.
    if (took >= 0 && took < 3_600_000 && bytes > 0) {
      const share = Math.min(1, MEASURED / (this.#milliseconds + took));
      this.#moved = share * (this.#moved + bytes);
      this.#milliseconds = share * (this.#milliseconds + took);
    }
    if (told === null && bytes > 0) this.#total = null;
    if (this.#total === null) {
      this.#done += bytes;
    } else if (typeof told === 'number') {
      this.#done += bytes;
      this.#total = Math.max(this.#done, this.#total + bytes - told);
    }
    if (way === 'out') this.sentBytes += bytes;
    else this.receivedBytes += bytes;
    this.#tell();
  }

  get #perSecond(): number | null {
    return this.#milliseconds > 0 ? (1000 * this.#moved) / this.#milliseconds : null;
  }

  #isLate(): boolean {
    const speed = this.#perSecond;
    if (this.#underWay === 0 || speed === null) return false;
    return this.#clock.now() - this.#countedUpTo > PATIENCE + (2000 * this.#bytesUnderWay) / speed;
  }

  get #state(): RoundStep['state'] {
    if (this.#stopped) return 'stopping';
    if (!this.#paused) return 'going';
    return this.#wake.length > 0 && this.#underWay === 0 ? 'paused' : 'pausing';
  }

  #tell(): void {
    if (this.#step === null) return;
    const perSecond = this.#isLate() ? null : this.#perSecond;
    this.#toldSpeed = perSecond !== null;
    const left = this.#total === null ? null : this.#total - this.#done;
    this.#onStep({
      step: this.#step,
      state: this.#state,
      doneBytes: this.#done,
      totalBytes: this.#total,
      bytesPerSecond: perSecond,
      secondsLeft: left === null || perSecond === null ? null : left / perSecond,
    });
  }
}
