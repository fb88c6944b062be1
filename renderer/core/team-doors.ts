import type { WireError } from './base/coded-error.ts';
import type { Json } from './base/json.ts';

/**
 * The interface's doors to the team and to exchange with other devices; parts of `Workspace`. As there, everything
 * is plain data, failures are `CodedError`s, and functions are passed only as direct arguments.
 */

// ---------------------------------------------------------------- team

export type Role = 'coordinator' | 'monitor';

export interface Member {
  readonly member: string;
  readonly name: string;
  readonly role: Role;
  readonly devices: readonly string[];
  /** This device's own member. */
  readonly self: boolean;
  /** When a coordinator took them in, by that device's clock. */
  readonly admittedAt: string;
}

export interface Team {
  readonly workspace: string;
  readonly name: string;
  readonly role: Role;
  readonly members: readonly Member[];
  /**
   * The team does not know this device, whose file was lost: it reads, and nobody reads it. A new invitation to the
   * same team lets it in, as another member.
   */
  readonly stranger: boolean;
}

/**
 * Two lines of twenty digits that both sides read to each other, by phone or face to face: `newcomer` stands for the
 * keys of who asks, `team` for the workspace and the keys of who answers. `team` is null where it is not known yet.
 */
export interface SafetyNumber {
  readonly newcomer: string;
  readonly team: string | null;
}

/** A one-time invitation as its coordinator sees it. */
export interface Invitation {
  readonly id: string;
  /** Eight words; who knows them can ask to join, once. */
  readonly words: readonly string[];
  readonly role: Role;
  readonly createdAt: string;
  /** `joined`: who was admitted has entered the team, so nothing is left to do. */
  readonly state: 'waiting' | 'asked' | 'answered' | 'joined' | 'cancelled';
  /** Who asks, once their request has come in. */
  readonly request: { readonly name: string; readonly safety: SafetyNumber } | null;
}

/** A newcomer's own way in. */
export type Joining =
  /** The request is made: hand it over (a file, or any target) and read the number to the coordinator. */
  | { readonly state: 'asked'; readonly safety: SafetyNumber; readonly role: null }
  /** The answer has come in: compare both lines, then enter. */
  | {
      readonly state: 'answered';
      readonly safety: SafetyNumber;
      readonly workspaceName: string;
      readonly role: Role;
    };

export interface TeamDoor {
  /** Null while this vault belongs to no team. */
  team(): Promise<Team | null>;
  /** Begins a team with this person as its coordinator. Errors: `team/already`, `team/demo` (a demonstration shares nothing). */
  found(name: string): Promise<void>;
  invitations(): Promise<readonly Invitation[]>;
  /** Errors: `team/none`, `team/not-coordinator`. */
  invite(role: Role): Promise<Invitation>;
  cancelInvitation(id: string): Promise<void>;
  /** Takes the asking newcomer in: from now on they can read everything the team wrote. Errors: `team/not-asked`. */
  admit(invitation: string): Promise<void>;
  /** The answer as a file for the newcomer; null when cancelled. Also handed over at every round with a target. */
  saveAnswer(invitation: string): Promise<{ readonly path: string } | null>;
  /** The list of devices, for who sets up a relay: ids and names, nothing secret. Null when cancelled. */
  saveDevices(): Promise<{ readonly path: string } | null>;
  /** The way into a team that was begun, or null. */
  joining(): Promise<Joining | null>;
  /**
   * Makes a request from an invitation's words. Errors: `words/count`, `words/unknown`, `team/demo`, `team/already` (not
   * where the team does not know this device).
   */
  ask(words: string): Promise<void>;
  /** The request as a file; null when cancelled. Also handed over at every round with a target. */
  saveRequest(): Promise<{ readonly path: string } | null>;
  /**
   * Enters after the numbers were compared: what this vault holds is shared with the team from now on. Errors:
   * `team/not-answered`, `team/already`.
   */
  enter(): Promise<void>;
  /** Gives up a request that was not answered yet. */
  forgetRequest(): Promise<void>;
  /**
   * Takes in a request or an answer that came as a file. Errors: `team/foreign-file` (not ours, damaged, or for
   * another invitation), `team/used` (the invitation was answered or cancelled), `team/asked-by-another` (another
   * device asked with its words before; that request stays), `team/already` (the answer is another team's).
   */
  openFile(bytes: Uint8Array): Promise<'request' | 'answer'>;
}

