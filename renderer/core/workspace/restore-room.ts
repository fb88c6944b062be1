import { CodedError } from '../base/coded-error.ts';
import type { SafetyHost } from '../host/host.ts';
import type { CopyContent, CopyToRestore, RestoreDoor } from '../model/safety-copy.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import type { Progress, Secret } from '../workspace.ts';
import { openSlot } from './open-slot.ts';
import { readCopy } from './read-copy.ts';

/** The way back from a safety copy where there is no vault: look, open, and only then put in place. */
export class RestoreRoom implements RestoreDoor {
  readonly #host: Pick<SafetyHost, 'find' | 'readFound' | 'restore'>;
  readonly #derive: DeriveKey;
  readonly #words: readonly string[];
  readonly #claim: () => Promise<void>;
  #found: readonly CopyToRestore[] = [];

  /** `words` are all the lists that recovery words are drawn from; `claim` throws `host/busy` when another window is first. */
  constructor(parts: {
    readonly host: Pick<SafetyHost, 'find' | 'readFound' | 'restore'>;
    readonly derive: DeriveKey;
    readonly words: readonly string[];
    readonly claim: () => Promise<void>;
  }) {
    this.#host = parts.host;
    this.#derive = parts.derive;
    this.#words = parts.words;
    this.#claim = parts.claim;
  }

  async find(typed: string | null): Promise<readonly CopyToRestore[] | null> {
    await this.#claim();
    const found = await this.#host.find(typed);
    if (found !== null) this.#found = found;
    return found;
  }

  async open(id: string, secret: Secret, onProgress: (progress: Progress) => void): Promise<CopyContent> {
    const copy = this.#copy(id);
    const { observations, damaged } = await readCopy(
      {
        read: (what, from, length) => this.#host.readFound(id, what, from, length),
        journalBytes: copy.journalBytes,
      },
      (header) => openSlot(header, secret, { words: this.#words, derive: this.#derive }),
      onProgress,
    );
    return { observations, damaged };
  }

  async restore(id: string): Promise<void> {
    await this.#claim();
    await this.#host.restore(this.#copy(id).id);
  }

  #copy(id: string): CopyToRestore {
    const copy = this.#found.find((each) => each.id === id && each.state === 'whole');
    if (copy === undefined) throw new CodedError('safety/none', 'There is no such whole copy.');
    return copy;
  }
}
