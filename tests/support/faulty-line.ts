import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export type Way = 'up' | 'down';

/** As slow as a line out in the country: both ways each at this speed, and so much later. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** One way, in milliseconds: half of a round trip. */
  readonly delay: number;
}

/** About a packet: what is paced goes in pieces of this many bytes. */
const PIECE = 1_400;

const until = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));

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
  /** Connections made from now on are paced; null: as fast as it goes. */
  pace: Pace | null = null;
  /** Bytes that went each way since the line was made. */
  readonly carried: Record<Way, number> = { up: 0, down: 0 };
  /** Asked at every connection for who hears what its near end sends. */
  onConnection: () => (chunk: Buffer) => void = () => () => undefined;
  /** When the paced line is free again, each way: connections share it. */
  readonly #free: Record<Way, number> = { up: 0, down: 0 };
  /** What is on its way arrives in the order it was sent. */
  readonly #arriving: Record<Way, Promise<void>> = { up: Promise.resolve(), down: Promise.resolve() };

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
    const { pace } = this;
    const hear = this.onConnection();
    const carry = (from: Socket, to: Socket, way: Way) => {
      let carried = 0;
      from.on('data', (chunk: Buffer) => {
        if (this.stalled) return;
        this.carried[way] += chunk.length;
        if (way === 'up') hear(chunk);
        if (pace !== null) {
          void this.#carryPaced(pace, way, from, to, chunk);
          return;
        }
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
        // What is still on its way along a slow line arrives.
        if (pace === null) other.destroy();
        else void until(Math.max(this.#free.up, this.#free.down) + pace.delay).then(() => other.destroy());
      });
    }
    carry(near, far, 'up');
    carry(far, near, 'down');
  }

  /** Nothing more is taken from the near end before the line is free, so that whoever sends feels how slow it is. */
  async #carryPaced(pace: Pace, way: Way, from: Socket, to: Socket, chunk: Buffer): Promise<void> {
    from.pause();
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      const begins = Math.max(performance.now(), this.#free[way]);
      this.#free[way] = begins + (1000 * piece.length) / pace.bytesPerSecond;
      const arrives = this.#free[way] + pace.delay;
      this.#arriving[way] = this.#arriving[way].then(async () => {
        await until(arrives);
        if (!to.destroyed) to.write(piece);
      });
      await until(this.#free[way]);
    }
    from.resume();
  }
}
