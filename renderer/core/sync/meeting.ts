import type { Ledger } from './ledger.ts';
import type { RoundControl } from './round-control.ts';
import type { Target } from './target.ts';
import type { TargetMemory } from './target-memory.ts';

/** One meeting with one target. */
export interface Round {
  readonly ledger: Ledger;
  readonly target: Target;
  /** What this device remembers of the target; written in place. */
  readonly memory: TargetMemory;
  /** The target's name, for flags. */
  readonly name: string;
  readonly control: RoundControl;
  readonly carried: Carried;
}

/** Changes that went through so far, in packs put and packs taken in: a round that breaks has carried them all the same. */
export interface Carried {
  changesOut: number;
  changesIn: number;
}
