import { type Bytes, equalBytes } from '../base/bytes.ts';
import { isoSeconds } from '../base/clock.ts';
import type { CodedError } from '../base/coded-error.ts';
import type { DeviceId } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { ok, type Result } from '../base/result.ts';
import type { LineEnd, StoredPack } from './chain.ts';
import { FILE_LIMIT, sealFile } from './envelope.ts';
import { raiseFlag } from './flags.ts';
import { HEAD_LIMIT, type Head, isLater, LINES, type OpenedHead, RECENT, rankOf, WANTS } from './head.ts';
import { deviceFolder, headPath, packPath } from './layout.ts';
import { endsTold, walkBack } from './line-walk.ts';
import type { Round } from './meeting.ts';
import type { Membership } from './roster.ts';
import { askBeside, type FetchedFile, fetchFile, listFolder, putFile } from './round-files.ts';
import type { SyncState } from './sync-state.ts';
import { emptyMemory, foundBad, foundGood, isLeftAlone, type ShownHead, shownHead } from './target-memory.ts';
import { type Refusal, verifyHead, verifyPack } from './verify-pack.ts';

/** Clocks that differ by more than a day are worth a word: a person would look for a record under the wrong date. */
const CLOCK_APART = 24 * 3600 * 1000;

/** Heads asked for beside each other: on a slow line most of the time is waiting. */
const AT_ONCE = 32;
/** Copies of a damaged head that are looked at. */
const COPIES = 16;

/**
 * Reads every member device's head that is not as the target showed it last. One that the target fails with is passed
 * over. Error: the target's, where it fails with all of them.
 */
export async function lookAtHeads(round: Round): Promise<void> {
  const membership = round.ledger.state.membership;
  if (membership === null) return;
  const devices = [...membership.roster.devices.keys()];
  const unread: { readonly device: DeviceId; readonly error: CodedError }[] = [];
  for (let at = 0; at < devices.length; at += AT_ONCE) {
    await askBeside(
      devices.slice(at, at + AT_ONCE),
      (device) => fetchHead(round, membership, device),
      async (came) => {
        const looked = await Promise.all(came.map((one) => lookAtHead(round, membership, one)));
        for (const one of looked) {
          const { device, fetched } = one;
          if (fetched.state === 'unread') unread.push({ device, error: fetched.error });
          else await takeHead(round, membership, one);
        }
      },
    );
  }
  if (unread[0] !== undefined && unread.length === devices.length) throw unread[0].error;
  for (const { device } of unread) await cannotRead(round, membership, device);
  await lookForOneself(round, membership);
}

interface FetchedHead {
  readonly device: DeviceId;
  readonly fetched: FetchedFile;
}

interface Looked extends FetchedHead {
  /** Null when there is none, or the target says that it is as it was. */
  readonly found: Result<OpenedHead, Refusal> | null;
}

async function fetchHead(round: Round, membership: Membership, device: DeviceId): Promise<FetchedHead> {
  const fetched = await fetchFile(round, headPath(membership.workspace, device), {
    maxBytes: HEAD_LIMIT,
    unless: round.memory.shown[device]?.tag ?? null,
  });
  return { device, fetched };
}

async function lookAtHead(
  round: Round,
  membership: Membership,
  { device, fetched }: FetchedHead,
): Promise<Looked> {
  const found = fetched.state === 'found' ? await readHead(round, membership, device, fetched.bytes) : null;
  return { device, fetched, found };
}

async function takeHead(
  round: Round,
  membership: Membership,
  { device, fetched, found }: Looked,
): Promise<void> {
  const { memory, ledger } = round;
  const before = memory.shown[device];
  const path = headPath(membership.workspace, device);
  if (fetched.state === 'unchanged') {
    foundGood(memory, path);
    return;
  }
  const verified = found !== null && !found.ok ? await otherHead(round, membership, device) : found;
  if (!verified?.ok) {
    // Gone or damaged: for what is to be put there, as good as nothing.
    if (before !== undefined) await sawOlder(round, device);
    delete memory.shown[device];
    const why = found?.ok === false ? found.error : fetched.state;
    if (why === 'newer') await raiseFlag(ledger, 'sync/newer', { target: round.name });
    else if (why === 'bad' || why === 'too-long') await cannotRead(round, membership, device);
    return;
  }
  foundGood(memory, path);
  const opened = verified.value;
  const shown = shownHead(opened.head, opened.rank, fetched.state === 'found' ? fetched.tag : null);
  if (before !== undefined && isBehind(shown, before)) await sawOlder(round, device);
  memory.shown[device] = shown;
  if (device === ledger.signer.device) {
    await meetOneself(round, opened);
  } else {
    ledger.state.sawHead(device, opened);
    await compareClocks(round, membership, device, opened.head);
  }
}

