import { type Bytes, equalBytes, fromB64 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { JournalHost } from '../host/host.ts';
import { type Entry, parseEntry } from './entry.ts';
import {
  chainOf,
  type FrameCodec,
  type FrameHeader,
  HEADER_LENGTH,
  LINK_LENGTH,
  linksTo,
  type Place,
  type Position,
  parseFrameHeader,
  unpackPayload,
} from './frame.ts';
import { SLICE, Tape } from './tape.ts';

/** A place where the journal is not as it was written. */
export interface Damage {
  /** Where it begins, and how many bytes could not be used; 0 where frames are missing without a trace. */
  readonly offset: number;
  readonly bytes: number;
  /** Frames that ought to be there and are not. */
  readonly missing: number;
}

/** What a replay found. Nothing in it is a reason not to go on. */
export interface Replay {
  /** Frames read and accepted. */
  readonly frames: number;
  /** Behind the last accepted frame: where the journal goes on. */
  readonly end: Position;
  /** Stretches with an accepted frame behind them, in order. */
  readonly damage: readonly Damage[];
  /** Frames that open but stand where they were not written (moved, repeated): refused. */
  readonly misplaced: number;
  /** Frames that open and hold no entry that can be read: passed over. */
  readonly unreadable: number;
}

export interface ReplayOptions {
  readonly host: JournalHost;
  readonly codec: FrameCodec;
  readonly from: Position;
  readonly size: number;
  /** Called in the journal's order, one at a time; the replay waits for it. */
  readonly onEntry: (entry: Entry, position: Position, place: Place) => void | Promise<void>;
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Frames opened at a time: WebCrypto works on them beside each other. */
const AT_ONCE = 64;

interface Found {
  readonly at: number;
  readonly header: FrameHeader;
  readonly frame: Bytes;
}

/**
 * Reads everything behind `from` that is what it was when it was written. Changes nothing on the disk.
 * Errors: `journal/newer` (a frame of a later version), `journal/foreign` (frames, none of which opens: another
 * vault's journal or another key), whatever `host.read` and `onEntry` throw.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { codec, size, onProgress, signal } = options;
  const tape = new Tape(options.host, options.from.offset, size);
  const damage: Damage[] = [];
  let end = options.from;
  let at = end.offset;
  let frames = 0;
  let misplaced = 0;
  let unreadable = 0;
  let broken = 0;

  while (at < size) {
    signal?.throwIfAborted();
    onProgress?.(at, size);
    tape.release(at);
    const found = await framesAt(tape, at);
    if (found.length === 0) {
      at = await tape.findMarker(at + 1);
      continue;
    }
    const opened = await Promise.all(found.map(({ frame }) => openEntry(codec, frame)));
    for (const [i, { at: start, header, frame }] of found.entries()) {
      const entry = opened[i];
      if (entry === undefined) {
        // The length may be as wrong as the rest, so the next frame is looked for inside this one.
        broken += 1;
        at = await tape.findMarker(start + 1);
        break;
      }
      at = start + frame.length;
      if (header.sequence <= end.sequence) {
        misplaced += 1;
        continue;
      }
      const missing = header.sequence - end.sequence - 1;
      if (start > end.offset || !linksTo(header.linkBytes, end)) {
        damage.push({ offset: end.offset, bytes: start - end.offset, missing });
      }
      end = { offset: at, sequence: header.sequence, chain: chainOf(frame) };
      frames += 1;
      if (entry === null) {
        unreadable += 1;
        continue;
      }
      const waiting = options.onEntry(entry, end, { offset: start, length: frame.length });
      if (waiting !== undefined) await waiting;
    }
  }
  onProgress?.(size, size);
  if (end.sequence === 0 && broken > 1) {
    throw new CodedError('journal/foreign', 'No frame of this journal opens with the vault’s key.', {
      broken,
    });
  }
  return { frames, end, damage, misplaced, unreadable };
}

/** The whole frames that follow one another from `at` on, as many as are opened at a time. */
async function framesAt(tape: Tape, at: number): Promise<Found[]> {
  const found: Found[] = [];
  let bytes = 0;
  while (found.length < AT_ONCE && bytes < 4 * SLICE) {
    const start = at + bytes;
    const header = parseFrameHeader(await tape.view(start, HEADER_LENGTH));
    if (header === 'newer') {
      throw new CodedError('journal/newer', 'The journal holds a frame of a later version.', { at: start });
    }
    if (header === null) break;
    const frame = await tape.view(start, HEADER_LENGTH + header.length);
    if (frame.length < HEADER_LENGTH + header.length) break;
    found.push({ at: start, header, frame });
    bytes += frame.length;
  }
  return found;
}

/** Undefined when the frame does not open; null when it opens and holds nothing that can be read. */
async function openEntry(codec: FrameCodec, frame: Bytes): Promise<Entry | null | undefined> {
  const payload = await codec.open(frame);
  if (payload === null) return undefined;
  try {
    return parseEntry(await unpackPayload(payload));
  } catch {
    return null;
  }
}

/** The entry of the frame at a place; null when it is not there (any more) as it was written. */
export async function entryAt(host: JournalHost, codec: FrameCodec, place: Place): Promise<Entry | null> {
  const bytes = new Uint8Array(await host.read(place.offset, place.length));
  const header = parseFrameHeader(bytes);
  if (header === null || header === 'newer' || HEADER_LENGTH + header.length !== bytes.length) return null;
  return (await openEntry(codec, bytes)) ?? null;
}

/** True when the journal still holds, at this position, the frame that the position was taken behind. */
export async function holds(host: JournalHost, size: number, position: Position): Promise<boolean> {
  if (position.offset === 0) return position.sequence === 0;
  const chain = fromB64(position.chain);
  if (chain?.length !== LINK_LENGTH || position.offset > size || position.offset < LINK_LENGTH) return false;
  return equalBytes(await host.read(position.offset - LINK_LENGTH, LINK_LENGTH), chain);
}
