import { type Bytes, fromB64 } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Chain } from './chain.ts';
import { isSignedBy, type Magic, openFile, type ParsedFile, parseFile } from './envelope.ts';
import { type OpenedHead, openHead } from './head.ts';
import { asOpened, type OpenedPack } from './pack.ts';
import { type Membership, readEntries } from './roster.ts';
import type { LogEntry } from './team-log.ts';

/**
 * Why a file from a target was not taken in. `waiting`: right as far as can be told, but the pack before it is not
 * here yet. `newer`: of a later version. `no-key`: of an epoch this device has no key for. `bad`: anything else, from
 * line noise to forgery; the difference helps nobody.
 */
export type Refusal = 'waiting' | 'newer' | 'no-key' | 'bad';

/** In this order, whatever the file: size and outline, workspace and device, signature of a member's device. */
async function checkSigned(
  bytes: Bytes,
  magic: Magic,
  device: DeviceId,
  membership: Membership,
): Promise<Result<ParsedFile, Refusal>> {
  const parsed = parseFile(bytes, magic);
  if (!parsed.ok) return err(parsed.error === 'file/newer' ? 'newer' : 'bad');
  const { header } = parsed.value;
  if (header.workspace !== membership.workspace) return err('bad');
  if (header.device !== device) return err('bad');
  const known = membership.roster.devices.get(header.device);
  if (known === undefined) return err('bad');
  return (await isSignedBy(parsed.value, fromB64(known.signing) as Bytes)) ? parsed : err('bad');
}

/** A pack of `device` under whatever name: signature, then its place in the chain, then its content. */
export async function verifyPack(
  bytes: Bytes,
  device: DeviceId,
  membership: Membership,
  chain: Chain,
): Promise<Result<OpenedPack, Refusal>> {
  const file = await checkSigned(bytes, 'BKP1', device, membership);
  if (!file.ok) return file;
  const { seq, prev } = file.value.header;
  if (seq < 1) return err('bad');
  if (!chain.links(seq, prev)) return err('waiting');
  const content = await openFile(file.value, membership.epochKeys);
  return content.ok ? ok(await asOpened(file.value, content.value)) : content;
}

/** A head of `device`. */
export async function verifyHead(
  bytes: Bytes,
  device: DeviceId,
  membership: Membership,
): Promise<Result<OpenedHead, Refusal>> {
  const file = await checkSigned(bytes, 'BKH1', device, membership);
  return file.ok ? openHead(file.value, membership.epochKeys) : file;
}

/**
 * The log as a target holds it, with the hash of each entry; null when it is not one. Its writer may be known by what
 * it brings only, so the file is opened first (outsiders have no key for it) and its signature checked with the roster
 * that its entries and the known ones make together.
 */
export async function verifyLog(
  bytes: Bytes,
  membership: Membership,
): Promise<{ readonly entries: readonly (readonly [hash: string, LogEntry])[] } | null> {
  const file = parseFile(bytes, 'BKL1');
  if (!file.ok || file.value.header.workspace !== membership.workspace) return null;
  const content = await openFile(file.value, membership.epochKeys);
  const json = content.ok ? (content.value as { readonly log?: unknown } | null) : null;
  if (json === null || typeof json !== 'object' || !Array.isArray(json.log)) return null;
  const entries = await readEntries(json.log);
  const both = await membership.log.extended(entries);
  const writer = both.roster?.devices.get(file.value.header.device);
  if (writer === undefined || !(await isSignedBy(file.value, fromB64(writer.signing) as Bytes))) return null;
  return { entries };
}
