import type { Json } from './base/json.ts';
import type { Locale, TextLang } from './base/locales.ts';
import type { UpdateCheck } from './base/release.ts';
import type { About } from './model/about.ts';
import type { Counts, Timeline } from './model/bearing.ts';
import type { CorrectedText, OpenedTranslation } from './model/correction.ts';
import type { DraftsDoor } from './model/draft.ts';
import type { ExportsDoor } from './model/export-spec.ts';
import type { Seen } from './model/fields.ts';
import type { Form, FormProblem } from './model/form.ts';
import type { HistoryEntry } from './model/history.ts';
import type { IncomingDoor } from './model/incoming-file.ts';
import type { Notice, Progress } from './model/notice.ts';
import type { Direction, Kind, Observation, Sensitivity, Status, Wording } from './model/observation.ts';
import type { Place } from './model/place.ts';
import type { Catalogue } from './model/recommendation.ts';
import type { RestoreDoor, SafetyDoor } from './model/safety-copy.ts';
import type { KeychainState, Secret, UnlockSecret } from './model/secret.ts';
import type { Space, SpaceDoor } from './model/space.ts';
import type { TranslationProblem } from './model/translation-file.ts';
import type { Vocabulary } from './model/vocabulary.ts';
import type { ConflictsDoor, SyncDoor, TeamDoor } from './team-doors.ts';

/**
 * The interface's only door to the data. One workspace runs in the vault's worker; the window holds a proxy of
 * it, so every method is asynchronous, every argument and result is plain data, and functions are passed only as
 * direct arguments. Failures are `CodedError`s; the interface translates their codes.
 */
export interface Workspace {
  readonly vault: VaultDoor;
  readonly reference: ReferenceDoor;
  readonly corrections: CorrectionsDoor;
  readonly observations: ObservationsDoor;
  readonly drafts: DraftsDoor;
  readonly views: ViewsDoor;
  readonly organisation: OrganisationDoor;
  readonly exports: ExportsDoor;
  /** Also while the vault is closed. */
  readonly updates: UpdateCheck;
  readonly team: TeamDoor;
  readonly sync: SyncDoor;
  readonly conflicts: ConflictsDoor;
  readonly safety: SafetyDoor;
  readonly incoming: IncomingDoor;
  /** While there is no vault. */
  readonly restore: RestoreDoor;
  /** Room on the vault's drive; also while the vault is closed. */
  readonly space: SpaceDoor;
  /** Calls `listener` after every event until the returned function is called. */
  subscribe(listener: (event: WorkspaceEvent) => void): Promise<() => void>;
  /** The program and where it keeps the vault; also while the vault is closed. */
  about(): Promise<About>;
  /** The system's dialogs to see the vault's folder in and to choose another; nothing in page mode. */
  showFolder(): Promise<void>;
}

export type { Release, UpdateState } from './base/release.ts';
export type { About } from './model/about.ts';

export type WorkspaceEvent =
  | { readonly event: 'locked'; readonly reason: 'idle' | 'asked' | 'lost-claim' | 'machine' }
  /** The vault locks in a moment: what is still being typed goes to the disk now. */
  | { readonly event: 'locking' }
  /** The drive has another amount of room than before. */
  | { readonly event: 'space'; readonly space: Space }
  /** The system asks to open a file: `incoming.opened`. */
  | { readonly event: 'file' }
  /** A safety copy was made, or could not be. */
  | { readonly event: 'safety' }
  /** `reference`: other records than observations are among them (members, forms, settings, corrections). */
  | { readonly event: 'changed'; readonly records: readonly string[]; readonly reference: boolean }
  /** Something that `team` or `sync.overview` tells is different now. */
  | { readonly event: 'sync' }
  | { readonly event: 'indexing'; readonly done: number; readonly total: number }
  | { readonly event: 'notice'; readonly notice: Notice };

export type { Notice, Progress } from './model/notice.ts';

// ---------------------------------------------------------------- vault

export type VaultStatus =
  | { readonly state: 'absent' | 'locked' | 'open'; readonly demo: boolean }
  /** Another window or program holds the vault: nothing may be changed from here. */
  | { readonly state: 'busy' }
  /** `vault/foreign` (not a vault's header), `vault/newer` (written by a newer version), `disk/read-only`, `disk/failed`. */
  | { readonly state: 'unusable'; readonly code: string };

