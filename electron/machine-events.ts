import type { MachineEvent } from '../renderer/core/host/contract.ts';

/** How long a window waits for an answer before it asks again. Milliseconds. */
const PATIENCE = 25_000;
/** Between two questions nobody waits. What is told then is kept so long, and no longer: an old event means nothing. */
const FRESH = 5_000;

/** What the machine says on its own, on its way to the one window that asks for it. */
export interface MachineEvents {
  tell(event: MachineEvent): void;
  next(): Promise<MachineEvent | null>;
  /** Answers whoever waits; nobody waits afterwards. */
  close(): void;
}

/** `now` is a clock in milliseconds that never goes back. */
export function createMachineEvents(now: () => number): MachineEvents {
  let waiting: ((event: MachineEvent | null) => void) | null = null;
  let missed: { readonly event: MachineEvent; readonly at: number } | null = null;
  let closed = false;

  return {
    tell(event) {
      // That it is time to lock is never lost over something that will be looked at anyway.
      const canWait = event === 'space' || event === 'file';
      if (waiting === null && missed !== null && canWait && now() - missed.at < FRESH) return;
      if (waiting === null) missed = { event, at: now() };
      else waiting(event);
    },
    next() {
      const kept = missed;
      missed = null;
      if (closed) return Promise.resolve(null);
      if (kept !== null && now() - kept.at < FRESH) return Promise.resolve(kept.event);
      // A window that was reloaded asks anew; its former question must not swallow an event.
      waiting?.(null);
      return new Promise((resolve) => {
        const answer = (event: MachineEvent | null) => {
          clearTimeout(timer);
          if (waiting === answer) waiting = null;
          resolve(event);
        };
        const timer = setTimeout(answer, PATIENCE, null);
        timer.unref();
        waiting = answer;
      });
    },
    close() {
      closed = true;
      waiting?.(null);
    },
  };
}
