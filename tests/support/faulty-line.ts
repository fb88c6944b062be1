import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server on this machine on which things happen. */
export class FaultyLine {
  readonly #server: Server;
  readonly #to: number;
  readonly #open = new Set<Socket>();
  port = 0;
  /** Connections are refused, and those that there were are cut. */
  down = false;
  /** The next connection is cut after so many bytes have gone to the server (`up`) or come from it (`down`). */
  cutAfter: { readonly way: 'up' | 'down'; readonly bytes: number } | null = null;
  /** Nothing gets through any more, and nobody says so. */
  stalled = false;
  connections = 0;

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => this.#join(near));
  }

  static async to(port: number): Promise<FaultyLine> {
    const line = new FaultyLine(port);
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    line.port = (line.#server.address() as AddressInfo).port;
    return line;
  }

  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    this.connections += 1;
    if (this.down) {
      near.destroy();
      return;
    }
    const plan = this.cutAfter;
    this.cutAfter = null;
    const far = connect(this.#to, '127.0.0.1');
    const carry = (from: Socket, to: Socket, way: 'up' | 'down') => {
      let carried = 0;
      from.on('data', (chunk: Buffer) => {
        if (this.stalled) return;
        const left = plan?.way === way ? plan.bytes - carried : Number.POSITIVE_INFINITY;
        if (left <= 0) return;
        carried += chunk.length;
        if (chunk.length < left) {
          to.write(chunk);
          return;
        }
        // What went before the cut arrives; then both ends see the line break.
        to.write(chunk.subarray(0, left), () => {
          near.destroy();
          far.destroy();
        });
      });
    };
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
    }
    carry(near, far, 'up');
    carry(far, near, 'down');
  }
}