/** A person is told when it is so for the second time: a sync program may have been writing it, or somebody else. */
async function cannotRead(round: Round, membership: Membership, device: DeviceId): Promise<void> {
  const path = headPath(membership.workspace, device);
  if (isLeftAlone(round.memory, path, null) || !foundBad(round.memory, path, null)) return;
  const member = membership.roster.devices.get(device)?.member ?? '';
  await raiseFlag(round.ledger, 'sync/unreadable', { device, target: round.name, member });
}

/** The head is verified, unless it is the very one that is known: a folder has no tags to spare its coming again. */
async function readHead(
  round: Round,
  membership: Membership,
  device: DeviceId,
  bytes: Bytes,
): Promise<Result<OpenedHead, Refusal>> {
  const known = round.ledger.state.head(device);
  if (known !== undefined && equalBytes(known.bytes, bytes)) return ok(known);
  return verifyHead(bytes, device, membership);
}

/** What stands under the head's name is not one: the latest of the copies beside it that is, where there is any. */
async function otherHead(
  round: Round,
  membership: Membership,
  device: DeviceId,
): Promise<Result<OpenedHead, Refusal> | null> {
  const folder = deviceFolder(membership.workspace, device);
  let latest: OpenedHead | null = null;
  for (const { name } of (await listFolder(round, folder))?.slice(0, COPIES) ?? []) {
    if (!/^head.+\.bkh$/i.test(name) || name === 'head.bkh') continue;
    const copy = await fetchFile(round, `${folder}/${name}`, { maxBytes: HEAD_LIMIT });
    if (copy.state !== 'found') continue;
    const verified = await verifyHead(copy.bytes, device, membership);
    if (verified.ok && (latest === null || isLater(verified.value, latest))) latest = verified.value;
  }
  return latest === null ? null : ok(latest);
}

const isBehind = (one: ShownHead, other: ShownHead): boolean =>
  one.seq < other.seq || (one.seq === other.seq && one.held < other.held);

/** What was there is there no longer. What is missing is put back in this round; a person is told once a round. */
async function sawOlder(round: Round, device: DeviceId): Promise<void> {
  if (device === round.ledger.signer.device) {
    round.memory.sent = '';
    round.memory.ownHead = '';
  }
  await raiseFlag(round.ledger, 'sync/rolled-back', { target: round.name });
}

/**
 * The own head at the target, signed with the own key, tells of a pack that this device never made, or holds what this
 * one does not: its vault was copied, or set back to an older copy. Either way somebody else goes on under this id, so
 * this one takes a new one. Two laptops under one id would overwrite each other's receipts and what they ask for.
 */
async function meetOneself(round: Round, opened: OpenedHead): Promise<void> {
  const { ledger } = round;
  const { device } = ledger.signer;
  const { head } = opened;
  const own = ledger.state.chain(device);
  // One further back on this line is an older one of this device's, or of one that will find itself the copy.
  if (own.has(head.hash) && (head.hash !== own.hash || !holdsMore(ledger.state, head))) return;
  let common: StoredPack | undefined;
  for (const [seq, hash] of head.recent) {
    const pack = own.get(hash);
    if (pack !== undefined && seq > (common?.seq ?? 0)) common = pack;
  }
  await goOnAsAnother(round, common);
  ledger.state.sawHead(device, opened);
}

/** True when the head is a receipt for packs that are not here. */
const holdsMore = (state: SyncState, { frontier }: Head): boolean =>
  Object.entries(frontier).some(([device, ends]) =>
    ends.some(([, hash]) => state.chains.get(device)?.has(hash) !== true),
  );

