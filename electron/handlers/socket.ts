import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { CodedError, type SocketHost, type SocketTrust } from '../../renderer/core/host/contract.ts';
import { connectLine, isLoopback, unreachable } from '../trusted-line.ts';

export interface Sockets {
  readonly host: SocketHost;
  /** At the end of the program. */
  closeAll(): void;
}

export interface SocketPatience {
  /** Connecting and agreeing on a WebSocket; a 2G line needs several round trips of a second. */
  readonly open: number;
  /** How long `receive` waits for bytes. */
  readonly receive: number;
  /** After this long without a `receive`, nobody listens any more. */
  readonly unheard: number;
}

const PATIENCE: SocketPatience = { open: 30_000, receive: 20_000, unheard: 60_000 };
const MiB = 1024 * 1024;
/** A window has one relay open at a time, and a few being tried. */
const MOST_SOCKETS = 8;
/** Longest message that is taken in, and how much may lie unread before the sender is held back. */
const LONGEST_MESSAGE = 4 * MiB;
const UNREAD = 4 * MiB;

/** The host's WebSockets; see `SocketHost`. */
export function createSockets(patience: SocketPatience = PATIENCE): Sockets {
  const open = new Map<string, OpenSocket>();
  let opening = 0;

  function find(id: string): OpenSocket {
    const socket = open.get(id);
    if (!socket) throw new CodedError('host/refused', 'There is no such socket.');
    return socket;
  }

  return {
    host: {
      async open(address, trust) {
        const url = allowedAddress(address);
        if (open.size + opening >= MOST_SOCKETS) {
          throw new CodedError('host/refused', 'Too many sockets are open.', { most: MOST_SOCKETS });
        }
        opening += 1;
        try {
          const id = randomUUID();
          const socket = await connect(url, trust, patience);
          open.set(id, new OpenSocket(socket, patience, () => open.delete(id)));
          return id;
        } finally {
          opening -= 1;
        }
      },
      send: async (id, bytes) => find(id).send(bytes),
      receive: async (id) => find(id).receive(),
      close: async (id) => open.get(id)?.end(),
    },
    closeAll() {
      for (const socket of open.values()) socket.end();
    },
  };
}

function allowedAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const allowed = url?.protocol === 'wss:' || (url?.protocol === 'ws:' && isLoopback(url));
  if (!url || !allowed || url.username !== '' || url.password !== '') {
    throw new CodedError('host/refused', 'A relay is reached by wss://, or by ws:// on this machine.');
  }
  return url;
}

async function connect(url: URL, trust: SocketTrust, patience: SocketPatience): Promise<WebSocket> {
  const line = await connectLine(url, {
    secure: url.protocol === 'wss:',
    fingerprint: trust.fingerprint,
    patience: patience.open,
  });
  const socket = new WebSocket(url, {
    createConnection: () => line,
    followRedirects: false,
    maxPayload: LONGEST_MESSAGE,
    // What crosses is ciphertext.
    perMessageDeflate: false,
  });
  // The package's own time limit starts with a connection that it makes itself.
  const timer = setTimeout(() => line.destroy(), patience.open);
  return new Promise<WebSocket>((resolve, reject) => {
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(refusal(response.statusCode ?? 0));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => reject(unreachable(error.code)));
    // Paused before a first message can slip by: nobody listens yet.
    socket.once('open', () => {
      socket.pause();
      resolve(socket);
    });
  }).finally(() => clearTimeout(timer));
}

function refusal(status: number): CodedError {
  const code = status === 401 || status === 403 ? 'target/refused' : 'target/failed';
  return new CodedError(code, 'The server does not open a WebSocket.', { status });
}

class OpenSocket {
  readonly #socket: WebSocket;
  readonly #patience: SocketPatience;
  readonly #forget: () => void;
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #ended: 'no' | 'closed' | 'broken' = 'no';
  #wake: (() => void) | null = null;
  #unheard: NodeJS.Timeout;

  constructor(socket: WebSocket, patience: SocketPatience, forget: () => void) {
    this.#socket = socket;
    this.#patience = patience;
    this.#forget = forget;
    this.#unheard = this.#expectListener();
    socket.on('message', (data: Buffer) => this.#take(data));
    socket.on('error', () => this.#end('broken'));
    // 1006: the connection ended without a word.
    socket.on('close', (code) => this.#end(code === 1006 ? 'broken' : 'closed'));
    socket.resume();
  }

  send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, { binary: true }, (error) => {
        if (error) reject(unreachable(null));
        else resolve();
      });
    });
  }

  async receive(): Promise<Uint8Array | null> {
    if (this.#wake) throw new CodedError('host/refused', 'Somebody listens to this socket already.');
    clearTimeout(this.#unheard);
    if (this.#unread.length === 0 && this.#ended === 'no') await this.#news();
    const bytes = Buffer.concat(this.#unread);
    this.#unread = [];
    this.#unreadBytes = 0;
    if (this.#ended === 'no') this.#socket.resume();
    if (this.#ended === 'no' || bytes.length > 0) {
      this.#unheard = this.#expectListener();
      return bytes;
    }
    this.#forget();
    if (this.#ended === 'broken') throw unreachable(null);
    return null;
  }

  end(): void {
    clearTimeout(this.#unheard);
    this.#forget();
    this.#end('closed');
    this.#socket.close();
    // A line that is gone never answers the closing; nothing more is wanted from it.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  #take(data: Buffer): void {
    this.#unread.push(data);
    this.#unreadBytes += data.length;
    if (this.#unreadBytes >= UNREAD) this.#socket.pause();
    this.#wake?.();
  }

  #end(how: 'closed' | 'broken'): void {
    if (this.#ended === 'no') this.#ended = how;
    this.#wake?.();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, this.#patience.receive);
      this.#wake = done;
    });
  }

  #expectListener(): NodeJS.Timeout {
    return setTimeout(() => this.end(), this.#patience.unheard).unref();
  }
}
