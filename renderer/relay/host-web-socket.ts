import type { SocketHost } from '@/core/host/host.ts';

/** The most that goes to the host at once; the protocol inside does not care where it is cut. */
const PIECE = 512 * 1024;
/** A server tells of 100,000 subjects at most, some 15 MB; no other answer is as long. */
const MOST_UNANSWERED = 24 * 1024 * 1024;

/**
 * The part of a W3C WebSocket that the NATS client uses, over a socket of the host. Frames are not kept as they were,
 * which a stream of NATS protocol does not need.
 */
export class HostWebSocket {
  binaryType = 'arraybuffer';
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onclose: ((event: { wasClean: boolean; reason: string }) => void) | null = null;
  readonly #host: SocketHost;
  readonly #id: string;
  #sending: Promise<void> = Promise.resolve();
  #ended = false;
  /** Bytes since an answer was whole. The client collects a message of whatever length the server announces. */
  #unanswered = 0;

  /** `id` is an open socket's. Nothing is read before the current task has ended, when the handlers are in place. */
  constructor(host: SocketHost, id: string) {
    this.#host = host;
    this.#id = id;
    setTimeout(() => void this.#listen(), 0);
  }

  send(data: ArrayBuffer): void {
    this.bufferedAmount += data.byteLength;
    this.#sending = this.#sending
      .then(async () => {
        for (let at = 0; at < data.byteLength && !this.#ended; at += PIECE) {
          await this.#host.send(this.#id, new Uint8Array(data, at, Math.min(PIECE, data.byteLength - at)));
        }
        this.bufferedAmount -= data.byteLength;
      })
      .catch(() => this.#end(true));
  }

  /** An answer is whole. The line ends where none is for too many bytes. */
  answered(): void {
    this.#unanswered = 0;
  }

  close(): void {
    this.#end(false);
  }

  async #listen(): Promise<void> {
    try {
      for (;;) {
        const bytes = await this.#host.receive(this.#id);
        if (this.#ended) return;
        if (bytes === null) return this.#end(true);
        this.#unanswered += bytes.length;
        if (this.#unanswered > MOST_UNANSWERED) return this.#end(true);
        // A copy of its own: the client keeps the buffer, and a view may share one.
        if (bytes.length > 0) this.onmessage?.({ data: new Uint8Array(bytes).buffer });
      }
    } catch {
      this.#end(true);
    }
  }

  /** `broke`: the other side, or the line, ended it. The client waits for its greeting in vain unless it hears of an error. */
  #end(broke: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#host.close(this.#id).catch(() => undefined);
    // As a browser does: never within the call that closed it.
    setTimeout(() => {
      if (broke) this.onerror?.({ message: 'The line broke.' });
      this.onclose?.({ wasClean: !broke, reason: broke ? 'The line broke.' : '' });
    }, 0);
  }
}
