import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isChannel, specOf } from '../renderer/core/host/contract.ts';
import { CALL_PATH, CALL_TYPE, MAX_HEAD, TOKEN_HEADER } from '../renderer/core/host/framing.ts';

/**
 * Page mode's door.
 *
 * Threat model. The port is open to everything that runs on this machine: any web page in any browser may send
 * requests to it, with any of the methods and content types that need no leave, from frames, forms, workers and
 * links; a name of the attacker's own may resolve to 127.0.0.1 (DNS rebinding). Programs of the same user can read
 * the vault's folder anyway and are not the concern; programs of *other* users are, and they cannot get the token.
 *
 * Defences, in this order, all before a byte of the body is read:
 *  1. The server listens on 127.0.0.1 only.
 *  2. `Host` is exactly the address we opened: a rebound name arrives with its own.
 *  3. `Sec-Fetch-Site`, where the browser sends it, is `same-origin`, or `none` for a page that a person opened.
 *     Another port of this machine is `same-site`, and refused.
 *  4. A call is a POST with `Origin` exactly ours. Browsers always send it with a POST, and pages cannot forge it.
 *  5. A call's content type is none of the three that need no preflight, and no preflight is ever answered with
 *     leave: there is no CORS header anywhere.
 *  6. A call carries this run's random token of 256 bits, compared in constant time. It travels to the page in the
 *     fragment of the URL, which no request and no referrer carries.
 *  7. The length is declared and within what the channel may take.
 */
export interface Door {
  readonly port: number;
  readonly token: string;
}

/** Why a request is turned away; null when it may come in. */
export type Refusal = 'host' | 'site' | 'origin' | 'method' | 'type' | 'token' | 'length' | 'channel';

export const STATUS: Readonly<Record<Refusal, number>> = {
  host: 421,
  site: 403,
  origin: 403,
  method: 405,
  type: 415,
  token: 401,
  length: 413,
  channel: 404,
};

export const originOf = (port: number): string => `http://127.0.0.1:${port}`;

/** For every request. */
export function refuseRequest(door: Door, request: IncomingMessage): Refusal | null {
  const { headers } = request;
  if (headers.host !== `127.0.0.1:${door.port}`) return 'host';
  const site = one(headers, 'sec-fetch-site');
  const isCall = (request.url ?? '').startsWith(CALL_PATH);
  if (site !== null && site !== 'same-origin' && (isCall || site !== 'none')) return 'site';
  if (headers.origin !== undefined && headers.origin !== originOf(door.port)) return 'origin';
  return null;
}

/** For a request on the calls' path that `refuseRequest` let pass. */
export function refuseCall(door: Door, request: IncomingMessage): Refusal | null {
  const { headers } = request;
  if (request.method !== 'POST') return 'method';
  if (headers.origin === undefined) return 'origin';
  if (headers['content-type'] !== CALL_TYPE) return 'type';
  if (!sameText(one(headers, TOKEN_HEADER) ?? '', door.token)) return 'token';
  const channel = (request.url ?? '').slice(CALL_PATH.length);
  if (!isChannel(channel)) return 'channel';
  const length = headers['content-length'] ?? '';
  if (!/^[0-9]{1,10}$/.test(length) || Number(length) > 4 + MAX_HEAD + specOf(channel).maxBytes)
    return 'length';
  return null;
}

/** Hashed first, so that not even the length of the right answer shows in the time. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function one(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}