export type { KeychainState, Secret, UnlockSecret } from './model/secret.ts';

export interface VaultDoor {
  status(): Promise<VaultStatus>;
  /** Six words drawn at random, in Russian for the four locales whose speakers type on that layout, else in English. */
  suggestPassphrase(locale: Locale): Promise<string>;
  /**
   * Makes a vault and opens it. Resolves with the twelve recovery words: shown once, kept nowhere.
   * Errors: `vault/exists`, `vault/passphrase-short` (under 10 characters), disk errors.
   */
  create(
    options: {
      readonly passphrase: string;
      readonly name: string;
      readonly locale: Locale;
      readonly demo: boolean;
    },
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly recoveryWords: readonly string[] }>;
  /**
   * Opens the demonstration, making it first where there is no vault: invented observations in all five
   * languages, marked as such. Its passphrase is public, so nothing real belongs in it.
   */
  openDemo(locale: Locale, onProgress: (progress: Progress) => void): Promise<void>;
  /** True when the words open the vault; from then on `profile().recoveryConfirmed` holds. */
  confirmRecoveryWords(words: string): Promise<boolean>;
  /** Errors: `vault/wrong-passphrase`, `vault/wrong-words`, `keychain/gone`, `vault/foreign`, `vault/newer`, `host/busy`. */
  unlock(
    secret: UnlockSecret,
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly notices: readonly Notice[] }>;
  lock(): Promise<void>;
  /** A new passphrase; the old one stops working. `secret` proves who asks (recovery words count). */
  changePassphrase(secret: Secret, passphrase: string): Promise<void>;
  /** Twelve new words; the old ones stop working. */
  renewRecoveryWords(passphrase: string): Promise<{ readonly recoveryWords: readonly string[] }>;
  /** Whether this computer's own key can open the vault; of an open vault or a locked one. */
  keychain(): Promise<KeychainState>;
  /**
   * An extra way in: whoever is signed in to this account then opens the vault without the passphrase. Nothing else
   * changes. Errors: `vault/wrong-passphrase`, `keychain/unavailable`.
   */
  turnKeychainOn(passphrase: string): Promise<void>;
  /** Error: `vault/wrong-passphrase`. */
  turnKeychainOff(passphrase: string): Promise<void>;
  /** Destroys the key slots, of an open vault or a locked one. The vault can never be opened again on this device. */
  wipe(): Promise<void>;
  profile(): Promise<Profile>;
  setProfile(edit: Partial<Pick<Profile, 'name' | 'idleMinutes'>>): Promise<void>;
  /** Tells the workspace that a person is there: starts the idle time anew. */
  touch(): Promise<void>;
}

export interface Profile {
  /** The member id that signs this person's changes. */
  readonly member: string;
  /** Name or pseudonym, as history shows it. */
  readonly name: string;
  readonly device: string;
  readonly demo: boolean;
  readonly recoveryConfirmed: boolean;
  /** Minutes without a touch after which the vault locks; 1 to 120. */
  readonly idleMinutes: number;
}

// ---------------------------------------------------------------- catalogue and other reference data

