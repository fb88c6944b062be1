import type { Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/coded-error.ts';
import type { JournalHost, SafetyHost } from '../host/host.ts';
import type { Rehearsal, SafetyCopy, SafetyDoor } from '../model/safety-copy.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import type { Progress } from '../workspace.ts';
import { openSlot } from './open-slot.ts';
import { type ReadCopy, readCopy } from './read-copy.ts';
import type { Session } from './session.ts';

/** How often the folder is looked for and the journal's length asked, in milliseconds. */
const LOOK_EVERY = 60_000;
/** While somebody works, a copy is made at most so often: a stick wears out and an old one is slow. */
const COPY_EVERY = 600_000;

interface Parts {
  readonly safety: SafetyHost;
  readonly journal: JournalHost;
  readonly session: Session;
  readonly derive: DeriveKey;
  /** The device file as a copy holds it: whoever opens it goes on as another device. */
  readonly deviceFile: () => Promise<Bytes>;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/** Keeps a verified copy of the vault elsewhere, without being asked, and shows that it can be opened. */
export class SafetyRoom implements SafetyDoor {
  readonly #parts: Parts;
  #problem: string | null = null;
  #wasPresent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lookLater(0);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async state(): Promise<SafetyCopy> {
    const { journalBytes, ...state } = await this.#parts.safety.state();
    const behind = state.at === null || (await this.#parts.journal.size()) !== journalBytes;
    return { ...state, behind, problem: this.#problem };
  }

  async choose(typed: string | null): Promise<boolean> {
    const chosen = await this.#parts.safety.choose(typed);
    this.#problem = null;
    if (chosen) this.#lookLater(0);
    return chosen;
  }

  async stop(): Promise<void> {
    await this.#parts.safety.stop();
    this.#problem = null;
  }

  async copy(): Promise<void> {
    const { safety, journal, deviceFile, onChange } = this.#parts;
    try {
      await safety.copy(await journal.size(), await deviceFile());
      this.#problem = null;
    } catch (error) {
      this.#problem = codeOf(error);
      throw error;
    } finally {
      onChange();
    }
  }

  /** The key slots changed: what opened the vault before must not open its copies, so that both generations are made anew. */
  async renew(): Promise<void> {
    if ((await this.#parts.safety.state()).folder === null) return;
    await this.copy();
    await this.copy();
  }

  #lookLater(after: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), after);
  }

  /** Never throws: what went wrong stands in `state`. */
  async #look(): Promise<void> {
    try {
      const state = await this.state();
      const appeared = state.present && !this.#wasPresent;
      this.#wasPresent = state.present;
      const age = state.at === null ? COPY_EVERY : this.#parts.clock.now() - Date.parse(state.at);
      const due = appeared || age >= COPY_EVERY || age < 0;
      if (state.present && state.behind && due && !this.#closed) await this.copy();
    } catch {
      // Kept by `copy`; a host that does not answer is asked again.
    }
    this.#lookLater(LOOK_EVERY);
  }

  async rehearse(passphrase: string, onProgress: (progress: Progress) => void): Promise<Rehearsal> {
    // Something may be saved between the copy and the comparison; then the next copy holds it too.
    for (let attempt = 0; ; attempt++) {
      await this.copy();
      const mine = await this.#parts.session.stateHash();
      const { hash, observations, damaged } = await this.#open(passphrase, onProgress);
      if (damaged) return { result: 'damaged', observations };
      if (hash === mine) return { result: 'same', observations };
      if (attempt > 0 || !(await this.state()).behind) return { result: 'different', observations };
    }
  }

  /** Opens the copy with nothing but itself and the passphrase. */
  async #open(passphrase: string, onProgress: (progress: Progress) => void): Promise<ReadCopy> {
    const { safety, derive } = this.#parts;
    const { journalBytes } = await safety.state();
    return readCopy(
      { read: (what, from, length) => safety.read(what, from, length), journalBytes },
      (header) => openSlot(header, { passphrase }, { words: [], derive }),
      onProgress,
    );
  }
}
