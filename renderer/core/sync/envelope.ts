import { z } from 'zod';
import { type Bytes, concat, equalBytes, fromB64, fromUtf8, toB64, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { deflate, inflate } from '../base/deflate.ts';
import { type DeviceId, ID_PATTERN } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Signer } from '../vault/device.ts';
import {
  aesKey,
  aesOpen,
  aesSeal,
  type HkdfKey,
  hkdf,
  hkdfKey,
  NONCE_LENGTH,
  sha256,
  verify,
} from '../vault/primitives.ts';
import { padmeLength } from './padme.ts';

/**
 * What travels: a signed, sealed file. Numbers are big-endian; `tests/fixtures/sync/` holds fixed examples.
 *
 *   offset     bytes  what
 *   0          4      magic: "BKP1" a pack, "BKH1" a head, "BKL1" a membership log
 *   4          4      length h of the header, at most 4,096
 *   8          h      header, canonical JSON:
 *                     { "v": 1, "workspace": id, "device": id, "seq": number, "prev": B64(32) or "",
 *                       "epoch": number, "salt": B64(32), "commitment": B64(32), "length": n }
 *   8 + h      n      AES-256-GCM of the padded content, tag included, bound to bytes 0 to 8 + h
 *   8 + h + n  64     Ed25519 signature by the device over "baikoo/v1/signed\n" and SHA-256 of all bytes before it
 *
 *   content  = u32 length m | m bytes: raw deflate of canonical JSON | zeros up to the Padmé length
 *   key, commitment = 32 bytes each of HKDF-SHA-256(epoch key, salt,
 *              "baikoo/v1/<magic>/<workspace>/<device>/<seq>"); the nonce is zero, a key seals one file only
 *   hash     = SHA-256 of the whole file: its name, and the `prev` of the pack after it
 *
 * `seq` counts a device's packs from 1 without gaps; `prev` is the hash of the pack before ("" for the first). A head
 * carries the `seq` of the last pack it tells of and no `prev`, a log 0 and none.
 *
 * The commitment pins the key: a file that opens to two things under two keys (AES-GCM alone allows it) is refused
 * before it is opened. Signature before everything, so that a forger cannot make a reader inflate anything.
 */
export type Magic = 'BKP1' | 'BKH1' | 'BKL1';

export interface SealedHeader {
  readonly v: 1;
  readonly workspace: string;
  readonly device: DeviceId;
  readonly seq: number;
  readonly prev: string;
  readonly epoch: number;
  readonly salt: string;
  readonly commitment: string;
  readonly length: number;
}

const LONGEST_HEADER = 4_096;
const SIGNATURE_LENGTH = 64;
/** Longest content as JSON: one change may be as long as a journal entry. */
export const CONTENT_LIMIT = 9 * 1024 * 1024;
/** No valid file is longer: incompressible content, its padding, header and signature. */
export const FILE_LIMIT = CONTENT_LIMIT + CONTENT_LIMIT / 8 + 8 + LONGEST_HEADER + SIGNATURE_LENGTH;

const b64of = (length: number) => z.string().refine((text) => fromB64(text)?.length === length);

const headerSchema: z.ZodType<SealedHeader> = z.strictObject({
  v: z.literal(1),
  workspace: z.string().regex(ID_PATTERN),
  device: z.string().regex(ID_PATTERN),
  seq: z.int().min(0).max(1e9),
  prev: z.union([z.literal(''), b64of(32)]),
  epoch: z.int().min(1).max(1e6),
  salt: b64of(32),
  commitment: b64of(32),
  length: z.int().min(20).max(FILE_LIMIT),
});

/** An epoch's secret: 32 bytes that every member's device holds. */
export type EpochKeys = ReadonlyMap<number, Bytes>;

/** The key handles of epochs in use: a round opens hundreds of files under one. */
const epochKeyHandles = new WeakMap<Bytes, Promise<HkdfKey>>();

async function fileKeys(
  magic: Magic,
  header: Pick<SealedHeader, 'workspace' | 'device' | 'seq'>,
  saltBytes: Bytes,
  epochKeyBytes: Bytes,
): Promise<{ keyBytes: Bytes; commitmentBytes: Bytes }> {
  const info = utf8(`baikoo/v1/${magic}/${header.workspace}/${header.device}/${header.seq}`);
  let epochKey = epochKeyHandles.get(epochKeyBytes);
  if (epochKey === undefined) {
    epochKey = hkdfKey(epochKeyBytes);
    epochKeyHandles.set(epochKeyBytes, epochKey);
  }
  const both = await hkdf(await epochKey, saltBytes, info, 64);
  return { keyBytes: both.slice(0, 32), commitmentBytes: both.slice(32) };
}

const signedMessage = async (signedPart: Bytes): Promise<Bytes> =>
  concat(utf8('baikoo/v1/signed\n'), await sha256(signedPart));

const ZERO_NONCE = new Uint8Array(NONCE_LENGTH);

