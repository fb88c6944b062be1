import { CodedError } from '../base/coded-error.ts';
import { decodeFrame } from '../base/frame.ts';
import type { HttpHead } from '../host/host.ts';

export interface Answer extends HttpHead {
  readonly body: Uint8Array;
}

const LONGEST_HEAD = 64 * 1024;

/** What `HttpHost.request` resolved with. The host is ours: its shape is not in doubt, what the server put in it is. */
export function readAnswer(frame: Uint8Array): Answer {
  const { head, body } = decodeFrame(frame, LONGEST_HEAD);
  return { ...(head as HttpHead), body };
}

/** Statuses after which the same request may well succeed later, so that nobody need be bothered. */
const LATER = new Set([423, 425, 429, 502, 503, 504]);

/**
 * A status that is no success, in the port's words:
 * 3xx `target/failed` (nothing is followed); 401, 403 and 407 `target/refused`; 507 `target/full`; 423, 429 and a
 * gateway's 502 to 504 `target/busy`; everything else `target/failed`. detail.status always; detail.seconds of busy.
 */
export function failureOf({ status, headers }: HttpHead): CodedError {
  if (status === 401 || status === 403 || status === 407) {
    return new CodedError('target/refused', 'The server refuses the credentials or the access.', { status });
  }
  if (status === 507) return new CodedError('target/full', 'The server has no room.', { status });
  if (LATER.has(status)) {
    const seconds = secondsOf(headers);
    return new CodedError('target/busy', 'The server asks to try again later.', { status, seconds });
  }
  return new CodedError('target/failed', 'The server answered with an unexpected status.', { status });
}

/** An hour is more than any server means; longer is a mistake or an attempt to stop the exchange. */
const LONGEST_WAIT = 3600;

/** `retry-after`: seconds, or a date, which is measured against the server's own clock and never against ours. */
function secondsOf(headers: HttpHead['headers']): number | null {
  const after = headers['retry-after'];
  if (after === undefined) return null;
  const seconds = /^[0-9]{1,9}$/.test(after)
    ? Number(after)
    : Math.ceil((Date.parse(after) - Date.parse(headers.date ?? '')) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT) : null;
}

/** An entity tag (RFC 9110, 8.8.3) that can be sent back as it came; null for anything else. */
export function tagOf(text: string | null | undefined): string | null {
  return text && /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(text) ? text : null;
}
