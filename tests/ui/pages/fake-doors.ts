import { CodedError } from '@/core/base/coded-error.ts';
import type { IncomingDoor } from '@/core/model/incoming-file.ts';
import type {
  ConflictsDoor,
  ConflictVersion,
  DuplicateHint,
  Invitation,
  Joining,
  Kept,
  LinkedAccount,
  OpenConflict,
  RoundReport,
  SyncDoor,
  SyncOverview,
  TargetState,
  Team,
  TeamDoor,
} from '@/core/team-doors.ts';
import type { WorkspaceEvent } from '@/core/workspace.ts';

/**
 * The doors to team, exchange, conflicts and incoming files as a test sets them: every state a screen can show is one assignment
 * away, whereas real teams would need minutes and other machines to get there. Behind every other door of the page
 * stands the product's own workspace.
 */
export interface FakeState {
  team: Team | null;
  joining: Joining | null;
  invitations: readonly Invitation[];
  overview: SyncOverview;
  kept: Readonly<Record<string, Kept>>;
  conflicts: readonly OpenConflict[];
  duplicates: readonly DuplicateHint[];
  /** What a register holds whose conflict is no longer open, by record and field. */
  standing: Readonly<Record<string, readonly ConflictVersion[]>>;
  linked: Readonly<Record<string, readonly LinkedAccount[]>>;
  /** The text of the file that the system asks to open, once. */
  opened: string | null;
  /** The next call of a method fails with this code and detail. */
  failing: Readonly<Record<string, readonly [code: string, detail?: Readonly<Record<string, string>>]>>;
}

export interface Fakes {
  readonly state: FakeState;
  /** Every call, as `door.method` with its arguments. */
  readonly calls: (readonly [string, ...unknown[]])[];
  set(edit: Partial<FakeState>): void;
  /** Ends the round under way with what came of it. */
  endRound(edit: Partial<RoundReport>): void;
}

export const LINES = { newcomer: '48213 90517 33860 71294', team: '90021 55847 16630 28459' };
const WORDS = ['абажур', 'берег', 'ветер', 'гранат', 'дорога', 'ёлка', 'журнал', 'зеркало'];
const AT = '2026-03-12T08:15:00Z';

const EMPTY: FakeState = {
  team: null,
  joining: null,
  invitations: [],
  overview: {
    targets: [],
    running: null,
    queued: [],
    own: { changes: 0, handedOver: 0, held: 0 },
    flags: [],
  },
  kept: {},
  conflicts: [],
  duplicates: [],
  standing: {},
  linked: {},
  opened: null,
  failing: {},
};

interface Doors {
  readonly team: TeamDoor;
  readonly sync: SyncDoor;
  readonly conflicts: ConflictsDoor;
  readonly incoming: IncomingDoor;
}