/** Seals `content` into a file of this device. */
export async function sealFile(
  magic: Magic,
  header: Pick<SealedHeader, 'workspace' | 'seq' | 'prev' | 'epoch'>,
  content: Json,
  keys: { readonly epochKeyBytes: Bytes; readonly signer: Signer; readonly random: Random },
): Promise<Bytes> {
  const deflated = await deflate(utf8(canonical(content)));
  const padded = new Uint8Array(padmeLength(4 + deflated.length));
  new DataView(padded.buffer).setUint32(0, deflated.length);
  padded.set(deflated, 4);
  const saltBytes = keys.random.bytes(32);
  const device = keys.signer.device;
  const { keyBytes, commitmentBytes } = await fileKeys(
    magic,
    { workspace: header.workspace, device, seq: header.seq },
    saltBytes,
    keys.epochKeyBytes,
  );
  const whole: SealedHeader = {
    v: 1,
    workspace: header.workspace,
    device,
    seq: header.seq,
    prev: header.prev,
    epoch: header.epoch,
    salt: toB64(saltBytes),
    commitment: toB64(commitmentBytes),
    length: padded.length + 16,
  };
  const headerBytes = utf8(canonical(whole as unknown as Json));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, headerBytes.length);
  const front = concat(utf8(magic), length, headerBytes);
  const cipher = await aesSeal(await aesKey(keyBytes), ZERO_NONCE, padded, front);
  keyBytes.fill(0);
  const signedPart = concat(front, cipher);
  return concat(signedPart, await keys.signer.sign(await signedMessage(signedPart)));
}

/** A file whose outline is right; nothing of it is verified yet. */
export interface ParsedFile {
  readonly magic: Magic;
  readonly header: SealedHeader;
  readonly bytes: Bytes;
  /** Length of magic, header length and header: what the ciphertext is bound to. */
  readonly front: number;
}

/** `file/foreign`: not one of ours, or cut short. `file/newer`: of a later version, which must be left alone. */
export function parseFile(bytes: Bytes, magic: Magic): Result<ParsedFile, 'file/foreign' | 'file/newer'> {
  if (bytes.length < 8 + SIGNATURE_LENGTH || bytes.length > FILE_LIMIT) return err('file/foreign');
  const found = String.fromCharCode(...bytes.subarray(0, 4));
  if (found !== magic) return err(isNewer(found, magic) ? 'file/newer' : 'file/foreign');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4);
  if (length > LONGEST_HEADER || 8 + length > bytes.length) return err('file/foreign');
  let json: unknown;
  try {
    json = JSON.parse(fromUtf8(bytes.subarray(8, 8 + length)));
  } catch {
    return err('file/foreign');
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) return err(saysNewer(json) ? 'file/newer' : 'file/foreign');
  const front = 8 + length;
  if (bytes.length !== front + parsed.data.length + SIGNATURE_LENGTH) return err('file/foreign');
  return ok({ magic, header: parsed.data, bytes, front });
}

const isNewer = (found: string, magic: Magic): boolean =>
  found.startsWith(magic.slice(0, 3)) && found > magic && /[2-9]$/.test(found);

const saysNewer = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'v' in json && typeof json.v === 'number' && json.v > 1;

/** True when the device with this Ed25519 public key wrote the file as it is. */
export async function isSignedBy(file: ParsedFile, publicBytes: Bytes): Promise<boolean> {
  const at = file.bytes.length - SIGNATURE_LENGTH;
  return verify(publicBytes, file.bytes.slice(at), await signedMessage(file.bytes.slice(0, at)));
}

/** `no-key`: of an epoch this device has no key for. `bad`: sealed with another key than it says, damaged, or a bomb. */
export type Unopened = 'no-key' | 'bad';

/** The content of a file whose signature was verified. */
export async function openFile(file: ParsedFile, epochKeys: EpochKeys): Promise<Result<Json, Unopened>> {
  const { header, bytes, front, magic } = file;
  const epochKeyBytes = epochKeys.get(header.epoch);
  if (epochKeyBytes === undefined) return err('no-key');
  const saltBytes = fromB64(header.salt) as Bytes;
  const { keyBytes, commitmentBytes } = await fileKeys(magic, header, saltBytes, epochKeyBytes);
  if (!equalBytes(commitmentBytes, fromB64(header.commitment) as Bytes)) return err('bad');
  const cipher = bytes.subarray(front, bytes.length - SIGNATURE_LENGTH);
  const padded = await aesOpen(await aesKey(keyBytes), ZERO_NONCE, cipher, bytes.subarray(0, front));
  keyBytes.fill(0);
  if (padded === null || padded.length < 4) return err('bad');
  const length = new DataView(padded.buffer, padded.byteOffset, 4).getUint32(0);
  if (4 + length > padded.length) return err('bad');
  try {
    return ok(JSON.parse(fromUtf8(await inflate(padded.slice(4, 4 + length), CONTENT_LIMIT))) as Json);
  } catch {
    return err('bad');
  }
}

/** SHA-256 of a whole file, base64url. */
export const hashOf = async (bytes: Bytes): Promise<string> => toB64(await sha256(bytes));