// ---------------------------------------------------------------- exchange

/** Where a person's words are: on this device only, at a target, or on other devices (their signed receipts say so). */
export type Kept =
  | { readonly state: 'here' }
  | { readonly state: 'handed-over' }
  | { readonly state: 'held'; readonly devices: number };

export type TargetKind = 'folder' | 'webdav' | 'relay';

/** What a person enters for a target; secrets stay in the vault of this device and are never shown again. */
export type TargetSettings =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'webdav';
      readonly url: string;
      readonly user: string;
      readonly password: string;
      /** SHA-256 of a certificate that no authority vouches for and that the person compared; lower-case hex, or null. */
      readonly fingerprint: string | null;
    }
  | {
      readonly kind: 'relay';
      /** `wss://` addresses of its servers, tried in turn. */
      readonly urls: readonly string[];
      /** The device's credentials as the relay's administrator handed them out: an nkey seed. */
      readonly seed: string;
      readonly fingerprint: string | null;
    };

export interface TargetChoice {
  readonly name: string;
  readonly settings: TargetSettings;
  /** Rounds start by themselves when the target appears. */
  readonly automatic: boolean;
  /** The line is paid by the byte: text only, and no round by itself. */
  readonly metered: boolean;
}

export interface RoundReport {
  /** This device's clock. */
  readonly at: string;
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly error: WireError | null;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** What went through, in a round that was stopped or failed as well. */
  readonly changesOut: number;
  readonly changesIn: number;
}

export interface TargetState {
  readonly id: string;
  readonly name: string;
  readonly kind: TargetKind;
  /** The folder, or the address without credentials. */
  readonly address: string;
  readonly automatic: boolean;
  readonly metered: boolean;
  readonly lastRound: RoundReport | null;
  /** Own changes that this target does not hold yet. */
  readonly waiting: number;
}

