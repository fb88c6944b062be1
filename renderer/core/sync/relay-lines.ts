import { CodedError, codeOf } from '../base/coded-error.ts';
import type { DialRelay, RelayLine } from './relay-line.ts';

/** Pauses before another try while a cluster chooses a leader, which takes it some seconds. Milliseconds. */
const BUSY_PAUSES = [250, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000];
/** Tries after a line broke or fell silent under a call, for each server there is. */
const BROKEN_TRIES = 2;

/**
 * The servers of a relay as one: a line to the first that can be reached, made when it is needed, and a call that
 * failed for want of a server tried again elsewhere. A call may be done twice, so it must be one that may.
 */
export class RelayLines {
  readonly #urls: readonly string[];
  readonly #dial: DialRelay;
  readonly #pause: (milliseconds: number) => Promise<void>;
  /** Of the server in use. */
  #at = 0;
  #line: Promise<RelayLine> | null = null;
  #closed = false;
  #endWaiting: (why: CodedError) => void = () => undefined;
  /** Fails when this is closed: a server that says nothing would hold who waits for it for a minute. */
  readonly #closing: Promise<never>;
  /** Calls under way on each line. A line that was left is closed when its last call has ended. */
  readonly #calls = new Map<RelayLine, number>();

  constructor(urls: readonly string[], dial: DialRelay, pause: (milliseconds: number) => Promise<void>) {
    this.#urls = urls;
    this.#dial = dial;
    this.#pause = pause;
    this.#closing = new Promise((_, reject) => {
      this.#endWaiting = reject;
    });
    this.#closing.catch(() => undefined);
  }

  async use<T>(call: (line: RelayLine) => Promise<T>): Promise<T> {
    let broken = 0;
    for (let busy = 0; ; ) {
      const connecting = this.#connected();
      // Nothing is tried again when no server at all can be reached: that is the answer.
      const line = await connecting;
      this.#calls.set(line, (this.#calls.get(line) ?? 0) + 1);
      try {
        return await call(line);
      } catch (error) {
        const code = codeOf(error);
        if (this.#closed) throw closed();
        if (code === 'target/unreachable' && broken < BROKEN_TRIES * this.#urls.length) {
          broken += 1;
          this.#leave(connecting);
          continue;
        }
        const pause = BUSY_PAUSES[busy];
        if (code !== 'target/busy' || pause === undefined) throw error;
        busy += 1;
        // This server may be the one that is cut off from the others.
        if (this.#urls.length > 1 && busy % 2 === 0) this.#leave(connecting);
        await Promise.race([this.#pause(pause), this.#closing]);
      } finally {
        this.#ended(line, connecting);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endWaiting(closed());
    const line = this.#line;
    this.#line = null;
    const open = new Set(this.#calls.keys());
    await line?.then(
      (last) => open.add(last),
      () => undefined,
    );
    await Promise.all([...open].map((each) => each.close()));
  }

  #connected(): Promise<RelayLine> {
    if (this.#closed) return Promise.reject(closed());
    if (this.#line === null) {
      // Whoever is still being connected to when this is closed is left once it answers.
      const mine = Promise.race([this.#dialAny(), this.#closing]);
      this.#line = mine;
      mine.catch(() => {
        if (this.#line === mine) this.#line = null;
      });
    }
    return this.#line;
  }

  /** The next call goes to the next server; other calls may have left this line already. */
  #leave(line: Promise<RelayLine>): void {
    if (this.#line !== line) return;
    this.#line = null;
    this.#at = (this.#at + 1) % this.#urls.length;
  }

  #ended(line: RelayLine, connecting: Promise<RelayLine>): void {
    const left = (this.#calls.get(line) ?? 1) - 1;
    if (left > 0) {
      this.#calls.set(line, left);
      return;
    }
    this.#calls.delete(line);
    if (this.#line !== connecting) void line.close();
  }

  /** Where none can be reached, the error says most about the line that got furthest. */
  async #dialAny(): Promise<RelayLine> {
    let worst: unknown = new CodedError('target/unreachable', 'The relay has no address.');
    for (let tried = 0; tried < this.#urls.length; tried++) {
      try {
        const line = await this.#dial(this.#urls[this.#at] as string);
        if (!this.#closed) return line;
        void line.close();
        throw closed();
      } catch (error) {
        if (this.#closed) throw closed();
        if (tried === 0 || codeOf(error) !== 'target/unreachable') worst = error;
        this.#at = (this.#at + 1) % this.#urls.length;
      }
    }
    throw worst;
  }
}

const closed = (): CodedError => new CodedError('target/unreachable', 'The target has been closed.');