/** The same, told by another device's receipt. What proves it is the pack itself, signed with the own key. */
async function lookForOneself(round: Round, membership: Membership): Promise<void> {
  const { ledger, memory } = round;
  const { device } = ledger.signer;
  const own = ledger.state.chain(device);
  const pathOf = (seq: number, hash: string) => packPath(membership.workspace, device, seq, hash);
  for (const [hash, seq] of endsTold(round, device)) {
    if (isLeftAlone(memory, pathOf(seq, hash), null)) continue;
    const { files, joined } = await walkBack(own, [seq, hash], async (number, name) => {
      const fetched = await fetchFile(round, pathOf(number, name), { maxBytes: FILE_LIMIT });
      return fetched.state === 'found' ? fetched.bytes : null;
    });
    const last = files.at(-1);
    const proof = last && (await verifyPack(last, device, membership, own));
    if (proof?.ok || proof?.error === 'waiting') {
      await goOnAsAnother(round, joined === null ? undefined : own.get(joined));
      return;
    }
    foundBad(memory, pathOf(seq, hash), null);
    memory.wanted[hash] = device;
  }
}

/**
 * The line of the present id cannot be gone on with: what was written above `common` goes into packs of a new one.
 * `common`: the last own pack that others have, or can have, as it is here; undefined where there is none.
 */
export async function goOnAsAnother(
  { ledger, memory }: Round,
  common: StoredPack | undefined,
): Promise<void> {
  const { device } = ledger.signer;
  const packs = common === undefined ? [] : ledger.state.chain(device).line(1, common.hash);
  await ledger.renew(Math.max(0, ...packs.map((pack) => pack.counters[device] ?? 0)));
  const { addresses, shown, elsewhere } = memory;
  Object.assign(memory, { ...emptyMemory(), addresses, shown, elsewhere });
}

async function compareClocks(
  round: Round,
  membership: Membership,
  device: DeviceId,
  head: Head,
): Promise<void> {
  const apart = Math.abs(Date.parse(head.at) - round.ledger.clock.now());
  if (!(apart > CLOCK_APART)) return;
  const member = membership.roster.devices.get(device)?.member ?? '';
  const known = round.ledger.state.flags.some(
    (flag) => flag.code === 'sync/clock' && flag.detail.device === device,
  );
  // A head that lay at the target for long is old without any clock being wrong; only the future tells.
  if (known || Date.parse(head.at) < round.ledger.clock.now()) return;
  await raiseFlag(round.ledger, 'sync/clock', { device, member, days: Math.round(apart / 86_400_000) });
}

/** What this device says of itself, without the time. */
function ownHead(round: Round, membership: Membership): Omit<Head, 'at'> {
  const { state, signer } = round.ledger;
  const own = state.chain(signer.device);
  const frontier: Record<DeviceId, readonly LineEnd[]> = {};
  for (const [device, chain] of state.chains) {
    if (device !== signer.device && chain.seq > 0) frontier[device] = chain.ends.slice(0, LINES);
  }
  const wants = Object.entries(round.memory.wanted)
    .filter(([hash, device]) => membership.roster.devices.has(device) && !state.chain(device).has(hash))
    .map(([hash, device]) => [device, hash] as const)
    .sort(([, one], [, other]) => (one < other ? -1 : 1))
    .slice(0, WANTS);
  return {
    seq: own.seq,
    hash: own.hash,
    recent: own.line(own.seq - RECENT + 1).map((pack) => [pack.seq, pack.hash, pack.bytes] as const),
    frontier,
    wants,
  };
}

/** Puts the own head where it is not what the target holds. */
export async function putOwnHead(round: Round): Promise<void> {
  const { ledger, memory } = round;
  const { state, signer } = ledger;
  const membership = state.membership;
  if (membership === null || !membership.roster.devices.has(signer.device)) return;
  const head = ownHead(round, membership);
  const text = canonical(head as unknown as Json);
  if (text === memory.ownHead && memory.shown[signer.device] !== undefined) return;
  const bytes: Bytes = await sealFile(
    'BKH1',
    { workspace: membership.workspace, seq: head.seq, prev: '', epoch: membership.epoch },
    { ...head, at: isoSeconds(ledger.clock) } as unknown as Json,
    {
      epochKeyBytes: membership.epochKeys.get(membership.epoch) as Bytes,
      signer,
      random: ledger.random,
    },
  );
  await putFile(round, headPath(membership.workspace, signer.device), bytes);
  memory.ownHead = text;
  memory.shown[signer.device] = shownHead(head, rankOf(head), null);
}
