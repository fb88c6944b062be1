import { z } from 'zod';
import { type Bytes, concat, fromB64, fromUtf8, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { deflate, inflate } from '../base/deflate.ts';
import { ID_PATTERN, idOfBytes } from '../base/ids.ts';
import { canonical, type Json } from '../base/json.ts';
import { jsonValueSchema } from '../model/json-value.ts';
import type { Device } from '../vault/device.ts';
import {
  aesKey,
  aesOpen,
  aesSeal,
  agree,
  agreementKey,
  generateX25519,
  hkdf,
  hkdfKey,
  NONCE_LENGTH,
  sha256,
} from '../vault/primitives.ts';

/**
 * How a newcomer gets in. A coordinator hands over eight words by any way that is private enough (82 bits, so that a
 * request that fell into wrong hands cannot be searched for them). The newcomer makes a request with them, the
 * coordinator compares a number by phone and answers with the team's key and log. Both are files, `.bkj`:
 *
 *   offset  bytes  what
 *   0       4      magic "BKJ1"
 *   4       1      01 request, 02 answer
 *   5       26     the invitation's id
 *   31      32     answer only: an X25519 public key made for it
 *   31, 63  12     nonce
 *   43, 75  n      AES-256-GCM of raw-deflated canonical JSON, bound to everything before the nonce
 *
 *   secret      = "baikoo/v1/join\n" and the eight words, a space between two
 *   id          = 16 bytes of HKDF-SHA-256(secret, "baikoo/v1/join/id")
 *   request key = HKDF-SHA-256(secret, "baikoo/v1/join/request")
 *   answer key  = HKDF-SHA-256(secret and X25519(that key, the newcomer's agreement key), "baikoo/v1/join/answer")
 *
 * So a request can be read by whoever knows the words, an answer only by who has the words and the newcomer's key.
 */
export const INVITATION_WORDS = 8;
const MAGIC = utf8('BKJ1');
const ID_AT = 5;
const ID_LENGTH = 26;
const FRONT = ID_AT + ID_LENGTH;
const KINDS = { request: 1, answer: 2 } as const;
/** The log of a team of thousands stays far below. */
const CONTENT_LIMIT = 4 * 1024 * 1024;
export const JOIN_FILE_LIMIT = CONTENT_LIMIT;

const secretOf = (words: readonly string[]): Bytes => utf8(`baikoo/v1/join\n${words.join(' ')}`);

async function derive(secretBytes: Bytes, purpose: string, length: number): Promise<Bytes> {
  return hkdf(await hkdfKey(secretBytes), new Uint8Array(0), utf8(`baikoo/v1/join/${purpose}`), length);
}

/** The id that an invitation's words make: where its files lie at a target. */
export const invitationId = async (words: readonly string[]): Promise<string> =>
  idOfBytes(await derive(secretOf(words), 'id', 16));

const key32 = z.string().refine((text) => fromB64(text)?.length === 32);
const id = z.string().regex(ID_PATTERN);

const requestSchema = z.strictObject({
  v: z.literal(1),
  name: z.string().max(200),
  member: id,
  device: id,
  signing: key32,
  agreement: key32,
});
/** Who asks to join: a member and their first device with its public keys. */
export type JoinRequest = z.infer<typeof requestSchema>;

const answerSchema = z.strictObject({
  v: z.literal(1),
  /** Hash of the founding entry. */
  root: key32,
  workspace: id,
  /** The device that admitted; its key is in the log. */
  by: id,
  keys: z.record(z.string().regex(/^[1-9][0-9]{0,5}$/), key32),
  log: z.array(jsonValueSchema).max(100_000),
});
export type JoinAnswer = z.infer<typeof answerSchema>;

export const requestOf = (device: Device): JoinRequest => ({
  v: 1,
  name: device.name,
  member: device.member,
  device: device.device,
  signing: device.signing.public,
  agreement: device.agreement.public,
});

async function seal(front: Bytes, keyBytes: Bytes, content: Json, random: Random): Promise<Bytes> {
  const nonce = random.bytes(NONCE_LENGTH);
  const plain = await deflate(utf8(canonical(content)));
  return concat(front, nonce, await aesSeal(await aesKey(keyBytes), nonce, plain, front));
}

async function open(bytes: Bytes, front: number, keyBytes: Bytes): Promise<unknown> {
  const at = front + NONCE_LENGTH;
  const plain = await aesOpen(
    await aesKey(keyBytes),
    bytes.slice(front, at),
    bytes.subarray(at),
    bytes.subarray(0, front),
  );
  if (plain === null) return null;
  try {
    return JSON.parse(fromUtf8(await inflate(plain, CONTENT_LIMIT)));
  } catch {
    return null;
  }
}

const frontOf = (kind: keyof typeof KINDS, invitation: string): Bytes =>
  concat(MAGIC, Uint8Array.of(KINDS[kind]), utf8(invitation));

export async function sealRequest(
  words: readonly string[],
  request: JoinRequest,
  random: Random,
): Promise<Bytes> {
  const front = frontOf('request', await invitationId(words));
  return seal(front, await derive(secretOf(words), 'request', 32), request, random);
}

/** What a `.bkj` file says it is; null when it is none. Nothing is verified. */
export function outlineOf(
  bytes: Bytes,
): { readonly kind: keyof typeof KINDS; readonly invitation: string } | null {
  if (bytes.length < FRONT + NONCE_LENGTH + 16 || bytes.length > JOIN_FILE_LIMIT) return null;
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return null;
  const kind = bytes[4] === KINDS.request ? 'request' : bytes[4] === KINDS.answer ? 'answer' : null;
  const invitation = String.fromCharCode(...bytes.subarray(ID_AT, FRONT));
  return kind === null || !ID_PATTERN.test(invitation) ? null : { kind, invitation };
}

/** Null when it is not a request made with these words. */
export async function openRequest(bytes: Bytes, words: readonly string[]): Promise<JoinRequest | null> {
  if (outlineOf(bytes)?.kind !== 'request') return null;
  const json = await open(bytes, FRONT, await derive(secretOf(words), 'request', 32));
  return requestSchema.safeParse(json).data ?? null;
}

async function answerKey(words: readonly string[], sharedBytes: Bytes): Promise<Bytes> {
  return derive(concat(secretOf(words), sharedBytes), 'answer', 32);
}

export async function sealAnswer(
  words: readonly string[],
  request: JoinRequest,
  answer: JoinAnswer,
  random: Random,
): Promise<Bytes> {
  const made = await generateX25519(random);
  const shared = await agree(await agreementKey(made.privateBytes), fromB64(request.agreement) as Bytes);
  const front = concat(frontOf('answer', await invitationId(words)), made.publicBytes);
  return seal(front, await answerKey(words, shared), answer, random);
}

/** Null when it is not an answer to this device under these words. */
export async function openAnswer(
  bytes: Bytes,
  words: readonly string[],
  device: Device,
): Promise<JoinAnswer | null> {
  if (outlineOf(bytes)?.kind !== 'answer' || bytes.length < FRONT + 32) return null;
  const key = await agreementKey(fromB64(device.agreement.private) as Bytes);
  const shared = await agree(key, bytes.slice(FRONT, FRONT + 32)).catch(() => null);
  if (shared === null) return null;
  const json = await open(bytes, FRONT + 32, await answerKey(words, shared));
  return answerSchema.safeParse(json).data ?? null;
}

/** Four groups of five digits: 66 bits, enough against a key made to look alike while two people are on the phone. */
async function line(text: string): Promise<string> {
  const digest = await sha256(utf8(text));
  const view = new DataView(digest.buffer);
  const groups = [0, 8, 16, 24].map((at) => Number(view.getBigUint64(at) % 100_000n));
  return groups.map((group) => String(group).padStart(5, '0')).join(' ');
}

/** The newcomer's line of the safety number: what asks is who reads this out. */
export const newcomerLine = (invitation: string, request: JoinRequest): Promise<string> =>
  line(
    `baikoo/v1/safety/newcomer\n${invitation}\n${request.device}\n${request.signing}\n${request.agreement}`,
  );

/** The team's line: the workspace, and the device that answers. */
export const teamLine = (root: string, workspace: string, signing: string): Promise<string> =>
  line(`baikoo/v1/safety/team\n${root}\n${workspace}\n${signing}`);
