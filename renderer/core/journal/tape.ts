import { type Bytes, concat } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { JournalHost } from '../host/host.ts';
import { findMarker, HEADER_LENGTH } from './frame.ts';

/** How much of the file is read at once. */
export const SLICE = 1024 * 1024;

/** A window onto the journal that moves forward, so that the whole file is never in memory. */
export class Tape {
  readonly #host: JournalHost;
  readonly size: number;
  #held: Bytes = new Uint8Array(0);
  /** Offset of the first byte held. */
  #from: number;

  constructor(host: JournalHost, from: number, size: number) {
    this.#host = host;
    this.#from = from;
    this.size = size;
  }

  /** Up to `length` bytes at `at`, fewer only at the end of the file. What was released is gone. */
  async view(at: number, length: number): Promise<Bytes> {
    const until = Math.min(at + length, this.size);
    let end = this.#from + this.#held.length;
    if (until > end) {
      const pieces: Uint8Array[] = [this.#held];
      while (end < until) {
        const piece = await this.#host.read(end, SLICE);
        if (piece.length === 0) {
          throw new CodedError('disk/failed', 'The journal ended earlier than its size says.', { at: end });
        }
        pieces.push(piece);
        end += piece.length;
      }
      this.#held = concat(...pieces);
    }
    return this.#held.subarray(at - this.#from, until - this.#from);
  }

  /** Nothing before `at` is needed any more. */
  release(at: number): void {
    const end = this.#from + this.#held.length;
    this.#held = at < end ? this.#held.subarray(at - this.#from) : new Uint8Array(0);
    this.#from = at;
  }

  /** Offset of the first marker at or after `from`; the file's size when there is none. Releases what it passes. */
  async findMarker(from: number): Promise<number> {
    let at = from;
    while (at < this.size) {
      this.release(at);
      const stretch = await this.view(at, SLICE);
      const found = findMarker(stretch, 0);
      if (found >= 0) return at + found;
      // A marker may begin in the last bytes of a stretch and end in the next.
      at += at + stretch.length < this.size ? stretch.length - HEADER_LENGTH : stretch.length;
    }
    return this.size;
  }
}
