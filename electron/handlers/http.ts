import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrame } from '../../renderer/core/base/frame.ts';
import {
  CodedError,
  type HttpCall,
  type HttpHead,
  type HttpHost,
} from '../../renderer/core/host/contract.ts';
import { errnoOf } from '../disk.ts';
import { connectLine, unreachable } from '../trusted-line.ts';

/**
 * Requests to the servers that targets name.
 *
 * Threat model. The server is hostile or broken: it redirects to a neighbour in the person's network, answers without
 * end or drop by drop, packs a bomb, shows another certificate. The line is: cut at any byte, silent, tapped. The
 * renderer may be taken over and may want to carry something out or to reach into the local network. It can open a
 * line to any https server, and the host cannot know which one the person entered (the settings are sealed from it);
 * what a line keeps it from is everything that happens by accident, or without a valid certificate, or over plain
 * HTTP, where routers, printers and databases of the local network listen.
 *
 * Defences
 *  1. `https` only, with no exception for this machine: the certificate is checked before anything is sent.
 *  2. An open line for each origin; a path cannot leave it. Nothing is resolved or reached before.
 *  3. Methods and headers of a closed list both ways; no cookie is kept, nothing is followed, no proxy is asked.
 *  4. Answers are taken as they come (`accept-encoding: identity`), counted, and ended at the cap.
 *  5. Silence ends a request, and so do fifteen minutes, however lively the drops.
 *  6. Caps: lines, connections of a line, bytes of a call (in the contract).
 */
export interface HttpHandlers {
  readonly host: HttpHost;
  /** Ends every line. */
  closeAll(): void;
}

/** What a target reads; the rest, cookies among it, is not let in. */
const RECEIVED_HEADERS = [
  'authentication-info',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'dav',
  'etag',
  'retry-after',
  'www-authenticate',
] as const;

const MOST_LINES = 32;
/** Of one line; a page has six connections to us, which the vault's own calls need as well. */
const MOST_CONNECTIONS = 3;
/** Connecting and the handshake: a 2G line needs several trips of a second each. Milliseconds. */
const PATIENCE = 60_000;
const LONGEST = 15 * 60_000;
/** Of an answer that is no success: enough for a reason, which nobody shows. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const LONGEST_HEADER = 4000;

interface Line {
  readonly url: URL;
  readonly agent: Agent;
  /** What ends each request that is under way. */
  readonly running: Set<(why: CodedError) => void>;
}

export function createHttp(): HttpHandlers {
  const lines = new Map<string, Line>();

  function end(id: string): void {
    const line = lines.get(id);
    lines.delete(id);
    for (const giveUp of line?.running ?? []) giveUp(unreachable('CLOSED'));
    line?.agent.destroy();
  }

  const host: HttpHost = {
    async open(origin, fingerprint) {
      const url = serverAt(origin);
      const agent = new TrustingAgent(url, fingerprint);
      const id = randomUUID();
      lines.set(id, { url, agent, running: new Set() });
      if (lines.size > MOST_LINES) end(lines.keys().next().value as string);
      return id;
    },

    async request(id, call, body) {
      const line = lines.get(id);
      if (!line) throw new CodedError('target/unreachable', 'The line is closed.', { errno: 'CLOSED' });
      // A server may end idle connections just as they are used again. Every method of ours can be sent twice.
      for (let kept = MOST_CONNECTIONS; kept >= 0; kept--) {
        const frame = await exchange(line, call, body);
        if (frame !== STALE) return frame;
      }
      throw unreachable('ECONNRESET');
    },

    async close(id) {
      end(id);
    },
  };
  return {
    host,
    closeAll() {
      for (const id of [...lines.keys()]) end(id);
    },
  };
}

function serverAt(origin: string): URL {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url === null || url.protocol !== 'https:' || url.origin !== origin) {
    throw new CodedError('host/refused', 'This is not the origin of an https server.');
  }
  return url;
}

