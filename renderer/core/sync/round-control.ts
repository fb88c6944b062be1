import type { Clock } from '../base/clock.ts';

export interface RoundStep {
  readonly step: 'looking' | 'sending' | 'receiving';
  readonly paused: boolean;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Thrown between two files when a round is stopped; no failure, so it has no code. */
export class Stopped extends Error {}

/**
 * The person's hand on a round, and its speed. A round asks `ready` before every file; bytes are those of files, not
 * of the protocol around them.
 */
export class RoundControl {
  readonly #clock: Clock;
  readonly #onStep: (step: RoundStep) => void;
  #step: RoundStep['step'] = 'looking';
  #paused = false;
  #stopped = false;
  #wake: (() => void)[] = [];
  #done = 0;
  #total = 0;
  #moved = 0;
  #milliseconds = 0;
  #underWay = 0;
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
    for (const wake of this.#wake.splice(0)) wake();
    this.#tell();
  }

  stop(): void {
    this.#stopped = true;
    this.resume();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Waits while paused. Error: `Stopped`. */
  async ready(): Promise<void> {
    while (this.#paused && !this.#stopped) await new Promise<void>((wake) => this.#wake.push(wake));
    if (this.#stopped) throw new Stopped();
  }

  begin(step: RoundStep['step'], bytes = 0): void {
    this.#step = step;
    this.#done = 0;
    this.#total = bytes;
    this.#tell();
  }

  /** More to come than `begin` knew. */
  expect(bytes: number): void {
    this.#total += bytes;
    this.#tell();
  }

  /** Moves one file and counts it: `bytesOf` tells how much it was. */
  async transfer<T>(way: 'out' | 'in', move: () => Promise<T>, bytesOf: (moved: T) => number): Promise<T> {
    await this.ready();
    if (this.#underWay === 0) this.#countedUpTo = this.#clock.now();
    this.#underWay += 1;
    try {
      const moved = await move();
      this.#count(way, bytesOf(moved));
      return moved;
    } finally {
      this.#underWay -= 1;
    }
  }

  #count(way: 'out' | 'in', bytes: number): void {
    const now = this.#clock.now();
    const took = now - this.#countedUpTo;
    this.#countedUpTo = now;
    // A clock that was set meanwhile says nothing about the line, and neither does an answer without a file.
    if (took >= 0 && took < 3_600_000 && bytes > 0) {
      this.#moved += bytes;
      this.#milliseconds += took;
    }
    this.#done += bytes;
    if (way === 'out') this.sentBytes += bytes;
    else this.receivedBytes += bytes;
    this.#tell();
  }

  #tell(): void {
    const perSecond = this.#milliseconds > 0 ? (1000 * this.#moved) / this.#milliseconds : null;
    const left = Math.max(0, this.#total - this.#done);
    this.#onStep({
      step: this.#step,
      paused: this.#paused,
      doneBytes: this.#done,
      totalBytes: Math.max(this.#total, this.#done),
      bytesPerSecond: perSecond,
      secondsLeft: perSecond === null || perSecond === 0 ? null : left / perSecond,
    });
  }
}