export function fakeDoors(emit: (event: WorkspaceEvent) => void): { fakes: Fakes; doors: Doors } {
  const state: FakeState = { ...EMPTY };
  const calls: (readonly [string, ...unknown[]])[] = [];
  let ending: ((report: RoundReport) => void) | null = null;
  const set = (edit: Partial<FakeState>) => {
    Object.assign(state, edit);
    if ('opened' in edit) emit({ event: 'file' });
    emit({ event: 'sync' });
    emit({ event: 'changed', records: [], reference: false });
  };
  const called = (name: string, ...args: unknown[]) => {
    calls.push([name, ...args]);
    const failure = state.failing[name];
    if (failure === undefined) return;
    const { [name]: _, ...failing } = state.failing;
    state.failing = failing;
    throw new CodedError(failure[0], 'As the test wishes.', failure[1] ?? {});
  };
  const setTargets = (targets: readonly TargetState[]) => set({ overview: { ...state.overview, targets } });
  const setInvitation = (id: string, edit: Partial<Invitation>) =>
    set({ invitations: state.invitations.map((each) => (each.id === id ? { ...each, ...edit } : each)) });
  const endRound = (edit: Partial<RoundReport>) => {
    const { running } = state.overview;
    const report: RoundReport = {
      at: AT,
      outcome: 'done',
      error: null,
      sentBytes: 0,
      receivedBytes: 0,
      changesOut: 0,
      changesIn: 0,
      ...edit,
    };
    const targets = state.overview.targets.map((target) =>
      target.id === running?.target ? { ...target, lastRound: report } : target,
    );
    set({ overview: { ...state.overview, running: null, targets } });
    ending?.(report);
    ending = null;
  };
  const setRunning = (edit: Partial<NonNullable<SyncOverview['running']>>) => {
    const { running } = state.overview;
    if (running !== null) set({ overview: { ...state.overview, running: { ...running, ...edit } } });
  };
  const ourTeam = (name: string, role: Team['role']): Team => ({
    workspace: 'w1',
    name,
    role,
    stranger: false,
    members: [{ member: 'm1', name: 'Айгүл', role, devices: ['d1'], self: true, admittedAt: AT }],
  });

  const team: TeamDoor = {
    team: async () => state.team,
    async found(name) {
      called('team.found', name);
      set({ team: ourTeam(name, 'coordinator') });
    },
    invitations: async () => state.invitations,
    async invite(role) {
      called('team.invite', role);
      const invitation: Invitation = {
        id: `i${state.invitations.length + 1}`,
        words: WORDS,
        role,
        createdAt: AT,
        state: 'waiting',
        request: null,
      };
      set({ invitations: [invitation, ...state.invitations] });
      return invitation;
    },
    async cancelInvitation(id) {
      called('team.cancelInvitation', id);
      setInvitation(id, { state: 'cancelled' });
    },
    async admit(id) {
      called('team.admit', id);
      setInvitation(id, { state: 'answered' });
    },
    async saveAnswer(id) {
      called('team.saveAnswer', id);
      return { path: 'C:\\Users\\Aigul\\Downloads\\baikoo-answer.bkj' };
    },
    joining: async () => state.joining,
    async ask(words) {
      called('team.ask', words);
      const found = words.trim().split(/\s+/).length;
      if (found !== WORDS.length) {
        throw new CodedError('words/count', 'Not eight words.', { expected: WORDS.length, found });
      }
      set({
        joining: { state: 'asked', safety: { newcomer: LINES.newcomer, team: null }, role: null },
      });
    },
    async saveDevices() {
      called('team.saveDevices');
      return { path: 'C:\\Users\\Aigul\\Downloads\\team.json' };
    },
    async saveRequest() {
      called('team.saveRequest');
      return { path: 'C:\\Users\\Nurbek\\Downloads\\baikoo-request.bkj' };
    },
    async enter() {
      called('team.enter');
      set({ joining: null, team: ourTeam('Ак жол', 'monitor') });
    },
    async forgetRequest() {
      called('team.forgetRequest');
      set({ joining: null });
    },
    async openFile(bytes) {
      called('team.openFile', bytes.length);
      const text = new TextDecoder().decode(bytes);
      if (text === 'request') {
        const [first] = state.invitations;
        if (first === undefined) throw new CodedError('team/used', 'There is no invitation.');
        setInvitation(first.id, { state: 'asked', request: { name: 'Нурбек', safety: LINES } });
        return 'request';
      }
      if (text !== 'answer') throw new CodedError('team/foreign-file', 'This file is not ours.');
      set({ joining: { state: 'answered', safety: LINES, workspaceName: 'Ак жол', role: 'monitor' } });
      return 'answer';
    },
  };

  const sync: SyncDoor = {
    overview: async () => state.overview,
    async kept(ids) {
      calls.push(['sync.kept', ids]);
      return ids.map((id) => state.kept[id] ?? { state: 'handed-over' });
    },
    async addTarget(choice) {
      called('sync.addTarget', choice);
      const { settings, name, automatic, metered } = choice;
      const id = `t${state.overview.targets.length + 1}`;
      const address =
        settings.kind === 'folder'
          ? settings.path
          : settings.kind === 'webdav'
            ? settings.url
            : settings.urls[0];
      setTargets([
        ...state.overview.targets,
        {
          id,
          name,
          kind: settings.kind,
          address: address ?? '',
          automatic,
          metered,
          lastRound: null,
          waiting: state.overview.own.changes,
        },
      ]);
      return id;
    },
    async setTarget(id, { settings: _, ...edit }) {
      called('sync.setTarget', id, edit);
      setTargets(
        state.overview.targets.map((target) => (target.id === id ? { ...target, ...edit } : target)),
      );
    },
    async removeTarget(id) {
      called('sync.removeTarget', id);
      setTargets(state.overview.targets.filter((target) => target.id !== id));
    },
    async tryTarget(settings) {
      called('sync.tryTarget', settings);
      if (settings.kind === 'folder') {
        if (settings.path.includes('slow')) await new Promise((resolve) => setTimeout(resolve, 1_500));
        return;
      }
      const address = settings.kind === 'webdav' ? settings.url : settings.urls.join();
      if (address.includes('refused')) {
        throw new CodedError('target/refused', 'The server refuses.', { status: 401 });
      }
      if (address.includes('self-signed') && settings.fingerprint === null) {
        throw new CodedError('target/untrusted', 'Nobody vouches for it.', {
          fingerprint: '3f9a'.repeat(16),
        });
      }
    },
    async chooseFolder() {
      called('sync.chooseFolder');
      return null;
    },
    async run(target) {
      called('sync.run', target);
      const { overview } = state;
      if (overview.running !== null) {
        set({ overview: { ...overview, queued: [...overview.queued, target] } });
        return new Promise(() => undefined);
      }
      const running: SyncOverview['running'] = {
        target,
        step: 'sending',
        state: 'going',
        doneBytes: 48_000,
        totalBytes: 260_000,
        bytesPerSecond: 1_200,
        secondsLeft: 177,
      };
      return new Promise((resolve) => {
        ending = resolve;
        set({ overview: { ...state.overview, running } });
      });
    },
    async pause() {
      called('sync.pause');
      setRunning({ state: 'paused' });
    },
    async resume() {
      called('sync.resume');
      setRunning({ state: 'going' });
    },
    async stop(target) {
      called('sync.stop', target);
      const { overview } = state;
      if (overview.queued.includes(target)) {
        set({ overview: { ...overview, queued: overview.queued.filter((id) => id !== target) } });
        return;
      }
      endRound({ outcome: 'stopped', sentBytes: 48_000, changesOut: 4 });
    },
    async lineAppeared() {
      called('sync.lineAppeared');
    },
    async dismissFlags() {
      called('sync.dismissFlags');
      set({ overview: { ...state.overview, flags: [] } });
    },
  };

  const other = (hint: DuplicateHint, id: string): string => (hint.one === id ? hint.other : hint.one);
  const isPair = (hint: DuplicateHint, one: string, two: string): boolean =>
    [hint.one, hint.other].includes(one) && [hint.one, hint.other].includes(two);
  const judged: DuplicateHint[] = [];
  const conflicts: ConflictsDoor = {
    async list() {
      called('conflicts.list');
      return state.conflicts;
    },
    async standing(record, field) {
      const open = state.conflicts.find((each) => each.record === record && each.field === field);
      return open?.versions ?? state.standing[`${record}/${field}`] ?? [];
    },
    async settle(record, field, value, versions) {
      called('conflicts.settle', record, field, value, versions);
      set({
        conflicts: state.conflicts.filter((open) => open.record !== record || open.field !== field),
      });
    },
    async duplicates() {
      called('conflicts.duplicates');
      return state.duplicates;
    },
    duplicatesOf: async (id) => state.duplicates.filter(({ one, other: two }) => [one, two].includes(id)),
    async judge(one, two, verdict, shown) {
      called('conflicts.judge', one, two, verdict, shown);
      if (verdict === null) {
        const back = judged.filter((hint) => isPair(hint, one, two));
        set({ duplicates: [...state.duplicates, ...back], linked: {} });
        return;
      }
      judged.push(...state.duplicates.filter((hint) => isPair(hint, one, two)));
      const linked = judged.filter((hint) => verdict === 'same' && isPair(hint, one, two));
      set({
        duplicates: state.duplicates.filter((hint) => !isPair(hint, one, two)),
        linked: Object.fromEntries(
          linked.flatMap((hint) =>
            [one, two].map((id) => [id, [{ id: other(hint, id), contested: false }]] as const),
          ),
        ),
      });
    },
    linked: async (id) => state.linked[id] ?? [],
  };

  const incoming: IncomingDoor = {
    async look(bytes) {
      called('incoming.look', bytes.length);
      const text = new TextDecoder().decode(bytes);
      return { kind: text === 'request' || text === 'answer' ? text : 'unknown' };
    },
    async opened() {
      called('incoming.opened');
      const { opened } = state;
      state.opened = null;
      return opened === null ? null : new TextEncoder().encode(opened);
    },
  };
  return { fakes: { state, calls, set, endRound }, doors: { team, sync, conflicts, incoming } };
}
