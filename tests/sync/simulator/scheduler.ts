import type { Chance } from './chance.ts';

/**
 * Runs tasks beside each other in an order that one seed decides. A task runs until it reaches the gate (every call of
 * a target is one) or ends; once all are waiting, chance lets one through. What happens between two gates awaits only
 * cryptography and memory, whose timing then decides nothing.
 */
export class Scheduler {
  readonly #chance: Chance;
  /** By task, the calls of it that wait: several where files are asked for beside each other. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #settled: (() => void) | null = null;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Waits to be let through; for who is not a running task, at once. */
  gate(who: string): Promise<void> {
    const waiting = this.#waiting.get(who);
    if (waiting === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      waiting.push(resolve);
      this.#look();
    });
  }

  #look(): void {
    if ([...this.#waiting.values()].every((calls) => calls.length > 0)) this.#settled?.();
  }

  /** Resolves when every task has ended. A task must not throw. */
  async run(tasks: ReadonlyMap<string, () => Promise<void>>): Promise<void> {
    for (const who of tasks.keys()) this.#waiting.set(who, []);
    for (const [who, task] of tasks) {
      void task().finally(() => {
        this.#waiting.delete(who);
        this.#look();
      });
    }
    while (this.#waiting.size > 0) {
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
        this.#look();
      });
      this.#settled = null;
      const all = [...this.#waiting.values()];
      if (all.length === 0) return;
      this.#chance.pick(all).shift()?.();
      // What was let through acts before anybody else is.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
