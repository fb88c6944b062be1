import { type Bytes, fromB64, toB64, utf8 } from '../base/bytes.ts';
import { isoSeconds } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { fieldsOf } from '../changes/register.ts';
import type { FilesHost } from '../host/host.ts';
import {
  INVITATION_WORDS,
  invitationId,
  type JoinAnswer,
  type JoinRequest,
  newcomerLine,
  openAnswer,
  openRequest,
  outlineOf,
  requestOf,
  sealAnswer,
  sealRequest,
  teamLine,
} from '../sync/join.ts';
import type { SyncEntry } from '../sync/journal-entries.ts';
import type { Membership } from '../sync/roster.ts';
import type { JoinDesk } from '../sync/round-join.ts';
import { entryHash, signEntry } from '../sync/team-log.ts';
import type { Invitation, Joining, Role, SafetyNumber, Team, TeamDoor } from '../team-doors.ts';
import { drawWords, parseWords } from '../vault/words.ts';
import type { Session } from './session.ts';
import {
  askedByAnother,
  foreign,
  INVITATION,
  invitationEntry,
  isAnswerFor,
  JOINING,
  type KeptInvitation,
  type KeptJoining,
  rosterOf,
  used,
} from './team-kept.ts';

export interface TeamPorts {
  readonly session: Session;
  readonly files: FilesHost;
  /** Word lists to draw from and to read typed words by: the first is drawn from. */
  readonly words: () => Promise<readonly (readonly string[])[]>;
  readonly demo: boolean;
}

/** Who belongs to the team, and the way in. */
export class TeamRoom implements TeamDoor {
  readonly #session: Session;
  readonly #ports: TeamPorts;

  constructor(ports: TeamPorts) {
    this.#ports = ports;
    this.#session = ports.session;
  }

  async team(): Promise<Team | null> {
    const membership = this.#session.state.membership;
    if (membership === null) return null;
    const { roster } = membership;
    const self = this.#session.device.member;
    const names = new Map(
      this.#session.store.others('member').map((state) => [state.id, fieldsOf(state).name] as const),
    );
    return {
      workspace: membership.workspace,
      name: roster.name,
      role: roster.members.get(self)?.role ?? 'monitor',
      members: [...roster.members.values()].map((member) => ({
        ...member,
        // The name a person goes by now; the log has the one they came with.
        name: String(names.get(member.member) || member.name),
        devices: [...roster.devices.values()]
          .filter((device) => device.member === member.member)
          .map((device) => device.device),
        self: member.member === self,
      })),
      stranger: this.#isStranger(),
    };
  }

