import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fromChromium } from './addresses.ts';

/** What the app decides about requests: `protocol.handle` and `webRequest.onBeforeRequest`. */
export interface Decisions {
  /** False while only the browser itself can be asking, before there is a window. */
  isWatched(): boolean;
  /** True when the app cancels it. */
  cancels(url: string): Promise<boolean>;
  /** The answer of the scheme's handler; null when the address is of another scheme. */
  serves(request: Request): Promise<Response> | null;
}

export interface Gate {
  readonly port: number;
  /** Addresses outside the app's scheme that were asked for and not cancelled by the app. */
  readonly escaped: string[];
  close(): void;
}

/**
 * Chromium's only way out: it is started with this as its proxy for everything, loopback included, so that requests of
 * pages, frames and workers alike come here. What the app cancels is cut off; its own scheme is answered by its
 * handler, headers and all; what it lets pass to any other address is written down and refused, since the stand-in
 * models no network. Of an encrypted connection only the host is seen.
 */
export async function openGate(decisions: Decisions): Promise<Gate> {
  const escaped: string[] = [];
  const server = createServer((request, response) => {
    answer(decisions, escaped, request, response).catch(() => response.destroy());
  });
  server.on('connect', async (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {});
    const url = `https://${(request.url ?? '').replace(/:443$/, '')}/`;
    if (!(await decisions.cancels(url).catch(() => false)) && decisions.isWatched()) escaped.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    escaped,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  decisions: Decisions,
  escaped: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = fromChromium(request.url ?? '');
  if (await decisions.cancels(url)) {
    response.destroy();
    return;
  }
  const method = request.method ?? 'GET';
  const headers = Object.entries(request.headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('proxy-'),
  );
  const served = decisions.serves(new Request(url, { method, headers }));
  if (served === null) {
    if (decisions.isWatched()) escaped.push(url);
    response.writeHead(403).end();
    return;
  }
  const given = await served;
  response.writeHead(given.status, Object.fromEntries(given.headers));
  response.end(Buffer.from(await given.arrayBuffer()));
}
