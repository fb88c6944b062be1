import type { Random } from '@/core/base/clock.ts';

/** All chance of one history: the same seed draws the same. */
export class Chance implements Random {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not draw alike.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0 || 1;
    for (let i = 0; i < 8; i++) this.#next();
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state >>> 0;
  }

  /** 0 to `below` - 1. */
  number(below: number): number {
    return this.#next() % below;
  }

  /** True once in a hundred times `percent`. */
  happens(percent: number): boolean {
    return this.number(10_000) < percent * 100;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.');
    return items[this.number(items.length)] as T;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.#next() & 0xff);
  }
}