export interface Reference {
  readonly catalogue: Catalogue;
  readonly places: readonly Place[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly forms: readonly Form[];
  /** Names of everybody who wrote in this vault, by member id. */
  readonly members: Readonly<Record<string, string>>;
}

export interface MeasureHit {
  readonly code: string;
  /** Matched stretches of the area's or measure's text in `locale`: [start, end) in UTF-16 units. */
  readonly ranges: readonly (readonly [number, number])[];
}

export type { Counts, Tally, Timeline } from './model/bearing.ts';

export interface ReferenceDoor {
  /** Everything at once (under 2 MB); call again after a `changed` event that names a form, place or member. */
  all(): Promise<Reference>;
  counts(): Promise<Counts>;
  timeline(code: string): Promise<Timeline>;
  /** Areas and measures that hold every word of the query (any script), or whose code starts with it; best first. */
  searchMeasures(query: string, locale: Locale): Promise<readonly MeasureHit[]>;
  /** Places whose name or alias in any language matches, best first. */
  searchPlaces(query: string): Promise<readonly string[]>;
}

/** The organisation's own wording of unofficial translations, each correction a record of the change log. */
export interface CorrectionsDoor {
  /** An entry (`model/correction.ts`): an area, measure, section, reason, theme or group, in one language. Error: `translation/unknown-code`. */
  open(lang: Locale, code: string): Promise<OpenedTranslation>;
  /** Replaces the texts named; null gives Baikoo's own text back. */
  save(
    edit: Pick<OpenedTranslation, 'lang' | 'code' | 'seen'> & {
      readonly texts: Readonly<Record<string, CorrectedText | null>>;
    },
  ): Promise<void>;
  /** Gives all of Baikoo's own texts of the entry back in place of the corrections that were seen. */
  revert(edit: Pick<OpenedTranslation, 'lang' | 'code' | 'seen'>): Promise<void>;
  history(lang: Locale, code: string): Promise<readonly HistoryEntry[]>;
  /** A `baikoo-translation` file of all corrections of a language, to send; null when cancelled. */
  exportFile(lang: Locale, origin: string): Promise<{ readonly path: string } | null>;
  /** Takes such a file in as corrections; a bad one is refused, and nothing changes. */
  importFile(
    text: string,
  ): Promise<
    | { readonly lang: Locale; readonly entries: number; readonly problem: null }
    | { readonly lang: null; readonly entries: 0; readonly problem: TranslationProblem }
  >;
}

// ---------------------------------------------------------------- observations

export interface ObservationQuery {
  readonly text: string;
  /**
   * Where the words of `text` are looked for: in what the monitor wrote, in its working translations, or in both.
   * `translation` asks for observations that have one, also without a text. Missing in views of older versions: both.
   */
  readonly wording: Wording;
  readonly themes: readonly string[];
  /** Area or measure codes. */
  readonly measures: readonly string[];
  readonly directions: readonly Direction[];
  /** A unit; the units below it count. */
  readonly place: string | null;
  /** ISO days, inclusive; an observation counts when its date can overlap. */
  readonly from: string | null;
  readonly to: string | null;
  readonly langs: readonly TextLang[];
  readonly kinds: readonly Kind[];
  readonly statuses: readonly Status[];
  readonly sensitivities: readonly Sensitivity[];
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly conflictsOnly: boolean;
  /** Deleted ones instead of living ones. */
  readonly deleted: boolean;
  readonly sort: {
    readonly by: 'relevance' | 'date' | 'updated' | 'title' | 'place';
    readonly descending: boolean;
  };
  /** Orders titles and places. */
  readonly locale: Locale;
}

export interface ObservationRow {
  readonly id: string;
  readonly title: string;
  readonly lang: TextLang;
  readonly kind: Kind;
  readonly date: string;
  readonly place: string | null;
  /** The unit with those above it in the query's language, and the village: as much of it as there is. */
  readonly placeLabel: string;
  readonly themes: readonly string[];
  readonly links: readonly (readonly [measure: string, direction: Direction])[];
  readonly tags: readonly string[];
  readonly status: Status;
  readonly sensitivity: Sensitivity;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly conflicts: number;
  readonly deleted: boolean;
  /** With a text query: where it matched, in the text as it was typed. */
  readonly match: {
    readonly field: string;
    /** Of the text the excerpt is from: a translation has its own. */
    readonly lang: TextLang;
    readonly excerpt: string;
    readonly ranges: readonly (readonly [number, number])[];
  } | null;
}

export interface OpenedObservation {
  readonly id: string;
  readonly observation: Observation;
  readonly seen: Seen;
  readonly conflicts: readonly Conflict[];
  readonly deleted: boolean;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Fields a newer version wrote: kept, shown raw. */
  readonly unread: Readonly<Record<string, Json>>;
}

export interface Conflict {
  readonly field: string;
  readonly versions: readonly {
    readonly value: Json;
    readonly change: string;
    readonly author: string;
    readonly at: string;
  }[];
}

export type { HistoryEntry } from './model/history.ts';

export interface ObservationsDoor {
  /**
   * Runs a query and keeps its result under `key` until the next one of the same `slot`.
   * `suggestion`: the query as typed on another layout, or with the letters a keyboard lacks; only when nothing was found.
   */
  query(
    slot: string,
    query: ObservationQuery,
  ): Promise<{ readonly key: string; readonly total: number; readonly suggestion: string | null }>;
  /** Rows `from` to `from + count` of a kept result; empty when the key is no longer kept. */
  page(key: string, from: number, count: number): Promise<readonly ObservationRow[]>;
  ids(key: string): Promise<readonly string[]>;
  open(id: string): Promise<OpenedObservation>;
  /**
   * Writes what was edited since `base` was seen as one change, and resolves once it is on the disk.
   * `id` null makes a new observation. Its draft, if any, is removed after that. Error: `disk/full` and kin: nothing was saved,
   * the draft is still there. An edit of anything but the tags and the review itself says `submitted`: what a reviewer
   * has judged goes back under review, and a judgement that is not here yet will stand beside the edit.
   */
  save(edit: {
    readonly id: string | null;
    readonly base: Observation | null;
    readonly seen: Seen;
    readonly observation: Observation;
    readonly draft: string | null;
  }): Promise<{ readonly id: string; readonly at: string }>;
  history(id: string): Promise<readonly HistoryEntry[]>;
  /**
   * One change for each observation; deleted ones stay findable (`query.deleted`) and can be restored. `seen`: what was
   * shown of the one that is deleted; what came since stays, as a conflict. Without it, all that stands now is meant.
   */
  remove(ids: readonly string[], seen?: Seen): Promise<void>;
  restore(ids: readonly string[]): Promise<void>;
  bulk(
    ids: readonly string[],
    edit: {
      readonly status?: Status;
      readonly sensitivity?: Sensitivity;
      readonly addTags?: readonly string[];
      readonly removeTags?: readonly string[];
    },
    onProgress: (progress: Progress) => void,
  ): Promise<void>;
  /** All tags in use with their counts. */
  tags(): Promise<readonly (readonly [tag: string, count: number])[]>;
  /** SHA-256 (hex) of the whole visible state, the same on every device that holds the same changes. */
  stateHash(): Promise<string>;
}

// ---------------------------------------------------------------- drafts

export type { Draft, DraftsDoor, FieldDraft } from './model/draft.ts';
export type { CopyContent, CopyToRestore, Rehearsal, SafetyCopy } from './model/safety-copy.ts';
export type { Space } from './model/space.ts';

// ---------------------------------------------------------------- saved views, the organisation's own files and settings

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: ObservationQuery;
}

