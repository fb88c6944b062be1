import { z } from 'zod';
import { CodedError, fromWire, type WireError } from '../base/coded-error.ts';
import { LOCALES } from '../base/locales.ts';
import type { Host, HostInfo, Preferences, SealedName } from './host.ts';

/**
 * The whole boundary between the interface and the machine: every method of `Host` on a channel, with what may
 * cross it. From this table come the preload's bridge, the dispatch behind Electron's IPC and behind page mode's
 * HTTP door, and the renderer's client; the check at the end keeps it and `Host` from drifting apart.
 *
 * Errors cross as `WireError`: a code and primitives, never a message that could quote data.
 */
export { CodedError, toWire, type WireError } from '../base/coded-error.ts';
export type { FilesHost, Host, HostInfo, JournalHost, Preferences, SealedName, SystemHost } from './host.ts';

export interface ChannelSpec {
  readonly doc: string;
  readonly params: z.ZodType<readonly unknown[]>;
  readonly result: z.ZodType;
  /** The call carries the window's claim and is `host/busy` without a living one. */
  readonly claimed: boolean;
  /** Position of the parameter that is bytes. */
  readonly bytesParam?: number;
  /** True when the result is bytes (or null). */
  readonly bytesResult?: true;
  /** Most bytes that one call may carry towards the host. */
  readonly maxBytes: number;
}

// zod's faster parser compiles code, which the window's content policy forbids and would report.
z.config({ jitless: true });

const MiB = 1024 * 1024;
/** Most bytes that one `journal.read` may ask for. */
export const MAX_READ = 64 * MiB;

/** By its tag, because a Uint8Array of another realm (an IPC bridge, a test's window) is not an instance of ours. */
const bytes = z.custom<Uint8Array>(
  (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]',
);
const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const DRAFT_ID = /^[0-9a-z][0-9a-z-]{0,63}$/;
const sealedName = z.custom<SealedName>((value) => {
  if (typeof value !== 'string') return false;
  if (value === 'header.bkv' || value === 'device.bkv') return true;
  return value.startsWith('drafts/') && value.endsWith('.bkd') && DRAFT_ID.test(value.slice(7, -4));
});

/** A window's self-made random id. */
export const WINDOW_ID = /^[0-9A-Za-z-]{16,64}$/;
const windowId = z.string().regex(WINDOW_ID);

export const preferencesSchema = z.strictObject({
  locale: z.enum(LOCALES).nullable(),
  scheme: z.enum(['light', 'dark', 'auto']),
}) satisfies z.ZodType<Preferences>;

const hostInfo = z.strictObject({
  mode: z.enum(['electron', 'page']),
  version: z.string(),
  platform: z.enum(['windows', 'linux', 'macos', 'other']),
  home: z.string(),
  readOnly: z.boolean(),
  freeBytes: z.number().nullable(),
}) satisfies z.ZodType<HostInfo>;

const nothing = z.tuple([]);

