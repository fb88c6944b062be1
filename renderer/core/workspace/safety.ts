import type { Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { CodedError, codeOf } from '../base/coded-error.ts';
import type { Change } from '../changes/change.ts';
import { foldChanges } from '../changes/register.ts';
import type { JournalHost, SafetyHost } from '../host/host.ts';
import { START } from '../journal/frame.ts';
import { openJournal, type Position } from '../journal/journal.ts';
import type { Rehearsal, SafetyCopy, SafetyDoor } from '../model/safety-copy.ts';
import { asSyncEntry } from '../sync/journal-entries.ts';
import { SyncState } from '../sync/sync-state.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import { deriveSealers } from '../vault/envelope.ts';
import { parseHeader } from '../vault/header.ts';
import { openWithPassphrase } from '../vault/slots.ts';
import type { Progress } from '../workspace.ts';
import type { Session } from './session.ts';
import { hashOfLines, stateLine } from './state-hash.ts';

/** How often the folder is looked for and the journal's length asked, in milliseconds. */
const LOOK_EVERY = 60_000;
/** While somebody works, a copy is made at most so often: a stick wears out and an old one is slow. */
const COPY_EVERY = 600_000;
const LARGEST_HEADER = 64 * 1024;

interface Parts {
  readonly safety: SafetyHost;
  readonly journal: JournalHost;
  readonly session: Session;
  readonly derive: DeriveKey;
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
    const { safety, journal, onChange } = this.#parts;
    try {
      await safety.copy(await journal.size());
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
      const { hash, ...found } = await this.#open(passphrase, onProgress);
      if (found.damaged) return { result: 'damaged', observations: found.observations };
      if (hash === mine) return { result: 'same', observations: found.observations };
      if (attempt > 0 || !(await this.state()).behind) {
        return { result: 'different', observations: found.observations };
      }
    }
  }

  /** Opens the copy with nothing but itself and the passphrase. */
  async #open(
    passphrase: string,
    onProgress: (progress: Progress) => void,
  ): Promise<{ hash: string; observations: number; damaged: boolean }> {
    const { safety, derive } = this.#parts;
    onProgress({ step: 'deriving', done: 0, total: 0 });
    const header = parseHeader(await safety.read('header', 0, LARGEST_HEADER));
    if (!header.ok) throw new CodedError(header.error, 'The header of the safety copy cannot be read.');
    const opened = await openWithPassphrase(header.value, passphrase, derive);
    if (!opened.ok) throw new CodedError(opened.error, 'The passphrase does not open the safety copy.');
    const vaultKeyBytes: Bytes = opened.value.vaultKeyBytes;
    const sealers = await deriveSealers(vaultKeyBytes);
    vaultKeyBytes.fill(0);

    const records = new Map<string, Change[]>();
    // Packs from other devices lie in the journal as they came.
    const sync = new SyncState();
    let before: Position = START;
    const { report } = await openJournal({
      host: readOnly(safety, (await safety.state()).journalBytes),
      sealer: sealers.journal,
      vaultId: header.value.vault,
      async onEntry(entry, position, place) {
        const received = asSyncEntry(entry);
        const changes =
          entry.kind === 'changes'
            ? entry.changes
            : received === null
              ? []
              : await sync.take(received, place);
        if (entry.kind === 'changes') sync.wrote(entry.changes, before);
        before = position;
        for (const change of changes) {
          const known = records.get(change.record);
          if (known === undefined) records.set(change.record, [change]);
          else known.push(change);
        }
      },
      onProgress: (done, total) => onProgress({ step: 'reading', done, total }),
    });
    const lines: string[] = [];
    let observations = 0;
    for (const changes of records.values()) {
      const state = foldChanges(changes);
      if (state.type === 'observation' && state.deletion !== 'deleted') observations += 1;
      lines.push(await stateLine(state));
    }
    const damaged = !opened.value.intact || report.torn !== null || report.damage.length > 0;
    return { hash: await hashOfLines(lines), observations, damaged };
  }
}

/** The copy's journal as one that can only be read: a rehearsal changes nothing. */
function readOnly(safety: SafetyHost, size: number): JournalHost {
  const refuse = async (): Promise<never> => {
    throw new CodedError('host/refused', 'A rehearsal writes nothing.');
  };
  return {
    size: async () => size,
    read: (from, length) => safety.read('journal', from, Math.min(length, size - from)),
    append: refuse,
    setAside: refuse,
  };
}
