import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

/** What the proxy does with one request instead of, or after, passing it on. */
export type ProxyFault =
  /** Answers by itself. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Cuts the connection once so many bytes of the request's body have come in; the server behind sees it break. */
  | { readonly cutRequestAfter: number }
  /** Passes the request on and cuts the connection once so many bytes of the answer's body have gone out. */
  | { readonly cutAnswerAfter: number }
  /** Passes the request on and changes the answer's headers; null removes one. */
  | { readonly changeHeaders: Readonly<Record<string, string | null>> }
  /** Passes the request on and hands out another body, with the length that fits it. */
  | { readonly changeBody: (body: Buffer) => Buffer }
  /** Passes nothing on and says nothing. */
  | { readonly silence: true };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: number;
}

/** An https server in front of a real one, that does to requests what bad lines and bad servers do. */
export class FaultProxy {
  readonly seen: SeenRequest[] = [];
  #faults: { readonly method: string; readonly fault: ProxyFault; left: number }[] = [];
  readonly #server: Server;
  readonly #to: number;
  readonly #sockets = new Set<Socket>();

  private constructor(to: number, { cert, key }: Certificate) {
    this.#to = to;
    this.#server = createServer({ cert, key, keepAliveTimeout: 60_000 }, (incoming, answer) => {
      this.#pass(incoming, answer).catch(() => answer.destroy());
    });
    this.#server.on('secureConnection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async to(port: number, certificate: Certificate): Promise<FaultProxy> {
    const proxy = new FaultProxy(port, certificate);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next `times` requests with this method suffer `fault`. */
  on(method: string, fault: ProxyFault, times = 1): void {
    this.#faults.push({ method, fault, left: times });
  }

  calm(): void {
    this.#faults = [];
    this.seen.length = 0;
  }

  /** Ends the connections that nobody uses at the moment and that a client may believe in. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = incoming;
    const fault = this.#faultFor(method);
    if (fault && 'cutRequestAfter' in fault) return this.#cutRequest(incoming, fault.cutRequestAfter);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    this.seen.push({ method, path, headers: incoming.headers, bytes: body.length });
    if (fault && 'silence' in fault) return;
    if (fault && 'status' in fault) {
      answer.writeHead(fault.status, fault.headers);
      answer.end(fault.body ?? '');
      return;
    }
    const from = await this.#ask(incoming, body);
    answer.statusCode = from.status;
    for (const [name, value] of Object.entries(from.headers)) {
      if (value !== undefined && name !== 'transfer-encoding' && name !== 'connection')
        answer.setHeader(name, value);
    }
    if (fault && 'changeHeaders' in fault) {
      for (const [name, value] of Object.entries(fault.changeHeaders)) {
        if (value === null) answer.removeHeader(name);
        else answer.setHeader(name, value);
      }
    }
    if (fault && 'changeBody' in fault) {
      const changed = fault.changeBody(from.body);
      answer.setHeader('content-length', changed.length);
      answer.end(changed);
      return;
    }
    if (fault && 'cutAnswerAfter' in fault) {
      answer.write(from.body.subarray(0, fault.cutAnswerAfter), () => incoming.socket.destroy());
      answer.flushHeaders();
      return;
    }
    answer.end(from.body);
  }

  #faultFor(method: string): ProxyFault | null {
    const due = this.#faults.find((entry) => entry.method === method && entry.left > 0);
    if (due === undefined) return null;
    due.left -= 1;
    return due.fault;
  }

  /** What has come in so far goes to the server behind, which then sees the line break as well. */
  async #cutRequest(incoming: IncomingMessage, after: number): Promise<void> {
    const behind = this.#open(incoming);
    behind.on('error', () => undefined);
    let passed = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, after - passed);
      passed += part.length;
      await new Promise<void>((resolve) => behind.write(part, () => resolve()));
      if (passed >= after) break;
    }
    behind.destroy();
    incoming.socket.destroy();
  }

  #open(incoming: IncomingMessage) {
    return request({
      host: '127.0.0.1',
      port: this.#to,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
      agent: false,
    });
  }

  async #ask(incoming: IncomingMessage, body: Buffer) {
    const behind = this.#open(incoming);
    behind.end(body);
    const [response] = (await once(behind, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  }
}
