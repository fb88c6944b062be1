import { CodedError } from '../base/coded-error.ts';
import type { Json } from '../base/json.ts';
import type { JoinAnswer, JoinRequest } from '../sync/join.ts';
import type { SyncEntry } from '../sync/journal-entries.ts';
import { TeamLog } from '../sync/roster.ts';
import type { Invitation, Role } from '../team-doors.ts';
import type { Device } from '../vault/device.ts';

/** Local settings of this device; nothing of them travels. */
export const INVITATION = 'invitation/';
export const JOINING = 'joining';

/** An invitation as its coordinator's device keeps it. */
export interface KeptInvitation {
  readonly words: readonly string[];
  readonly role: Role;
  readonly createdAt: string;
  readonly state: Exclude<Invitation['state'], 'joined'>;
  readonly request: JoinRequest | null;
  /** B64 of the file. */
  readonly answer: string | null;
}

export interface KeptJoining {
  readonly words: readonly string[];
  readonly invitation: string;
  /** B64 of the file. */
  readonly request: string;
  readonly answer: JoinAnswer | null;
}

export const invitationEntry = (id: string, invitation: KeptInvitation): SyncEntry => ({
  kind: 'local',
  name: INVITATION + id,
  value: invitation as unknown as Json,
});

/** The log that an answer brings. */
export async function rosterOf(answer: JoinAnswer): Promise<TeamLog> {
  const log = new TeamLog(answer.root);
  await log.add(answer.log);
  return log;
}

/** True when a coordinator of the team that the answer tells of let this very device in. */
export async function isAnswerFor(answer: JoinAnswer, device: Device): Promise<boolean> {
  const { roster } = await rosterOf(answer);
  const admitted = roster?.devices.get(device.device);
  const by = roster?.members.get(roster.devices.get(answer.by)?.member ?? '');
  return (
    roster?.workspace === answer.workspace &&
    by?.role === 'coordinator' &&
    admitted?.signing === device.signing.public &&
    admitted.agreement === device.agreement.public &&
    admitted.member === device.member
  );
}

export const foreign = () =>
  new CodedError('team/foreign-file', 'The file is damaged, or not for an invitation of this vault.');
export const used = () => new CodedError('team/used', 'The invitation was answered or cancelled.');
export const askedByAnother = () =>
  new CodedError('team/asked-by-another', 'Another device asked with the words of this invitation before.');
