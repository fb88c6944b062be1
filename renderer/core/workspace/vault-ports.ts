import type { Clock, Random } from '../base/clock.ts';
import type { Host } from '../host/host.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import type { Device } from '../vault/device.ts';
import type { Sealers } from '../vault/envelope.ts';
import type { Notice, Progress, WorkspaceEvent } from '../workspace.ts';

/** What the vault's door stands between: the machine on one side, the rooms of an open vault on the other. */
export interface VaultPorts {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: Random;
  readonly derive: DeriveKey;
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Opens the rest of the workspace with the vault's keys. */
  readonly enter: (
    vault: {
      readonly vaultId: string;
      readonly demo: boolean;
      readonly sealers: Sealers;
      readonly device: Device;
      /** Goes on as another device of the same member; name and settings stay. */
      readonly keepDevice: (device: Device) => Promise<void>;
    },
    onProgress: (progress: Progress) => void,
  ) => Promise<readonly Notice[]>;
  /** Closes it again: waits for what is under way and forgets everything. */
  readonly leave: (reason: LockReason) => Promise<void>;
  /** The key slots on the disk are other ones now. */
  readonly headerReplaced: () => void;
  /** Tells that the vault locks in a moment. */
  readonly locking: () => void;
  /** The machine said something that does not lock the vault. */
  readonly told: (event: 'space' | 'file') => void;
  /** Error: `disk/full` while the disk has no room for what can wait. */
  readonly demandRoom: () => Promise<void>;
  /** The open vault goes on as another device of the same member. */
  readonly renewDevice: () => Promise<void>;
  readonly rename: (member: string, name: string) => Promise<void>;
  /** Fills an open vault with the demonstration. */
  readonly fillDemo: (onProgress: (progress: Progress) => void) => Promise<void>;
  readonly forgetCache: (vaultId: string) => Promise<void>;
}

export type LockReason = Extract<WorkspaceEvent, { event: 'locked' }>['reason'];