/** Hands out connections only once their server has proved itself. */
class TrustingAgent extends Agent {
  readonly #connect: () => Promise<Duplex>;
  #ended = false;

  constructor(url: URL, fingerprint: string | null) {
    super({ keepAlive: true, maxSockets: MOST_CONNECTIONS, maxFreeSockets: MOST_CONNECTIONS });
    this.#connect = () => connectLine(url, { secure: true, fingerprint, patience: PATIENCE });
  }

  override createConnection(
    _options: unknown,
    ready?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#connect().then(
      (socket) => {
        if (!this.#ended) return ready?.(null, socket);
        socket.destroy();
        ready?.(unreachable('CLOSED'), undefined as unknown as Duplex);
      },
      (error: Error) => ready?.(error, undefined as unknown as Duplex),
    );
  }

  /** A connection that is ready only then would be kept for nobody. */
  override destroy(): void {
    this.#ended = true;
    super.destroy();
  }
}

/** The connection was one that the server had given up. */
const STALE = Symbol('stale');

function exchange(line: Line, call: HttpCall, body: Uint8Array): Promise<Uint8Array | typeof STALE> {
  return new Promise((resolve, reject) => {
    // Node's plain request over the agent's connections, which are TLS and trusted already.
    const sent = request({
      agent: line.agent,
      host: line.url.hostname,
      port: line.url.port || 443,
      method: call.method,
      path: call.path,
      headers: headersOf(line, call, body),
      timeout: call.quietSeconds * 1000,
    });
    const settle = (act: () => void) => {
      clearTimeout(late);
      line.running.delete(giveUp);
      act();
    };
    // A request that waits for its connection tells of being destroyed only once it has one.
    const giveUp = (why: CodedError) => {
      sent.destroy(why);
      settle(() => reject(why));
    };
    const late = setTimeout(() => giveUp(unreachable('ETIMEDOUT')), LONGEST);
    line.running.add(giveUp);
    let answered = false;
    sent.on('timeout', () => sent.destroy(unreachable('ETIMEDOUT')));
    sent.on('error', (error) =>
      settle(() => {
        const stale = !answered && sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(errnoOf(error));
        if (stale) resolve(STALE);
        else reject(asTargetError(error));
      }),
    );
    sent.on('response', (response) => {
      answered = true;
      read(response, call).then(
        (frame) => settle(() => resolve(frame)),
        (error: unknown) =>
          settle(() => {
            sent.destroy();
            reject(asTargetError(error));
          }),
      );
    });
    sent.end(body);
  });
}

function headersOf(line: Line, call: HttpCall, body: Uint8Array): Record<string, string | number> {
  return {
    ...call.headers,
    // Without the port that is https's own.
    host: line.url.host,
    'accept-encoding': 'identity',
    'user-agent': 'Baikoo',
    ...((body.length > 0 || call.method === 'PUT') && { 'content-length': body.length }),
  };
}

async function read(response: IncomingMessage, { method, maxBytes }: HttpCall): Promise<Uint8Array> {
  const { statusCode = 0 } = response;
  const success = statusCode >= 200 && statusCode < 300;
  const limit = success ? maxBytes : MOST_OF_A_REFUSAL;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (success && method !== 'HEAD' && Number(response.headers['content-length'] ?? 0) > limit) {
    throw tooLong();
  }
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw success ? tooLong() : unreachable('EMSGSIZE');
    chunks.push(chunk);
  }
  if (!response.complete) throw unreachable('ECONNRESET');
  const head: HttpHead = { status: statusCode, headers: keptHeaders(response) };
  return encodeFrame(head, Buffer.concat(chunks));
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of RECEIVED_HEADERS) {
    const value = headers[name];
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (text !== undefined && text.length <= LONGEST_HEADER) kept[name] = text;
  }
  return kept;
}

function tooLong(): CodedError {
  return new CodedError('target/too-long', 'The answer is longer than asked for.');
}

function asTargetError(error: unknown): CodedError {
  return error instanceof CodedError ? error : unreachable(errnoOf(error) || 'UNKNOWN');
}