  async found(name: string): Promise<void> {
    this.#mustBeFree();
    const { device, signer, clock, random } = this.#session;
    const workspace = newId(random);
    const founding = await signEntry(
      {
        op: 'found',
        prev: [],
        at: isoSeconds(clock),
        body: {
          workspace,
          name: name.trim(),
          member: device.member,
          memberName: device.name,
          device: device.device,
          signing: device.signing.public,
          agreement: device.agreement.public,
        },
      },
      signer,
    );
    const log = [founding as unknown as Json];
    await this.#keep(
      {
        kind: 'team',
        root: await entryHash(founding),
        workspace,
        keys: { 1: toB64(random.bytes(32)) },
        log,
      },
      { kind: 'log', own: true, log },
    );
  }

  async invitations(): Promise<readonly Invitation[]> {
    const names = this.#session.state.localNames(INVITATION);
    const all = await Promise.all(names.map((name) => this.#invitation(name.slice(INVITATION.length))));
    return all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  async #invitation(id: string): Promise<Invitation> {
    const { words, role, createdAt, state, request } = this.#keptInvitation(id);
    return {
      id,
      words,
      role,
      createdAt,
      state: state === 'answered' && this.#hasEntered(request?.device) ? 'joined' : state,
      request: request && { name: request.name, safety: await this.#safetyFor(id, request) },
    };
  }

  /** A device that has told a target what it holds is in the team: only members do. */
  #hasEntered(device: string | undefined): boolean {
    return device !== undefined && this.#session.state.head(device) !== undefined;
  }

  async #safetyFor(invitation: string, request: JoinRequest): Promise<SafetyNumber> {
    const { log, workspace } = this.#membership();
    const team = await teamLine(log.root, workspace, this.#session.device.signing.public);
    return { newcomer: await newcomerLine(invitation, request), team };
  }

  async invite(role: Role): Promise<Invitation> {
    this.#mustCoordinate();
    const { random, clock } = this.#session;
    const [list] = await this.#ports.words();
    const words = drawWords(list ?? [], INVITATION_WORDS, random);
    const id = await invitationId(words);
    const invitation: KeptInvitation = {
      words,
      role,
      createdAt: isoSeconds(clock),
      state: 'waiting',
      request: null,
      answer: null,
    };
    await this.#keepInvitation(id, invitation);
    return this.#invitation(id);
  }

  async cancelInvitation(id: string): Promise<void> {
    const invitation = this.#keptInvitation(id);
    if (invitation.state === 'answered') throw used();
    await this.#keepInvitation(id, { ...invitation, state: 'cancelled' });
  }

  async admit(id: string): Promise<void> {
    this.#mustCoordinate();
    const invitation = this.#keptInvitation(id);
    const { request, words, role } = invitation;
    if (invitation.state !== 'asked' || request === null) {
      throw new CodedError('team/not-asked', 'Nobody asks to join with this invitation.');
    }
    const { signer, clock, random } = this.#session;
    const membership = this.#membership();
    const { member, device, signing, agreement, name } = request;
    const admission = await signEntry(
      {
        op: 'admit',
        prev: membership.roster.ends,
        at: isoSeconds(clock),
        body: { member, memberName: name, role, device, signing, agreement },
      },
      signer,
    );
    const answer: JoinAnswer = {
      v: 1,
      root: membership.log.root,
      workspace: membership.workspace,
      by: signer.device,
      keys: Object.fromEntries([...membership.epochKeys].map(([epoch, key]) => [String(epoch), toB64(key)])),
      log: [...membership.log.entries.values(), admission] as unknown as Json[],
    };
    const sealed = await sealAnswer(words, request, answer, random);
    await this.#keep(
      { kind: 'log', own: true, log: [admission as unknown as Json] },
      invitationEntry(id, { ...invitation, state: 'answered', answer: toB64(sealed) }),
    );
  }

  async saveAnswer(id: string): Promise<{ path: string } | null> {
    const { answer } = this.#keptInvitation(id);
    if (answer === null) throw new CodedError('team/not-asked', 'There is no answer to this invitation yet.');
    return this.#ports.files.saveAs(`baikoo-answer-${id.slice(0, 6)}.bkj`, fromB64(answer) as Bytes);
  }

  async joining(): Promise<Joining | null> {
    const joining = this.#keptJoining();
    if (joining === null) return null;
    const newcomer = await newcomerLine(joining.invitation, requestOf(this.#session.device));
    if (joining.answer === null) {
      return { state: 'asked', safety: { newcomer, team: null }, role: null };
    }
    const { root, workspace, by } = joining.answer;
    const { roster } = await rosterOf(joining.answer);
    const signing = roster?.devices.get(by)?.signing ?? '';
    return {
      state: 'answered',
      safety: { newcomer, team: await teamLine(root, workspace, signing) },
      workspaceName: roster?.name ?? '',
      role: roster?.members.get(this.#session.device.member)?.role ?? 'monitor',
    };
  }

  async ask(typed: string): Promise<void> {
    if (!this.#isStranger()) this.#mustBeFree();
    const lists = await this.#ports.words();
    const parsed = parseWords(typed, lists.flat(), INVITATION_WORDS);
    if (!parsed.ok) {
      throw parsed.error.code === 'words/count'
        ? new CodedError('words/count', 'An invitation has eight words.', {
            expected: parsed.error.expected,
            found: parsed.error.found,
          })
        : new CodedError('words/unknown', 'Some of the words are on no list.', {
            positions: parsed.error.positions.join(', '),
          });
    }
    const words = parsed.value;
    const request = await sealRequest(words, requestOf(this.#session.device), this.#session.random);
    const invitation = await invitationId(words);
    await this.#keepJoining({ words, invitation, request: toB64(request), answer: null });
  }

  async saveRequest(): Promise<{ path: string } | null> {
    const joining = this.#keptJoining();
    if (joining === null) throw new CodedError('team/not-asked', 'There is no request to save.');
    const name = `baikoo-request-${joining.invitation.slice(0, 6)}.bkj`;
    return this.#ports.files.saveAs(name, fromB64(joining.request) as Bytes);
  }

  async enter(): Promise<void> {
    const answer = this.#keptJoining()?.answer ?? null;
    if (answer === null) throw new CodedError('team/not-answered', 'There is no answer to the request yet.');
    this.#mustBeFreeFor(answer);
    const { root, workspace, keys, log } = answer;
    await this.#keep(
      { kind: 'team', root, workspace, keys, log },
      { kind: 'local', name: JOINING, value: null },
    );
  }

  async saveDevices(): Promise<{ path: string } | null> {
    const { workspace, roster } = this.#membership();
    const devices = [...roster.devices.values()].map(({ device, member }) => ({
      device,
      member: roster.members.get(member)?.name ?? '',
    }));
    const text = `${JSON.stringify({ workspace, name: roster.name, devices }, null, 2)}\n`;
    return this.#ports.files.saveAs('team.json', utf8(text));
  }

  async forgetRequest(): Promise<void> {
    await this.#keep({ kind: 'local', name: JOINING, value: null });
  }

  async openFile(bytes: Uint8Array): Promise<'request' | 'answer'> {
    const file = Uint8Array.from(bytes);
    const outline = outlineOf(file);
    if (outline === null) throw foreign();
    if (outline.kind === 'request') await this.#openRequest(file, outline.invitation);
    else await this.#openAnswer(file, outline.invitation);
    return outline.kind;
  }

  async #openRequest(file: Bytes, id: string): Promise<void> {
    if (this.#session.state.local(INVITATION + id) === null) throw foreign();
    const invitation = this.#keptInvitation(id);
    const request = await openRequest(file, invitation.words);
    if (request === null) throw foreign();
    if (invitation.state === 'cancelled' || invitation.state === 'answered') throw used();
    // The first to ask is who is compared. A second under the same words is how words that leaked would show.
    if (invitation.state === 'asked' && invitation.request?.device !== request.device) throw askedByAnother();
    await this.#keepInvitation(id, { ...invitation, state: 'asked', request });
  }

  async #openAnswer(file: Bytes, id: string): Promise<void> {
    const joining = this.#keptJoining();
    if (joining === null || joining.invitation !== id) throw foreign();
    const { device } = this.#session;
    const answer = await openAnswer(file, joining.words, device);
    if (answer === null) throw foreign();
    if (!(await isAnswerFor(answer, device))) throw foreign();
    this.#mustBeFreeFor(answer);
    await this.#keepJoining({ ...joining, answer });
  }

  /** What of joining can travel by a target in a round. */
  desk(): JoinDesk {
    const { state } = this.#session;
    const ids = state.localNames(INVITATION).map((name) => name.slice(INVITATION.length));
    const kept = ids.map((id) => ({ id, ...this.#keptInvitation(id) }));
    const joining = this.#keptJoining();
    return {
      waiting: kept.filter(({ state }) => state === 'waiting').map(({ id }) => id),
      answers: kept.flatMap(({ id, answer, request }) =>
        answer === null || this.#hasEntered(request?.device)
          ? []
          : [{ invitation: id, bytes: fromB64(answer) as Bytes }],
      ),
      request:
        joining !== null && joining.answer === null
          ? {
              invitation: joining.invitation,
              bytes: fromB64(joining.request) as Bytes,
              isRequest: async (bytes) => (await openRequest(bytes, joining.words)) !== null,
            }
          : null,
      open: async (bytes) => {
        // A target may hold anything under that name; a person is asked about what is right only.
        try {
          await this.openFile(bytes);
          return true;
        } catch (error) {
          if (!(error instanceof CodedError && error.code.startsWith('team/'))) throw error;
          return false;
        }
      },
    };
  }

  #keptInvitation(id: string): KeptInvitation {
    const kept = this.#session.state.local(INVITATION + id);
    if (kept === null) throw new CodedError('team/not-asked', 'There is no such invitation.');
    return kept as unknown as KeptInvitation;
  }

  #keptJoining(): KeptJoining | null {
    return this.#session.state.local(JOINING) as unknown as KeptJoining | null;
  }

  #keepInvitation(id: string, invitation: KeptInvitation): Promise<void> {
    return this.#keep(invitationEntry(id, invitation));
  }

  #keepJoining(joining: KeptJoining): Promise<void> {
    return this.#keep({ kind: 'local', name: JOINING, value: joining as unknown as Json });
  }

  async #keep(...entries: SyncEntry[]): Promise<void> {
    await this.#session.keep(entries.map((entry) => ({ entry })));
  }

  #membership(): Membership {
    const membership = this.#session.state.membership;
    if (membership === null) throw new CodedError('team/none', 'This vault belongs to no team.');
    return membership;
  }

  #mustCoordinate(): void {
    const role = this.#membership().roster.members.get(this.#session.device.member)?.role;
    if (role === 'coordinator') return;
    throw new CodedError('team/not-coordinator', 'Only a coordinator takes people in.');
  }

  /** A vault that lost its device file goes on as a device that its team never let in. */
  #isStranger(): boolean {
    const { state, device } = this.#session;
    return state.membership?.roster.devices.has(device.device) === false;
  }

  /** A stranger comes back into its own team only: what was packed for one is not packed anew for another. */
  #mustBeFreeFor({ root }: JoinAnswer): void {
    if (!this.#isStranger() || this.#membership().log.root !== root) this.#mustBeFree();
  }

  #mustBeFree(): void {
    if (this.#ports.demo) throw new CodedError('team/demo', 'A demonstration shares nothing.');
    if (this.#session.state.membership === null) return;
    throw new CodedError('team/already', 'This vault belongs to a team already.');
  }
}
