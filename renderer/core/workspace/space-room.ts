import { CodedError } from '../base/coded-error.ts';
import type { SpaceHost } from '../host/host.ts';
import type { Space, SpaceDoor } from '../model/space.ts';

/** How often the drive is looked at while a window is there, in milliseconds. */
const LOOK_EVERY = 30_000;

/** Knows how much room the vault's drive has, and keeps what is left for text when there is hardly any. */
export class SpaceRoom implements SpaceDoor {
  readonly #host: SpaceHost;
  readonly #onLook: (space: Space) => void;
  #last: Space | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching = false;

  /** `onLook` is told what was found whenever it is not the same as before. */
  constructor(host: SpaceHost, onLook: (space: Space) => void) {
    this.#host = host;
    this.#onLook = onLook;
  }

  async state(): Promise<Space> {
    return this.#last ?? (await this.look());
  }

  async look(): Promise<Space> {
    const found = await this.#host.look();
    const before = this.#last;
    this.#last = found;
    const same = before?.level === found.level && before.freeBytes === found.freeBytes;
    if (!same) this.#onLook(found);
    return found;
  }

  /** For what can wait. Error: `disk/full` while nothing but a person's last words may be written. */
  async demand(): Promise<void> {
    if (this.#last?.level !== 'full') return;
    // It may have been made a moment ago.
    if ((await this.look()).level === 'full')
      throw new CodedError('disk/full', 'What is left of the disk is kept for text that is being typed.');
  }

  /** Looks again and again until `rest`; never throws. */
  watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    void this.#watchOn();
  }

  rest(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
  }

  async #watchOn(): Promise<void> {
    // A host that does not answer is asked again.
    await this.look().catch(() => undefined);
    if (this.#watching) this.#timer = setTimeout(() => void this.#watchOn(), LOOK_EVERY);
  }
}