export const CONTRACT = {
  'journal.size': {
    doc: 'Length of the journal in bytes.',
    params: nothing,
    result: offset,
    claimed: true,
    maxBytes: 0,
  },
  'journal.read': {
    doc: 'A stretch of the journal; shorter only at its end.',
    params: z.tuple([offset, z.number().int().min(0).max(MAX_READ)]),
    result: bytes,
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'journal.append': {
    doc: 'Appends at the end that the caller believes in and answers once the bytes are on the disk.',
    params: z.tuple([offset, bytes]),
    result: offset,
    claimed: true,
    bytesParam: 1,
    maxBytes: 64 * MiB,
  },
  'journal.setAside': {
    doc: 'Moves the rest of the journal into a file of its own; answers with its name.',
    params: z.tuple([offset]),
    result: z.string(),
    claimed: true,
    maxBytes: 0,
  },
  'files.listDrafts': {
    doc: 'Ids of the drafts that exist.',
    params: nothing,
    result: z.array(z.string()),
    claimed: true,
    maxBytes: 0,
  },
  'files.read': {
    doc: 'A sealed file, or null.',
    params: z.tuple([sealedName]),
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'files.replace': {
    doc: 'Writes a sealed file as a whole or not at all.',
    params: z.tuple([sealedName, bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 16 * MiB,
  },
  'files.remove': {
    doc: 'Overwrites and removes a sealed file.',
    params: z.tuple([sealedName]),
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
  },
  'files.saveAs': {
    doc: 'Hands a finished file to the person; null when they cancelled.',
    params: z.tuple([z.string().min(1).max(400), bytes]),
    result: z.strictObject({ path: z.string() }).nullable(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 512 * MiB,
  },
  'system.info': {
    doc: 'What the interface may know about the machine.',
    params: nothing,
    result: hostInfo,
    claimed: false,
    maxBytes: 0,
  },
  'system.claim': {
    doc: 'Claims the vault for one window.',
    params: z.tuple([windowId]),
    result: z.boolean(),
    claimed: false,
    maxBytes: 0,
  },
  'system.release': {
    doc: "Gives up a window's claim; nothing happens when it has none.",
    params: z.tuple([windowId]),
    result: z.undefined(),
    claimed: false,
    maxBytes: 0,
  },
  'system.preferences': {
    doc: 'How the window looks before a vault is open.',
    params: nothing,
    result: preferencesSchema,
    claimed: false,
    maxBytes: 0,
  },
  'system.setPreferences': {
    doc: 'Keeps how the window looks.',
    params: z.tuple([preferencesSchema]),
    result: z.undefined(),
    claimed: false,
    maxBytes: 0,
  },
  'system.wipe': {
    doc: 'Destroys the key slots.',
    params: nothing,
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
  },
} as const satisfies Record<HostMethod, ChannelSpec>;

export type Channel = keyof typeof CONTRACT;
export const CHANNELS = Object.keys(CONTRACT) as readonly Channel[];

export const isChannel = (name: unknown): name is Channel =>
  typeof name === 'string' && Object.hasOwn(CONTRACT, name);

export const specOf = (channel: Channel): ChannelSpec => CONTRACT[channel];

/** What the preload exposes as `window.host`: one function a channel, with the claim in front of the parameters. */
export type Bridge = Readonly<
  Record<Channel, (claim: string | null, ...params: readonly unknown[]) => Promise<Answer>>
>;

/** Electron's IPC keeps only an error's message, so that failures cross as values. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: WireError };

// ---------------------------------------------------------------- page mode's framing

/** Where a call goes: `POST /host/<channel>`. */
export const CALL_PATH = '/host/';
/** Not one of the three content types that a page elsewhere may send without asking first. */
export const CALL_TYPE = 'application/x-baikoo-call';
export const TOKEN_HEADER = 'x-baikoo-token';
/** Room for the claim and the parameters other than bytes. */
export const MAX_HEAD = 16 * 1024;

/**
 * One call or answer as it crosses HTTP:
 * `u32 big-endian: length of the head | head: JSON, UTF-8 | the bytes, to the end`.
 * A call's head is `{claim, params}` with null in the place of the bytes; an answer's is an `Answer`, whose value
 * is `{bytes: true}` when the bytes are the value.
 */
export function encodeFrame(head: unknown, body: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const frame = new Uint8Array(4 + text.length + (body?.length ?? 0));
  new DataView(frame.buffer).setUint32(0, text.length);
  frame.set(text, 4);
  if (body) frame.set(body, 4 + text.length);
  return frame;
}

/** Errors: `host/refused` when it is not a frame. The body is a view of `frame`. */
export function decodeFrame(frame: Uint8Array, maxHead = MAX_HEAD): { head: unknown; body: Uint8Array } {
  if (frame.length < 4) throw new CodedError('host/refused', 'A frame is at least four bytes long.');
  const length = new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0);
  if (length > maxHead || 4 + length > frame.length) {
    throw new CodedError('host/refused', 'The length of the head of a frame is out of bounds.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(frame.slice(4, 4 + length));
    return { head: JSON.parse(text), body: frame.subarray(4 + length) };
  } catch {
    throw new CodedError('host/refused', 'The head of a frame is not JSON in UTF-8.');
  }
}

const callHead = z.strictObject({ claim: z.string().nullable(), params: z.array(z.unknown()).max(8) });

export function encodeCall(
  channel: Channel,
  claim: string | null,
  params: readonly unknown[],
): Uint8Array<ArrayBuffer> {
  const at = specOf(channel).bytesParam;
  if (at === undefined) return encodeFrame({ claim, params }, null);
  const body = params[at] as Uint8Array;
  return encodeFrame({ claim, params: params.map((param, i) => (i === at ? null : param)) }, body);
}

/** Errors: `host/refused`. What the parameters hold is the dispatch's to check. */
export function decodeCall(channel: Channel, frame: Uint8Array): { claim: string | null; params: unknown[] } {
  const { head, body } = decodeFrame(frame);
  const parsed = callHead.safeParse(head);
  if (!parsed.success) throw new CodedError('host/refused', 'The head of a call has another shape.');
  const { claim, params } = parsed.data;
  const at = specOf(channel).bytesParam;
  if (at !== undefined && at < params.length) params[at] = body;
  else if (body.length > 0) throw new CodedError('host/refused', 'This channel takes no bytes.');
  return { claim, params };
}

export function encodeAnswer(channel: Channel, answer: Answer): Uint8Array<ArrayBuffer> {
  if (answer.ok && answer.value !== null && specOf(channel).bytesResult) {
    return encodeFrame({ ok: true, value: { bytes: true } }, answer.value as Uint8Array);
  }
  return encodeFrame(answer, null);
}

const wireError = z.strictObject({
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const answerHead = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown().optional() }),
  z.strictObject({ ok: z.literal(false), error: wireError }),
]);

/** The value, or the error thrown as a `CodedError`. Errors: `host/failed` when it is not an answer. */
export function decodeAnswer(channel: Channel, frame: Uint8Array): unknown {
  const { head, body } = decodeFrame(frame, 64 * MiB);
  const parsed = answerHead.safeParse(head);
  if (!parsed.success) throw new CodedError('host/failed', "The host's answer has another shape.");
  if (!parsed.data.ok) throw fromWire(parsed.data.error);
  return specOf(channel).bytesResult && parsed.data.value !== null ? body : parsed.data.value;
}

// ---------------------------------------------------------------- the contract is the port

type HostMethod = {
  [Area in keyof Host]: `${Area}.${keyof Host[Area] & string}`;
}[keyof Host];

type MethodOf<C extends Channel> = C extends `${infer Area extends keyof Host}.${infer Method}`
  ? Method extends keyof Host[Area]
    ? Host[Area][Method]
    : never
  : never;

type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Answered<T> = T extends void ? undefined : T;

type Drift = {
  [C in Channel]: MethodOf<C> extends (...params: infer P) => Promise<infer R>
    ? Mutual<P, z.infer<(typeof CONTRACT)[C]['params']>> extends true
      ? Mutual<Answered<R>, z.infer<(typeof CONTRACT)[C]['result']>> extends true
        ? never
        : C
      : C
    : C;
}[Channel];

/** A channel whose schemas differ from its method's type makes this line an error that names the channel. */
const drift: [Drift] extends [never] ? true : Drift = true;
void drift;