export interface ViewsDoor {
  list(): Promise<readonly SavedView[]>;
  /** `base`: the view as it was shown, of which only what is different is written; null makes a new one. */
  save(view: Omit<SavedView, 'id'>, base: SavedView | null): Promise<string>;
  /** Takes the view away as it was shown: what somebody else wrote in it since stays, as a conflict. */
  remove(view: SavedView): Promise<void>;
}

export interface OrganisationSettings {
  readonly organisation: string;
  /** The legal label every export carries, by language of the export; wording supplied by the organisation. */
  readonly legalLabel: Readonly<Partial<Record<Locale, string>>>;
}

export interface OrganisationDoor {
  settings(): Promise<OrganisationSettings>;
  /** `shown`: what the edited settings said before. What somebody else wrote since stands beside the edit. */
  setSettings(edit: Partial<OrganisationSettings>, shown: Partial<OrganisationSettings>): Promise<void>;
  /** Adds the organisation's own form file; a bad one is refused with line and reason, and nothing changes. */
  addForm(
    text: string,
  ): Promise<
    { readonly form: Form; readonly problem: null } | { readonly form: null; readonly problem: FormProblem }
  >;
  /** Takes the form away as it was shown: another revision that came since stays, as a conflict. */
  removeForm(form: Form): Promise<void>;
  /** Takes a removal back. */
  restoreForm(code: string): Promise<void>;
  /** The organisation's own forms, by code; those of Baikoo itself are in `reference.all()` only. */
  forms(): Promise<readonly Form[]>;
}

// ---------------------------------------------------------------- export

export type { ExportColumn, ExportPreview, ExportSpec, ExportsDoor } from './model/export-spec.ts';
