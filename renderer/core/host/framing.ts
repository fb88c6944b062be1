import { z } from 'zod';
import { CodedError, fromWire } from '../base/coded-error.ts';
import { decodeFrame, encodeFrame } from '../base/frame.ts';
import { MiB } from './channel.ts';
import { type Answer, type Channel, specOf } from './contract.ts';

/**
 * Page mode's wire: the contract's calls and answers as frames over HTTP.
 */

/** Where a call goes: `POST /host/<channel>`. */
export const CALL_PATH = '/host/';
/** Not one of the three content types that a page elsewhere may send without asking first. */
export const CALL_TYPE = 'application/x-baikoo-call';
export const TOKEN_HEADER = 'x-baikoo-token';
/** Room for the claim and the parameters other than bytes. */
export const MAX_HEAD = 16 * 1024;

/**
 * A call's frame has the head `{claim, params}` with null in the place of the bytes; an answer's head is an `Answer`,
 * whose value is `{bytes: true}` when the bytes are the value.
 */
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
  const { head, body } = decodeFrame(frame, MAX_HEAD);
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