/** A round under way. Bytes of packs, not of the protocol around them; seconds at the speed measured so far. */
export interface RoundProgress {
  readonly target: string;
  readonly step: 'looking' | 'sending' | 'receiving';
  /** `pausing` and `stopping`: what is under way is finished first. */
  readonly state: 'going' | 'pausing' | 'paused' | 'stopping';
  readonly doneBytes: number;
  /** Null where nobody has told how much there is. */
  readonly totalBytes: number | null;
  /** Null where it was not measured yet, or is not there any more. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/**
 * Something about the exchange that a person should know; `code` is translated. Nothing is lost by any of them.
 *
 * `sync/rolled-back` (a target shows an older state than before; what was missing was put back), `sync/forked` (two
 * different histories under one device: a copied laptop or restored backup), `sync/renewed` (this device found
 * itself copied and goes on under a new id), `sync/withheld` (a target does not give what a device says is there),
 * `sync/unreadable` (where a device's head or packs should be, a target has files that are none or that it does not
 * give, and had them a round earlier), `sync/refused` (a member's pack holds changes that are not theirs to write;
 * kept aside), `sync/in-name` (changes in the name of the member `of` came from another member's device and were let
 * in, as `of` was not known here yet), `sync/newer` (a pack of a later version), `sync/clock` (a device's clock is far
 * off; only shown times are affected).
 */
export interface SyncFlag {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly at: string;
}

export interface SyncOverview {
  readonly targets: readonly TargetState[];
  readonly running: RoundProgress | null;
  /** Targets whose round waits until the one before it has ended. */
  readonly queued: readonly string[];
  /** Own changes: all, those handed over to at least one target, those held by at least one other device. */
  readonly own: { readonly changes: number; readonly handedOver: number; readonly held: number };
  readonly flags: readonly SyncFlag[];
}

export interface SyncDoor {
  overview(): Promise<SyncOverview>;
  /** Where the words of these observations are; in the order of `ids`. */
  kept(ids: readonly string[]): Promise<readonly Kept[]>;
  addTarget(choice: TargetChoice): Promise<string>;
  /** Settings that are left out stay as they are. */
  setTarget(id: string, edit: Partial<TargetChoice>): Promise<void>;
  removeTarget(id: string): Promise<void>;
  /** Tries a target's settings without keeping them. Errors: as a target's; `target/untrusted` carries `detail.fingerprint`. */
  tryTarget(settings: TargetSettings): Promise<void>;
  /** A folder that the person picks in the system's own window; null when cancelled or where there is none (page mode). */
  chooseFolder(): Promise<string | null>;
  /**
   * One round with a target: sends, receives, resolves with its report; a failure is in the report. While another
   * round runs, waits for it. Progress comes as `sync` events. Error: `team/none`.
   */
  run(target: string): Promise<RoundReport>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /**
   * Stops the round with a target at once; one that waits for another never begins. The next one goes on from there:
   * when a person starts it, or at the target's next regular turn, and no sooner.
   */
  stop(target: string): Promise<void>;
  /** The system says that there is a line: points that waited for one are tried at once. */
  lineAppeared(): Promise<void>;
  /** Takes flags off the overview; they stay in the journal. */
  dismissFlags(): Promise<void>;
}

// ---------------------------------------------------------------- conflicts and duplicates

export interface ConflictVersion {
  readonly value: Json;
  readonly change: string;
  readonly author: string;
  readonly at: string;
}

/**
 * A register with several visible values. `ancestor` is the latest value that all of them replaced, directly or by way
 * of others; null where there is none.
 */
export interface OpenConflict {
  readonly record: string;
  readonly type: string;
  readonly title: string;
  readonly field: string;
  readonly versions: readonly ConflictVersion[];
  readonly ancestor: Json;
  /** Of the register `deleted`: what was written beside the deletions, by field; empty for any other. */
  readonly unseen: readonly (ConflictVersion & { readonly field: string })[];
}

export interface DuplicateHint {
  readonly one: string;
  readonly other: string;
  /** What both have in common: `date`, `place`, and `words` of the title or else `themes`. */
  readonly reasons: readonly string[];
}

/** `same`: two accounts of one event, linked; `different`: not the same, never asked again. */
export type Verdict = 'same' | 'different';

export interface LinkedAccount {
  readonly id: string;
  /** Somebody else has judged the pair differently: the verdict is an open conflict. */
  readonly contested: boolean;
}

export interface ConflictsDoor {
  /** Every open conflict of every record that is not deleted, observations first. */
  list(): Promise<readonly OpenConflict[]>;
  /** The versions of one register of any record as they stand now; one where there is no conflict. */
  standing(record: string, field: string): Promise<readonly ConflictVersion[]>;
  /**
   * Settles one register of any record: `value` (one of the versions, or a third) replaces the `versions`, the changes
   * whose values the person was shown. One that came since stands beside it, and the conflict stays open. Of `deleted`,
   * which any type of record has: `true` deletes what was shown (`versions` with `unseen`), `false` keeps the record.
   * An observation goes back under review with anything that its review covers.
   */
  settle(record: string, field: string, value: Json, versions: readonly string[]): Promise<void>;
  /** Pairs by different authors that may tell of the same event; dismissed and linked ones left out. */
  duplicates(): Promise<readonly DuplicateHint[]>;
  /** Hints for one observation. */
  duplicatesOf(id: string): Promise<readonly DuplicateHint[]>;
  /** `verdict` null: undecided again. `shown`: the verdict that the person saw; one that came since stands beside theirs. */
  judge(one: string, other: string, verdict: Verdict | null, shown: Verdict | null): Promise<void>;
  /** Observations linked as accounts of the same event; deleted ones left out. */
  linked(id: string): Promise<readonly LinkedAccount[]>;
}
