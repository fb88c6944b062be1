import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { encodeFrame } from '../renderer/core/base/frame.ts';
import { type Answer, type Channel, toWire } from '../renderer/core/host/contract.ts';
import { CALL_PATH, decodeCall, encodeAnswer } from '../renderer/core/host/framing.ts';
import { type Disk, errnoOf, nodeDisk } from './disk.ts';
import type { Dispatch } from './dispatch.ts';
import { saveIntoFolder } from './exports-folder.ts';
import { type LocalHostOptions, openLocalHost } from './local-host.ts';
import { type Door, originOf, type Refusal, refuseCall, refuseRequest, STATUS } from './page-door.ts';
import { packageRoot, packageVersion } from './places.ts';
import { rendererFile, SAFE_HEADERS } from './renderer-files.ts';

export interface ServerOptions {
  /** The vault's folder. */
  readonly home: string;
  /** Where exports go. */
  readonly exports: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The built renderer; by default the project's `dist/renderer`. */
  readonly renderer?: string;
  /** Tells the page to make or open a demonstration vault. */
  readonly demo?: boolean;
  readonly disk?: Disk;
  /** Where this machine's mark is kept. */
  readonly machineFolder?: string;
  /** Milliseconds that never go back; for tests of the claims. */
  readonly now?: () => number;
  /** Another update server than the build's own, for tests. */
  readonly updates?: LocalHostOptions['updates'];
  readonly marksRun?: boolean;
}

export interface PageServer {
  /** What to open: the token is in the fragment. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  readonly port: number;
  /** Ends open calls, closes the port and lets go of the folder. */
  stop(): Promise<void>;
}

/**
 * Page mode: the built renderer and the handlers behind one guarded loopback port.
 * Errors: `host/busy` when another program holds the folder; Node's EADDRINUSE when the port is taken.
 */
export async function startServer(options: ServerOptions): Promise<PageServer> {
  const root = packageRoot(import.meta.dirname);
  const renderer = options.renderer ?? join(root, 'dist', 'renderer');
  const disk = options.disk ?? nodeDisk;
  const host = await openLocalHost({
    home: options.home,
    saveAs: saveIntoFolder(disk, options.exports),
    about: { mode: 'page', version: packageVersion(root) },
    disk,
    ...(options.machineFolder && { machineFolder: options.machineFolder }),
    ...(options.marksRun && { marksRun: true }),
    ...(options.now && { now: options.now }),
    ...(options.updates && { updates: options.updates }),
  });

  const token = randomBytes(32).toString('base64url');
  let port = options.port;
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 300_000 }, (request, response) => {
    serve({ port, token }, renderer, host.dispatch, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 100;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await host.close();
    throw error;
  }
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;

  return {
    url: `${originOf(port)}/${options.demo ? '?demo=1' : ''}#token=${token}`,
    origin: originOf(port),
    token,
    port,
    async stop() {
      host.events.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(impatience);
      await host.close();
    },
  };
}

async function serve(
  door: Door,
  renderer: string,
  dispatch: Dispatch,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refuseRequest(door, request);
  if (refusal) return refuse(response, refusal);
  const path = (request.url ?? '').split('?')[0] as string;
  if ((request.url ?? '').startsWith(CALL_PATH)) return serveCall(door, dispatch, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 'method');
  const file = await rendererFile(renderer, path);
  if (file === null) return refuse(response, 'channel');
  response.writeHead(200, { ...file.headers, 'content-length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

async function serveCall(
  door: Door,
  dispatch: Dispatch,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refuseCall(door, request);
  if (refusal) return refuse(response, refusal);
  const channel = (request.url ?? '').slice(CALL_PATH.length) as Channel;
  const body = await readBody(request);
  const answer = await answerCall(dispatch, channel, body);
  const frame = encodeAnswer(channel, answer);
  response.writeHead(200, {
    ...SAFE_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'application/x-baikoo-answer',
    'content-length': frame.length,
  });
  response.end(frame);
}

async function answerCall(dispatch: Dispatch, channel: Channel, body: Uint8Array): Promise<Answer> {
  try {
    return await dispatch({ channel, ...decodeCall(channel, body) });
  } catch (error) {
    return { ok: false, error: toWire(error) };
  }
}

/** Node holds the body to the declared length, which the door has checked; a body that ends early rejects. */
async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const body = new Uint8Array(Number(request.headers['content-length']));
  let at = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    body.set(chunk, at);
    at += chunk.length;
  }
  if (at !== body.length) throw new Error('The body is shorter than it said.');
  return body;
}

/** Says no more than it must. The body is not read: the connection ends with the answer. */
function refuse(response: ServerResponse, refusal: Refusal): void {
  const error = { code: 'host/refused', message: 'The request is refused.', detail: { refusal } };
  response.writeHead(STATUS[refusal], {
    ...SAFE_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'application/x-baikoo-answer',
    connection: 'close',
  });
  response.end(encodeFrame({ ok: false, error }, null));
}

export const isPortTaken = (error: unknown): boolean => errnoOf(error) === 'EADDRINUSE';
