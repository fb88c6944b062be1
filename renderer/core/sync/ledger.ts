import type { Bytes } from '../base/bytes.ts';
import type { Clock, Random } from '../base/clock.ts';
import type { Signer } from '../vault/device.ts';
import type { StoredPack } from './chain.ts';
import type { SyncEntry } from './journal-entries.ts';
import type { OpenedPack } from './pack.ts';
import type { SyncState } from './sync-state.ts';

/**
 * What a round needs from the open vault. Whatever comes in is in the journal, fsynced, before the next step: a round
 * that is cut off anywhere has lost nothing that it had received.
 */
export interface Ledger {
  readonly state: SyncState;
  readonly clock: Clock;
  readonly random: Random;
  /** This device's hand; another one after `renew`. */
  readonly signer: Signer;
  /**
   * Journals entries and takes in what they bring, in turn with everything else that writes. Resolves with the number
   * of changes that each of them brought.
   */
  keep(items: readonly KeptItem[]): Promise<readonly number[]>;
  /** Seals what no own pack holds yet into packs and journals them. */
  seal(): Promise<void>;
  /** A pack's bytes out of the journal; null when the journal was damaged there. */
  packBytes(pack: StoredPack): Promise<Bytes | null>;
  /**
   * This device met its own id elsewhere: it goes on under a new one of the same member. Own changes above the
   * counter go into packs of the new device once more; those that others have already are recognised.
   */
  renew(above: number): Promise<void>;
}

export interface KeptItem {
  readonly entry: SyncEntry;
  readonly opened?: OpenedPack;
}
